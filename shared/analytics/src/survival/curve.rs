//! The product-limit curve of Kaplan and Meier. At a tie events come before the end of the watch.

use crate::{
    distribution::normal_critical,
    proportion::Interval,
    reason::{Found, Reason},
    survival::{AtRisk, Subject, event_times, require_sound},
};
use libm::{exp, log, sqrt};

/// Rounding of a product of quotients, when it is compared with a half.
const ROUNDING: f64 = 1e-12;

#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    pub n: usize,
    pub events: usize,
    steps: Vec<Step>,
}

/// The curve from an event time on.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Step {
    t: f64,
    survival: f64,
    /// Greenwood's sum.
    sum: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub survival: f64,
    pub variance: f64,
    /// On the log(-log) scale; where nobody or everybody is left there is none.
    pub interval: Found<Interval>,
}

impl Curve {
    pub fn of(subjects: &[Subject]) -> Found<Self> {
        require_sound(subjects)?;
        if subjects.is_empty() {
            return Err(Reason::NoRows);
        }
        let risk = AtRisk::of(subjects);
        let (mut survival, mut sum) = (1.0, 0.0);
        let mut steps = Vec::new();
        for t in event_times(subjects.iter()) {
            let (n, d) = (risk.at(t) as f64, risk.events_at(t) as f64);
            if n == 0.0 {
                continue;
            }
            survival *= (n - d) / n;
            if n > d {
                sum += d / (n * (n - d));
            }
            steps.push(Step { t, survival, sum });
        }
        let events = subjects.iter().filter(|subject| subject.event).count();
        Ok(Self { n: subjects.len(), events, steps })
    }

    /// Returns the curve at a time.
    pub fn at(&self, t: f64, confidence: f64) -> Found<Point> {
        let z = normal_critical(confidence)?;
        let start = Step { t: 0.0, survival: 1.0, sum: 0.0 };
        let past = self.steps.partition_point(|step| step.t <= t);
        let step = past.checked_sub(1).map_or(start, |place| self.steps[place]);
        let survival = step.survival;
        let interval = if survival > 0.0 && survival < 1.0 {
            let half = z * sqrt(step.sum) / log(survival);
            let bound = |half: f64| exp(-exp(log(-log(survival)) + half));
            let (one, other) = (bound(half), bound(-half));
            Ok(Interval { low: one.min(other), high: one.max(other) })
        } else {
            Err(Reason::AllEqual)
        };
        Ok(Point { survival, variance: survival * survival * step.sum, interval })
    }

    /// Returns the first time at which no more than half is left.
    pub fn median(&self) -> Found<f64> {
        let half = self.steps.iter().find(|step| step.survival <= 0.5 + ROUNDING);
        half.map(|step| step.t).ok_or(Reason::NotReached)
    }

    /// Returns how long one lasts on average, up to `tau`: the area under the curve.
    pub fn restricted_mean(&self, tau: f64) -> Found<f64> {
        if !tau.is_finite() || tau < 0.0 {
            return Err(Reason::OutOfRange);
        }
        let (mut area, mut from, mut survival) = (0.0, 0.0, 1.0);
        for step in self.steps.iter().filter(|step| step.t <= tau) {
            area += (step.t - from) * survival;
            (from, survival) = (step.t, step.survival);
        }
        Ok(area + (tau - from) * survival)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(duration: f64, event: bool) -> Subject {
        Subject { duration, event, entry: None }
    }

    #[test]
    fn half_of_four_is_reached_exactly() {
        let curve = Curve::of(&[1.0, 2.0, 3.0, 4.0].map(|t| subject(t, true))).unwrap();
        assert_eq!(curve.median(), Ok(2.0));
        assert_eq!(curve.restricted_mean(4.0), Ok(2.5));
        assert_eq!(curve.at(4.0, 0.95).unwrap().survival, 0.0);
        assert_eq!(curve.at(0.5, 0.95).unwrap().interval, Err(Reason::AllEqual));
    }

    #[test]
    fn who_is_still_there_does_not_pull_the_curve_down() {
        let curve = Curve::of(&[subject(1.0, true), subject(1.0, false), subject(9.0, false)]);
        let curve = curve.unwrap();
        assert!((curve.at(5.0, 0.95).unwrap().survival - 2.0 / 3.0).abs() < 1e-15);
        assert_eq!(curve.median(), Err(Reason::NotReached));
    }

    #[test]
    fn late_comers_count_from_when_they_were_seen() {
        let late = Subject { duration: 5.0, event: false, entry: Some(3.0) };
        let curve = Curve::of(&[subject(2.0, true), subject(4.0, false), late]).unwrap();
        assert_eq!(curve.at(2.0, 0.95).unwrap().survival, 0.5);
    }

    #[test]
    fn nobody_has_no_curve() {
        assert_eq!(Curve::of(&[]), Err(Reason::NoRows));
        assert_eq!(Curve::of(&[subject(-1.0, true)]), Err(Reason::Negative));
    }
}
