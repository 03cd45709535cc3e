//! How often customers buy on fixed occasions, such as a yearly event: BG/BB.

use crate::{
    distribution::ln_beta,
    minimum::lowest,
    reason::{Found, Reason, finite},
};
use libm::{exp, log};

/// Customers with the same pattern: `x` purchases on `n` occasions, the last on occasion `t_x`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pattern {
    pub x: u32,
    pub t_x: u32,
    pub n: u32,
    pub count: u64,
}

/// Buying is beta (alpha, beta) over customers, leaving beta (gamma, delta).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    pub alpha: f64,
    pub beta: f64,
    pub gamma: f64,
    pub delta: f64,
    pub log_likelihood: f64,
}

/// Fits the parameters.
pub fn fit(patterns: &[Pattern]) -> Found<Fit> {
    for one in patterns {
        let once = (one.x == 0) == (one.t_x == 0);
        if one.x > one.t_x || one.t_x > one.n || !once {
            return Err(Reason::OutOfRange);
        }
    }
    let people: u64 = patterns.iter().map(|one| one.count).sum();
    if people == 0 {
        return Err(Reason::NoRows);
    }
    if patterns.iter().all(|one| one.x == 0 || one.count == 0) {
        return Err(Reason::NoRepeats);
    }
    let height = |logs: &[f64; 4]| -log_likelihood(patterns, logs.map(exp)) / people as f64;
    let (logs, _) = lowest(height, &[[0.0, 0.0, 0.0, 0.7], [0.5, 0.5, -0.7, 0.0]])?;
    let parameters = logs.map(exp);
    let log_likelihood = finite(log_likelihood(patterns, parameters))?;
    let [alpha, beta, gamma, delta] = parameters;
    Ok(Fit { alpha, beta, gamma, delta, log_likelihood })
}

fn log_likelihood(patterns: &[Pattern], [alpha, beta, gamma, delta]: [f64; 4]) -> f64 {
    let (buys, leaves) = (ln_beta(alpha, beta), ln_beta(gamma, delta));
    let term = |one: &Pattern| {
        let (x, t_x, n) = (f64::from(one.x), f64::from(one.t_x), f64::from(one.n));
        let alive = ln_beta(alpha + x, beta + n - x) + ln_beta(gamma, delta + n);
        let left = (0..one.n - one.t_x).map(|i| {
            let silent = t_x + f64::from(i);
            ln_beta(alpha + x, beta + silent - x) + ln_beta(gamma + 1.0, delta + silent)
        });
        let ways: Vec<_> = std::iter::once(alive).chain(left).collect();
        let most = ways.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = ways.iter().map(|ln| exp(ln - most)).sum();
        one.count as f64 * (most + log(sum) - buys - leaves)
    };
    patterns.iter().map(term).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_that_cannot_be_are_refused() {
        let one = Pattern { x: 1, t_x: 2, n: 3, count: 1 };
        assert_eq!(fit(&[Pattern { t_x: 4, ..one }]), Err(Reason::OutOfRange));
        assert_eq!(fit(&[Pattern { x: 0, t_x: 2, ..one }]), Err(Reason::OutOfRange));
        assert_eq!(fit(&[Pattern { x: 0, t_x: 0, ..one }]), Err(Reason::NoRepeats));
        assert_eq!(fit(&[]), Err(Reason::NoRows));
    }

    #[test]
    fn the_chances_of_all_patterns_make_one() {
        let p = [1.2, 0.75, 0.66, 2.8];
        let mut sum = 0.0;
        // Over three occasions; a pattern can come about in as many ways as its purchases before
        // the last can lie.
        for (x, t_x, ways) in
            [(0, 0, 1), (1, 1, 1), (1, 2, 1), (2, 2, 1), (1, 3, 1), (2, 3, 2), (3, 3, 1)]
        {
            let one = Pattern { x, t_x, n: 3, count: 1 };
            sum += f64::from(ways) * log_likelihood(&[one], p).exp();
        }
        assert!((sum - 1.0).abs() < 1e-12, "{sum}");
    }
}
