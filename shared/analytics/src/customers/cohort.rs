//! How many of those who first bought in a month still buy, month by month.

use crate::{calendar::Month, customers::purchase::Purchase};
use domain::time::Day;
use std::collections::{BTreeMap, BTreeSet};

/// The customers who first bought in one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    pub month: Month,
    /// How many bought so many months later; the first entry is the cohort's size.
    pub active: Vec<u64>,
}

impl Cohort {
    pub fn size(&self) -> u64 {
        self.active.first().copied().unwrap_or(0)
    }

    /// Returns the share active so many months later.
    pub fn retention(&self) -> impl Iterator<Item = f64> {
        self.active.iter().map(|active| *active as f64 / self.size() as f64)
    }
}

/// Follows every cohort up to the end of the observation. A blank month is a zero only when it is
/// over: whether the last one is, [`Month::ends_on`] tells.
pub fn cohorts<C: Ord + Copy>(purchases: &[Purchase<C>], end: Day) -> Vec<Cohort> {
    let mut months: BTreeMap<C, BTreeSet<Month>> = BTreeMap::new();
    for purchase in purchases.iter().filter(|row| row.day <= end && !row.is_refund()) {
        months.entry(purchase.customer).or_default().insert(Month::of(purchase.day));
    }
    let mut cohorts: BTreeMap<Month, Vec<u64>> = BTreeMap::new();
    for months in months.values() {
        let Some(first) = months.first() else { continue };
        let length = (Month::of(end).0 - first.0 + 1) as usize;
        let active = cohorts.entry(*first).or_insert_with(|| vec![0; length]);
        months.iter().for_each(|month| active[(month.0 - first.0) as usize] += 1);
    }
    cohorts.into_iter().map(|(month, active)| Cohort { month, active }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cohort_is_followed_to_the_end_and_refunds_do_not_count() {
        let row =
            |customer, day: &str, minor| Purchase { customer, day: day.parse().unwrap(), minor };
        let rows = [
            row(1, "2024-01-05", 1),
            row(1, "2024-03-05", 1),
            row(2, "2024-01-31", 1),
            row(2, "2024-02-02", -1),
            row(3, "2024-03-30", 1),
            row(4, "2024-04-01", 1),
        ];
        let found = cohorts(&rows, "2024-03-31".parse().unwrap());
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].active, [2, 0, 1]);
        assert_eq!(found[0].retention().collect::<Vec<_>>(), [1.0, 0.0, 0.5]);
        assert_eq!(found[1].active, [1]);
        assert!(cohorts::<u32>(&[], Day(0)).is_empty());
    }
}
