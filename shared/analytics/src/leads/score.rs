//! Points for what a lead is and does. Every point traces to a rule and an event.

use crate::reason::{Found, Reason};
use domain::time::Timestamp;
use libm::pow;

/// Points for a field that holds one of some values.
#[derive(Debug, Clone, PartialEq)]
pub struct ProfileRule<'a> {
    pub field: &'a str,
    pub any_of: Vec<&'a str>,
    pub points: f64,
}

/// Points for each time something happened, fading with age.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EventRule<'a> {
    pub event: &'a str,
    pub points: f64,
    /// Nothing for points that do not fade.
    pub half_life_days: Option<f64>,
    /// Only the newest so many count.
    pub times_max: Option<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Rules<'a> {
    pub profile: Vec<ProfileRule<'a>>,
    pub events: Vec<EventRule<'a>>,
    pub floor: Option<f64>,
    pub ceiling: Option<f64>,
    /// Grades and where they begin.
    pub grades: Vec<(&'a str, f64)>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Score<'a> {
    /// Cut to floor and ceiling; the parts are not.
    pub score: f64,
    /// Profile rules first, then events, in the order of the rules.
    pub parts: Vec<f64>,
    /// Nothing below the lowest grade.
    pub grade: Option<&'a str>,
}

const DAY_MS: f64 = 86_400_000.0;

impl<'a> Rules<'a> {
    /// Refuses rules that cannot be followed.
    pub fn checked(self) -> Found<Self> {
        let crossed = self.floor.zip(self.ceiling).is_some_and(|(floor, ceiling)| floor > ceiling);
        let fades = |rule: &EventRule| rule.half_life_days.is_none_or(|days| days > 0.0);
        if crossed || !self.events.iter().all(fades) { Err(Reason::OutOfRange) } else { Ok(self) }
    }

    /// Scores a lead by its fields and by what happened up to `as_of`.
    pub fn score(
        &self,
        profile: &[(&str, &str)],
        events: &[(&str, Timestamp)],
        as_of: Timestamp,
    ) -> Score<'a> {
        let is = |rule: &ProfileRule| {
            let fits =
                |(field, value): &(&str, &str)| *field == rule.field && rule.any_of.contains(value);
            if profile.iter().any(fits) { rule.points } else { 0.0 }
        };
        let parts: Vec<_> = self
            .profile
            .iter()
            .map(is)
            .chain(self.events.iter().map(|rule| did(rule, events, as_of)))
            .collect();
        let mut score: f64 = parts.iter().sum();
        score = self.floor.map_or(score, |floor| score.max(floor));
        score = self.ceiling.map_or(score, |ceiling| score.min(ceiling));
        let reached = self.grades.iter().filter(|(_, from)| *from <= score);
        let grade = reached.max_by(|one, other| one.1.total_cmp(&other.1)).map(|(name, _)| *name);
        Score { score, parts, grade }
    }
}

fn did(rule: &EventRule, events: &[(&str, Timestamp)], as_of: Timestamp) -> f64 {
    let counts = |(event, at): &&(&str, Timestamp)| *event == rule.event && *at <= as_of;
    let mut times: Vec<_> = events.iter().filter(counts).map(|(_, at)| at.0).collect();
    times.sort_unstable_by(|one, other| other.cmp(one));
    times.truncate(rule.times_max.unwrap_or(usize::MAX));
    let worth = |at: i64| match rule.half_life_days {
        None => rule.points,
        Some(days) => rule.points * pow(0.5, (as_of.0 - at) as f64 / DAY_MS / days),
    };
    times.into_iter().map(worth).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules<'static> {
        let title = ProfileRule { field: "title", any_of: vec!["ceo"], points: 20.0 };
        let visit = EventRule {
            event: "visit",
            points: 8.0,
            half_life_days: Some(1.0),
            times_max: Some(2),
        };
        let grades = vec![("A", 25.0), ("B", 10.0)];
        let (profile, events) = (vec![title], vec![visit]);
        Rules { profile, events, floor: Some(0.0), ceiling: Some(30.0), grades }
    }

    #[test]
    fn points_fade_and_the_future_does_not_count() {
        let day = |days: i64| Timestamp(days * 86_400_000);
        let events = [("visit", day(9)), ("visit", day(8)), ("visit", day(1)), ("visit", day(11))];
        let found = rules().score(&[("title", "ceo")], &events, day(10));
        assert_eq!(found.parts, [20.0, 6.0]);
        assert_eq!((found.score, found.grade), (26.0, Some("A")));
        assert_eq!(rules().score(&[], &[], day(10)).grade, None);
    }

    #[test]
    fn a_half_life_of_nothing_is_refused() {
        let mut wrong = rules();
        wrong.events[0].half_life_days = Some(0.0);
        assert_eq!(wrong.checked().err(), Some(Reason::OutOfRange));
    }
}
