//! What customers will yet bring, where nobody has a contract: BG/NBD for how often, Gamma-Gamma
//! for how much. Told only as far as the models hold for this base, and beside it how far a
//! forecast of the last quarter was from what came.
//!
//! Fitting looks at all customers some dozen times: whoever must not wait steps through
//! [`Fitting`] and hands the fit in.

use super::{Board, buyer::Buyer};
use crate::{
    customers::purchase::Purchase,
    measure::{Coverage, Lack, Measure, definitions},
    reason::{Found, Reason, quotient},
    sample::ordered_sum,
    value::{
        bgnbd::{Fit, fit, fitting::Fitting},
        gamma_gamma::{self, Spending},
        occasion::{Occasions, correlation, occasions},
    },
};
use domain::time::Day;
use libm::fabs;
use std::collections::BTreeMap;

definitions! {
    EXPECTED = "expected_purchases", "Days customers will buy on in the next 365 days, as BG/NBD expects.", "sum of E[Y(365)]", Count Higher;
    ALIVE = "expected_alive", "Of the customers who bought again at least once, how many still buy, as BG/NBD expects; of one-time buyers the model cannot say.", "sum of P(alive)", Count Higher;
    MONEY = "expected_money_minor", "What customers will buy for in the next 365 days, by BG/NBD and Gamma-Gamma: revenue, not margin, and not discounted.", "sum of E[Y(365)] * E[M]", Minor Higher;
    TOGETHER = "frequency_value_correlation", "How far buying often and buying for much go together; beyond 0.2 either way the money cannot be told by Gamma-Gamma.", "correlation of repeat days and mean value", Number Neither;
    MISSED = "forecast_error_share", "How far the purchase days expected for the last 90 days, by what was known before them, were from those that came.", "(expected - came) / came", Share Neither;
}

/// Below this no model of a base is fitted.
const CUSTOMERS_MIN: usize = 100;
const AHEAD_DAYS: f64 = 365.0;
/// The days a forecast is held against.
const HELD_OUT_DAYS: i32 = 90;
/// Beyond this frequency and value are not independent.
const TOGETHER_MAX: f64 = 0.2;

/// Customers with their occasions, by the places of their rows.
pub type Base = BTreeMap<u32, Occasions>;

/// Returns what the models run on, as known on a day.
pub fn base(buyers: &BTreeMap<u32, Buyer>, last: Day) -> Found<Base> {
    let rows = buyers.iter().flat_map(|(at, buyer)| {
        buyer
            .bought
            .iter()
            .filter_map(|one| Some(Purchase { customer: *at, day: one.day, minor: one.minor? }))
    });
    occasions(&rows.collect::<Vec<_>>(), last, 1.0)
}

/// Begins a fit of a base large enough for one.
pub fn begin(base: &Base) -> Found<Fitting> {
    Fitting::begin(&weighed(base)?)
}

/// Works out what customers will bring, with fits of its own.
pub fn board(buyers: &BTreeMap<u32, Buyer>, last: Day) -> Board {
    let known = base(buyers, last);
    let found = known.as_ref().map_err(|reason| *reason);
    let found = found.and_then(|base| fit(&weighed(base)?));
    let before = Day(last.0 - HELD_OUT_DAYS);
    let earlier = base(buyers, before);
    let missed = earlier.and_then(|earlier| missed(buyers, &earlier, (before, last)));
    told(buyers, &known.unwrap_or_default(), found, missed)
}

