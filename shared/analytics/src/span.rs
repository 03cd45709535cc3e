//! The periods a dashboard can speak of, as days of the reporting time zone.

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

/// Days with the first and without the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    pub from: Day,
    pub to: Day,
}

/// A period as far as it has come, and as many days of the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub days: Days,
    pub before: Days,
    /// The period is not over.
    pub partial: bool,
}

impl Span {
    pub const ALL: [Self; 5] =
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

    /// Returns all its days, as they are on a day.
    pub fn days(self, today: Day) -> Days {
        let (unit, offset) = self.calendar();
        of_calendar(unit, offset, today)
    }

    /// Returns its days as far as they have come, today counted in.
    pub fn so_far(self, today: Day) -> Stretch {
        let (unit, offset) = self.calendar();
        let whole = of_calendar(unit, offset, today);
        let days = Days { to: whole.to.min(Day(today.0 + 1)), ..whole };
        let before = of_calendar(unit, offset - 1, today);
        let partial = days.to < whole.to;
        // Whole periods are compared whole, though one may be a day longer.
        let length = if partial { days.to.0 - days.from.0 } else { i32::MAX / 4 };
        let to = before.to.min(Day(before.from.0.saturating_add(length)));
        Stretch { days, before: Days { to, ..before }, partial }
    }

    fn calendar(self) -> (Unit, i32) {
        match self {
            Self::ThisMonth => (Unit::Month, 0),
            Self::ThisQuarter => (Unit::Quarter, 0),
            Self::LastQuarter => (Unit::Quarter, -1),
            Self::ThisYear => (Unit::Year, 0),
            Self::LastYear => (Unit::Year, -1),
        }
    }
}

impl Days {
    pub fn contains(self, day: Day) -> bool {
        self.from <= day && day < self.to
    }

    /// Returns the last of the days.
    pub fn last(self) -> Day {
        Day(self.to.0 - 1)
    }
}

fn of_calendar(unit: Unit, offset: i32, today: Day) -> Days {
    let (from, last) = Calendar(unit, offset).days(today);
    Days { from, to: Day(last.0 + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(days: Days, from: &str, to: &str) {
        assert_eq!((days.from.to_string(), days.to.to_string()), (from.into(), to.into()));
    }

    #[test]
    fn a_period_goes_over_the_turn_of_the_year() {
        let today = "2025-01-15".parse().unwrap();
        check(Span::ThisMonth.days(today), "2025-01-01", "2025-02-01");
        check(Span::LastQuarter.days(today), "2024-10-01", "2025-01-01");
        check(Span::ThisQuarter.days(today), "2025-01-01", "2025-04-01");
        check(Span::LastYear.days(today), "2024-01-01", "2025-01-01");
    }

    #[test]
    fn a_period_that_is_not_over_is_compared_with_as_many_days() {
        let stretch = Span::ThisMonth.so_far("2025-03-10".parse().unwrap());
        assert!(stretch.partial);
        check(stretch.days, "2025-03-01", "2025-03-11");
        check(stretch.before, "2025-02-01", "2025-02-11");
        let whole = Span::LastQuarter.so_far("2025-01-15".parse().unwrap());
        assert!(!whole.partial);
        check(whole.before, "2024-07-01", "2024-10-01");
        let end = Span::ThisMonth.so_far("2025-03-31".parse().unwrap());
        check(end.before, "2025-02-01", "2025-03-01");
    }
}
