//! The edits of this device that the relay has not dealt with, in the order they were made.

use crate::{
    change::{self, Unfit},
    id::*,
    output::EditState,
    planted::{self, Planted},
    record::{PendingRecord, PendingState},
    verdict::Reason,
};
use std::collections::{BTreeMap, BTreeSet};

/// One edit and how far it has come.
#[derive(Debug, Clone)]
pub struct Entry {
    pub record: PendingRecord,
    pub dependencies: Vec<ChangeHash>,
    /// How much the change does.
    pub operations: u64,
    pub saved: Saved,
    /// Whether storage has it already, as it was before it was made again or offered again.
    pub again: bool,
    /// The batch it is in, on the present connection.
    pub batch: Option<u64>,
    /// Builds on a refused change, and is to be made again.
    pub spoilt: bool,
    /// What the relay lacked when it last said *not yet*.
    pub waiting: Option<Reason>,
    pub attempts: u32,
    pub not_before: Time,
    /// A person has let go of it.
    pub discarded: bool,
    /// The relay's row has reached it: it goes once its change is written down as acknowledged.
    pub settled: bool,
    /// The change is one no relay would look at.
    pub unfit: Option<Reason>,
}

/// Whether the edit is in storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    UnderWay,
    Done,
    Failed,
}

/// Every edit the relay has not dealt with.
#[derive(Debug, Default)]
pub struct Outbox {
    entries: BTreeMap<u64, Entry>,
    places: BTreeMap<PendingKey, u64>,
    by_document: BTreeMap<DocumentId, BTreeSet<u64>>,
    by_hash: BTreeMap<ChangeHash, u64>,
    /// Changes that will never be part of a document: refused, or made again.
    void: BTreeSet<ChangeHash>,
    last: u64,
}

impl Entry {
    pub fn new(record: PendingRecord, saved: Saved) -> Self {
        let (dependencies, operations, unfit) = match change::scan(&record.change) {
            Ok(scanned) => (scanned.dependencies, scanned.operations, None),
            Err(Unfit::Malformed) => (Vec::new(), 0, Some(Reason::Malformed)),
            Err(Unfit::TooLarge) => (Vec::new(), 0, Some(Reason::TooLarge)),
        };
        Self {
            record,
            dependencies,
            operations,
            saved,
            again: false,
            batch: None,
            spoilt: false,
            waiting: None,
            attempts: 0,
            not_before: Time(i64::MIN),
            discarded: false,
            settled: false,
            unfit,
        }
    }

    pub fn is_unsent(&self) -> bool {
        self.record.state == PendingState::Unsent
    }

    /// Returns whether the change is part of the document as this device shows it.
    pub fn is_laid_over(&self) -> bool {
        !self.settled && !matches!(self.record.state, PendingState::Refused(_))
    }

    /// Returns the state a person sees.
    pub fn state(&self) -> EditState {
        match (self.saved, self.record.state) {
            (Saved::Failed, _) => EditState::NotSaved,
            (Saved::UnderWay, PendingState::Unsent) if planted::is(Planted::SafeBeforeStored) => {
                EditState::OnThisTablet
            }
            (Saved::UnderWay, PendingState::Unsent) => EditState::Saving,
            (_, PendingState::Received(_)) => EditState::Received,
            (_, PendingState::Refused(reason)) => EditState::Refused(reason),
            (_, PendingState::Held(reason)) => EditState::Waiting(reason),
            (Saved::Done, PendingState::Unsent) => {
                self.waiting.map_or(EditState::OnThisTablet, EditState::Waiting)
            }
        }
    }
}

