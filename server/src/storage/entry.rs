//! What goes into a workspace's log, and the row it leaves.

use sync::id::{ChangeHash, Class, DeviceId, DocumentId, PersonId, Scope, Time};

/// One change to be kept; the log gives it its sequence number.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub document: DocumentId,
    pub class: Class,
    pub scope: Scope,
    pub hash: ChangeHash,
    /// The Automerge actor's bytes.
    pub actor: Vec<u8>,
    /// The place of the change among its actor's, from 1.
    pub actor_sequence: u64,
    pub person: PersonId,
    pub device: DeviceId,
    pub schema: u16,
    pub device_time: Time,
    pub relay_time: Time,
    /// The typed edits the change was made from.
    pub edit: Vec<u8>,
    pub change: Vec<u8>,
}

/// A document's row once everything appended with it is in.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub document: DocumentId,
    pub class: Class,
    pub scope: Scope,
    /// The projector that made it.
    pub version: u16,
    pub row: Vec<u8>,
}

/// How much one page may hold. At least one item is always returned when there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    pub items_max: usize,
    pub bytes_max: usize,
}

impl Limit {
    pub const ALL: Self = Self { items_max: usize::MAX, bytes_max: usize::MAX };

    pub fn items(items_max: usize) -> Self {
        Self { items_max, bytes_max: usize::MAX }
    }
}

/// What is known of an actor of a document: whose it is, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActorRecord {
    pub person: PersonId,
    pub device: DeviceId,
    /// The place of its last change.
    pub last: u64,
}
