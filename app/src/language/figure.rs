//! A measure as the reader's language writes it, or why it has no value.

use super::{dashboard, format};
use crate::language::texts::fill;
use analytics::{
    measure::{Measure, Unit},
    reason::Reason,
};
use domain::money::{Currency, Money};

/// Returns the value in words, or the reason there is none.
pub fn written(measure: &Measure, currency: Option<Currency>) -> String {
    match &measure.value {
        Ok(value) => number(measure.definition.unit, *value, currency),
        Err(reason) => reason_of(*reason).to_owned(),
    }
}

/// Says whether the value is money nobody can tell, because no reporting currency is set.
pub fn lacks_currency(measure: &Measure, currency: Option<Currency>) -> bool {
    currency.is_none() && matches!(measure.definition.unit, Unit::Minor | Unit::MinorPerDay)
}

/// Returns a part of a measure in words: its numerator, by the measure's own unit where that is
/// money, else as a plain number.
pub fn number_of(measure: &Measure, value: f64, currency: Option<Currency>) -> String {
    match measure.definition.unit {
        unit @ (Unit::Minor | Unit::MinorPerDay) => number(unit, value, currency),
        _ => format::decimal(value),
    }
}

/// Returns a number of a unit in words.
pub fn number(unit: Unit, value: f64, currency: Option<Currency>) -> String {
    let words = dashboard();
    match unit {
        Unit::Share => format::percent(value),
        Unit::Minor => money(value, currency),
        Unit::MinorPerDay if currency.is_some() => fill(words.per_day, &[&money(value, currency)]),
        Unit::MinorPerDay => money(value, currency),
        Unit::Days => fill(words.days, &[&format::decimal(value)]),
        Unit::Number => format::ratio(value),
        _ => format::decimal(value),
    }
}

fn money(minor: f64, currency: Option<Currency>) -> String {
    match currency {
        Some(currency) => format::whole_money(Money { minor: minor.round() as i64, currency }),
        None => dashboard().no_currency.to_owned(),
    }
}

fn reason_of(reason: Reason) -> &'static str {
    let words = dashboard();
    match reason {
        Reason::NoRows | Reason::ZeroDenominator => words.nothing_to_count,
        Reason::QuotaMet => words.quota_met,
        Reason::NoQuota => words.no_quota,
        Reason::TooFew => words.too_few,
        Reason::NoRate => words.lacks[5],
        _ => words.cannot_say,
    }
}
