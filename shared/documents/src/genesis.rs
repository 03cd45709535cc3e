//! The first changes of every document: constant bytes, the same on every device.
//!
//! They hold the collections, so that two devices never make the same one twice. Their actor is
//! closed: nobody may write as it. The bytes are kept in the repository, not made anew, so that
//! another encoder cannot fork every document there is; the tests show how they were made and
//! that they have not moved.
//!
//! A collection that a later release needs is laid down by a further constant change on top of
//! the ones before. A document of an older release gets it when it is opened, wherever that is.

use crate::class::Class;
use automerge::{ActorId, Automerge, Change, ObjId, TextEncoding};
use std::sync::LazyLock;

/// The actor of these changes. No person and no device has it.
pub const ACTOR: [u8; 32] = *b"tessera/genesis/closed to all/v1";

/// The version of the newest layout there is of any class.
pub const SCHEMA: u16 = 2;

/// One constant change: its bytes, and the collections it makes.
pub struct Layout {
    pub bytes: &'static [u8],
    pub schema: u16,
    /// The number of its first operation.
    pub start: u64,
    /// In the order of their making.
    pub collections: &'static [&'static str],
}

const ACCOUNT: [Layout; 1] = [Layout {
    bytes: include_bytes!("../genesis/account.bin"),
    schema: 1,
    start: 1,
    collections: &[
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
}];

const NOTE: [Layout; 1] = [Layout {
    bytes: include_bytes!("../genesis/note.bin"),
    schema: 1,
    start: 1,
    collections: &["text"],
}];

const CONFIGURATION: [Layout; 2] = [
    Layout {
        bytes: include_bytes!("../genesis/configuration.bin"),
        schema: 1,
        start: 1,
        collections: &["people", "territories", "stages"],
    },
    Layout {
        bytes: include_bytes!("../genesis/configuration-2.bin"),
        schema: 2,
        start: 6,
        collections: &["settings"],
    },
];

const CATALOGUE: [Layout; 1] = [Layout {
    bytes: include_bytes!("../genesis/catalogue.bin"),
    schema: 2,
    start: 1,
    collections: &["settings"],
}];

impl Class {
    /// Returns the layouts a document of this class begins with, the first one first.
    pub fn layouts(self) -> &'static [Layout] {
        match self {
            Self::Account => &ACCOUNT,
            Self::Note => &NOTE,
            Self::Configuration => &CONFIGURATION,
            Self::Catalogue => &CATALOGUE,
        }
    }

    /// Returns the names of the collections of all layouts, in the order of their making.
    pub fn collections(self) -> Vec<&'static str> {
        self.layouts().iter().flat_map(|layout| layout.collections).copied().collect()
    }

    /// Returns the hash that names the very first change: every other change builds on it.
    pub fn genesis_hash(self) -> [u8; 32] {
        change(&self.layouts()[0]).hash().0
    }

    /// Returns the hashes of all constant changes; the last one is the head of an empty document.
    pub fn layout_hashes(self) -> Vec<[u8; 32]> {
        self.layouts().iter().map(|layout| change(layout).hash().0).collect()
    }
}

/// Returns a document that has its layouts and nothing else.
pub(crate) fn begin(class: Class) -> Automerge {
    static BEGUN: LazyLock<[Automerge; 4]> = LazyLock::new(|| Class::ALL.map(begin_with));
    let place = Class::ALL.iter().position(|known| *known == class);
    BEGUN[place.expect("every class is among all of them")].clone()
}

fn begin_with(class: Class) -> Automerge {
    let mut document = Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint);
    lay_down(class, &mut document);
    document
}

/// Lays down what the document lacks of its layouts.
pub(crate) fn lay_down(class: Class, document: &mut Automerge) {
    let changes = class.layouts().iter().map(change);
    document.apply_changes(changes).expect("the constant bytes are tested");
}

/// Returns the collection of that name: the one a layout made, whatever else claims its key.
pub(crate) fn collection(class: Class, name: &str) -> ObjId {
    let place = |layout: &Layout| {
        let place = layout.collections.iter().position(|known| *known == name)?;
        Some(layout.start + place as u64)
    };
    let found = class.layouts().iter().find_map(place);
    let counter = found.expect("collections are named by constants of this crate");
    ObjId::Id(counter, ActorId::from(ACTOR), 0)
}

/// Returns the name of the collection an operation of that number made.
pub(crate) fn collection_name(class: Class, counter: u64) -> Option<&'static str> {
    class.layouts().iter().find_map(|layout| {
        let place = usize::try_from(counter.checked_sub(layout.start)?).ok()?;
        layout.collections.get(place).copied()
    })
}

fn change(layout: &Layout) -> Change {
    Change::try_from(layout.bytes).expect("the constant bytes are tested")
}
