//! The chance of an outcome by its features: logistic regression by Newton's method.
//!
//! Features that follow from one another, and features that part the outcomes completely, are
//! refused: their coefficients have no value.

use crate::{
    matrix::Cholesky,
    outcome::auc::auc,
    reason::{Found, Reason},
};
use libm::{exp, fabs, log1p, sqrt};

#[derive(Debug, Clone, PartialEq)]
pub struct Logistic {
    /// The intercept first, then one a feature.
    pub coefficients: Vec<f64>,
    /// From the observed information.
    pub standard_errors: Vec<f64>,
    pub log_likelihood: f64,
    pub auc: Found<f64>,
    /// The mean squared distance of chance from outcome.
    pub brier: f64,
    pub log_loss: f64,
}

/// A sound fit takes fewer steps by far; one that needs more runs away to infinity.
const STEPS_MAX: usize = 60;

/// Fits chances to labels; each row holds the features of one label.
pub fn logistic(labels: &[bool], rows: &[Vec<f64>]) -> Found<Logistic> {
    if labels.len() != rows.len() {
        return Err(Reason::LengthsDiffer);
    }
    let width = rows.first().ok_or(Reason::NoRows)?.len();
    if rows.iter().any(|row| row.len() != width) {
        return Err(Reason::LengthsDiffer);
    }
    if rows.iter().flatten().any(|feature| !feature.is_finite()) {
        return Err(Reason::OutOfRange);
    }
    if labels.iter().all(|label| *label) || !labels.contains(&true) {
        return Err(Reason::OneClass);
    }
    if rows.len() <= width {
        return Err(Reason::TooFew);
    }
    let with_one = |row: &Vec<f64>| std::iter::once(1.0).chain(row.iter().copied()).collect();
    let rows: Vec<Vec<f64>> = rows.iter().map(with_one).collect();
    let mut coefficients = vec![0.0; width + 1];
    let mut likelihood = log_likelihood(labels, &rows, &coefficients);
    for taken in 0..STEPS_MAX {
        let (gradient, information) = slopes(labels, &rows, &coefficients);
        // At the start all weights are equal: only there is it the features' own doing.
        let no = if taken == 0 { Reason::Collinear } else { Reason::Separated };
        let cholesky = Cholesky::of(&information).map_err(|_| no)?;
        let step = cholesky.solve(&gradient);
        let (moved, better) = halved(labels, &rows, &coefficients, &step, likelihood);
        let still = |(new, old): (&f64, &f64)| fabs(new - old) <= 1e-11 * (1.0 + fabs(*old));
        let done = moved.iter().zip(&coefficients).all(still);
        (coefficients, likelihood) = (moved, better);
        if done {
            return finish(labels, &rows, coefficients, likelihood);
        }
    }
    Err(Reason::Separated)
}

/// Takes the step, or a half of it as often as it would lead downhill.
fn halved(
    labels: &[bool],
    rows: &[Vec<f64>],
    from: &[f64],
    step: &[f64],
    likelihood: f64,
) -> (Vec<f64>, f64) {
    let mut part = 1.0;
    loop {
        let moved: Vec<_> = from.iter().zip(step).map(|(b, s)| b + part * s).collect();
        let better = log_likelihood(labels, rows, &moved);
        if better >= likelihood - 1e-9 * fabs(likelihood) || part < 1e-6 {
            return (moved, better);
        }
        part /= 2.0;
    }
}

fn finish(
    labels: &[bool],
    rows: &[Vec<f64>],
    coefficients: Vec<f64>,
    log_likelihood: f64,
) -> Found<Logistic> {
    let (_, information) = slopes(labels, rows, &coefficients);
    let cholesky = Cholesky::of(&information).map_err(|_| Reason::Separated)?;
    let chances: Vec<_> = rows.iter().map(|row| chance(row, &coefficients)).collect();
    let off = |(chance, label): (&f64, &bool)| {
        let outcome = f64::from(u8::from(*label));
        (chance - outcome) * (chance - outcome)
    };
    let n = labels.len() as f64;
    Ok(Logistic {
        standard_errors: cholesky.inverse_diagonal().into_iter().map(sqrt).collect(),
        log_likelihood,
        auc: auc(labels, &chances),
        brier: chances.iter().zip(labels).map(off).sum::<f64>() / n,
        log_loss: -log_likelihood / n,
        coefficients,
    })
}

