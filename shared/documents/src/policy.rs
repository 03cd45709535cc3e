//! Where a change may write: the paths of each class, and what may be done there.

use crate::{account::imports, class::Class, genesis};
use automerge::{
    ExpandedChange, ObjType, ScalarValue,
    legacy::{Key, ObjectId, Op, OpId, OpType},
};
use std::collections::HashMap;

/// Whether an operation writes where its class has a place for it, in the way of that place.
///
/// Nothing is ever deleted but the characters of a note: a deletion would hide from a simultaneous
/// write. What is written once cannot be written over.
pub(crate) fn permits(class: Class, operation: &Op) -> bool {
    match (class, place(class, operation)) {
        (Class::Account, Place::Root(key)) => is_field(key) && is_plain(operation),
        (Class::Account, Place::Collection("contacts" | "tasks" | "deals")) => {
            is_first(operation) && operation.action == OpType::Make(ObjType::Map)
        }
        (_, Place::Collection(name)) if is_written_once(class, name) => {
            is_first(operation) && is_plain(operation)
        }
        (Class::Account, Place::Collection(_) | Place::Thing) => is_plain(operation),
        (Class::Note, Place::Collection(_)) => is_typing(operation),
        (Class::Configuration | Class::Catalogue, Place::Collection(_)) => is_plain(operation),
        _ => false,
    }
}

/// Whether what a collection holds at a key is written once, and never over.
pub(crate) fn is_written_once(class: Class, collection: &str) -> bool {
    let collections = ["activities", "purchases", "enquiries", "stage_events"];
    class == Class::Account && collections.contains(&collection)
}

/// Whether each write of a key replaces the one before it in the same change, as every honest
/// change does. Otherwise one change could set a field against itself twenty thousand times, and
/// whoever reads the document would weigh them all, for ever.
pub(crate) fn takes_turns(change: &ExpandedChange) -> bool {
    let mut last = HashMap::new();
    change.operations.iter().zip(change.start_op.get()..).all(|(operation, number)| {
        if !operation.key.is_map_key() {
            return true;
        }
        let before = last.insert((object(&operation.obj), &operation.key), number);
        before.is_none_or(|before| {
            let before = OpId::new(before, &change.actor_id);
            operation.pred.iter().any(|replaced| *replaced == before)
        })
    })
}

/// Returns what tells an object apart.
fn object(id: &ObjectId) -> Option<(u64, &[u8])> {
    match id {
        ObjectId::Root => None,
        ObjectId::Id(id) => Some((id.counter(), id.actor().to_bytes())),
    }
}

enum Place<'a> {
    /// A field of the document itself.
    Root(&'a str),
    /// Something genesis made.
    Collection(&'static str),
    /// Something a person added.
    Thing,
    Nowhere,
}

fn place(class: Class, operation: &Op) -> Place<'_> {
    match (&operation.obj, &operation.key) {
        (ObjectId::Root, Key::Map(key)) => Place::Root(key),
        (ObjectId::Root, Key::Seq(_)) => Place::Nowhere,
        (ObjectId::Id(id), _) if id.actor().to_bytes() == genesis::ACTOR => {
            let name = genesis::collection_name(class, id.counter());
            name.map_or(Place::Nowhere, Place::Collection)
        }
        (ObjectId::Id(_), _) => Place::Thing,
    }
}

fn is_field(key: &str) -> bool {
    let fields = ["name", "party", "created_at", "stage", "owner", "territory", "archived"];
    fields.contains(&key) || imports::is_key(key)
}

/// Whether the operation writes one value at a key.
fn is_plain(operation: &Op) -> bool {
    let value = match &operation.action {
        OpType::Put(value) => value,
        _ => return false,
    };
    let known = !matches!(
        value,
        ScalarValue::Counter(_) | ScalarValue::Unknown { .. } | ScalarValue::F64(_)
    );
    known && !operation.insert && operation.key.is_map_key()
}

/// Whether there was nothing at the key before.
fn is_first(operation: &Op) -> bool {
    operation.pred.is_empty() && !operation.insert && operation.key.is_map_key()
}

/// Whether the operation inserts or deletes a character.
fn is_typing(operation: &Op) -> bool {
    match &operation.action {
        OpType::Put(ScalarValue::Str(text)) => operation.insert && text.chars().count() == 1,
        OpType::Delete => !operation.insert && !operation.key.is_map_key(),
        _ => false,
    }
}
