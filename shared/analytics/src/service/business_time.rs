//! Time that counts: when a desk is open.
//!
//! An instant counts when its local wall clock lies in a window of its local date. A repeated hour
//! counts twice and a skipped one not at all; dates override weekdays.

use crate::{
    calendar::weekday,
    reason::{Found, Reason},
    service::zone::Zone,
};
use domain::time::{Day, Timestamp};
use std::collections::BTreeMap;

const DAY_MS: i64 = 86_400_000;
/// How far a due time is looked for before the calendar counts as never open.
const DAYS_IDLE_MAX: i64 = 20 * 366;
/// Nobody promises anything later than this.
const DAYS_AHEAD_MAX: i64 = 200 * 366;

/// When a desk is open, in milliseconds of the local day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    pub zone: Zone,
    weekly: [Vec<Window>; 7],
    dates: BTreeMap<Day, Vec<Window>>,
}

/// From an instant of the day to another, without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    pub from_ms: i64,
    pub to_ms: i64,
}

impl Calendar {
    /// Makes a calendar of windows by weekday, Monday first, and by date; an empty date is closed.
    pub fn new(
        zone: Zone,
        weekly: [Vec<Window>; 7],
        dates: BTreeMap<Day, Vec<Window>>,
    ) -> Found<Self> {
        let weekly: Vec<_> = weekly.into_iter().map(joined).collect::<Found<_>>()?;
        let weekly = weekly.try_into().map_err(|_| Reason::LengthsDiffer)?;
        let dates = dates.into_iter().map(|(day, windows)| Ok((day, joined(windows)?)));
        Ok(Self { zone, weekly, dates: dates.collect::<Found<_>>()? })
    }

    fn windows(&self, day: Day) -> &[Window] {
        let usual = &self.weekly[usize::from(weekday(day)) - 1];
        self.dates.get(&day).unwrap_or(usual)
    }

    /// Returns how many milliseconds count between two instants; none when they run backwards.
    pub fn spent_ms(&self, from: Timestamp, to: Timestamp) -> i64 {
        self.open(from, to).map(|(open, close)| close - open).sum()
    }

    /// Returns the earliest instant by which so many milliseconds have counted.
    ///
    /// What is spent exactly at closing is due then, not at the next opening.
    pub fn due(&self, from: Timestamp, target_ms: i64) -> Found<Timestamp> {
        if target_ms <= 0 {
            return if target_ms == 0 { Ok(from) } else { Err(Reason::Negative) };
        }
        // The calendar is looked at piece by piece, so that a near due time is near to find.
        let (mut left, mut begin) = (target_ms, from);
        let (mut piece, mut idle) = (7, 0);
        let last = from.0.saturating_add(DAYS_AHEAD_MAX * DAY_MS);
        while idle < DAYS_IDLE_MAX && begin.0 < last {
            let end = Timestamp(begin.0.saturating_add(piece * DAY_MS));
            let before = left;
            for (open, close) in self.open(begin, end) {
                if left <= close - open {
                    return Ok(Timestamp(open + left));
                }
                left -= close - open;
            }
            idle = if left < before { 0 } else { idle + piece };
            begin = end;
            piece = (piece * 2).min(366);
        }
        Err(Reason::NotReached)
    }

    /// Goes through the spans that count between two instants, in order.
    fn open(&self, from: Timestamp, to: Timestamp) -> impl Iterator<Item = (i64, i64)> {
        let mut at = from;
        let pieces = std::iter::from_fn(move || {
            if at >= to {
                return None;
            }
            let (offset, until) = self.zone.offset_at(at);
            let piece = (at.0, until.map_or(to, |until| until.min(to)).0, offset);
            at = Timestamp(piece.1);
            Some(piece)
        });
        pieces.flat_map(move |(begin, end, offset)| {
            let days = (begin + offset).div_euclid(DAY_MS)..=(end - 1 + offset).div_euclid(DAY_MS);
            days.flat_map(move |day| {
                let midnight = day * DAY_MS - offset;
                self.windows(Day(day as i32)).iter().filter_map(move |window| {
                    let open = (midnight + window.from_ms).max(begin);
                    let close = (midnight + window.to_ms).min(end);
                    (open < close).then_some((open, close))
                })
            })
        })
    }
}

/// Returns windows in order, those that touch as one.
fn joined(mut windows: Vec<Window>) -> Found<Vec<Window>> {
    let sound = |window: &Window| {
        0 <= window.from_ms && window.from_ms < window.to_ms && window.to_ms <= DAY_MS
    };
    if !windows.iter().all(sound) {
        return Err(Reason::OutOfRange);
    }
    windows.sort();
    let mut joined: Vec<Window> = Vec::new();
    for window in windows {
        match joined.last_mut() {
            Some(last) if window.from_ms <= last.to_ms => {
                last.to_ms = last.to_ms.max(window.to_ms);
            }
            _ => joined.push(window),
        }
    }
    Ok(joined)
}

#[cfg(test)]
#[path = "business_time_tests.rs"]
mod tests;
