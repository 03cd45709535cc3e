//! Rows packed in pages: a row has a fixed slot, and reading everything is a few hundred records.

use std::collections::{BTreeMap, HashMap};
use sync::{id::DocumentId, record::RowRecord};

/// Small enough that one changed row rewrites little, large enough that 100,000 rows are few records.
pub const PAGE_ROWS: usize = 256;

/// Where each row stands.
#[derive(Default)]
pub struct Slots {
    places: HashMap<DocumentId, u32>,
}

/// Rows to be written, sorted to their pages. Nothing of it holds until it is adopted.
#[derive(Default)]
pub struct Placement {
    fresh: HashMap<DocumentId, u32>,
    /// Whether every row before these is forgotten.
    forgets: bool,
    rows: BTreeMap<u32, BTreeMap<usize, RowRecord>>,
}

impl Slots {
    /// Takes in a page as it was read.
    pub fn learn(&mut self, page: u32, rows: &[RowRecord]) {
        let first = page * PAGE_ROWS as u32;
        self.places.extend(rows.iter().zip(first..).map(|(row, place)| (row.document, place)));
    }

    pub fn page_of(&self, document: DocumentId) -> Option<u32> {
        self.places.get(&document).map(|place| place / PAGE_ROWS as u32)
    }

    pub fn forget(&mut self) {
        self.places.clear();
    }

    /// Makes a placement hold, now that it is written.
    pub fn adopt(&mut self, placement: Placement) {
        if placement.forgets {
            self.places.clear();
        }
        self.places.extend(placement.fresh);
    }
}

impl Placement {
    pub fn put(&mut self, slots: &Slots, row: RowRecord) {
        let known = if self.forgets { None } else { slots.places.get(&row.document) };
        let before = if self.forgets { 0 } else { slots.places.len() };
        let next = (before + self.fresh.len()) as u32;
        let place =
            known.copied().unwrap_or_else(|| *self.fresh.entry(row.document).or_insert(next));
        let page = self.rows.entry(place / PAGE_ROWS as u32).or_default();
        page.insert(place as usize % PAGE_ROWS, row);
    }

    pub fn forget(&mut self) {
        *self = Self { forgets: true, ..Self::default() };
    }

    pub fn forgets(&self) -> bool {
        self.forgets
    }

    /// Returns the pages that change, and what changes on each.
    pub fn changed(&self) -> impl Iterator<Item = (u32, &BTreeMap<usize, RowRecord>)> {
        self.rows.iter().map(|(page, rows)| (*page, rows))
    }
}

/// Returns a page with the changed rows on it.
pub fn rewrite(mut page: Vec<RowRecord>, changed: &BTreeMap<usize, RowRecord>) -> Vec<RowRecord> {
    for (slot, row) in changed {
        match page.get_mut(*slot) {
            Some(place) => *place = row.clone(),
            // Slots are given out in order, so a new row is always the next.
            None => page.push(row.clone()),
        }
    }
    page
}
