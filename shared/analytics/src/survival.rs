//! How long things last when some of them go on still.

pub mod curve;
pub mod logrank;

use crate::reason::{Found, Reason};

/// Somebody watched until something happened, or until nobody watched any more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Subject {
    pub duration: f64,
    /// Whether it happened; else the watch just ended.
    pub event: bool,
    /// Since when it was watched, where that was not from the beginning.
    pub entry: Option<f64>,
}

/// Refuses times that cannot be.
fn require_sound(subjects: &[Subject]) -> Found<()> {
    for subject in subjects {
        let entry = subject.entry.unwrap_or(0.0);
        if !subject.duration.is_finite() || !entry.is_finite() {
            return Err(Reason::OutOfRange);
        }
        if subject.duration < 0.0 {
            return Err(Reason::Negative);
        }
        if subject.entry.is_some_and(|entry| entry > subject.duration) {
            return Err(Reason::OutOfRange);
        }
    }
    Ok(())
}

/// Returns the times something happened at, each once, in order.
fn event_times<'a>(subjects: impl Iterator<Item = &'a Subject>) -> Vec<f64> {
    let mut times: Vec<_> =
        subjects.filter(|subject| subject.event).map(|subject| subject.duration).collect();
    times.sort_by(f64::total_cmp);
    times.dedup();
    times
}

/// Counts who is at risk at a time, from times in order: fast for many subjects.
struct AtRisk {
    durations: Vec<f64>,
    events: Vec<f64>,
    entries: Vec<f64>,
    from_beginning: usize,
}

impl AtRisk {
    fn of(subjects: &[Subject]) -> Self {
        let sorted = |times: &mut Vec<f64>| times.sort_by(f64::total_cmp);
        let mut durations: Vec<_> = subjects.iter().map(|one| one.duration).collect();
        let mut events: Vec<_> =
            subjects.iter().filter(|one| one.event).map(|one| one.duration).collect();
        let mut entries: Vec<_> = subjects.iter().filter_map(|one| one.entry).collect();
        [&mut durations, &mut events, &mut entries].into_iter().for_each(sorted);
        let from_beginning = subjects.len() - entries.len();
        Self { durations, events, entries, from_beginning }
    }

    fn at(&self, t: f64) -> usize {
        let gone = self.durations.partition_point(|duration| *duration < t);
        let come = self.entries.partition_point(|entry| *entry < t);
        // Whoever entered late left after entering, so nobody is counted away twice.
        (self.from_beginning + come).saturating_sub(gone)
    }

    fn events_at(&self, t: f64) -> usize {
        let before = self.events.partition_point(|event| *event < t);
        self.events[before..].partition_point(|event| *event <= t)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_risk(subject: &Subject, t: f64) -> bool {
        t <= subject.duration && subject.entry.is_none_or(|entry| entry < t)
    }

    #[test]
    fn counting_in_order_is_counting_one_by_one() {
        let one = |duration, entry| Subject { duration, event: true, entry };
        let subjects = [one(3.0, None), one(5.0, Some(3.0)), one(5.0, Some(1.0)), one(1.0, None)];
        let risk = AtRisk::of(&subjects);
        for t in [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0] {
            let counted = subjects.iter().filter(|subject| at_risk(subject, t)).count();
            assert_eq!(risk.at(t), counted, "at {t}");
        }
        assert_eq!(risk.events_at(5.0), 2);
    }
}