/// Tells what a fit means for a base.
pub fn told(
    buyers: &BTreeMap<u32, Buyer>,
    base: &Base,
    found: Found<Fit>,
    missed: Found<f64>,
) -> Board {
    let often = found.map(|fit| fit.parameters);
    let ahead = |row: &Occasions| often?.purchases_ahead(row, AHEAD_DAYS);
    let all: Vec<_> = base.values().copied().collect();
    let again = all.iter().filter(|row| row.x > 0).count();
    let alive = |often: crate::value::bgnbd::Parameters| {
        let repeating = all.iter().filter(|row| row.x > 0);
        ordered_sum(&repeating.map(|row| often.p_alive(row)).collect::<Vec<_>>())
    };
    let together = correlation(&all);
    let spending = |row: &Occasions| Spending { x: row.x as f64, mean_value: row.mean_value_minor };
    let spend = match together {
        Ok(together) if fabs(together) > TOGETHER_MAX => Err(Reason::Dependent),
        _ => gamma_gamma::fit(&all.iter().map(spending).collect::<Vec<_>>()),
    };
    let money =
        |row: &Occasions| Ok(ahead(row)? * spend?.parameters.expected_value(&spending(row))?);
    let sum = |part: &dyn Fn(&Occasions) -> Found<f64>| {
        let parts: Found<Vec<f64>> = all.iter().map(part).collect();
        if all.is_empty() { Err(Reason::NoRows) } else { Ok(ordered_sum(&parts?)) }
    };
    let places: Vec<u32> = base.keys().copied().collect();
    let untold = buyers.len() as u64 - all.len() as u64;
    let coverage = Coverage::of(all.len() as u64, [(Lack::Rate, untold)]);
    let of = |measure: Measure| measure.covering(coverage.clone()).behind(places.clone());
    let repeating = Coverage::of(again as u64, []);
    let measures = vec![
        of(EXPECTED.found(sum(&ahead))),
        of(ALIVE.found(often.map(alive))).covering(repeating),
        of(MONEY.found(sum(&money))),
        of(TOGETHER.found(together)),
        of(MISSED.found(missed)),
    ];
    Board { measures, charts: Vec::new() }
}

fn weighed(base: &Base) -> Found<Vec<(Occasions, f64)>> {
    if base.len() < CUSTOMERS_MIN {
        return Err(if base.is_empty() { Reason::NoRows } else { Reason::TooFew });
    }
    Ok(base.values().map(|row| (*row, 1.0)).collect())
}

/// Returns how far the days expected after `before` are from those that came, up to `last`.
fn missed(buyers: &BTreeMap<u32, Buyer>, earlier: &Base, (before, last): (Day, Day)) -> Found<f64> {
    let often = fit(&weighed(earlier)?)?.parameters;
    let ahead = f64::from(last.0 - before.0);
    let expected: Found<Vec<f64>> =
        earlier.values().map(|row| often.purchases_ahead(row, ahead)).collect();
    let came = earlier.keys().filter_map(|at| buyers.get(at));
    let came = came.map(|buyer| buyer.days(last).iter().filter(|day| **day > before).count());
    let came = came.sum::<usize>() as f64;
    quotient(ordered_sum(&expected?) - came, came)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boards::buyer::Bought;

    fn buyer(days: impl IntoIterator<Item = i32>, minor: i64) -> Buyer {
        let bought = days.into_iter().map(|day| Bought {
            day: Day(day),
            is_refund: false,
            minor: Some(minor),
            category: None,
        });
        Buyer { bought: bought.collect(), categories: Vec::new() }
    }

    fn reasons(board: &Board) -> Vec<Option<Reason>> {
        board.measures.iter().map(Measure::reason).collect()
    }

    #[test]
    fn nobody_and_too_few_have_reasons() {
        let none = board(&BTreeMap::new(), Day(500));
        assert_eq!(reasons(&none)[..3], [Some(Reason::NoRows); 3]);
        let few = (0..20).map(|at| (at, buyer([10, 20, 30 + at as i32], 5))).collect();
        assert_eq!(reasons(&board(&few, Day(500)))[0], Some(Reason::TooFew));
    }

    #[test]
    fn a_base_that_buys_now_and_then_is_told_ahead() {
        let mut dice = 9_u64;
        let mut below = |most: u64| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (dice >> 33) % most
        };
        let customer = |below: &mut dyn FnMut(u64) -> u64| {
            let (rhythm, stays) = (5 + below(90), below(10) > 2);
            let (mut day, mut days) = (below(300), Vec::new());
            while day < 700 && (days.is_empty() || stays || below(3) > 0) {
                days.push(day as i32);
                day += 1 + below(2 * rhythm);
            }
            buyer(days, 500 + below(3_000) as i64)
        };
        let base: BTreeMap<u32, Buyer> = (0..400).map(|at| (at, customer(&mut below))).collect();
        let told = board(&base, Day(700));
        let value = |place: usize| told.measures[place].number().unwrap();
        assert!(value(0) > 500.0 && value(0) < 20_000.0, "{}", value(0));
        assert!(value(1) > 100.0 && value(1) < 400.0, "{}", value(1));
        assert!(value(2) > value(0) * 500.0, "{}", value(2));
        assert!(value(4).abs() < 0.5, "{}", value(4));
        assert!(told.measures.iter().all(|one| one.rows.len() == 400));
    }
}
