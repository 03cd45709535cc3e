//! The periods a dashboard can speak of, as days of the reporting time zone.

use crate::{
    language::{texts, zone::start_of},
    ui::select::Choice,
};
use analytics::measure::Period;
use domain::{
    period::{Period::Calendar, Unit},
    time::Day,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    ThisMonth,
    ThisQuarter,
    LastQuarter,
    ThisYear,
    LastYear,
}

impl Span {
    const ALL: [Self; 5] =
        [Self::ThisMonth, Self::ThisQuarter, Self::LastQuarter, Self::ThisYear, Self::LastYear];

    pub fn code(self) -> &'static str {
        match self {
            Self::ThisMonth => "month",
            Self::ThisQuarter => "quarter",
            Self::LastQuarter => "last-quarter",
            Self::ThisYear => "year",
            Self::LastYear => "last-year",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|span| span.code() == code)
    }

    /// Returns the periods in words.
    pub fn choices() -> Vec<Choice> {
        let names = texts().dashboard.periods;
        let named = Self::ALL.into_iter().zip(names);
        named.map(|(span, name)| (span.code().to_owned(), name.to_owned())).collect()
    }

    /// Returns the period as it stands on a day: from its first day, to the first one after it.
    pub fn period(self, today: Day, zone: Option<&str>) -> Period {
        let (from, to) = self.days(today);
        Period { from: start_of(from, zone), to: start_of(to, zone) }
    }

    fn days(self, today: Day) -> (Day, Day) {
        let (unit, offset) = match self {
            Self::ThisMonth => (Unit::Month, 0),
            Self::ThisQuarter => (Unit::Quarter, 0),
            Self::LastQuarter => (Unit::Quarter, -1),
            Self::ThisYear => (Unit::Year, 0),
            Self::LastYear => (Unit::Year, -1),
        };
        let (first, last) = Calendar(unit, offset).days(today);
        (first, Day(last.0 + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(span: Span, from: &str, to: &str) {
        let today = "2025-01-15".parse().unwrap();
        assert_eq!(span.days(today), (from.parse().unwrap(), to.parse().unwrap()));
    }

    #[test]
    fn a_period_goes_over_the_turn_of_the_year() {
        check(Span::ThisMonth, "2025-01-01", "2025-02-01");
        check(Span::LastQuarter, "2024-10-01", "2025-01-01");
        check(Span::ThisQuarter, "2025-01-01", "2025-04-01");
        check(Span::LastYear, "2024-01-01", "2025-01-01");
    }
}
