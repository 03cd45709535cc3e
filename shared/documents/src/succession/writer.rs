//! Writes the state of a document into a new one.

use super::{
    NotBegun,
    step::{Step, Write},
    written::{Contended, Written, contend_fields, fields_of, written},
};
use crate::{
    actor::{Actor, RELAY},
    document::{Change, Document, exported},
    genesis, policy,
};
use automerge::{
    ActorId, Automerge, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValue,
    transaction::{CommitOptions, Transactable},
};
use domain::{
    id::PersonId,
    time::{HybridTime, Timestamp},
};

/// The most operations and about the most bytes of one change of a beginning: less than what one
/// change may have.
const OPERATIONS_MAX: usize = 4_000;
const BYTES_MAX: usize = 96 << 10;

/// Returns the state of a document as changes, each with who it is of.
pub fn state_of(
    stands: &Document,
    life: [u8; 16],
    now: Timestamp,
) -> Result<Vec<(PersonId, Change)>, NotBegun> {
    let mut writer = Writer {
        automerge: genesis::begin(stands.class),
        life,
        lives: 0,
        stamp: stands.seen(now).next(now),
        waiting: Vec::new(),
        made: Vec::new(),
    };
    writer.take_over(stands)?;
    Ok(writer.made)
}

struct Writer {
    automerge: Automerge,
    life: [u8; 16],
    lives: u16,
    stamp: HybridTime,
    waiting: Vec<Step>,
    made: Vec<(PersonId, Change)>,
}

impl Writer {
    fn take_over(&mut self, stands: &Document) -> Result<(), NotBegun> {
        let old = &stands.automerge;
        let mut contended = Contended::new();
        self.take_map(old, &ROOT, &ROOT, Some(&mut contended))?;
        let mut things = Vec::new();
        for name in stands.class.collections() {
            let collection = genesis::collection(stands.class, name);
            match old.object_type(&collection) {
                Ok(ObjType::Map) => {
                    let several = !policy::is_written_once(stands.class, name);
                    let several = several.then_some(&mut contended);
                    self.take_map(old, &collection, &collection, several)?;
                    self.take_things(old, &collection, &mut things)?;
                }
                Ok(ObjType::Text) => self.take_text(old, &collection)?,
                _ => return Err(NotBegun::Shape(name.to_owned())),
            }
        }
        self.finish();
        for (collection, key, objects) in things {
            let made = self.automerge.get(&collection, key.as_str());
            let Ok(Some((_, thing))) = made else { return Err(NotBegun::Shape(key)) };
            contend_fields(old, &objects, &thing, &mut contended)?;
        }
        self.contend(contended);
        Ok(())
    }

    /// Takes over the scalars of a map. Of several at one key the one shown goes first, so that
    /// every part of a beginning can be read; what is written once has no other.
    fn take_map(
        &mut self,
        old: &Automerge,
        from: &ObjId,
        to: &ObjId,
        contended: Option<&mut Contended>,
    ) -> Result<(), NotBegun> {
        let mut ignored = Contended::new();
        let contended = contended.unwrap_or(&mut ignored);
        for key in old.keys(from).collect::<Vec<_>>() {
            let all = written(old, from, &key)?;
            let scalars: Vec<_> = all.into_iter().filter_map(Written::scalar).collect();
            match <[_; 1]>::try_from(scalars) {
                Ok([one]) => {
                    let write = Write { object: to.clone(), key, value: one.value };
                    self.push(Step::Put(write));
                }
                Err(several) => {
                    if let Some(shown) = several.iter().max_by_key(|one| &one.of) {
                        let (object, value) = (to.clone(), shown.value.clone());
                        self.push(Step::Put(Write { object, key: key.clone(), value }));
                    }
                    several.into_iter().for_each(|one| {
                        let (object, key) = (to.clone(), key.clone());
                        let write = Write { object, key, value: one.value };
                        contended.entry(one.of).or_default().push(write);
                    });
                }
            }
        }
        Ok(())
    }

