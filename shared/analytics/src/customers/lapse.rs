//! Who is late by their own rhythm.
//!
//! The expected interval is the customer's own median gap where there are gaps enough, else the
//! median of all own medians, else a set number of days; never below a floor.

use crate::{
    customers::purchase::{distinct_days, gaps},
    reason::{Found, Reason},
    sample::{Sample, median},
};
use domain::time::Day;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules {
    pub min_gaps: usize,
    pub floor_days: f64,
    pub default_days: f64,
    /// From which multiples of the expected interval a customer is due, at risk and lapsed.
    pub due: f64,
    pub at_risk: f64,
    pub lapsed: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Active,
    Due,
    AtRisk,
    Lapsed,
    NeverBought,
}

/// Whose rhythm was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    Own,
    Population,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lapse {
    pub standing: Standing,
    /// Nothing for one who never bought.
    pub wait: Option<Wait>,
    /// Bought again after a gap that would have made them lapsed.
    pub reactivated: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wait {
    pub expected_days: f64,
    pub days_since: i64,
    pub ratio: f64,
    pub basis: Basis,
}

/// Judges customers by the days they bought on; days after `as_of` are not known yet.
///
/// Returns the interval of the population, and how each customer stands, in the order given.
pub fn lapse(customers: &[Vec<Day>], as_of: Day, rules: &Rules) -> Found<(f64, Vec<Lapse>)> {
    let marks = [rules.floor_days, rules.default_days, rules.due, rules.at_risk, rules.lapsed];
    if marks.iter().any(|mark| !mark.is_finite() || *mark < 0.0) {
        return Err(Reason::OutOfRange);
    }
    let known =
        |days: &Vec<Day>| distinct_days(days.iter().copied().filter(|day| *day <= as_of).collect());
    let customers: Vec<_> = customers.iter().map(known).collect();
    let own = |days: &[Day]| {
        let gaps: Sample = gaps(days).into_iter().collect();
        if gaps.len() >= rules.min_gaps { gaps.median() } else { None }
    };
    let medians: Vec<_> = customers.iter().filter_map(|days| own(days)).collect();
    let population = median(&medians).unwrap_or(rules.default_days);
    let judged = customers.iter().map(|days| {
        let wait = days.last().and_then(|last| {
            let own = own(days);
            let expected_days = own.unwrap_or(population).max(rules.floor_days);
            let days_since = i64::from(as_of.0) - i64::from(last.0);
            let basis = if own.is_some() { Basis::Own } else { Basis::Population };
            let ratio = days_since as f64 / expected_days;
            ratio.is_finite().then_some(Wait { expected_days, days_since, ratio, basis })
        });
        let standing = match wait {
            None => Standing::NeverBought,
            Some(wait) if wait.ratio < rules.due => Standing::Active,
            Some(wait) if wait.ratio < rules.at_risk => Standing::Due,
            Some(wait) if wait.ratio < rules.lapsed => Standing::AtRisk,
            Some(_) => Standing::Lapsed,
        };
        Lapse { standing, wait, reactivated: reactivated(days, rules) }
    });
    Ok((population, judged.collect()))
}

fn reactivated(days: &[Day], rules: &Rules) -> bool {
    let gaps = gaps(days);
    let Some((last, before)) = gaps.split_last() else { return false };
    let usual = before.iter().copied().collect::<Sample>().median();
    usual.is_some_and(|usual| *last as f64 >= rules.lapsed * usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: Rules = Rules {
        min_gaps: 2,
        floor_days: 7.0,
        default_days: 90.0,
        due: 1.0,
        at_risk: 1.5,
        lapsed: 3.0,
    };

    fn days(days: &[i32]) -> Vec<Day> {
        days.iter().copied().map(Day).collect()
    }

    #[test]
    fn each_is_judged_by_their_own_rhythm() {
        let customers = [days(&[0, 10, 20]), days(&[0, 100, 200]), days(&[200]), days(&[500])];
        let (population, judged) = lapse(&customers, Day(230), &RULES).unwrap();
        assert_eq!(population, 55.0);
        let standings: Vec<_> = judged.iter().map(|one| one.standing).collect();
        use Standing::{Active, Lapsed, NeverBought};
        assert_eq!(standings, [Lapsed, Active, Active, NeverBought]);
        assert_eq!(judged[2].wait.unwrap().basis, Basis::Population);
    }

    #[test]
    fn who_comes_back_after_a_long_gap_is_reactivated() {
        let (_, judged) = lapse(&[days(&[0, 10, 40])], Day(41), &RULES).unwrap();
        assert!(judged[0].reactivated);
        let (population, _) = lapse(&[days(&[0, 10])], Day(41), &RULES).unwrap();
        assert_eq!(population, 90.0);
    }
}
