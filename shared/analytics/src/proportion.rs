//! Shares of a count, and the interval within which the true share plausibly lies.

use crate::{
    distribution::normal_critical,
    reason::{Found, Reason},
};
use libm::sqrt;

/// How sure intervals are unless somebody says otherwise.
pub const CONFIDENCE: f64 = 0.95;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    pub successes: u64,
    pub n: u64,
}

impl Share {
    /// Returns the share, or refuses more successes than there were tries.
    pub fn new(successes: i64, n: i64) -> Found<Self> {
        match (u64::try_from(successes), u64::try_from(n)) {
            (Ok(successes), Ok(n)) if successes <= n => Ok(Self { successes, n }),
            (Ok(_), Ok(_)) => Err(Reason::OutOfRange),
            _ => Err(Reason::Negative),
        }
    }

    pub fn estimate(self) -> Found<f64> {
        if self.n == 0 { Err(Reason::NoRows) } else { Ok(self.successes as f64 / self.n as f64) }
    }

    /// Returns Wilson's score interval, without correction for continuity.
    pub fn wilson(self, confidence: f64) -> Found<Interval> {
        let z = normal_critical(confidence)?;
        let (p, n) = (self.estimate()?, self.n as f64);
        let scale = 1.0 + z * z / n;
        let middle = (p + z * z / (2.0 * n)) / scale;
        let half = z / scale * sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));
        let low = if self.successes == 0 { 0.0 } else { (middle - half).max(0.0) };
        let high = if self.successes == self.n { 1.0 } else { (middle + half).min(1.0) };
        Ok(Interval { low, high })
    }
}

/// Returns Newcombe's hybrid score interval (his method 10) of `treatment` less `control`.
pub fn newcombe(control: Share, treatment: Share, confidence: f64) -> Found<Interval> {
    let (a, b) = (treatment.wilson(confidence)?, control.wilson(confidence)?);
    let (p, q) = (treatment.estimate()?, control.estimate()?);
    let root = |x: f64, y: f64| sqrt(x * x + y * y);
    Ok(Interval {
        low: p - q - root(p - a.low, b.high - q),
        high: p - q + root(a.high - p, q - b.low),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_stays_within_zero_and_one() {
        let none = Share::new(0, 20).unwrap().wilson(0.95).unwrap();
        assert_eq!(none.low, 0.0);
        assert!((none.high - 0.161_125_158_052_819).abs() < 1e-12);
        let all = Share::new(20, 20).unwrap().wilson(0.95).unwrap();
        assert_eq!(all.high, 1.0);
        assert!((all.low + none.high - 1.0).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        assert_eq!(Share::new(2, 1), Err(Reason::OutOfRange));
        assert_eq!(Share::new(-1, 1), Err(Reason::Negative));
        assert_eq!(Share::new(0, 0).unwrap().wilson(0.95), Err(Reason::NoRows));
    }
}
