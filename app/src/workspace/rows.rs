//! The account rows in memory: what lists, search and numbers run on.

use domain::row::AccountRow;
use leptos::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;
use sync::id::DocumentId;

/// How many changes are remembered for those who ask what changed.
const CHANGES_MAX: usize = 4096;

pub struct Rows {
    rows: Vec<AccountRow>,
    places: FxHashMap<DocumentId, usize>,
    /// Documents of other kinds the relay has.
    others: FxHashSet<DocumentId>,
    /// Accounts an undone import had brought in.
    withdrawn: FxHashSet<DocumentId>,
    /// Which place changed for which version, oldest first.
    changes: VecDeque<(u64, usize)>,
    /// The version from which on `changes` is whole.
    remembered: u64,
    /// The version the changes since the last announcement will have.
    next: u64,
    version: RwSignal<u64>,
}

impl Rows {
    pub fn new() -> Self {
        Self {
            rows: Vec::new(),
            places: FxHashMap::default(),
            others: FxHashSet::default(),
            withdrawn: FxHashSet::default(),
            changes: VecDeque::new(),
            remembered: 0,
            next: 1,
            version: RwSignal::new(0),
        }
    }

    pub fn all(&self) -> &[AccountRow] {
        &self.rows
    }

    pub fn version(&self) -> RwSignal<u64> {
        self.version
    }

    /// Returns whether the document has a row, of whatever kind.
    pub fn knows(&self, document: DocumentId) -> bool {
        self.places.contains_key(&document) || self.others.contains(&document)
    }

    pub fn note_other(&mut self, document: DocumentId) {
        self.others.insert(document);
    }

    /// Takes an account out of every list, because the import that brought it in was undone.
    fn withdraw(&mut self, document: DocumentId) {
        self.remove(document);
        self.others.insert(document);
        self.withdrawn.insert(document);
    }

    /// Returns the accounts that undone imports had brought in.
    pub fn withdrawn(&self) -> impl Iterator<Item = DocumentId> {
        self.withdrawn.iter().copied()
    }

    /// Begins with all these rows, in place of whatever was here.
    pub fn begin(&mut self, rows: Vec<AccountRow>) {
        self.forget();
        self.rows.reserve(rows.len());
        self.places.reserve(rows.len());
        rows.into_iter().for_each(|row| self.put(row));
    }

    /// Takes in a row: at the place of the one before, or at the end; nowhere when the import that
    /// brought it in was undone.
    pub fn put(&mut self, row: AccountRow) {
        let document = DocumentId(row.id.0);
        if row.withdrawn == Some(true) {
            return self.withdraw(document);
        }
        self.withdrawn.remove(&document);
        let end = self.rows.len();
        let place = *self.places.entry(document).or_insert(end);
        match self.rows.get_mut(place) {
            Some(before) => *before = row,
            None => self.rows.push(row),
        }
        self.changes.push_back((self.next, place));
        if self.changes.len() > CHANGES_MAX
            && let Some((version, _)) = self.changes.pop_front()
        {
            self.remembered = version;
        }
    }

    /// Takes a row away; others may change their place.
    pub fn remove(&mut self, document: DocumentId) {
        let Some(place) = self.places.remove(&document) else { return };
        self.rows.swap_remove(place);
        if let Some(moved) = self.rows.get(place) {
            self.places.insert(DocumentId(moved.id.0), place);
        }
        self.changes.clear();
        self.remembered = self.next;
    }

    pub fn forget(&mut self) {
        self.rows.clear();
        self.places.clear();
        self.others.clear();
        self.withdrawn.clear();
        self.changes.clear();
        self.remembered = self.next;
    }

    /// Returns the places that changed after a version, or nothing when all may have.
    pub fn changed_since(&self, version: u64) -> Option<Vec<usize>> {
        if version < self.remembered {
            return None;
        }
        let recent = self.changes.iter().rev().take_while(|(at, _)| *at > version);
        let mut places: Vec<_> = recent.map(|(_, place)| *place).collect();
        places.sort_unstable();
        places.dedup();
        Some(places)
    }

    /// Lets screens know of everything that changed since the last time.
    pub fn announce(&mut self) {
        self.version.set(self.next);
        self.next += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::AccountId;

    fn row(number: u8) -> AccountRow {
        AccountRow::new(AccountId([number; 16]), String::new())
    }

    #[test]
    fn who_asks_what_changed_hears_of_every_change_since() {
        let mut rows = Rows::new();
        (0..3).for_each(|number| rows.put(row(number)));
        rows.announce();
        let seen = rows.version().get_untracked();
        rows.put(row(1));
        assert_eq!(rows.changed_since(seen), Some(vec![1]));
        rows.announce();
        assert_eq!(rows.changed_since(seen), Some(vec![1]));
        assert_eq!(rows.changed_since(rows.version().get_untracked()), Some(vec![]));
    }

    #[test]
    fn a_row_that_goes_makes_every_place_suspect() {
        let mut rows = Rows::new();
        (0..3).for_each(|number| rows.put(row(number)));
        rows.announce();
        let seen = rows.version().get_untracked();
        rows.remove(DocumentId([0; 16]));
        assert_eq!(rows.changed_since(seen), None);
        rows.put(row(2));
        assert_eq!(rows.all().iter().map(|row| row.id.0[0]).collect::<Vec<_>>(), [2, 1]);
    }
}
