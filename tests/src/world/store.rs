//! What the relay stores.

use std::collections::{BTreeMap, BTreeSet};
use sync::{
    digest,
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
}

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

    pub fn changes(&self, document: DocumentId) -> impl Iterator<Item = &Entry> {
        let places = self.by_document.get(&document).into_iter().flatten();
        places.map(|place| &self.entries[*place])
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
            },
            Query::Rows { after, .. } => {
                // Small pages, so that catching up takes several.
                let later = self.by_sequence.range(Sequence(after.0 + 1)..);
                let rows: Vec<_> =
                    later.take(4).map(|(_, document)| self.rows[document].clone()).collect();
                let end = rows.len() < 4;
                Loaded::Rows { rows, end }
            }
            Query::Changes { document, after, .. } => {
                let class = self.rows.get(document).map(|row| row.class);
                let later = self.changes(*document).filter(|entry| entry.sequence > *after);
                let mut changes: Vec<_> =
                    later.take(21).map(|entry| (entry.sequence, entry.change.clone())).collect();
                let end = changes.len() < 21;
                changes.truncate(20);
                Loaded::Changes { class, changes, end }
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
        Start { epoch, head, digest, documents, schema, classes, lives }
    }
}

pub type Classes = BTreeMap<Class, Vec<ChangeHash>>;
