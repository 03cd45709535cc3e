//! A stretch of days: one of the calendar's, moving along with today, or one with fixed ends.

use crate::time::Day;
use std::fmt;

/// The days a person looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// So many of these after the one that today is in; before it, when negative.
    Calendar(Unit, i32),
    /// From the first day to the last, both counted in.
    Between(Day, Day),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Begins on Monday.
    Week,
    Month,
    Quarter,
    Year,
}

/// Periods further off than this are not looked at; the calendar has an end.
const FAR: i32 = 10_000;

impl Period {
    /// Returns the first and the last day.
    pub fn days(self, today: Day) -> (Day, Day) {
        let (unit, offset) = match self {
            Self::Between(first, last) => return (first, last),
            Self::Calendar(unit, offset) => (unit, offset.clamp(-FAR, FAR)),
        };
        let first = unit.first(today, offset);
        (first, Day(unit.first(today, offset + 1).0 - 1))
    }

    /// Returns whether the day is one of them.
    pub fn holds(self, day: Day, today: Day) -> bool {
        let (first, last) = self.days(today);
        first <= day && day <= last
    }

    /// Reads a period as it was written.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((first, last)) = text.split_once("..") {
            return Some(Self::Between(first.parse().ok()?, last.parse().ok()?));
        }
        let end = text.find(['+', '-']).unwrap_or(text.len());
        let (name, offset) = text.split_at_checked(end)?;
        let unit = Unit::ALL.into_iter().find(|unit| unit.code() == name)?;
        let offset = if offset.is_empty() { 0 } else { offset.parse().ok()? };
        Some(Self::Calendar(unit, offset))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Calendar(unit, 0) => write!(out, "{}", unit.code()),
            Self::Calendar(unit, offset) => write!(out, "{}{offset:+}", unit.code()),
            Self::Between(first, last) => write!(out, "{first}..{last}"),
        }
    }
}

impl Unit {
    const ALL: [Self; 4] = [Self::Week, Self::Month, Self::Quarter, Self::Year];

    fn code(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// Returns the first day of the unit so many after today's.
    fn first(self, today: Day, offset: i32) -> Day {
        let (year, month, _) = today.civil();
        let months = match self {
            // Day 0 was a Thursday.
            Self::Week => return Day(today.0 - (today.0 + 3).rem_euclid(7) + offset * 7),
            Self::Month => year * 12 + month as i32 - 1 + offset,
            Self::Quarter => year * 12 + (month as i32 - 1) / 3 * 3 + offset * 3,
            Self::Year => (year + offset) * 12,
        };
        let month = months.rem_euclid(12) as u32 + 1;
        Day::from_civil(months.div_euclid(12), month, 1).unwrap_or(today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, first: &str, last: &str) {
        let today: Day = "2026-01-07".parse().unwrap();
        let period = Period::parse(written).unwrap();
        assert_eq!(period.to_string(), written);
        let (from, to) = period.days(today);
        assert_eq!((from.to_string(), to.to_string()), (first.to_owned(), last.to_owned()));
        assert!(period.holds(from, today) && period.holds(to, today));
        assert!(!period.holds(Day(to.0 + 1), today));
    }

    #[test]
    fn a_period_of_the_calendar_moves_along_with_today() {
        check("week", "2026-01-05", "2026-01-11");
        check("month-1", "2025-12-01", "2025-12-31");
        check("quarter+1", "2026-04-01", "2026-06-30");
        check("year", "2026-01-01", "2026-12-31");
    }

    #[test]
    fn a_period_with_ends_stays_where_it_is() {
        check("2025-02-03..2025-02-28", "2025-02-03", "2025-02-28");
    }

    #[test]
    fn what_is_no_period_is_not_guessed() {
        for text in ["", "fortnight", "month*2", "month-", "2025-02-30..2025-03-01", "..", "é+1"] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
        let today = Day(20_000);
        let (first, last) = Period::Calendar(Unit::Year, i32::MAX).days(today);
        assert!(first <= Day(i32::MAX) && last <= Day(i32::MAX));
    }
}
