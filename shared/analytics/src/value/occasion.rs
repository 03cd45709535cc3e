//! From purchases to what the models without a contract run on: repeat days and their times.

use crate::{
    customers::purchase::Purchase,
    reason::{Found, Reason},
    sample::ordered_sum,
};
use domain::time::Day;
use std::collections::BTreeMap;

/// More days than anybody can have bought on.
const REPEATS_MAX: u64 = 1_000_000;

/// A customer's occasions. Purchases on one day are one occasion, and the first is no repeat.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Occasions {
    /// Repeat purchase days.
    pub x: u64,
    /// Time of the last one since the first purchase.
    pub t_x: f64,
    /// Time since the first purchase.
    pub t: f64,
    /// Money a repeat day, 0 when there was none.
    pub mean_value_minor: f64,
}

impl Occasions {
    /// Refuses occasions that cannot be.
    pub fn require_sound(&self) -> Found<()> {
        let ordered = 0.0 <= self.t_x && self.t_x <= self.t && self.t.is_finite();
        let once = self.x > 0 || self.t_x == 0.0;
        if ordered && once && self.x <= REPEATS_MAX { Ok(()) } else { Err(Reason::OutOfRange) }
    }
}

/// Sums up each customer's purchases up to the end, in units of so many days.
pub fn occasions<C: Ord + Copy>(
    purchases: &[Purchase<C>],
    end: Day,
    unit_days: f64,
) -> Found<BTreeMap<C, Occasions>> {
    if unit_days <= 0.0 || !unit_days.is_finite() {
        return Err(Reason::OutOfRange);
    }
    let mut customers: BTreeMap<C, BTreeMap<Day, i64>> = BTreeMap::new();
    for purchase in purchases.iter().filter(|row| row.day <= end && !row.is_refund()) {
        let spent =
            customers.entry(purchase.customer).or_default().entry(purchase.day).or_default();
        *spent = spent.checked_add(purchase.minor).ok_or(Reason::OutOfRange)?;
    }
    let units = |from: Day, to: Day| (f64::from(to.0) - f64::from(from.0)) / unit_days;
    let sum = |days: &BTreeMap<Day, i64>| {
        let (first, last) = (*days.first_key_value()?.0, *days.last_key_value()?.0);
        let repeats = days.len() as u64 - 1;
        let money: i128 = days.values().skip(1).map(|minor| i128::from(*minor)).sum();
        let mean = if repeats > 0 { money as f64 / repeats as f64 } else { 0.0 };
        Some(Occasions {
            x: repeats,
            t_x: units(first, last),
            t: units(first, end),
            mean_value_minor: mean,
        })
    };
    Ok(customers.iter().filter_map(|(customer, days)| Some((*customer, sum(days)?))).collect())
}

/// Returns how far repeat purchases and their mean value go together, from -1 to 1: the models
/// take them for independent, which beyond 0.2 they are not.
pub fn correlation(rows: &[Occasions]) -> Found<f64> {
    let pairs: Vec<_> = rows
        .iter()
        .filter(|row| row.x > 0)
        .map(|row| (row.x as f64, row.mean_value_minor))
        .collect();
    let n = pairs.len() as f64;
    let mean = |part: &dyn Fn(&(f64, f64)) -> f64| {
        ordered_sum(&pairs.iter().map(part).collect::<Vec<_>>()) / n
    };
    let (x, y) = (mean(&|pair| pair.0), mean(&|pair| pair.1));
    let spread =
        mean(&|pair| (pair.0 - x) * (pair.0 - x)) * mean(&|pair| (pair.1 - y) * (pair.1 - y));
    if pairs.len() < 2 {
        return Err(Reason::TooFew);
    }
    let together = mean(&|pair| (pair.0 - x) * (pair.1 - y));
    crate::reason::quotient(together, libm::sqrt(spread)).map_err(|_| Reason::AllEqual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purchases_on_one_day_are_one_occasion_and_the_first_is_no_repeat() {
        let row = |day, minor| Purchase { customer: 1, day: Day(day), minor };
        let rows = [row(0, 500), row(14, 100), row(14, 200), row(21, 100), row(29, 1), row(20, -5)];
        let found = occasions(&rows, Day(28), 7.0).unwrap()[&1];
        assert_eq!((found.x, found.t_x, found.t, found.mean_value_minor), (2, 3.0, 4.0, 200.0));
        assert_eq!(found.require_sound(), Ok(()));
        assert!(Occasions { t_x: 5.0, ..found }.require_sound().is_err());
        assert_eq!(occasions(&rows, Day(28), 0.0), Err(Reason::OutOfRange));
    }

    #[test]
    fn equal_values_have_no_correlation() {
        let one = Occasions { x: 1, t_x: 1.0, t: 2.0, mean_value_minor: 5.0 };
        assert_eq!(correlation(&[one, Occasions { x: 2, ..one }]), Err(Reason::AllEqual));
        let more = Occasions { x: 3, mean_value_minor: 7.0, ..one };
        assert!((correlation(&[one, more]).unwrap() - 1.0).abs() < 1e-12);
    }
}
