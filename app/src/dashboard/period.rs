//! The periods a dashboard can speak of, as days of the reporting time zone.

use crate::{
    language::{texts, zone::start_of},
    ui::select::Choice,
};
use analytics::{calendar::Month, measure::Period};
use domain::time::Day;

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
        let month = Month::of(today).0;
        let (quarter, year) = (month - month.rem_euclid(3), month - month.rem_euclid(12));
        let (from, months) = match self {
            Self::ThisMonth => (month, 1),
            Self::ThisQuarter => (quarter, 3),
            Self::LastQuarter => (quarter - 3, 3),
            Self::ThisYear => (year, 12),
            Self::LastYear => (year - 12, 12),
        };
        let first = |month| Month(month).first().unwrap_or(today);
        (first(from), first(from + months))
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