    /// Takes over the things of a collection, each in one piece with its fields as they are shown.
    fn take_things(
        &mut self,
        old: &Automerge,
        collection: &ObjId,
        things: &mut Vec<(ObjId, String, Vec<ObjId>)>,
    ) -> Result<(), NotBegun> {
        for key in old.keys(collection).collect::<Vec<_>>() {
            let all = written(old, collection, &key)?;
            let objects: Vec<_> = all.into_iter().filter_map(Written::object).collect();
            if objects.is_empty() {
                continue;
            }
            let mut fields = Vec::new();
            for (field, values) in fields_of(old, &objects)? {
                let shown = values.into_iter().max_by_key(|one| one.of.clone());
                fields.extend(shown.map(|one| (field, one.value)));
            }
            things.push((collection.clone(), key.clone(), objects));
            self.push(Step::Make { collection: collection.clone(), key, fields });
        }
        Ok(())
    }

    fn take_text(&mut self, old: &Automerge, text: &ObjId) -> Result<(), NotBegun> {
        let shape = |_| NotBegun::Shape("text".to_owned());
        let letters: Vec<char> = old.text(text).map_err(shape)?.chars().collect();
        for (place, piece) in letters.chunks(OPERATIONS_MAX).enumerate() {
            self.start();
            let piece: String = piece.iter().collect();
            let options = self.options();
            let mut transaction = self.automerge.transaction();
            let at = place * OPERATIONS_MAX;
            transaction.splice_text(text, at, 0, &piece).map_err(shape)?;
            let (hash, _) = transaction.commit_with(options);
            self.keep(hash);
        }
        Ok(())
    }

    fn push(&mut self, step: Step) {
        self.waiting.push(step);
    }

    /// Writes what is waiting as one change after the other.
    fn finish(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting).into_iter().peekable();
        while waiting.peek().is_some() {
            self.start();
            let (mut operations, mut bytes) = (0, 0);
            let options = self.options();
            let mut transaction = self.automerge.transaction();
            while let Some(step) = waiting.next_if(|step| {
                let (more, longer) = step.size();
                let fits = operations + more <= OPERATIONS_MAX && bytes + longer <= BYTES_MAX;
                (operations, bytes) = (operations + more, bytes + longer);
                fits || operations == more
            }) {
                step.write(&mut transaction);
            }
            let (hash, _) = transaction.commit_with(options);
            self.keep(hash);
        }
    }

    /// Writes what several people set at once: for each of their changes one that knows of none of
    /// the others, under their name and time. One more, that changes nothing, joins them.
    fn contend(&mut self, contended: Contended) {
        let mut forks = Vec::new();
        let base = self.automerge.clone();
        for ((stamp, actor, _), writes) in contended {
            let person = Actor::from_bytes(actor.to_bytes()).map_or(RELAY, |actor| actor.person);
            let mut fork = base.clone();
            fork.set_actor(self.next_actor(person));
            let mut transaction = fork.transaction();
            for Write { object, key, value } in writes {
                // The value that is shown stands there already, and would not be written again: over
                // one no field ever holds, it is.
                let none = Write {
                    object: object.clone(),
                    key: key.clone(),
                    value: ScalarValue::Bytes(Vec::new()),
                };
                Step::Put(none).write(&mut transaction);
                Step::Put(Write { object, key, value }).write(&mut transaction);
            }
            let options = CommitOptions::default().with_time(stamp.0);
            let Some(hash) = transaction.commit_with(options).0 else { continue };
            let change = fork.get_change_by_hash(&hash);
            forks.extend(change.map(|change| (person, change)));
        }
        for (person, change) in forks {
            self.made.push((person, exported(&change)));
            self.automerge.apply_changes([change]).expect("a change just made on this document");
        }
        let actor = self.next_actor(RELAY);
        self.automerge.set_actor(actor);
        let hash = self.automerge.empty_commit(self.options());
        self.keep(Some(hash));
    }

    fn start(&mut self) {
        if self.lives == 0 {
            let actor = self.next_actor(RELAY);
            self.automerge.set_actor(actor);
        }
    }

    /// Returns an actor nobody has had; of one person's, later ones are greater.
    fn next_actor(&mut self, person: PersonId) -> ActorId {
        let mut life = self.life;
        life[..2].copy_from_slice(&self.lives.to_be_bytes());
        self.lives += 1;
        ActorId::from(Actor { person, life }.to_bytes())
    }

    fn options(&self) -> CommitOptions {
        CommitOptions::default().with_time(self.stamp.0)
    }

    /// Keeps the change just made, if it wrote anything.
    fn keep(&mut self, hash: Option<ChangeHash>) {
        let change = hash.and_then(|hash| self.automerge.get_change_by_hash(&hash));
        self.made.extend(change.map(|change| (RELAY, exported(&change))));
    }
}
