//! Recency, frequency and monetary value, each scored by rank among the customers.
//!
//! The score is `1 + floor(k (2R - 1) / 2n)`, R the average rank from 1, the worst, over n scored
//! customers: ties share a score, and when all are equal all are in the middle. The three are scored
//! independently, not one within the other.

use crate::{
    customers::purchase::Purchase,
    reason::{Found, Reason},
};
use domain::time::Day;
use std::collections::BTreeMap;

/// What to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    pub as_of: Day,
    /// How many scores there are.
    pub bins: u32,
    /// Only the last so many days count; nothing for all.
    pub window_days: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rfm {
    pub recency_days: i64,
    pub frequency: u64,
    /// Purchases less refunds.
    pub monetary_minor: i64,
    pub r: u32,
    pub f: u32,
    pub m: u32,
}

/// Scores customers; one who has refunds only has no scores.
pub fn rfm<C: Ord + Copy>(
    purchases: &[Purchase<C>],
    terms: Terms,
) -> Found<BTreeMap<C, Option<Rfm>>> {
    if terms.bins == 0 {
        return Err(Reason::OutOfRange);
    }
    let mut customers: BTreeMap<C, Option<Rfm>> = BTreeMap::new();
    let mut money: BTreeMap<C, i64> = BTreeMap::new();
    for purchase in purchases {
        let age = i64::from(terms.as_of.0) - i64::from(purchase.day.0);
        let outside = terms.window_days.is_some_and(|window| age >= i64::from(window));
        if age < 0 || outside {
            continue;
        }
        let spent = money.entry(purchase.customer).or_default();
        *spent = spent.checked_add(purchase.minor).ok_or(Reason::OutOfRange)?;
        let known = customers.entry(purchase.customer).or_default();
        if !purchase.is_refund() {
            let new = Rfm { recency_days: age, frequency: 0, monetary_minor: 0, r: 0, f: 0, m: 0 };
            let customer = known.get_or_insert(new);
            customer.recency_days = customer.recency_days.min(age);
            customer.frequency += 1;
        }
    }
    for (customer, rfm) in &mut customers {
        if let Some(rfm) = rfm {
            rfm.monetary_minor = money.get(customer).copied().unwrap_or(0);
        }
    }
    let mut scored: Vec<&mut Rfm> = customers.values_mut().flatten().collect();
    score(&mut scored, terms.bins, |rfm| -rfm.recency_days, |rfm| &mut rfm.r);
    score(&mut scored, terms.bins, |rfm| rfm.frequency as i64, |rfm| &mut rfm.f);
    score(&mut scored, terms.bins, |rfm| rfm.monetary_minor, |rfm| &mut rfm.m);
    Ok(customers)
}

/// Gives each customer the score of its rank; the larger the value, the better.
fn score(
    scored: &mut [&mut Rfm],
    bins: u32,
    value: impl Fn(&Rfm) -> i64,
    place: impl Fn(&mut Rfm) -> &mut u32,
) {
    scored.sort_by_key(|rfm| value(rfm));
    let n = scored.len() as u64;
    for tie in
        scored.chunk_by_mut(|one, other| value(one) == value(other)).scan(0, |before, tie| {
            let first = *before + 1;
            *before += tie.len() as u64;
            // Twice the average rank of the tie is its first and its last rank.
            Some((first + *before, tie))
        })
    {
        let score = 1 + u64::from(bins) * (tie.0 - 1) / (2 * n);
        tie.1.iter_mut().for_each(|rfm| *place(rfm) = score as u32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bought(customer: u32, day: i32, minor: i64) -> Purchase<u32> {
        Purchase { customer, day: Day(day), minor }
    }

    const TERMS: Terms = Terms { as_of: Day(100), bins: 5, window_days: None };

    #[test]
    fn equal_customers_share_the_middle() {
        let equal: Vec<_> = (0..4).map(|customer| bought(customer, 50, 10)).collect();
        let found = rfm(&equal, TERMS).unwrap();
        assert!(found.values().flatten().all(|rfm| (rfm.r, rfm.f, rfm.m) == (3, 3, 3)));
    }

    #[test]
    fn a_refund_is_no_purchase_and_the_future_is_not_known() {
        let rows = [bought(1, 50, 10), bought(1, 90, -4), bought(2, 99, -1), bought(3, 101, 5)];
        let found = rfm(&rows, TERMS).unwrap();
        let one = found[&1].unwrap();
        assert_eq!((one.recency_days, one.frequency, one.monetary_minor), (50, 1, 6));
        assert_eq!(found.get(&2), Some(&None));
        assert_eq!(found.get(&3), None);
    }

    #[test]
    fn the_window_counts_its_last_days_only() {
        let terms = Terms { window_days: Some(10), ..TERMS };
        let found = rfm(&[bought(1, 90, 1), bought(2, 91, 1)], terms).unwrap();
        assert_eq!(found.keys().copied().collect::<Vec<_>>(), [2]);
        assert_eq!(rfm(&[bought(1, 1, 1)], Terms { bins: 0, ..TERMS }), Err(Reason::OutOfRange));
        assert!(rfm::<u32>(&[], TERMS).unwrap().is_empty());
    }
}