fn weighed(row: &[f64], coefficients: &[f64]) -> f64 {
    row.iter().zip(coefficients).map(|(feature, weight)| feature * weight).sum()
}

fn chance(row: &[f64], coefficients: &[f64]) -> f64 {
    let eta = weighed(row, coefficients);
    if eta >= 0.0 { 1.0 / (1.0 + exp(-eta)) } else { exp(eta) / (1.0 + exp(eta)) }
}

fn log_likelihood(labels: &[bool], rows: &[Vec<f64>], coefficients: &[f64]) -> f64 {
    let term = |(label, row): (&bool, &Vec<f64>)| {
        let eta = weighed(row, coefficients);
        let toward = if *label { eta } else { -eta };
        // The logarithm of the chance of what came, without overflow on either side.
        toward.min(0.0) - log1p(exp(-fabs(toward)))
    };
    labels.iter().zip(rows).map(term).sum()
}

/// Returns the slope of the log-likelihood and how it bends.
fn slopes(labels: &[bool], rows: &[Vec<f64>], at: &[f64]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let width = at.len();
    let (mut gradient, mut information) = (vec![0.0; width], vec![vec![0.0; width]; width]);
    for (label, row) in labels.iter().zip(rows) {
        let p = chance(row, at);
        let (error, weight) = (f64::from(u8::from(*label)) - p, p * (1.0 - p));
        for one in 0..width {
            gradient[one] += error * row[one];
            for other in 0..=one {
                information[one][other] += weight * row[one] * row[other];
            }
        }
    }
    (gradient, information)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_flag_has_the_log_odds_of_its_table() {
        // Of 4 without the flag 1 converts, of 4 with it 3.
        let labels = [true, false, false, false, true, true, true, false];
        let rows: Vec<_> = (0..8).map(|row| vec![f64::from(u8::from(row >= 4))]).collect();
        let fit = logistic(&labels, &rows).unwrap();
        let odds = 3.0_f64.ln();
        assert!((fit.coefficients[0] + odds).abs() < 1e-9);
        assert!((fit.coefficients[1] - 2.0 * odds).abs() < 1e-9);
        assert!((fit.standard_errors[1] - (8.0_f64 / 3.0).sqrt()).abs() < 1e-9);
        assert_eq!(fit.auc, Ok(0.75));
    }

    #[test]
    fn outcomes_parted_completely_or_nearly_are_refused() {
        let rows: Vec<_> = (0..6).map(|x| vec![f64::from(x)]).collect();
        let apart = [false, false, false, true, true, true];
        assert_eq!(logistic(&apart, &rows), Err(Reason::Separated));
        let flag: Vec<_> = [0.0, 0.0, 0.0, 1.0, 1.0, 1.0].map(|x| vec![x]).to_vec();
        let nearly = [false, true, false, true, true, true];
        assert_eq!(logistic(&nearly, &flag), Err(Reason::Separated));
    }

    #[test]
    fn features_that_follow_from_one_another_are_refused() {
        let rows: Vec<_> = (0..6).map(|x| vec![f64::from(x), 2.0 * f64::from(x) + 1.0]).collect();
        let labels = [false, true, false, true, false, true];
        assert_eq!(logistic(&labels, &rows), Err(Reason::Collinear));
        let constant = vec![vec![1.0]; 6];
        assert_eq!(logistic(&labels, &constant), Err(Reason::Collinear));
        assert_eq!(logistic(&[true; 6], &constant), Err(Reason::OneClass));
        assert_eq!(logistic(&[], &[]), Err(Reason::NoRows));
    }
}
