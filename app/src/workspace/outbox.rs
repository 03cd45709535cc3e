//! The edits of this device that somebody may still have to know of, and the state each is in.

use super::OutboxItem;
use crate::browser::clock;
use domain::edit::Edit;
use leptos::prelude::*;
use std::collections::{BTreeMap, HashMap};
use sync::{
    id::{DocumentId, PendingKey},
    output::{EditState, Write},
    record::{PendingRecord, PendingState},
};

pub struct Outbox {
    records: BTreeMap<PendingKey, PendingRecord>,
    states: HashMap<DocumentId, BTreeMap<PendingKey, EditState>>,
    /// How many edits are on their way to storage, and how many it turned away: asked after every
    /// edit, and there may be ten thousand.
    saving: usize,
    not_saved: usize,
    /// The least safe state of each document that has any.
    marks: RwSignal<HashMap<DocumentId, EditState>>,
    version: RwSignal<u64>,
}

impl Outbox {
    pub fn new() -> Self {
        Self {
            records: BTreeMap::new(),
            states: HashMap::new(),
            saving: 0,
            not_saved: 0,
            marks: RwSignal::new(HashMap::new()),
            version: RwSignal::new(0),
        }
    }

    pub fn clear(&mut self) {
        self.records.clear();
        self.states.clear();
        (self.saving, self.not_saved) = (0, 0);
        self.marks.update(HashMap::clear);
        self.touch();
    }

    /// Takes in what is written; what it says of changes is true from now on, stored or not.
    pub fn follow(&mut self, writes: &[Write]) {
        for write in writes {
            match write {
                Write::Pending(record) => drop(self.records.insert(record.key, record.clone())),
                Write::RemovePending(key) => self.remove(*key),
                _ => continue,
            }
            self.touch();
        }
    }

    /// Takes in an edit as it stands in storage.
    pub fn learn(&mut self, record: PendingRecord, state: EditState) {
        if state != EditState::Received {
            self.show(record.key, record.document, state);
        }
        self.records.insert(record.key, record);
        self.touch();
    }

    /// Takes in what another tab has stored; the replica says what state it is in.
    pub fn note(&mut self, record: PendingRecord) {
        self.records.insert(record.key, record);
        self.touch();
    }

    /// Forgets an edit that is no longer in storage.
    pub fn forget(&mut self, key: PendingKey) {
        if let Some(record) = self.records.remove(&key) {
            self.settle(key, record.document);
        }
        self.touch();
    }

    /// Drops the record; that it was received goes on showing for its moment.
    fn remove(&mut self, key: PendingKey) {
        let Some(record) = self.records.remove(&key) else { return };
        let states = self.states.get(&record.document);
        if states.and_then(|states| states.get(&key)) != Some(&EditState::Received) {
            self.settle(key, record.document);
        }
    }

    pub fn show(&mut self, key: PendingKey, document: DocumentId, state: EditState) {
        let before = self.states.entry(document).or_default().insert(key, state);
        self.count(before, Some(state));
        self.mark(document);
        self.touch();
    }

    /// Stops showing the state of an edit that is safe with the relay.
    pub fn settle(&mut self, key: PendingKey, document: DocumentId) {
        let mut before = None;
        if let Some(states) = self.states.get_mut(&document) {
            before = states.remove(&key);
            if states.is_empty() {
                self.states.remove(&document);
            }
        }
        self.count(before, None);
        self.mark(document);
        self.touch();
    }

    /// Returns the changes a document has beyond the acknowledged ones, but for those of edits that
    /// are to be made again.
    pub fn changes_without(&self, document: DocumentId, again: &[PendingKey]) -> Vec<Vec<u8>> {
        self.records
            .values()
            .filter(|record| record.document == document && !again.contains(&record.key))
            .filter(|record| !matches!(record.state, PendingState::Refused(_)))
            .map(|record| record.change.to_vec())
            .collect()
    }

    pub fn has(&self, key: PendingKey) -> bool {
        self.records.contains_key(&key)
    }

    /// Returns the edits the relay has not taken.
    pub fn unsent(&self) -> Vec<PendingRecord> {
        let received = |record: &&PendingRecord| matches!(record.state, PendingState::Received(_));
        self.records.values().filter(|record| !received(record)).cloned().collect()
    }

