//! Rows packed in pages: a row has a fixed slot, and reading everything is a few hundred records.

use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use sync::{id::DocumentId, record::RowRecord};

/// Small enough that one changed row rewrites little and that a page stays well below 64 KiB, beyond
/// which Chromium keeps a value as a file and hands nothing over before it has read them all; large
/// enough that 100,000 rows are few records.
pub const PAGE_ROWS: u32 = 128;

/// The places a page has, used or not. Earlier releases put as many rows on one.
const PAGE_PLACES: u32 = 256;

/// Where each row stands.
#[derive(Default)]
pub struct Slots {
    places: FxHashMap<DocumentId, u32>,
    /// The place for the next new row.
    next: u32,
}

/// Rows to be written, sorted to their pages. Nothing of it holds until it is adopted.
#[derive(Default)]
pub struct Placement {
    fresh: FxHashMap<DocumentId, u32>,
    /// The place for the next new row, once one has come.
    next: u32,
    /// Whether every row before these is forgotten.
    forgets: bool,
    rows: BTreeMap<u32, BTreeMap<u32, RowRecord>>,
}

impl Slots {
    /// Takes in a page as it was read.
    pub fn learn(&mut self, page: u32, rows: &[RowRecord]) {
        let first = page * PAGE_PLACES;
        self.places.extend(rows.iter().zip(first..).map(|(row, place)| (row.document, place)));
        self.next = self.next.max(usable(first + rows.len() as u32));
    }

    pub fn page_of(&self, document: DocumentId) -> Option<u32> {
        self.places.get(&document).map(|place| place / PAGE_PLACES)
    }

    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// Makes a placement hold, now that it is written.
    pub fn adopt(&mut self, placement: Placement) {
        if placement.forgets {
            self.forget();
        }
        self.next = self.next.max(placement.next);
        self.places.extend(placement.fresh);
    }
}

impl Placement {
    pub fn put(&mut self, slots: &Slots, row: RowRecord) {
        let known = if self.forgets { None } else { slots.places.get(&row.document).copied() };
        let place = match known.or_else(|| self.fresh.get(&row.document).copied()) {
            Some(place) => place,
            None => self.place_for(slots, row.document),
        };
        self.rows.entry(place / PAGE_PLACES).or_default().insert(place % PAGE_PLACES, row);
    }

    fn place_for(&mut self, slots: &Slots, document: DocumentId) -> u32 {
        let free = if self.forgets { self.next } else { self.next.max(slots.next) };
        self.fresh.insert(document, free);
        self.next = usable(free + 1);
        free
    }

    pub fn forget(&mut self) {
        *self = Self { forgets: true, ..Self::default() };
    }

    pub fn forgets(&self) -> bool {
        self.forgets
    }

    /// Returns the pages that change, and what changes on each.
    pub fn changed(&self) -> impl Iterator<Item = (u32, &BTreeMap<u32, RowRecord>)> {
        self.rows.iter().map(|(page, rows)| (*page, rows))
    }
}

/// Returns a page with the changed rows on it.
pub fn rewrite(mut page: Vec<RowRecord>, changed: &BTreeMap<u32, RowRecord>) -> Vec<RowRecord> {
    for (slot, row) in changed {
        match page.get_mut(*slot as usize) {
            Some(place) => *place = row.clone(),
            // Slots are given out in order, so a new row is always the next.
            None => page.push(row.clone()),
        }
    }
    page
}

/// Returns the first place from this one on that a new row may have.
fn usable(place: u32) -> u32 {
    // A page that is not begun has room; so a place at the begin of one is right as it is.
    if place % PAGE_PLACES < PAGE_ROWS { place } else { place.next_multiple_of(PAGE_PLACES) }
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
            begins: None,
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
        assert_eq!(disk.values().map(Vec::len).collect::<Vec<_>>(), [128, 128, 45]);
        assert_eq!(disk[&0][7], row(7, 2));
        assert_eq!(disk[&2][44], row(300, 2));
        assert_eq!(slots.page_of(row(299, 0).document), Some(2));
    }

    #[test]
    fn pages_of_an_earlier_release_stay_and_no_row_joins_those_that_hold_more() {
        for (pages, then) in [
            (vec![256, 200], vec![256, 200, 2]),
            (vec![256, 100], vec![256, 102]),
            (vec![256], vec![256, 2]),
        ] {
            let mut numbers = 0..;
            let mut page = |rows| numbers.by_ref().take(rows).map(|at| row(at, 1)).collect();
            let mut disk: BTreeMap<u32, Vec<_>> =
                (0..).zip(pages.into_iter().map(&mut page)).collect();
            let mut slots = Slots::default();
            disk.iter().for_each(|(page, rows)| slots.learn(*page, rows));
            write(&mut slots, &mut disk, vec![row(255, 2), row(900, 2), row(901, 2)]);
            assert_eq!(disk.values().map(Vec::len).collect::<Vec<_>>(), then);
            assert_eq!(disk[&0][255], row(255, 2));
        }
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
