//! Changes that are sound Automerge and no edit of ours: wrong types at known paths, unknown paths,
//! things that are not there, histories written over.

use crate::world::dice::Dice;
use automerge::{
    ActorId, Automerge, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, TextEncoding,
    transaction::{CommitOptions, Transactable, Transaction},
};
use documents::{class::Class, genesis};

const KEYS: [&str; 14] = [
    "name",
    "party",
    "created_at",
    "stage",
    "owner",
    "territory",
    "archived",
    "contacts",
    "text",
    "schema",
    "people",
    "",
    "\u{202e}key",
    "00000000000000000000000000000000/x",
];

/// Opens the stored changes of a document as plain Automerge.
pub fn open(class: Class, changes: &[Vec<u8>]) -> Option<Automerge> {
    let mut automerge = Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint);
    for layout in class.layouts() {
        automerge.load_incremental(layout.bytes).ok()?;
    }
    for change in changes {
        automerge.load_incremental(change).ok()?;
    }
    Some(automerge)
}

/// Writes a few things nobody should, as one change.
pub fn change(dice: &mut Dice, base: &Automerge, class: Class, actor: [u8; 32]) -> Option<Vec<u8>> {
    let mut automerge = base.clone();
    automerge.set_actor(ActorId::from(actor));
    let mut pen = automerge.transaction();
    for _ in 0..=dice.below(3) {
        // What Automerge itself will not write is no change to offer.
        let _ = write(dice, &mut pen, class);
    }
    let time = [0, -1, 1 << 40, i64::MAX][dice.below(4) as usize];
    let (hash, _) = pen.commit_with(CommitOptions::default().with_time(time));
    let change = automerge.get_change_by_hash(&hash?)?;
    Some(change.raw_bytes().to_vec())
}

fn write(dice: &mut Dice, pen: &mut Transaction<'_>, class: Class) -> Option<()> {
    let object = object(dice, class);
    let key = KEYS[dice.below(14) as usize];
    match dice.below(6) {
        0 => pen.put_object(&object, key, kind(dice)).ok().map(drop),
        1 => pen.delete(&object, key).ok(),
        2 => pen.increment(&object, key, i64::MAX).ok(),
        3 => pen.splice_text(&object, 0, dice.below(3) as isize, "\u{0}\u{202e}🤝").ok(),
        4 => pen.insert(&object, 0, value(dice)).ok(),
        _ => pen.put(&object, key, value(dice)).ok(),
    }
}

fn object(dice: &mut Dice, class: Class) -> ObjId {
    let count = class.collections().len() as u64;
    match dice.below(4) {
        0 => ROOT,
        1 => ObjId::Id(1 + dice.below(200), ActorId::from([1; 32]), 0),
        _ => ObjId::Id(1 + dice.below(count + 3), genesis::ACTOR.into(), 0),
    }
}

fn kind(dice: &mut Dice) -> ObjType {
    [ObjType::Map, ObjType::List, ObjType::Text, ObjType::Table][dice.below(4) as usize]
}

fn value(dice: &mut Dice) -> ScalarValue {
    match dice.below(11) {
        0 => ScalarValue::Null,
        1 => ScalarValue::Boolean(dice.chance(5_000)),
        2 => ScalarValue::Int(i64::MIN),
        3 => ScalarValue::Uint(dice.below(12)),
        4 => ScalarValue::Uint(u64::MAX),
        5 => ScalarValue::F64(f64::NAN),
        6 => ScalarValue::counter(1),
        7 => ScalarValue::Timestamp(i64::MAX),
        8 => ScalarValue::Bytes(vec![0x9b; dice.below(40) as usize]),
        9 => ScalarValue::Unknown { type_code: 12, bytes: vec![1, 2, 3] },
        _ => ScalarValue::Str("x".repeat(dice.below(3_000) as usize).into()),
    }
}
