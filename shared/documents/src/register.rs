//! Fields as they stand after a merge, when several people may have set one at once.
//!
//! The value shown is the one with the latest hybrid time, then the greatest actor: the same on
//! every device, and what people expect, which Automerge's own choice (the longest history) is
//! not. The others stay until somebody sets the field again, which overwrites them all.

use crate::{actor::Actor, actor::RELAY, scalar::Scalar};
use automerge::{
    ActorId, Automerge, AutomergeError, ObjId, ObjType, ReadDoc, ScalarValue, Value, ValueRef,
    transaction::{Transactable, Transaction},
};
use domain::{id::PersonId, time::HybridTime};
use std::collections::HashMap;

/// One of the values a field holds at once.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Contender<T> {
    pub value: T,
    pub by: PersonId,
    pub at: HybridTime,
}

/// The fields of one thing.
pub(crate) struct Fields<'d> {
    document: &'d Automerge,
    /// More than one where the same thing was added twice at once.
    objects: Vec<ObjId>,
    seen: HashMap<String, Seen>,
}

struct Seen {
    value: ScalarValue,
    contended: bool,
}

impl<'d> Fields<'d> {
    pub fn of(document: &'d Automerge, objects: Vec<ObjId>) -> Self {
        let mut seen = HashMap::<String, Seen>::new();
        for object in &objects {
            for item in document.map_range(object, ..) {
                let ValueRef::Scalar(value) = item.value else { continue };
                let contended = item.conflict || seen.contains_key(&*item.key);
                seen.insert(item.key.into_owned(), Seen { value: value.into(), contended });
            }
        }
        Self { document, objects, seen }
    }

    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.seen.keys()
    }

    /// Returns the value to show, or nothing when there is none this release can read.
    pub fn shown<T: Scalar + PartialEq>(&self, key: &str) -> Option<T> {
        let seen = self.seen.get(key)?;
        if !seen.contended {
            return T::from_scalar(&seen.value);
        }
        self.contenders(key).into_iter().next().map(|contender| contender.value)
    }

    /// Returns every value set at once, the one to show first, equal ones once; nothing when the
    /// field is not in contention.
    pub fn contenders<T: Scalar + PartialEq>(&self, key: &str) -> Vec<Contender<T>> {
        if !self.seen.get(key).is_some_and(|seen| seen.contended) {
            return Vec::new();
        }
        let mut found = Vec::new();
        for object in &self.objects {
            found.extend(all(self.document, object, key));
        }
        found.sort_by(|left, right| (right.at, &right.actor).cmp(&(left.at, &left.actor)));
        let mut contenders = Vec::<Contender<T>>::new();
        for one in found {
            let Some(value) = T::from_scalar(&one.value) else { continue };
            if contenders.iter().all(|other| other.value != value) {
                contenders.push(Contender { value, by: person(&one.actor), at: one.at });
            }
        }
        contenders
    }
}

/// Returns what a collection holds, read key by key; what this release cannot read is left out.
pub(crate) fn values<K: Ord, V: Scalar>(
    document: &Automerge,
    collection: &ObjId,
    key: impl Fn(&str) -> Option<K>,
) -> std::collections::BTreeMap<K, V> {
    let mut values = std::collections::BTreeMap::new();
    for item in document.map_range(collection, ..) {
        let Some(id) = key(&item.key) else { continue };
        let value = match (item.value, item.conflict) {
            (ValueRef::Scalar(value), false) => V::from_scalar(&value.into()),
            _ => latest(document, collection, &item.key),
        };
        values.extend(value.map(|value| (id, value)));
    }
    values
}

/// Returns the things a collection holds, each with the objects its fields are in.
pub(crate) fn things<K>(
    document: &Automerge,
    collection: &ObjId,
    key: impl Fn(&str) -> Option<K>,
) -> Vec<(K, Vec<ObjId>)> {
    let mut things = Vec::new();
    for item in document.map_range(collection, ..) {
        let Some(id) = key(&item.key) else { continue };
        let objects = match (&item.value, item.conflict) {
            (ValueRef::Object(ObjType::Map), false) => vec![item.id()],
            (_, true) => objects(document, collection, &item.key),
            _ => continue,
        };
        if !objects.is_empty() {
            things.push((id, objects));
        }
    }
    things
}

/// Returns the maps at a key: one, or several where the same thing was added twice at once.
pub(crate) fn objects(document: &impl ReadDoc, collection: &ObjId, key: &str) -> Vec<ObjId> {
    let all = document.get_all(collection, key).unwrap_or_default();
    let maps = all.into_iter().filter(|(value, _)| *value == Value::Object(ObjType::Map));
    maps.map(|(_, object)| object).collect()
}

/// Sets a field, over every value it holds.
///
/// Where the value is the one Automerge happens to prefer among several, it would only delete the
/// others: without a stamp of its own, and hidden from whoever chooses another value at once. So
/// the contention is written over first, with a value no field ever holds.
pub(crate) fn set(
    transaction: &mut Transaction<'_>,
    object: &ObjId,
    key: &str,
    value: ScalarValue,
) -> Result<(), AutomergeError> {
    if transaction.get_all(object, key)?.len() > 1 {
        transaction.put(object, key, ScalarValue::Bytes(Vec::new()))?;
    }
    transaction.put(object, key, value)
}

struct Written {
    value: ScalarValue,
    actor: ActorId,
    at: HybridTime,
}

fn all(document: &Automerge, object: &ObjId, key: &str) -> Vec<Written> {
    let all = document.get_all(object, key).unwrap_or_default();
    let written = all.into_iter().filter_map(|(value, operation)| {
        let hash = document.hash_for_opid(&operation)?;
        let change = document.get_change_meta_by_hash(&hash)?;
        let at = HybridTime(change.timestamp);
        Some(Written { value: value.into_scalar().ok()?, actor: change.actor.into_owned(), at })
    });
    written.collect()
}

fn latest<T: Scalar>(document: &Automerge, object: &ObjId, key: &str) -> Option<T> {
    let mut written = all(document, object, key);
    written.sort_by(|left, right| (right.at, &right.actor).cmp(&(left.at, &left.actor)));
    written.iter().find_map(|one| T::from_scalar(&one.value))
}

fn person(actor: &ActorId) -> PersonId {
    Actor::from_bytes(actor.to_bytes()).map_or(RELAY, |actor| actor.person)
}
