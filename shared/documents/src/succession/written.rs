//! What stands at a key of a document: every value somebody set at once, each with whose it is.

use super::{NotBegun, step::Write};
use automerge::{
    ActorId, Automerge, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value,
};
use domain::time::HybridTime;
use std::collections::BTreeMap;

/// A field somebody wrote while others wrote it too: under the change it came from.
pub type Contended = BTreeMap<(HybridTime, ActorId, ChangeHash), Vec<Write>>;

/// One of the values at a key, and the change it came with.
pub struct Written {
    pub value: Value<'static>,
    pub object: ObjId,
    pub of: (HybridTime, ActorId, ChangeHash),
}

pub struct WrittenScalar {
    pub value: ScalarValue,
    pub of: (HybridTime, ActorId, ChangeHash),
}

impl Written {
    pub fn scalar(self) -> Option<WrittenScalar> {
        let of = self.of;
        self.value.into_scalar().ok().map(|value| WrittenScalar { value, of })
    }

    pub fn object(self) -> Option<ObjId> {
        (self.value == Value::Object(ObjType::Map)).then_some(self.object)
    }
}

/// Returns every value at a key of a map.
pub fn written(old: &Automerge, object: &ObjId, key: &str) -> Result<Vec<Written>, NotBegun> {
    let shape = || NotBegun::Shape(key.to_owned());
    let all = old.get_all(object, key).map_err(|_| shape())?.into_iter();
    let written = all.map(|(value, operation)| {
        if matches!(value, Value::Object(kind) if kind != ObjType::Map && *object != ROOT) {
            return Err(shape());
        }
        let hash = old.hash_for_opid(&operation).ok_or_else(shape)?;
        let change = old.get_change_meta_by_hash(&hash).ok_or_else(shape)?;
        let of = (HybridTime(change.timestamp), change.actor.into_owned(), hash);
        Ok(Written { value: value.into_owned(), object: operation, of })
    });
    written.collect()
}

/// Returns the values of each field of a thing, which is several objects where it was added twice.
pub fn fields_of(
    old: &Automerge,
    objects: &[ObjId],
) -> Result<BTreeMap<String, Vec<WrittenScalar>>, NotBegun> {
    let mut fields = BTreeMap::<_, Vec<_>>::new();
    for object in objects {
        for field in old.keys(object).collect::<Vec<_>>() {
            for one in written(old, object, &field)? {
                let one = one.scalar().ok_or_else(|| NotBegun::Shape(field.clone()))?;
                fields.entry(field.clone()).or_default().push(one);
            }
        }
    }
    Ok(fields)
}

/// Adds the fields of a thing that hold several values to those in contention.
pub fn contend_fields(
    old: &Automerge,
    objects: &[ObjId],
    thing: &ObjId,
    contended: &mut Contended,
) -> Result<(), NotBegun> {
    for (key, values) in fields_of(old, objects)?.into_iter().filter(|(_, all)| all.len() > 1) {
        for one in values {
            let write = Write { object: thing.clone(), key: key.clone(), value: one.value };
            contended.entry(one.of).or_default().push(write);
        }
    }
    Ok(())
}
