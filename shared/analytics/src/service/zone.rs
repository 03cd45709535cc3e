//! A time zone as a table: which offset from UTC holds since when.
//!
//! The rules of the world's zones are not in here. The server reads them from its own data; a
//! browser asks its own, which has them already.

use crate::reason::{Found, Reason};
use domain::time::{Day, Timestamp};

/// Offsets in order of time; the first holds from the beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(Vec<(Timestamp, i32)>);

/// More than a day from UTC is no place on earth.
const OFFSET_SECONDS_MAX: i32 = 86_400;

impl Zone {
    /// Makes a zone of the offset, in seconds, at the beginning, and those that follow.
    pub fn new(first: i32, mut changes: Vec<(Timestamp, i32)>) -> Found<Self> {
        changes.sort_by_key(|(at, _)| *at);
        changes.insert(0, (Timestamp(i64::MIN), first));
        let sound = |(_, offset): &(Timestamp, i32)| offset.abs() < OFFSET_SECONDS_MAX;
        if changes.iter().all(sound) { Ok(Self(changes)) } else { Err(Reason::OutOfRange) }
    }

    /// Returns the zone that is always at UTC.
    pub fn utc() -> Self {
        Self(vec![(Timestamp(i64::MIN), 0)])
    }

    /// Returns the offset at an instant, in milliseconds, and until when it holds.
    pub fn offset_at(&self, at: Timestamp) -> (i64, Option<Timestamp>) {
        let next = self.0.partition_point(|(since, _)| *since <= at).max(1);
        let until = self.0.get(next).map(|(since, _)| *since);
        (i64::from(self.0[next - 1].1) * 1000, until)
    }

    /// Returns the first instant of a day of the zone.
    pub fn start_of(&self, day: Day) -> Timestamp {
        let utc = day.start();
        // The offset at the day's own beginning may differ from that at the same hour in UTC.
        let near = Timestamp(utc.0 - self.offset_at(utc).0);
        Timestamp(utc.0 - self.offset_at(near).0)
    }

    /// Returns the day the clocks of the zone show at an instant.
    pub fn day_of(&self, at: Timestamp) -> Day {
        Timestamp(at.0.saturating_add(self.offset_at(at).0)).day()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_holds_from_its_first_instant() {
        let zone = Zone::new(3600, vec![(Timestamp(100), 7200)]).unwrap();
        assert_eq!(zone.offset_at(Timestamp(99)), (3_600_000, Some(Timestamp(100))));
        assert_eq!(zone.offset_at(Timestamp(100)), (7_200_000, None));
        assert_eq!(zone.start_of(Day(1)), Timestamp(86_400_000 - 7_200_000));
        assert_eq!(zone.day_of(zone.start_of(Day(1))), Day(1));
        assert_eq!(Zone::new(90_000, vec![]), Err(Reason::OutOfRange));
        assert_eq!(Zone::utc().offset_at(Timestamp(i64::MIN)), (0, None));
    }
}
