//! Hostile input against the relay as it is: the machine of `sync`, the judge of `documents` with
//! the server's cache before it, and the server's store.
//!
//! An insider who is signed in sends what our own code can think of, while two colleagues work in
//! the same documents. Everything is made by structure: a change is taken apart, one part of it is
//! made a lie, and lengths and checksums are put right again. A run is cut into blocks, each a
//! workspace of its own, so that one can be played again by its number.
//!
//! [`chunk`] takes changes apart, [`forge`] lies in them, [`bombs`] are small and mean to be large,
//! [`craft`] writes what no edit of ours writes, [`frames`] lies around changes, [`node`] is the
//! relay, [`colleague`] works honestly, [`block`] plays one block, [`report`] adds them up.

pub mod block;
pub mod bombs;
pub mod chunk;
mod colleague;
mod craft;
pub mod forge;
mod frames;
pub mod node;
pub mod report;
