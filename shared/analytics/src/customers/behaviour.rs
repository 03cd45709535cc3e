//! What a customer buys, when and for how much.

use crate::{
    calendar::weekday,
    customers::purchase::{Purchase, distinct_days, gaps},
    reason::{Found, Reason, quotient},
    sample::Sample,
};
use domain::time::Day;
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq)]
pub struct Behaviour<'a> {
    /// What most money went into; of equals the first by code points.
    pub top_category: &'a str,
    /// Its share of the money; goods without a price have none.
    pub top_share: Found<f64>,
    pub categories: usize,
    /// The usual day of the week, Monday 1; of equals the earlier.
    pub weekday: u8,
    pub first: Day,
    pub last: Day,
    /// Between days something was bought on.
    pub median_gap_days: Found<f64>,
    pub purchases: u64,
    /// Purchases less refunds.
    pub total_minor: i64,
    pub mean_minor: Found<f64>,
    pub median_minor: Found<f64>,
}

/// Tells what each customer does; one who only gave back has nothing to tell.
pub fn behaviour<'a, C: Ord + Copy>(
    purchases: &[(Purchase<C>, &'a str)],
) -> BTreeMap<C, Behaviour<'a>> {
    let mut customers: BTreeMap<C, Vec<&(Purchase<C>, &'a str)>> = BTreeMap::new();
    for row in purchases {
        customers.entry(row.0.customer).or_default().push(row);
    }
    let told = |(customer, rows): (C, Vec<_>)| Some((customer, tell(&rows)?));
    customers.into_iter().filter_map(told).collect()
}

fn tell<'a, C>(rows: &[&(Purchase<C>, &'a str)]) -> Option<Behaviour<'a>> {
    let bought = || rows.iter().map(|row| &row.0).filter(|purchase| !purchase.is_refund());
    let days = distinct_days(bought().map(|purchase| purchase.day).collect());
    let (first, last) = (*days.first()?, *days.last()?);
    let mut money: BTreeMap<&str, i128> = BTreeMap::new();
    for (purchase, category) in rows {
        *money.entry(category).or_default() += i128::from(purchase.minor);
    }
    let total: i128 = money.values().sum();
    let mut top = money.iter().next()?;
    for category in &money {
        if category.1 > top.1 {
            top = category;
        }
    }
    let mut weekdays = [0_u64; 7];
    bought().for_each(|purchase| weekdays[usize::from(weekday(purchase.day)) - 1] += 1);
    let most = weekdays.iter().max()?;
    let amounts: Sample = bought().map(|purchase| purchase.minor).collect();
    let gaps: Sample = gaps(&days).into_iter().collect();
    Some(Behaviour {
        top_category: top.0,
        top_share: quotient(*top.1 as f64, total as f64),
        categories: money.len(),
        weekday: (1..).zip(weekdays).find(|(_, count)| count == most)?.0,
        first,
        last,
        median_gap_days: gaps.median().ok_or(Reason::TooFew),
        purchases: amounts.len() as u64,
        total_minor: i64::try_from(total).ok()?,
        mean_minor: quotient(total as f64, amounts.len() as f64),
        median_minor: amounts.median().ok_or(Reason::NoRows),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_are_told_apart_by_a_rule() {
        let row = |day, minor, category| (Purchase { customer: 1, day: Day(day), minor }, category);
        // 1970-01-05 was a Monday.
        let rows = [row(5, 10, "b"), row(4, 10, "a"), row(5, 0, "c")];
        let one = &behaviour(&rows)[&1];
        assert_eq!((one.top_category, one.top_share, one.categories), ("a", Ok(0.5), 3));
        assert_eq!((one.weekday, one.median_gap_days), (2, Ok(1.0)));
        assert_eq!((one.mean_minor, one.median_minor), (Ok(20.0 / 3.0), Ok(10.0)));
    }

    #[test]
    fn one_free_purchase_has_no_share_and_no_gap() {
        let rows = [(Purchase { customer: 1, day: Day(0), minor: 0 }, "a")];
        let one = &behaviour(&rows)[&1];
        assert_eq!(one.top_share, Err(Reason::ZeroDenominator));
        assert_eq!(one.median_gap_days, Err(Reason::TooFew));
    }
}
