//! What was done in a period, by kind, counted by account so that one account can be counted again.

use super::dashboard::View;
use domain::{
    activity::ActivityKind,
    filter::{Filter, Whose},
    row::AccountRow,
};
use std::{collections::BTreeMap, ops::Range};

type Counts = [u32; ActivityKind::ALL.len()];

/// The counts in all, and of each account by the place of its row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Activities {
    counts: [u64; ActivityKind::ALL.len()],
    of_rows: BTreeMap<u32, Counts>,
}

impl Activities {
    /// Counts the next rows, so that many can be counted piece by piece.
    pub fn take_in(&mut self, rows: &[AccountRow], places: Range<usize>, view: &View) {
        // Whoever did it is asked for, not whose account it is.
        let everybody = Filter { owner: None, ..view.filter.clone() };
        for (at, row) in (0_u32..).zip(rows).take(places.end).skip(places.start) {
            self.add(at, row, (view, &everybody));
        }
    }

    /// Counts these rows again, which changed since.
    pub fn count_again(&mut self, rows: &[AccountRow], changed: &[usize], view: &View) {
        let everybody = Filter { owner: None, ..view.filter.clone() };
        for at in changed.iter().copied() {
            let before = self.of_rows.remove(&(at as u32)).unwrap_or_default();
            self.counts.iter_mut().zip(before).for_each(|(sum, count)| *sum -= u64::from(count));
            if let Some(row) = rows.get(at) {
                self.add(at as u32, row, (view, &everybody));
            }
        }
    }

    /// Returns how many there were of each kind, in the order of [`ActivityKind::ALL`].
    pub fn counts(&self) -> [u64; ActivityKind::ALL.len()] {
        self.counts
    }

    fn add(&mut self, at: u32, row: &AccountRow, (view, everybody): (&View, &Filter)) {
        // Most accounts have been quiet for longer, and what happened there need not be unpacked.
        let is_quiet = row.last_activity.is_some_and(|last| last < view.period.from);
        if row.packed_activities.is_empty() || is_quiet || !everybody.fits(row, view.reader) {
            return;
        }
        let by = view.filter.owner.map(|owner| match owner {
            Whose::Reader => view.reader.person,
            Whose::Of(person) => person,
        });
        let mut counts = Counts::default();
        for happened in row.activities() {
            let place = ActivityKind::ALL.iter().position(|kind| *kind == happened.kind);
            if (by.is_none() || happened.by == by)
                && view.period.contains(happened.at)
                && let Some(place) = place
            {
                counts[place] += 1;
            }
        }
        if counts != Counts::default() {
            self.counts.iter_mut().zip(counts).for_each(|(sum, count)| *sum += u64::from(count));
            self.of_rows.insert(at, counts);
        }
    }
}
