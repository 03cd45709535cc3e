//! What the relay stores.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
};
use sync::{
    digest,
    frame::Form,
    id::*,
    relay::{Start, input::*, output::*},
};

/// Everything durable at the relay.
#[derive(Debug, Clone)]
pub struct Store {
    pub epoch: Epoch,
    /// The lives of the log before this one, each with the head at which it ended.
    pub lives: Vec<(Epoch, Sequence)>,
    pub entries: Vec<Entry>,
    pub rows: BTreeMap<DocumentId, StoredRow>,
    by_sequence: BTreeMap<Sequence, DocumentId>,
    by_document: BTreeMap<DocumentId, Vec<usize>>,
    hashes: BTreeMap<(DocumentId, ChangeHash), Sequence>,
    actors: BTreeMap<(DocumentId, ActorId), Binding>,
    snapshots: BTreeMap<DocumentId, Snapshot>,
    /// Entries that begin a document anew.
    beginnings: BTreeSet<Sequence>,
    /// Changes that are no part of their document any more.
    past: BTreeSet<ChangeHash>,
}

/// A document in one piece, up to a place in the log.
#[derive(Debug, Clone)]
struct Snapshot {
    sequence: Sequence,
    packed: Vec<u8>,
    sum: u64,
}

/// How many changes may follow a snapshot here: few, because lives are short.
const TAIL_MAX: u64 = 5;

impl Store {
    pub fn new(epoch: Epoch) -> Self {
        Self {
            epoch,
            lives: Vec::new(),
            entries: Vec::new(),
            rows: BTreeMap::new(),
            by_sequence: BTreeMap::new(),
            by_document: BTreeMap::new(),
            hashes: BTreeMap::new(),
            actors: BTreeMap::new(),
            snapshots: BTreeMap::new(),
            beginnings: BTreeSet::new(),
            past: BTreeSet::new(),
        }
    }

    /// Begins another life of the log, from where it stands.
    pub fn begin_life(&mut self, epoch: Epoch) {
        let head = Sequence(self.entries.len() as u64);
        self.lives.push((std::mem::replace(&mut self.epoch, epoch), head));
    }

    /// Returns the changes in the log, whatever their document.
    pub fn all_hashes(&self) -> BTreeSet<ChangeHash> {
        self.entries.iter().map(|entry| entry.hash).collect()
    }

    pub fn apply(&mut self, commit: &Commit) {
        for row in &commit.rows {
            if row.begins <= self.begins(row.document) {
                continue;
            }
            let past: Vec<_> = self.history(row.document).map(|entry| entry.hash).collect();
            self.past.extend(past);
            self.beginnings.extend(commit.entries.iter().map(|entry| entry.sequence));
        }
        for entry in &commit.entries {
            let next = self.entries.len() as u64 + 1;
            assert_eq!(entry.sequence, Sequence(next), "the log has no gaps");
            let (person, device) = (entry.person, entry.device);
            let binding = Binding { person, device, sequence: entry.actor_sequence };
            self.by_document.entry(entry.document).or_default().push(self.entries.len());
            let before = self.hashes.insert((entry.document, entry.hash), entry.sequence);
            assert_eq!(before, None, "no change is in the log twice");
            self.actors.insert((entry.document, entry.actor.clone()), binding);
            self.entries.push(entry.clone());
        }
        for row in &commit.rows {
            if let Some(before) = self.rows.insert(row.document, row.clone()) {
                self.by_sequence.remove(&before.sequence);
            }
            self.by_sequence.insert(row.sequence, row.document);
        }
    }

    pub fn has(&self, document: DocumentId, hash: ChangeHash) -> bool {
        self.hashes.contains_key(&(document, hash))
    }

    pub fn is_at(&self, sequence: Sequence, hash: ChangeHash) -> bool {
        let place = (sequence.0 as usize).checked_sub(1);
        place.and_then(|place| self.entries.get(place)).is_some_and(|entry| entry.hash == hash)
    }

    /// Returns where the present history of a document begins.
    pub fn begins(&self, document: DocumentId) -> Sequence {
        self.rows.get(&document).map_or(Sequence(0), |row| row.begins)
    }

    /// Returns whether a change is no part of its document any more.
    pub fn is_past(&self, hash: ChangeHash) -> bool {
        self.past.contains(&hash)
    }

    /// Returns whether an entry is part of a new beginning.
    pub fn is_beginning(&self, sequence: Sequence) -> bool {
        self.beginnings.contains(&sequence)
    }

