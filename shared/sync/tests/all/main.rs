//! What has left this crate once must be read for ever: on the wire, and on a device's disk.

#![allow(clippy::unwrap_used, reason = "a test that meets nothing has failed")]

mod frames;
mod golden;
mod previous;
mod records;
