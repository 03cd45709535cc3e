//! What was done in a period, by kind, counted by account so that one account can be counted again.

use super::{dashboard::View, table::stretch};
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
        for (at, row) in stretch(rows, places) {
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

    /// Returns the places of the accounts with which something of a kind was done, and how often;
    /// most first.
    pub fn behind(&self, kind: ActivityKind) -> Vec<(u32, u32)> {
        let Some(place) = ActivityKind::ALL.iter().position(|known| *known == kind) else {
            return Vec::new();
        };
        let of_kind = self.of_rows.iter().map(|(at, counts)| (*at, counts[place]));
        let mut behind: Vec<_> = of_kind.filter(|(_, count)| *count > 0).collect();
        behind.sort_by_key(|(at, count)| (std::cmp::Reverse(*count), *at));
        behind
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Period;
    use domain::{
        activity::{Activity, Direction},
        configuration::Configuration,
        filter::Reader,
        id::{AccountId, PersonId},
        row::history::pack_activities,
        time::{Day, Timestamp},
    };
    use std::sync::Arc;

    const MINUTE: i64 = 60_000;

    fn view() -> View {
        View {
            configuration: Arc::new(Configuration::beginning()),
            filter: Filter::default(),
            reader: Reader { person: PersonId([9; 16]), today: Day(20) },
            period: Period { from: Timestamp(10 * MINUTE), to: Timestamp(20 * MINUTE) },
        }
    }

    fn row(number: u8, minutes: &[i64]) -> AccountRow {
        let call = |minute: &i64| Activity {
            kind: ActivityKind::Call,
            direction: Direction::Outbound,
            at: Timestamp(minute * MINUTE),
            minutes: None,
            subject: String::new(),
            body: None,
            contact: None,
            deal: None,
            by: None,
            kind_code: None,
        };
        let calls: Vec<_> = minutes.iter().map(call).collect();
        let mut row = AccountRow::new(AccountId([number; 16]), "North Foods".to_owned());
        row.last_activity = calls.iter().map(|call| call.at).max();
        row.packed_activities = pack_activities(calls.iter(), &mut row.people_at_work);
        row
    }

    #[test]
    fn behind_a_kind_stand_the_accounts_it_was_done_with_most_first() {
        let rows = [row(1, &[2, 9]), row(2, &[5, 10]), row(3, &[11, 19, 20]), row(4, &[])];
        let mut activities = Activities::default();
        activities.take_in(&rows, 0..4, &view());
        assert_eq!(activities.behind(ActivityKind::Call), [(2, 2), (1, 1)]);
        assert_eq!(activities.behind(ActivityKind::Visit), []);
        assert_eq!(activities.counts().iter().sum::<u64>(), 3);
    }
}
