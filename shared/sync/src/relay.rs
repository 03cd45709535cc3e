//! The relay's part: it judges what is pushed, orders it, keeps it, acknowledges it, and only then
//! tells the others.
//!
//! One `Relay` serves one workspace. Its driver may hold several commits in one transaction: it
//! opens one at the first `Commit`, keeps handing in what is waiting, commits, and then says
//! `Committed`. Nothing of a commit leaves before that.

pub mod input;
pub mod output;

use crate::{digest, id::*};
use input::RelayInput;
use output::RelayOutputs;
use std::collections::BTreeMap;

/// What a relay knows of its workspace when it starts.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    pub epoch: Epoch,
    /// The last sequence number given.
    pub head: Sequence,
    /// The digest over the rows of the workspace; see [`crate::digest`].
    pub digest: Digest,
    /// How many documents have a row.
    pub documents: u64,
    /// The newest document schema this release reads.
    pub schema: u16,
    /// The classes this release knows, with the hashes of their genesis changes, which every
    /// device has and which are in no log.
    pub classes: BTreeMap<Class, Vec<ChangeHash>>,
}

impl Start {
    /// Returns the start of a workspace nobody has written in.
    pub fn empty(epoch: Epoch, schema: u16, classes: BTreeMap<Class, Vec<ChangeHash>>) -> Self {
        let (head, digest) = (Sequence(0), digest::EMPTY);
        Self { epoch, head, digest, documents: 0, schema, classes }
    }
}

/// The relay of one workspace.
pub struct Relay {
    start: Start,
}

impl Relay {
    pub fn new(start: Start) -> Self {
        Self { start }
    }

    /// Takes in one thing that happened and returns what is to be done, in order.
    pub fn handle(&mut self, now: Time, input: RelayInput) -> RelayOutputs {
        let _ = (now, input, &self.start);
        Vec::new()
    }
}
