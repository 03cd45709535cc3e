//! What customers answer: NPS, CSAT and CES, each with the interval it deserves.

use crate::{
    distribution::{normal_critical, student_critical},
    proportion::{CONFIDENCE, Interval, Share},
    reason::{Found, Reason, quotient},
};
use libm::sqrt;

/// Net promoter score, from -100 to 100. Answers of several groups are pooled, never their scores.
#[derive(Debug, Clone, PartialEq)]
pub struct Nps {
    pub promoters: u64,
    pub passives: u64,
    pub detractors: u64,
    pub nps: Found<f64>,
    pub standard_error: Found<f64>,
    pub interval: Found<Interval>,
}

/// Counts answers of 0 to 10.
pub fn nps(scores: &[i64], confidence: f64) -> Found<Nps> {
    if scores.iter().any(|score| !(0..=10).contains(score)) {
        return Err(Reason::OutOfRange);
    }
    let z = normal_critical(confidence)?;
    let within = |from: i64, to: i64| {
        scores.iter().filter(|score| (from..=to).contains(*score)).count() as u64
    };
    let (detractors, passives, promoters) = (within(0, 6), within(7, 8), within(9, 10));
    let n = scores.len() as f64;
    let share = |count: u64| {
        if scores.is_empty() { Err(Reason::NoRows) } else { quotient(count as f64, n) }
    };
    let (p, d) = (share(promoters), share(detractors));
    let balance = if scores.is_empty() {
        Err(Reason::NoRows)
    } else {
        quotient(promoters as f64 - detractors as f64, n)
    };
    let error = balance.and_then(|balance| {
        let variance = ((p? + d?) - balance * balance).max(0.0);
        Ok(100.0 * sqrt(variance / n))
    });
    let nps = balance.map(|balance| 100.0 * balance);
    let interval = nps.and_then(|nps| {
        let half = z * error?;
        Ok(Interval { low: (nps - half).max(-100.0), high: (nps + half).min(100.0) })
    });
    Ok(Nps { promoters, passives, detractors, nps, standard_error: error, interval })
}

/// The share of answers at or above "satisfied".
#[derive(Debug, Clone, PartialEq)]
pub struct Csat {
    pub satisfied: u64,
    pub csat: Found<f64>,
    pub interval: Found<Interval>,
    pub mean: Found<f64>,
}

/// Counts answers of 1 to `scale_max`; different scales do not mix.
pub fn csat(scores: &[i64], satisfied_from: i64, scale_max: i64) -> Found<Csat> {
    if scores.iter().any(|score| !(1..=scale_max).contains(score)) {
        return Err(Reason::OutOfRange);
    }
    let satisfied = scores.iter().filter(|score| **score >= satisfied_from).count();
    let share = Share::new(satisfied as i64, scores.len() as i64)?;
    let sum: i128 = scores.iter().map(|score| i128::from(*score)).sum();
    Ok(Csat {
        satisfied: share.successes,
        csat: share.estimate(),
        interval: share.wilson(CONFIDENCE),
        mean: quotient(sum as f64, scores.len() as f64),
    })
}

/// The mean of answers, mostly from 1 to 7.
#[derive(Debug, Clone, PartialEq)]
pub struct Ces {
    pub mean: Found<f64>,
    pub standard_deviation: Found<f64>,
    /// Student's interval; a single answer has none.
    pub interval: Found<Interval>,
}

/// Averages answers.
pub fn ces(scores: &[f64], confidence: f64) -> Found<Ces> {
    let n = scores.len() as f64;
    let mean = quotient(crate::sample::ordered_sum(scores), n).map_err(|_| Reason::NoRows);
    let deviation = mean.and_then(|mean| {
        let squares: Vec<_> = scores.iter().map(|score| (score - mean) * (score - mean)).collect();
        quotient(crate::sample::ordered_sum(&squares), n - 1.0).map_err(|_| Reason::TooFew)
    });
    let deviation = deviation.map(sqrt);
    let critical = student_critical(confidence, (n - 1.0).max(1.0))?;
    let interval = deviation.and_then(|deviation| {
        let half = critical * deviation / sqrt(n);
        Ok(Interval { low: mean? - half, high: mean? + half })
    });
    Ok(Ces { mean, standard_deviation: deviation, interval })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promoters_less_detractors() {
        let found = nps(&[10, 9, 8, 0], 0.95).unwrap();
        assert_eq!((found.promoters, found.passives, found.detractors), (2, 1, 1));
        assert_eq!(found.nps, Ok(25.0));
        let none = nps(&[], 0.95).unwrap();
        assert_eq!((none.nps, none.interval), (Err(Reason::NoRows), Err(Reason::NoRows)));
        assert_eq!(nps(&[11], 0.95), Err(Reason::OutOfRange));
    }

    #[test]
    fn when_all_answer_alike_the_interval_is_a_point() {
        let interval = nps(&[10; 4], 0.95).unwrap().interval.unwrap();
        assert_eq!((interval.low, interval.high), (100.0, 100.0));
    }

    #[test]
    fn one_answer_has_a_mean_and_no_interval() {
        let one = ces(&[5.0], 0.95).unwrap();
        assert_eq!((one.mean, one.interval), (Ok(5.0), Err(Reason::TooFew)));
        assert_eq!(ces(&[], 0.95).unwrap().mean, Err(Reason::NoRows));
    }

    #[test]
    fn satisfied_is_at_or_above_the_mark() {
        let found = csat(&[5, 4, 3, 1], 4, 5).unwrap();
        assert_eq!((found.csat, found.mean), (Ok(0.5), Ok(3.25)));
        assert_eq!(csat(&[6], 4, 5), Err(Reason::OutOfRange));
        assert_eq!(csat(&[], 4, 5).unwrap().csat, Err(Reason::NoRows));
    }
}
