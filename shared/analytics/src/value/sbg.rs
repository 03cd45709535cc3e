//! Retention under contract that rises with age although nobody changes: the shifted
//! beta-geometric.

use crate::{
    distribution::ln_beta,
    minimum::lowest,
    reason::{Found, Reason, finite},
    value::hypergeometric::hypergeometric,
};
use libm::exp;

/// Chances to leave are beta over customers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameters {
    pub alpha: f64,
    pub beta: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    pub parameters: Parameters,
    pub log_likelihood: f64,
}

/// Fits to a cohort: how many are still there after so many chances to renew.
pub fn fit(alive: &[f64]) -> Found<Fit> {
    if alive.iter().any(|count| !count.is_finite() || *count < 0.0) {
        return Err(Reason::Negative);
    }
    if alive.windows(2).any(|pair| pair[1] > pair[0]) {
        return Err(Reason::OutOfRange);
    }
    let (Some(first), Some(last)) = (alive.first(), alive.last()) else {
        return Err(Reason::NoRows);
    };
    if *first == 0.0 {
        return Err(Reason::NoRows);
    }
    if alive.len() < 3 {
        return Err(Reason::TooFew);
    }
    if first == last {
        return Err(Reason::AllEqual);
    }
    let height = |logs: &[f64; 2]| -log_likelihood(alive, of_logs(logs)) / first;
    let (logs, _) = lowest(height, &[[0.0, 0.0], [-0.5, 1.5]])?;
    let parameters = of_logs(&logs);
    let log_likelihood = finite(log_likelihood(alive, parameters))?;
    Ok(Fit { parameters, log_likelihood })
}

fn of_logs(logs: &[f64; 2]) -> Parameters {
    let [alpha, beta] = logs.map(exp);
    Parameters { alpha, beta }
}

fn log_likelihood(alive: &[f64], Parameters { alpha, beta }: Parameters) -> f64 {
    let base = ln_beta(alpha, beta);
    let left = (1_u32..).zip(alive.windows(2)).map(|(t, pair)| {
        (pair[0] - pair[1]) * (ln_beta(alpha + 1.0, beta + f64::from(t) - 1.0) - base)
    });
    let renewals = (alive.len() - 1) as f64;
    let there = alive.last().map_or(0.0, |last| last * (ln_beta(alpha, beta + renewals) - base));
    left.sum::<f64>() + there
}

impl Parameters {
    /// Refuses parameters that are not positive.
    pub fn checked(self) -> Found<Self> {
        let sound = [self.alpha, self.beta].iter().all(|one| *one > 0.0 && one.is_finite());
        if sound { Ok(self) } else { Err(Reason::OutOfRange) }
    }

    /// Returns the share that renews for the t-th time, of those there until then.
    pub fn retention(self, t: u32) -> f64 {
        let t = f64::from(t);
        (self.beta + t - 1.0) / (self.alpha + self.beta + t - 1.0)
    }

    /// Returns the share still there after so many chances to renew.
    pub fn survival(self, t: u32) -> f64 {
        (1..=t).map(|t| self.retention(t)).product()
    }

    /// Returns the discounted expected renewals of one about to renew for the `n`-th time.
    pub fn residual_lifetime(self, n: u32, discount: f64) -> Found<f64> {
        if discount <= 0.0 || n == 0 {
            return Err(Reason::OutOfRange);
        }
        let (n, beta) = (f64::from(n), self.beta);
        let whole = self.alpha + beta + n;
        let series = hypergeometric(1.0, beta + n, whole, 1.0 / (1.0 + discount))?;
        finite((beta + n - 1.0) / (whole - 1.0) * series)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HIGH: Parameters = Parameters { alpha: 0.668, beta: 3.806 };

    #[test]
    fn the_residual_lifetime_is_its_sum() {
        let mut sum = 0.0;
        for ahead in 0..4000_u32 {
            let there: f64 = (0..=ahead).map(|k| HIGH.retention(3 + k)).product();
            sum += there / 1.1_f64.powi(ahead as i32);
        }
        assert!((HIGH.residual_lifetime(3, 0.1).unwrap() / sum - 1.0).abs() < 1e-10);
    }

    #[test]
    fn retention_rises_with_age() {
        assert!((1..20).all(|t| HIGH.retention(t) < HIGH.retention(t + 1)));
        assert_eq!(HIGH.survival(0), 1.0);
    }

    #[test]
    fn what_cannot_be_fitted_is_refused() {
        assert_eq!(fit(&[]), Err(Reason::NoRows));
        assert_eq!(fit(&[10.0, 11.0, 5.0]), Err(Reason::OutOfRange));
        assert_eq!(fit(&[10.0, 10.0, 10.0]), Err(Reason::AllEqual));
        assert_eq!(fit(&[10.0, 5.0]), Err(Reason::TooFew));
        assert_eq!(fit(&[0.0, 0.0, 0.0]), Err(Reason::NoRows));
    }
}
