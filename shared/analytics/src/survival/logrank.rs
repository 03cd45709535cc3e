//! Whether one group really lasts longer than another.

use crate::{
    distribution::chi_square_tail,
    matrix::Cholesky,
    reason::{Found, Reason},
    survival::{AtRisk, Subject, event_times, require_sound},
};

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogRank {
    pub chi_square: f64,
    pub df: u32,
    pub p: f64,
}

/// Compares groups by the log-rank test.
pub fn logrank(groups: &[Vec<Subject>]) -> Found<LogRank> {
    groups.iter().try_for_each(|group| require_sound(group))?;
    let groups: Vec<_> = groups.iter().filter(|group| !group.is_empty()).collect();
    if groups.len() < 2 {
        return Err(Reason::TooFew);
    }
    let risks: Vec<_> = groups.iter().map(|group| AtRisk::of(group)).collect();
    // The last group follows from the others.
    let k = groups.len() - 1;
    let mut excess = vec![0.0; k];
    let mut variance = vec![vec![0.0; k]; k];
    for t in event_times(groups.iter().flat_map(|group| group.iter())) {
        let at_risk: Vec<_> = risks.iter().map(|risk| risk.at(t) as f64).collect();
        let events: Vec<_> = risks.iter().map(|risk| risk.events_at(t) as f64).collect();
        let (n, d): (f64, f64) = (at_risk.iter().sum(), events.iter().sum());
        if n < 2.0 {
            continue;
        }
        let spread = d * (n - d) / (n - 1.0);
        for one in 0..k {
            excess[one] += events[one] - d * at_risk[one] / n;
            for other in 0..k {
                let own = if one == other { n } else { 0.0 };
                variance[one][other] += spread * at_risk[one] * (own - at_risk[other]) / (n * n);
            }
        }
    }
    let weights = Cholesky::of(&variance).map_err(|_| Reason::TooFew)?.solve(&excess);
    let chi_square = excess.iter().zip(weights).map(|(one, other)| one * other).sum::<f64>();
    let df = k as u32;
    Ok(LogRank { chi_square, df, p: chi_square_tail(chi_square, df) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(durations: &[f64]) -> Vec<Subject> {
        let one = |duration: &f64| Subject { duration: *duration, event: true, entry: None };
        durations.iter().map(one).collect()
    }

    #[test]
    fn equal_groups_do_not_differ() {
        let same = logrank(&[group(&[1.0, 2.0, 3.0]), group(&[1.0, 2.0, 3.0])]).unwrap();
        assert!(same.chi_square.abs() < 1e-12 && (same.p - 1.0).abs() < 1e-6);
        let three = [group(&[1.0, 2.0]), group(&[8.0, 9.0]), group(&[3.0, 4.0])];
        assert_eq!(logrank(&three).unwrap().df, 2);
    }

    #[test]
    fn one_group_or_no_events_cannot_be_compared() {
        assert_eq!(logrank(&[group(&[1.0])]), Err(Reason::TooFew));
        let quiet = vec![Subject { duration: 1.0, event: false, entry: None }; 3];
        assert_eq!(logrank(&[quiet.clone(), quiet]), Err(Reason::TooFew));
    }
}