impl Outbox {
    /// Takes in what storage had, each edit after those it builds on.
    pub fn restore(records: Vec<PendingRecord>) -> Self {
        let mut outbox = Self::default();
        let mut waiting: Vec<_> =
            records.into_iter().map(|record| Entry::new(record, Saved::Done)).collect();
        if planted::is(Planted::OutboxEntryForgotten) {
            waiting.pop();
        }
        waiting.sort_by_key(|entry| (entry.record.at, entry.record.key));
        while !waiting.is_empty() {
            let missing: BTreeSet<_> = waiting.iter().map(|entry| entry.record.hash).collect();
            let builds_on_later =
                |entry: &Entry| entry.dependencies.iter().any(|hash| missing.contains(hash));
            let (later, ready): (Vec<_>, Vec<_>) = waiting.into_iter().partition(builds_on_later);
            // Changes cannot build on each other in a circle; if they claim to, order is lost.
            let (later, ready) = if ready.is_empty() { (ready, later) } else { (later, ready) };
            ready.into_iter().for_each(|entry| outbox.push(entry));
            waiting = later;
        }
        for document in outbox.by_document.keys().copied().collect::<Vec<_>>() {
            outbox.spoil_dependants(document);
        }
        outbox
    }

    /// Adds an edit after all others, or puts it in the place of the one with the same key.
    pub fn push(&mut self, entry: Entry) {
        let (key, document) = (entry.record.key, entry.record.document);
        let place = match self.places.get(&key) {
            Some(place) => *place,
            None => {
                self.last += 1;
                self.last
            }
        };
        if let Some(before) = self.entries.get(&place) {
            self.by_hash.remove(&before.record.hash);
        }
        if !entry.is_laid_over() {
            self.void.insert(entry.record.hash);
        }
        self.places.insert(key, place);
        self.by_document.entry(document).or_default().insert(place);
        self.by_hash.insert(entry.record.hash, place);
        self.entries.insert(place, entry);
    }

    pub fn remove(&mut self, key: PendingKey) -> Option<Entry> {
        let place = self.places.remove(&key)?;
        let entry = self.entries.remove(&place)?;
        let document = entry.record.document;
        self.by_hash.remove(&entry.record.hash);
        if let Some(places) = self.by_document.get_mut(&document) {
            places.remove(&place);
            if places.is_empty() {
                self.by_document.remove(&document);
            }
        }
        Some(entry)
    }

    pub fn get(&self, key: PendingKey) -> Option<&Entry> {
        self.entries.get(self.places.get(&key)?)
    }

    pub fn get_mut(&mut self, key: PendingKey) -> Option<&mut Entry> {
        self.entries.get_mut(self.places.get(&key)?)
    }

    /// Returns every edit, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.entries.values_mut()
    }

    /// Returns the edits of a document, oldest first.
    pub fn of(&self, document: DocumentId) -> impl DoubleEndedIterator<Item = &Entry> {
        let places = self.by_document.get(&document).into_iter().flatten();
        places.map(|place| &self.entries[place])
    }

    /// Returns the edit whose row lists are to show in place of the relay's.
    pub fn laid_over(&self, document: DocumentId) -> Option<&Entry> {
        self.of(document).rev().find(|entry| entry.is_laid_over())
    }

    /// Returns the edit that made a change.
    pub fn by_hash(&self, hash: &ChangeHash) -> Option<&Entry> {
        self.by_hash.get(hash).map(|place| &self.entries[place])
    }

    /// Marks a change as one that will never be part of a document.
    pub fn make_void(&mut self, hash: ChangeHash) {
        self.void.insert(hash);
    }

    /// Marks what builds on void changes as spoilt, and says whether anything of the document is.
    pub fn spoil_dependants(&mut self, document: DocumentId) -> bool {
        let mut any = false;
        for place in self.by_document.get(&document).into_iter().flatten() {
            let Some(entry) = self.entries.get_mut(place) else { continue };
            let void = entry.dependencies.iter().any(|hash| self.void.contains(hash));
            if entry.is_unsent() && (void || entry.spoilt) {
                entry.spoilt = true;
                self.void.insert(entry.record.hash);
                any = true;
            }
        }
        any
    }
}
