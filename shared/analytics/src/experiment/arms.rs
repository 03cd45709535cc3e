//! Two arms compared: shares by a z test and Newcombe's interval, money by Welch's t test.

use crate::{
    distribution::{
        normal_critical, normal_quantile, normal_two_sided, student_critical, student_two_sided,
    },
    proportion::{Interval, Share, newcombe},
    reason::{Found, Reason, quotient},
    sample::ordered_sum,
};
use libm::{ceil, sqrt};

/// How the treated compare with the control.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    pub rate_control: f64,
    pub rate_treatment: f64,
    pub diff: f64,
    pub relative_lift: Found<f64>,
    /// Nothing when nobody or everybody converts.
    pub z: Found<f64>,
    pub p: Found<f64>,
    pub interval: Interval,
}

/// Compares shares: pooled standard error, two-sided, without correction for continuity.
pub fn compare(control: Share, treatment: Share, confidence: f64) -> Found<Comparison> {
    let (p, q) = (control.estimate()?, treatment.estimate()?);
    let (n, m) = (control.n as f64, treatment.n as f64);
    let pooled = (control.successes + treatment.successes) as f64 / (n + m);
    let error = sqrt(pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m));
    let z = quotient(q - p, error);
    Ok(Comparison {
        rate_control: p,
        rate_treatment: q,
        diff: q - p,
        relative_lift: quotient(q - p, p),
        z,
        p: z.map(normal_two_sided),
        interval: newcombe(control, treatment, confidence)?,
    })
}

/// Returns how many heads each arm needs to see `target` instead of `base`, two-sided.
pub fn heads_per_arm(base: f64, target: f64, alpha: f64, power: f64) -> Found<u64> {
    let within = |share: f64| share > 0.0 && share < 1.0;
    if !(0.0..=1.0).contains(&base) || !(0.0..=1.0).contains(&target) || !within(power) {
        return Err(Reason::OutOfRange);
    }
    let (z, beta) = (normal_critical(1.0 - alpha)?, normal_quantile(power)?);
    let mean = (base + target) / 2.0;
    let apart = base - target;
    let spread = z * sqrt(2.0 * mean * (1.0 - mean))
        + beta * sqrt(base * (1.0 - base) + target * (1.0 - target));
    let heads = quotient(spread * spread, apart * apart)?;
    Ok(ceil(heads) as u64)
}

/// What a treatment brings against a holdout. Every head counts, buyers or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Uplift {
    pub conversion: Found<Comparison>,
    pub incremental_conversions: Found<f64>,
    pub revenue_per_head_diff: Found<f64>,
    pub incremental_revenue: Found<f64>,
    pub welch: Found<Welch>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Welch {
    pub t: f64,
    pub df: f64,
    pub p: f64,
    pub interval: Interval,
}

/// Compares amounts of the treated with those of the holdout; a head converts above zero.
pub fn uplift(treated: &[i64], holdout: &[i64], confidence: f64) -> Found<Uplift> {
    let share = |arm: &[i64]| Share {
        successes: arm.iter().filter(|amount| **amount > 0).count() as u64,
        n: arm.len() as u64,
    };
    let conversion = compare(share(holdout), share(treated), confidence);
    let heads = treated.len() as f64;
    let diff = mean(treated).and_then(|treated| Ok(treated - mean(holdout)?));
    Ok(Uplift {
        incremental_conversions: conversion.as_ref().map(|one| heads * one.diff).map_err(|no| *no),
        revenue_per_head_diff: diff,
        incremental_revenue: diff.map(|diff| heads * diff),
        welch: welch(treated, holdout, confidence),
        conversion,
    })
}

fn mean(amounts: &[i64]) -> Found<f64> {
    let sum: i128 = amounts.iter().map(|amount| i128::from(*amount)).sum();
    quotient(sum as f64, amounts.len() as f64).map_err(|_| Reason::NoRows)
}

/// Returns the variance of the mean.
fn error_squared(amounts: &[i64]) -> Found<f64> {
    let (mean, n) = (mean(amounts)?, amounts.len() as f64);
    let squares: Vec<_> =
        amounts.iter().map(|amount| (*amount as f64 - mean) * (*amount as f64 - mean)).collect();
    quotient(ordered_sum(&squares), (n - 1.0) * n).map_err(|_| Reason::TooFew)
}

fn welch(treated: &[i64], holdout: &[i64], confidence: f64) -> Found<Welch> {
    let (a, b) = (error_squared(treated)?, error_squared(holdout)?);
    let diff = mean(treated)? - mean(holdout)?;
    let error = sqrt(a + b);
    let t = quotient(diff, error).map_err(|_| Reason::AllEqual)?;
    let rest = |part: f64, n: usize| part * part / (n as f64 - 1.0);
    let df = (a + b) * (a + b) / (rest(a, treated.len()) + rest(b, holdout.len()));
    let half = student_critical(confidence, df)? * error;
    let interval = Interval { low: diff - half, high: diff + half };
    Ok(Welch { t, df, p: student_two_sided(t, df), interval })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_nobody_converts_there_is_no_test_but_an_interval() {
        let none = Share { successes: 0, n: 50 };
        let found = compare(none, none, 0.95).unwrap();
        assert_eq!((found.z, found.relative_lift.ok()), (Err(Reason::ZeroDenominator), None));
        assert!(found.interval.low < 0.0 && found.interval.high > 0.0);
        let empty = Share { successes: 0, n: 0 };
        assert_eq!(compare(empty, none, 0.95), Err(Reason::NoRows));
    }

    #[test]
    fn a_difference_of_nothing_needs_heads_without_end() {
        assert_eq!(heads_per_arm(0.1, 0.12, 0.05, 0.8), Ok(3841));
        assert_eq!(heads_per_arm(0.1, 0.1, 0.05, 0.8), Err(Reason::ZeroDenominator));
        assert_eq!(heads_per_arm(1.1, 0.1, 0.05, 0.8), Err(Reason::OutOfRange));
    }

    #[test]
    fn amounts_that_are_all_equal_have_no_test() {
        let found = uplift(&[5, 5, 5], &[5, 5], 0.95).unwrap();
        assert_eq!(found.welch, Err(Reason::AllEqual));
        assert_eq!(found.revenue_per_head_diff, Ok(0.0));
        assert_eq!(uplift(&[5], &[4, 3], 0.95).unwrap().welch, Err(Reason::TooFew));
        assert_eq!(uplift(&[], &[], 0.95).unwrap().conversion, Err(Reason::NoRows));
    }
}
