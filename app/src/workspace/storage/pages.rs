//! Rows packed in pages: a row has a fixed slot, and reading everything is a few hundred records.

use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use sync::{id::DocumentId, record::RowRecord};

/// Small enough that one changed row rewrites little, large enough that 100,000 rows are few records.
pub const PAGE_ROWS: usize = 256;

/// Where each row stands.
#[derive(Default)]
pub struct Slots {
    places: FxHashMap<DocumentId, u32>,
}

/// Rows to be written, sorted to their pages. Nothing of it holds until it is adopted.
#[derive(Default)]
pub struct Placement {
    fresh: FxHashMap<DocumentId, u32>,
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

#[cfg(test)]
mod tests {
    use super::*;
    use sync::id::{Class, Sequence};

    fn row(number: u16, sequence: u64) -> RowRecord {
        let mut document = [0; 16];
        document[..2].copy_from_slice(&number.to_be_bytes());
        RowRecord {
            document: DocumentId(document),
            class: Class(1),
            sequence: Sequence(sequence),
            version: 1,
            row: vec![number as u8].into(),
            held: None,
            held_bytes: None,
        }
    }

    /// Writes rows as a keeper does and returns the pages there are then.
    fn write(slots: &mut Slots, disk: &mut BTreeMap<u32, Vec<RowRecord>>, rows: Vec<RowRecord>) {
        let mut placement = Placement::default();
        rows.into_iter().for_each(|row| placement.put(slots, row));
        for (page, changed) in placement.changed() {
            let before = disk.get(&page).cloned().unwrap_or_default();
            disk.insert(page, rewrite(before, changed));
        }
        slots.adopt(placement);
    }

    #[test]
    fn a_row_keeps_its_slot_and_pages_fill_in_order() {
        let (mut slots, mut disk) = (Slots::default(), BTreeMap::new());
        write(&mut slots, &mut disk, (0..300).map(|number| row(number, 1)).collect());
        write(&mut slots, &mut disk, vec![row(7, 2), row(300, 2), row(299, 2)]);
        assert_eq!(disk.len(), 2);
        assert_eq!(disk[&0].len(), PAGE_ROWS);
        assert_eq!(disk[&1].len(), 301 - PAGE_ROWS);
        assert_eq!(disk[&0][7], row(7, 2));
        assert_eq!(disk[&1][300 - PAGE_ROWS], row(300, 2));
        assert_eq!(slots.page_of(row(299, 0).document), Some(1));
    }

    #[test]
    fn slots_learnt_from_pages_are_those_that_were_given() {
        let (mut slots, mut disk) = (Slots::default(), BTreeMap::new());
        write(&mut slots, &mut disk, (0..300).map(|number| row(number, 1)).collect());
        let mut learnt = Slots::default();
        disk.iter().for_each(|(page, rows)| learnt.learn(*page, rows));
        write(&mut learnt, &mut disk, vec![row(299, 3), row(301, 3)]);
        assert_eq!(disk.values().flatten().filter(|kept| kept.sequence.0 == 3).count(), 2);
        assert_eq!(disk.values().map(Vec::len).sum::<usize>(), 301);
    }

    #[test]
    fn a_placement_that_is_not_adopted_changes_nothing() {
        let slots = Slots::default();
        let mut placement = Placement::default();
        placement.put(&slots, row(1, 1));
        drop(placement);
        assert_eq!(slots.page_of(row(1, 1).document), None);
    }

    #[test]
    fn after_forgetting_slots_begin_again() {
        let (mut slots, mut disk) = (Slots::default(), BTreeMap::new());
        write(&mut slots, &mut disk, (0..300).map(|number| row(number, 1)).collect());
        let mut placement = Placement::default();
        placement.put(&slots, row(299, 2));
        placement.forget();
        placement.put(&slots, row(299, 3));
        let pages: Vec<_> = placement.changed().map(|(page, rows)| (page, rows.len())).collect();
        assert_eq!(pages, [(0, 1)]);
        slots.adopt(placement);
        assert_eq!(slots.page_of(row(7, 0).document), None);
    }
}
