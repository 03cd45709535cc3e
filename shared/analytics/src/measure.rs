//! A number that explains itself.

use crate::{
    proportion::{CONFIDENCE, Interval, Share},
    reason::{Found, Reason, finite, quotient},
};
use domain::time::Timestamp;

/// A result with all that is needed to doubt it.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    pub definition: &'static Definition,
    pub value: Found<f64>,
    pub numerator: Option<f64>,
    pub denominator: Option<f64>,
    /// Within which the true value plausibly lies, where that can be said.
    pub interval: Option<Interval>,
    pub scope: Scope,
    pub coverage: Coverage,
    /// The rows behind the number, as places in the table that was handed in; empty where the
    /// number came from totals, which forget their rows.
    pub rows: Vec<u32>,
}

/// What a measure is, whatever its value.
#[derive(Debug, PartialEq, Eq)]
pub struct Definition {
    /// Names it in addresses, exports and the catalogue of words.
    pub id: &'static str,
    /// What it says, in one English sentence.
    pub sentence: &'static str,
    pub formula: &'static str,
    pub unit: Unit,
    pub direction: Direction,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Count,
    /// A fraction: 0.25, not 25.
    Share,
    /// Minor units of the reporting currency.
    Minor,
    MinorPerDay,
    Days,
    Seconds,
    /// From -100 to 100.
    Score,
    Points,
    Number,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Higher,
    Lower,
    Neither,
}

/// The time a number speaks of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scope {
    pub period: Option<Period>,
    /// Nothing later than this entered.
    pub as_of: Option<Timestamp>,
}

/// A period with its first instant and without its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub from: Timestamp,
    pub to: Timestamp,
}

impl Period {
    pub fn contains(self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }
}

/// How many rows could be used, and how many could not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    pub used: u64,
    /// Rows that should have entered, by what they lacked.
    pub left_out: Vec<(Lack, u64)>,
}

/// What a row lacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    Amount,
    Stage,
    Probability,
    Date,
    /// Its times run backwards.
    Order,
    Rate,
    Answer,
    /// More was given back than bought.
    Negative,
}

impl Coverage {
    /// Returns a coverage with the lacks that occur.
    pub fn of(used: u64, left_out: impl IntoIterator<Item = (Lack, u64)>) -> Self {
        Self { used, left_out: left_out.into_iter().filter(|(_, count)| *count > 0).collect() }
    }
}

impl Definition {
    pub const fn new(
        id: &'static str,
        sentence: &'static str,
        formula: &'static str,
        (unit, direction): (Unit, Direction),
    ) -> Self {
        Self { id, sentence, formula, unit, direction }
    }

    /// Returns the measure with that value, or the reason it has none.
    pub fn found(&'static self, value: Found<f64>) -> Measure {
        Measure {
            definition: self,
            value: value.and_then(finite),
            numerator: None,
            denominator: None,
            interval: None,
            scope: Scope::default(),
            coverage: Coverage::default(),
            rows: Vec::new(),
        }
    }

    /// Returns the measure of a count or a sum.
    pub fn total(&'static self, total: f64) -> Measure {
        self.found(Ok(total))
    }

    /// Returns the measure of a quotient that remembers its parts.
    pub fn quotient(&'static self, numerator: f64, denominator: f64) -> Measure {
        Measure {
            numerator: Some(numerator),
            denominator: Some(denominator),
            ..self.found(quotient(numerator, denominator))
        }
    }
}

impl Definition {
    /// Returns the share of so many in so many, with Wilson's interval.
    pub fn share(&'static self, successes: u64, n: u64) -> Measure {
        let share = Share { successes, n };
        Measure {
            interval: share.wilson(CONFIDENCE).ok(),
            ..self.quotient(successes as f64, n as f64)
        }
    }
}

/// Declares definitions: name, id, sentence, formula, unit and direction.
macro_rules! definitions {
    ($($name:ident = $id:literal, $sentence:literal, $formula:literal, $unit:ident $way:ident;)*) => {
        $(pub static $name: $crate::measure::Definition = $crate::measure::Definition::new(
            $id, $sentence, $formula,
            ($crate::measure::Unit::$unit, $crate::measure::Direction::$way),
        );)*
    };
}
pub(crate) use definitions;

impl Measure {
    #[must_use]
    pub fn within(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }

    #[must_use]
    pub fn covering(self, coverage: Coverage) -> Self {
        Self { coverage, ..self }
    }

    #[must_use]
    pub fn behind(self, rows: Vec<u32>) -> Self {
        Self { rows, ..self }
    }

    /// Returns the value, where there is one.
    pub fn number(&self) -> Option<f64> {
        self.value.ok()
    }

    /// Returns why there is no value, where there is none.
    pub fn reason(&self) -> Option<Reason> {
        self.value.err()
    }

    /// Tells whether the number rests on fewer than thirty rows and wants its interval shown.
    pub fn is_thin(&self) -> bool {
        self.denominator.is_some_and(|denominator| denominator < 30.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static SHARE: Definition =
        Definition::new("share", "A part.", "a / b", (Unit::Share, Direction::Higher));

    #[test]
    fn a_measure_never_holds_what_is_no_number() {
        assert_eq!(SHARE.total(f64::NAN).reason(), Some(Reason::OutOfRange));
        assert_eq!(SHARE.quotient(1.0, 0.0).reason(), Some(Reason::ZeroDenominator));
        assert_eq!(SHARE.quotient(1.0, 4.0).number(), Some(0.25));
    }

    #[test]
    fn a_period_holds_its_first_instant_and_not_its_last() {
        let period = Period { from: Timestamp(10), to: Timestamp(20) };
        assert!(period.contains(Timestamp(10)) && !period.contains(Timestamp(20)));
    }
}
