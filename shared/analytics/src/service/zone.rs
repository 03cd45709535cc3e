//! A time zone as a table: which offset from UTC holds since when.
//!
//! The rules of the world's zones are not in here. The server reads them from its own data; a
//! browser asks its own, which has them already.

use crate::reason::{Found, Reason};
use domain::time::Timestamp;

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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_holds_from_its_first_instant() {
        let zone = Zone::new(3600, vec![(Timestamp(100), 7200)]).unwrap();
        assert_eq!(zone.offset_at(Timestamp(99)), (3_600_000, Some(Timestamp(100))));
        assert_eq!(zone.offset_at(Timestamp(100)), (7_200_000, None));
        assert_eq!(Zone::new(90_000, vec![]), Err(Reason::OutOfRange));
        assert_eq!(Zone::utc().offset_at(Timestamp(i64::MIN)), (0, None));
    }
}
