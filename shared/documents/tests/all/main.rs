//! The promises of the documents crate, one file a subject.

#![allow(clippy::unwrap_used, reason = "a test that meets nothing has failed")]

mod conflicts;
mod gate;
mod genesis;
mod golden;
mod imports;
mod life;
mod note;
mod pairs;
mod reading;
mod released;
mod samples;
mod settings;
mod snapshot;
mod succession;
mod unknown;
