//! Working calendars: the hours of a week, the holidays, and the zone they are meant in.

use crate::time::Day;
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

/// When work is done somewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct WorkingCalendar {
    #[n(0)]
    pub name: String,
    /// IANA name; the workspace's own zone where nothing is said.
    #[n(1)]
    pub time_zone: Option<String>,
    /// The hours of each weekday that has any.
    #[n(2)]
    pub hours: BTreeMap<Weekday, Vec<Span>>,
    /// Days without work, and what they are called.
    #[n(3)]
    pub holidays: BTreeMap<Day, String>,
    #[n(4)]
    pub archived: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Weekday {
    #[n(0)]
    Monday,
    #[n(1)]
    Tuesday,
    #[n(2)]
    Wednesday,
    #[n(3)]
    Thursday,
    #[n(4)]
    Friday,
    #[n(5)]
    Saturday,
    #[n(6)]
    Sunday,
}

impl Weekday {
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// Returns the weekday of a day; the first of 1970 was a Thursday.
    pub fn of(day: Day) -> Self {
        Self::ALL[(day.0 + 3).rem_euclid(7) as usize]
    }
}

/// A stretch of a day, in minutes after midnight; the end is not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Span {
    #[n(0)]
    pub from: u16,
    #[n(1)]
    pub to: u16,
}

impl Span {
    /// Says whether the stretches lie in one day, one after the other.
    pub fn are_in_order(spans: &[Self]) -> bool {
        let mut end = 0;
        spans.iter().all(|span| {
            let fits = end <= span.from && span.from < span.to && span.to <= 24 * 60;
            end = span.to;
            fits
        })
    }
}

impl WorkingCalendar {
    /// Returns the stretches worked on a day.
    pub fn on(&self, day: Day) -> &[Span] {
        if self.holidays.contains_key(&day) {
            return &[];
        }
        self.hours.get(&Weekday::of(day)).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holiday_has_no_hours() {
        let day: Day = "2026-11-27".parse().expect("a day");
        assert_eq!(Weekday::of(day), Weekday::Friday);
        let hours = vec![Span { from: 540, to: 1080 }];
        let mut calendar = WorkingCalendar::default();
        calendar.hours.insert(Weekday::Friday, hours.clone());
        assert_eq!(calendar.on(day), hours);
        assert_eq!(calendar.on(Day(day.0 + 1)), []);
        calendar.holidays.insert(day, "Inventory".to_owned());
        assert_eq!(calendar.on(day), []);
    }
}
