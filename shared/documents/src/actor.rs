//! Who writes a change: a person, in one life of one open document.
//!
//! An Automerge actor id is the person's 16 bytes followed by 16 fresh random ones. So who wrote
//! an operation can be read from any copy of the document, the relay can hold it against the
//! session, and no two page loads ever share an actor.

use domain::id::PersonId;

/// An actor of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Actor {
    pub person: PersonId,
    /// Random, fresh for each open document of each page load.
    pub life: [u8; 16],
}

/// The person in whose name the relay and imports write: nobody.
pub const RELAY: PersonId = PersonId([0; 16]);

impl Actor {
    /// Returns the bytes Automerge knows the actor by.
    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[..16].copy_from_slice(&self.person.0);
        bytes[16..].copy_from_slice(&self.life);
        bytes
    }

    /// Reads an actor from its bytes, or nothing when they are not one of ours.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; 32] = bytes.try_into().ok()?;
        let (person, life) = bytes.split_at(16);
        Some(Self { person: PersonId(person.try_into().ok()?), life: life.try_into().ok()? })
    }
}
