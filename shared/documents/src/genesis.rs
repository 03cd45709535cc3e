//! The first change of every document: constant bytes, the same on every device.
//!
//! It holds the collections, so that two devices never make the same one twice. Its actor is
//! closed: nobody may write as it. The bytes are kept in the repository, not made anew, so that
//! another encoder cannot fork every document there is; the tests show how they were made and
//! that they have not moved.

use crate::class::Class;
use automerge::{ActorId, Automerge, Change, ObjId, TextEncoding};

/// The actor of every genesis change. No person and no device has it.
pub const ACTOR: [u8; 32] = *b"tessera/genesis/closed to all/v1";

/// The version of the layout that genesis lays down.
pub const SCHEMA: u16 = 1;

impl Class {
    /// Returns the first change of a document of this class.
    pub fn genesis(self) -> &'static [u8] {
        match self {
            Self::Account => include_bytes!("../genesis/account.bin"),
            Self::Note => include_bytes!("../genesis/note.bin"),
            Self::Configuration => include_bytes!("../genesis/configuration.bin"),
        }
    }

    /// Returns the hash that names the first change: every other change builds on it.
    pub fn genesis_hash(self) -> [u8; 32] {
        change(self).hash().0
    }

    /// Returns the names of the collections genesis holds, in the order of their making.
    pub fn collections(self) -> &'static [&'static str] {
        match self {
            Self::Account => &[
                "profile",
                "tags",
                "contacts",
                "contact_points",
                "addresses",
                "activities",
                "tasks",
                "deals",
                "stage_events",
                "purchases",
                "enquiries",
            ],
            Self::Note => &["text"],
            Self::Configuration => &["people", "territories", "stages"],
        }
    }
}

/// Returns a document that has its genesis and nothing else.
pub(crate) fn begin(class: Class) -> Automerge {
    let mut document = Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint);
    document.apply_changes([change(class)]).expect("the genesis bytes are constant and tested");
    document
}

/// Returns the collection of that name: the one genesis made, whatever else claims its key.
pub(crate) fn collection(class: Class, name: &str) -> ObjId {
    let place = class.collections().iter().position(|known| *known == name);
    let place = place.expect("collections are named by constants of this crate");
    ObjId::Id(place as u64 + 1, ActorId::from(ACTOR), 0)
}

fn change(class: Class) -> Change {
    Change::try_from(class.genesis()).expect("the genesis bytes are constant and tested")
}
