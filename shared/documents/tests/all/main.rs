//! The promises of the documents crate, one file a subject.

mod conflicts;
mod gate;
mod genesis;
mod note;
mod pairs;
mod reading;
mod samples;
