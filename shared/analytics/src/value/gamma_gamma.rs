//! How much customers spend on an occasion: Gamma-Gamma.
//!
//! Means vary less than single purchases: one customer's mean is drawn towards everybody's, the
//! more the fewer the purchases behind it.

use crate::{
    distribution::ln_gamma,
    minimum::lowest,
    reason::{Found, Reason, finite},
};
use libm::{exp, log};

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameters {
    pub p: f64,
    pub q: f64,
    pub v: f64,
}

/// A customer's repeat purchases and what they brought on average.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spending {
    pub x: f64,
    pub mean_value: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    pub parameters: Parameters,
    pub log_likelihood: f64,
    pub customers_used: u64,
}

/// Fits the parameters; only customers who bought again, and for money, enter.
pub fn fit(rows: &[Spending]) -> Found<Fit> {
    let sound = |row: &Spending| {
        row.x >= 0.0 && row.mean_value >= 0.0 && row.x.is_finite() && row.mean_value.is_finite()
    };
    if !rows.iter().all(sound) {
        return Err(Reason::Negative);
    }
    let mut used: Vec<_> =
        rows.iter().copied().filter(|row| row.x > 0.0 && row.mean_value > 0.0).collect();
    let key = |row: &Spending| (row.x.to_bits(), row.mean_value.to_bits());
    used.sort_by_key(key);
    let first = used.first().ok_or(Reason::NoRepeats)?;
    if used.len() < 3 {
        return Err(Reason::TooFew);
    }
    if used.iter().all(|row| row.mean_value == first.mean_value) {
        return Err(Reason::AllEqual);
    }
    let people = used.len() as f64;
    // In units of the mean: v follows the unit, the others do not.
    let unit = used.iter().map(|row| row.mean_value).sum::<f64>() / people;
    let scaled: Vec<_> =
        used.iter().map(|row| Spending { mean_value: row.mean_value / unit, ..*row }).collect();
    let height = |logs: &[f64; 3]| -log_likelihood(&scaled, of_logs(logs)) / people;
    let (logs, _) = lowest(height, &[[1.0, 1.0, 0.0], [0.0, 2.0, 0.5]])?;
    let found = of_logs(&logs);
    let parameters = Parameters { v: found.v * unit, ..found };
    let log_likelihood = finite(log_likelihood(&used, parameters))?;
    Ok(Fit { parameters, log_likelihood, customers_used: used.len() as u64 })
}

fn of_logs(logs: &[f64; 3]) -> Parameters {
    let [p, q, v] = logs.map(exp);
    Parameters { p, q, v }
}

fn log_likelihood(rows: &[Spending], Parameters { p, q, v }: Parameters) -> f64 {
    let start = q * log(v) - ln_gamma(q);
    let term = |row: &Spending| {
        let px = p * row.x;
        start + ln_gamma(px + q) - ln_gamma(px) + (px - 1.0) * log(row.mean_value) + px * log(row.x)
            - (px + q) * log(row.x * row.mean_value + v)
    };
    rows.iter().map(term).sum()
}

impl Parameters {
    /// Refuses parameters that are not positive.
    pub fn checked(self) -> Found<Self> {
        let sound = [self.p, self.q, self.v].iter().all(|one| *one > 0.0 && one.is_finite());
        if sound { Ok(self) } else { Err(Reason::OutOfRange) }
    }

    /// Returns what everybody spends on average; for q of 1 and less there is no such mean.
    pub fn population_mean(self) -> Found<f64> {
        if self.q > 1.0 { finite(self.p * self.v / (self.q - 1.0)) } else { Err(Reason::NoMean) }
    }

    /// Returns what the customer will spend on an occasion.
    pub fn expected_value(self, row: &Spending) -> Found<f64> {
        if row.x < 0.0 || row.mean_value < 0.0 {
            return Err(Reason::Negative);
        }
        if row.x == 0.0 {
            return self.population_mean();
        }
        let below = self.p * row.x + self.q - 1.0;
        if below <= 0.0 {
            return Err(Reason::NoMean);
        }
        finite(self.p * (self.v + row.x * row.mean_value) / below)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLISHED: Parameters = Parameters { p: 6.25, q: 3.74, v: 15.44 };

    #[test]
    fn one_who_never_bought_again_spends_what_all_spend() {
        let none = Spending { x: 0.0, mean_value: 0.0 };
        assert_eq!(PUBLISHED.expected_value(&none), PUBLISHED.population_mean());
        let flat = Parameters { q: 1.0, ..PUBLISHED };
        assert_eq!(flat.expected_value(&none), Err(Reason::NoMean));
    }

    #[test]
    fn many_purchases_are_believed() {
        let often = Spending { x: 1e6, mean_value: 50.0 };
        assert!((PUBLISHED.expected_value(&often).unwrap() - 50.0).abs() < 1e-3);
    }

    #[test]
    fn what_cannot_be_fitted_is_refused() {
        let row = |x, mean_value| Spending { x, mean_value };
        assert_eq!(fit(&[row(0.0, 0.0)]), Err(Reason::NoRepeats));
        assert_eq!(fit(&[row(1.0, 2.0)]), Err(Reason::TooFew));
        assert_eq!(fit(&[row(1.0, 2.0); 5]), Err(Reason::AllEqual));
        assert_eq!(fit(&[row(1.0, -2.0)]), Err(Reason::Negative));
    }
}
