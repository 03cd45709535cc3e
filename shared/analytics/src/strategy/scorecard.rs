//! A balanced scorecard: each figure against its target, rolled up by perspective.

use crate::reason::{Found, Reason, finite, quotient};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    Higher,
    Lower,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure<'a> {
    pub perspective: &'a str,
    pub better: Better,
    pub target: f64,
    pub threshold: f64,
    pub actual: Option<f64>,
    /// Whether the actual value is of another period.
    pub stale: bool,
    pub weight: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Light {
    Green,
    Amber,
    Red,
    NoData,
}

impl Figure<'_> {
    pub fn light(&self) -> Light {
        let Some(actual) = self.actual else { return Light::NoData };
        let past = |mark: f64| match self.better {
            Better::Higher => actual >= mark,
            Better::Lower => actual <= mark,
        };
        if past(self.target) {
            Light::Green
        } else if past(self.threshold) {
            Light::Amber
        } else {
            Light::Red
        }
    }

    /// Returns how much of the target is attained.
    pub fn attainment(&self) -> Found<f64> {
        let actual = self.actual.ok_or(Reason::NoRows)?;
        match self.better {
            Better::Higher => quotient(actual, self.target),
            Better::Lower => quotient(self.target, actual),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct RollUp<'a> {
    /// Perspectives that have a figure of this period, in the order of their weights.
    pub perspectives: Vec<(&'a str, f64)>,
    pub overall: Found<f64>,
}

/// Rolls attainments up, each cut to 0..cap; stale and missing figures stay out.
pub fn roll_up<'a>(figures: &[Figure], weights: &[(&'a str, f64)], cap: f64) -> Found<RollUp<'a>> {
    let weighs = figures.iter().map(|figure| figure.weight).chain(weights.iter().map(|one| one.1));
    if cap < 0.0 || weighs.into_iter().any(|weight| weight < 0.0) {
        return Err(Reason::Negative);
    }
    let of = |perspective: &str| {
        let counted = figures.iter().filter(|one| one.perspective == perspective && !one.stale);
        mean(counted.filter_map(|one| Some((one.attainment().ok()?.clamp(0.0, cap), one.weight))))
    };
    let found = weights.iter().filter_map(|(name, weight)| Some((*name, of(name).ok()?, *weight)));
    let found: Vec<_> = found.collect();
    Ok(RollUp {
        overall: mean(found.iter().map(|(_, score, weight)| (*score, *weight))),
        perspectives: found.into_iter().map(|(name, score, _)| (name, score)).collect(),
    })
}

fn mean(weighed: impl Iterator<Item = (f64, f64)>) -> Found<f64> {
    let (mut sum, mut weights) = (0.0, 0.0);
    for (value, weight) in weighed {
        sum += value * weight;
        weights += weight;
    }
    quotient(finite(sum)?, weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NPS: Figure = Figure {
        perspective: "customer",
        better: Better::Higher,
        target: 40.0,
        threshold: 30.0,
        actual: Some(34.0),
        stale: false,
        weight: 1.0,
    };

    #[test]
    fn lower_is_better_where_it_is_said_to_be() {
        assert_eq!((NPS.light(), NPS.attainment()), (Light::Amber, Ok(0.85)));
        let cost = Figure { better: Better::Lower, threshold: 50.0, actual: Some(80.0), ..NPS };
        assert_eq!((cost.light(), cost.attainment()), (Light::Red, Ok(0.5)));
        let none = Figure { actual: Some(0.0), ..cost };
        assert_eq!((none.light(), none.attainment().ok()), (Light::Green, None));
    }

    #[test]
    fn stale_and_missing_figures_do_not_count() {
        let figures = [NPS, Figure { stale: true, ..NPS }, Figure { actual: None, ..NPS }];
        let found = roll_up(&figures, &[("customer", 2.0), ("finance", 1.0)], 1.2).unwrap();
        assert_eq!(found.perspectives, [("customer", 0.85)]);
        assert_eq!(found.overall, Ok(0.85));
        assert!(roll_up(&[], &[("customer", 2.0)], 1.2).unwrap().overall.is_err());
    }
}
