//! Days counted by the calendar: months on, weekdays, the month a day lies in.

use domain::time::Day;

/// Returns the same day of the month so many months later, or that month's last day.
pub fn months_later(day: Day, months: u32) -> Option<Day> {
    let (year, month, of_month) = day.civil();
    let ahead = i64::from(month) - 1 + i64::from(months);
    let year = i32::try_from(i64::from(year) + ahead.div_euclid(12)).ok()?;
    let month = ahead.rem_euclid(12) as u32 + 1;
    (28..=of_month.max(28)).rev().find_map(|last| Day::from_civil(year, month, of_month.min(last)))
}

/// Returns the day of the week, Monday 1 to Sunday 7.
pub fn weekday(day: Day) -> u8 {
    (i64::from(day.0) + 3).rem_euclid(7) as u8 + 1
}

/// A month of the calendar, counted from the year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(pub i32);

impl Month {
    pub fn of(day: Day) -> Self {
        let (year, month, _) = day.civil();
        Self(year * 12 + month as i32 - 1)
    }

    /// Returns the month's first day.
    pub fn first(self) -> Option<Day> {
        Day::from_civil(self.0.div_euclid(12), self.0.rem_euclid(12) as u32 + 1, 1)
    }

    /// Tells whether the day is the month's last.
    pub fn ends_on(self, day: Day) -> bool {
        Self(self.0 + 1).first() == Some(Day(day.0 + 1))
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:04}-{:02}", self.0.div_euclid(12), self.0.rem_euclid(12) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_too_short_ends_on_its_last_day() {
        assert_eq!(months_later(day("2023-08-31"), 6), Some(day("2024-02-29")));
        assert_eq!(months_later(day("2024-02-29"), 12), Some(day("2025-02-28")));
        assert_eq!(months_later(day("2024-12-24"), 12), Some(day("2025-12-24")));
        assert_eq!(months_later(day("2024-01-01"), u32::MAX), None);
    }

    #[test]
    fn weekdays_begin_on_monday() {
        assert_eq!(weekday(day("2024-03-18")), 1);
        assert_eq!(weekday(day("1969-12-28")), 7);
    }

    #[test]
    fn a_month_knows_its_last_day() {
        let month = Month::of(day("2024-02-10"));
        assert!(month.ends_on(day("2024-02-29")) && !month.ends_on(day("2024-02-28")));
        assert_eq!(Month::of(day("2024-12-31")).to_string(), "2024-12");
    }
}