    /// Returns whether an edit is not in storage: on its way there, or turned away.
    pub fn lacks_storage(&self) -> bool {
        self.saving + self.not_saved > 0
    }

    /// Returns whether storage has turned an edit away.
    pub fn not_saved(&self) -> bool {
        self.not_saved > 0
    }

    /// Counts an edit in the state it is in now, and no longer in the one before.
    fn count(&mut self, before: Option<EditState>, now: Option<EditState>) {
        let counts = |state| {
            let saving = usize::from(state == Some(EditState::Saving));
            (saving, usize::from(state == Some(EditState::NotSaved)))
        };
        let (was, is) = (counts(before), counts(now));
        self.saving = self.saving + is.0 - was.0;
        self.not_saved = self.not_saved + is.1 - was.1;
    }

    pub fn items(&self) -> Vec<OutboxItem> {
        let item = |record: &PendingRecord| {
            let state = *self.states.get(&record.document)?.get(&record.key)?;
            (state != EditState::Received).then(|| OutboxItem {
                key: record.key,
                document: record.document,
                edit: Edit::decode(&record.edit),
                at: clock::corrected(record.at),
                state,
            })
        };
        let mut items: Vec<_> = self.records.values().filter_map(item).collect();
        items.sort_by_key(|item| (item.at, item.key));
        items
    }

    pub fn marks(&self) -> RwSignal<HashMap<DocumentId, EditState>> {
        self.marks
    }

    pub fn version(&self) -> RwSignal<u64> {
        self.version
    }

    fn mark(&mut self, document: DocumentId) {
        let states = self.states.get(&document).into_iter().flat_map(BTreeMap::values);
        let least = states.copied().min_by_key(|state| safety(*state));
        if self.marks.with_untracked(|marks| marks.get(&document).copied()) != least {
            self.marks.update(|marks| match least {
                Some(state) => drop(marks.insert(document, state)),
                None => drop(marks.remove(&document)),
            });
        }
    }

    fn touch(&self) {
        self.version.update(|version| *version += 1);
    }
}

/// Orders states from the one a person must know of first.
fn safety(state: EditState) -> u8 {
    match state {
        EditState::NotSaved => 0,
        EditState::Refused(_) => 1,
        EditState::Saving => 2,
        EditState::Waiting(_) => 3,
        EditState::OnThisTablet => 4,
        EditState::Received => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sync::verdict::Reason;

    #[test]
    fn a_document_shows_the_least_safe_of_its_edits() {
        let mut outbox = Outbox::new();
        let document = DocumentId([1; 16]);
        let key = |number| PendingKey { tab: 1, number };
        let shown = |outbox: &Outbox| outbox.marks().get_untracked().get(&document).copied();
        outbox.show(key(1), document, EditState::OnThisTablet);
        outbox.show(key(2), document, EditState::Saving);
        assert_eq!(shown(&outbox), Some(EditState::Saving));
        outbox.show(key(2), document, EditState::Received);
        assert_eq!(shown(&outbox), Some(EditState::OnThisTablet));
        outbox.show(key(3), document, EditState::Refused(Reason::RuleBroken));
        assert_eq!(shown(&outbox), Some(EditState::Refused(Reason::RuleBroken)));
        (1..=3).for_each(|number| outbox.settle(key(number), document));
        assert_eq!(shown(&outbox), None);
    }

    #[test]
    fn an_edit_storage_turned_away_is_never_taken_for_kept() {
        let mut outbox = Outbox::new();
        let (document, key) = (DocumentId([1; 16]), PendingKey { tab: 1, number: 1 });
        let standing = |outbox: &Outbox| (outbox.lacks_storage(), outbox.not_saved());
        assert_eq!(standing(&outbox), (false, false));
        outbox.show(key, document, EditState::Saving);
        assert_eq!(standing(&outbox), (true, false));
        outbox.show(key, document, EditState::NotSaved);
        assert_eq!(standing(&outbox), (true, true));
        outbox.show(key, document, EditState::OnThisTablet);
        assert_eq!(standing(&outbox), (false, false));
    }
}