    /// Returns what a document is made of.
    pub fn changes(&self, document: DocumentId) -> impl Iterator<Item = &Entry> {
        let begins = self.begins(document);
        self.history(document).filter(move |entry| entry.sequence >= begins)
    }

    /// Returns everything ever written in a document.
    pub fn history(&self, document: DocumentId) -> impl Iterator<Item = &Entry> {
        let places = self.by_document.get(&document).into_iter().flatten();
        places.map(|place| &self.entries[*place])
    }

    pub fn keep_snapshot(&mut self, document: DocumentId, sequence: Sequence, packed: Vec<u8>) {
        let sum = sum(&packed);
        self.snapshots.insert(document, Snapshot { sequence, packed, sum });
    }

    /// Returns the snapshot of a document, unless it is not what was kept.
    pub fn snapshot(&self, document: DocumentId) -> Option<(Sequence, &Vec<u8>)> {
        let snapshot = self.snapshots.get(&document)?;
        if snapshot.sequence < self.begins(document) {
            return None;
        }
        (sum(&snapshot.packed) == snapshot.sum).then_some((snapshot.sequence, &snapshot.packed))
    }

    /// Has a bit of a snapshot turn over; says whether there is one.
    pub fn damage(&mut self, document: DocumentId, at: usize) -> bool {
        let snapshot = self.snapshots.get_mut(&document);
        snapshot.is_some_and(|snapshot| {
            let at = at % snapshot.packed.len();
            snapshot.packed[at] ^= 4;
            true
        })
    }

    pub fn answer(&self, query: &Query) -> Loaded {
        match query {
            Query::Causality { document, hashes, actors } => Loaded::Causality {
                document: self.rows.get(document).cloned(),
                known: hashes
                    .iter()
                    .filter_map(|hash| Some((*hash, *self.hashes.get(&(*document, *hash))?)))
                    .collect(),
                actors: actors
                    .iter()
                    .filter_map(|actor| {
                        let binding = self.actors.get(&(*document, actor.clone()))?;
                        Some((actor.clone(), *binding))
                    })
                    .collect(),
                tail: {
                    let after = self.snapshots.get(document).map(|one| one.sequence);
                    let after = after.unwrap_or_default();
                    self.changes(*document).filter(|entry| entry.sequence > after).count() as u64
                },
            },
            Query::Rows { after, .. } => {
                // Small pages, so that catching up takes several.
                let later = self.by_sequence.range(Sequence(after.0 + 1)..);
                let rows: Vec<_> =
                    later.take(4).map(|(_, document)| self.rows[document].clone()).collect();
                let end = rows.len() < 4;
                Loaded::Rows { rows, end }
            }
            Query::Changes { document, after, kept, form, .. } => {
                let begins = self.begins(*document);
                let class = self.rows.get(document).map(|row| row.class);
                let snapshot = match form {
                    Form::Snapshot => self.snapshot(*document),
                    Form::Changes => None,
                };
                let Some(after) = changes_after(*after, *kept, begins) else {
                    return Loaded::Changes { class, changes: Vec::new(), end: true, begins };
                };
                let snapshot = snapshot.filter(|(sequence, _)| *sequence > after);
                let after = snapshot.map_or(after, |(sequence, _)| sequence);
                let later = self.changes(*document).filter(|entry| entry.sequence > after);
                let later = later.map(|entry| (entry.sequence, entry.change.clone()));
                let snapshot = snapshot.map(|(sequence, packed)| (sequence, packed.clone()));
                // Small pages, but for a new beginning, which comes whole.
                let mut room = 20;
                let mut changes: Vec<_> = snapshot.into_iter().chain(later).collect();
                let all = changes.len();
                changes.retain(|(sequence, _)| {
                    let takes = room > 0 || self.is_beginning(*sequence);
                    room -= usize::from(room > 0 && !self.is_beginning(*sequence));
                    takes
                });
                let end = changes.len() == all;
                Loaded::Changes { class, changes, end, begins }
            }
        }
    }

    /// Returns what a relay begins with.
    pub fn start(&self, schema: u16, classes: Classes) -> Start {
        let digest = self
            .rows
            .values()
            .fold(digest::EMPTY, |sum, row| sum.with(row.document, row.sequence, &row.row));
        let (head, documents) = (Sequence(self.entries.len() as u64), self.rows.len() as u64);
        let (epoch, lives) = (self.epoch, self.lives.clone());
        let tail_max = TAIL_MAX;
        Start { epoch, head, digest, documents, schema, classes, lives, tail_max }
    }
}

fn sum(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

pub type Classes = BTreeMap<Class, Vec<ChangeHash>>;
