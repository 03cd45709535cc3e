//! A book is brought in whole, once; everything that is not taken is told; what is written out
//! comes back the same.

#![allow(clippy::unwrap_used, reason = "a test that meets nothing has failed")]

#[path = "import/arrival.rs"]
mod arrival;
#[path = "import/book.rs"]
mod book;
#[path = "relay/folder.rs"]
mod folder;
#[path = "import/round_trip.rs"]
mod round_trip;
#[path = "import/told.rs"]
mod told;
