//! Points in time, days, and the hybrid logical time edits are ordered by for display.

use minicbor::{Decode, Encode};
use std::{fmt, str::FromStr};

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Timestamp(#[n(0)] pub i64);

/// A day without a time zone: days since 1970-01-01, written `2024-12-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Day(#[n(0)] pub i32);

/// Hybrid logical time: milliseconds in the upper 48 bits, a counter in the lower 16.
///
/// It orders what is *shown* when two people edit at once; never permission, never the log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct HybridTime(#[n(0)] pub i64);

/// How far ahead of the local clock a foreign stamp may be and still be absorbed: five minutes.
pub const SKEW_MS_MAX: i64 = 5 * 60 * 1000;

impl HybridTime {
    /// Returns the first hybrid time of a millisecond.
    pub fn at(now: Timestamp) -> Self {
        Self(now.0 << 16)
    }

    /// Returns the physical part.
    pub fn timestamp(self) -> Timestamp {
        Timestamp(self.0 >> 16)
    }

    /// Returns a stamp for an edit made now: later than `self`, not before the clock.
    #[must_use]
    pub fn next(self, now: Timestamp) -> Self {
        Self::at(now).max(Self(self.0 + 1))
    }

    /// Returns the later of `self` and a foreign stamp, unless that one is from the future.
    #[must_use]
    pub fn absorb(self, foreign: Self, now: Timestamp) -> Self {
        if foreign.timestamp().0 > now.0 + SKEW_MS_MAX { self } else { self.max(foreign) }
    }
}

impl Timestamp {
    /// Returns the UTC day this point in time falls on.
    pub fn day(self) -> Day {
        Day(self.0.div_euclid(86_400_000) as i32)
    }
}

/// Says that a text is not a day of the Gregorian calendar in the form `2024-12-31`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a day is written year-month-day, as in 2024-12-31")]
pub struct MalformedDay;

impl Day {
    /// Returns the day of a civil date, or nothing when there is no such day.
    pub fn from_civil(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=12).contains(&month) || !(1..=9999).contains(&year) || day == 0 {
            return None;
        }
        let found = Self(days_from_civil(year, month, day));
        (found.civil() == (year, month, day)).then_some(found)
    }

    /// Returns year, month (1 to 12) and day (1 to 31).
    ///
    /// The arithmetic is the public-domain civil-calendar algorithm with years that begin in March.
    pub fn civil(self) -> (i32, u32, u32) {
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        (year_of_era + era * 400 + i32::from(month <= 2), month as u32, day as u32)
    }

    /// Returns the first millisecond of the day, in UTC.
    pub fn start(self) -> Timestamp {
        Timestamp(i64::from(self.0) * 86_400_000)
    }
}

fn days_from_civil(year: i32, month: u32, day: u32) -> i32 {
    let year = year - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let march_month = (month as i32 + 9) % 12;
    let of_year = (153 * march_month + 2) / 5 + day as i32 - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Day {
    type Err = MalformedDay;
    fn from_str(text: &str) -> Result<Self, MalformedDay> {
        let mut parts = text.split('-').map(|part| part.parse::<u32>().ok());
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(Some(year)), Some(Some(month)), Some(Some(day)), None) if text.len() == 10 => {
                Self::from_civil(year as i32, month, day).ok_or(MalformedDay)
            }
            _ => Err(MalformedDay),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_four_centuries_reads_back_as_written() {
        for day in -100_000..50_000 {
            assert_eq!(Day(day).to_string().parse(), Ok(Day(day)));
        }
        assert_eq!("2023-02-29".parse::<Day>(), Err(MalformedDay));
        assert_eq!(Day(0).to_string(), "1970-01-01");
    }

    #[test]
    fn a_stamp_from_the_future_is_not_absorbed() {
        let now = Timestamp(1_000_000);
        let mine = HybridTime::at(now);
        let future = HybridTime::at(Timestamp(now.0 + SKEW_MS_MAX + 1));
        assert_eq!(mine.absorb(future, now), mine);
        assert!(mine.next(Timestamp(0)) > mine);
    }
}
