//! Normal, Student and chi-square, with the small tails kept exact.

use crate::reason::{Found, Reason};
use libm::{erfc, exp, fabs, lgamma, log, sqrt};
use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Returns the logarithm of the gamma function of a positive number.
pub fn ln_gamma(x: f64) -> f64 {
    lgamma(x)
}

/// Returns the logarithm of the beta function of two positive numbers.
pub fn ln_beta(a: f64, b: f64) -> f64 {
    lgamma(a) + lgamma(b) - lgamma(a + b)
}

/// Returns how probable a standard normal value beyond `z` is, on one side.
pub fn normal_tail(z: f64) -> f64 {
    0.5 * erfc(z * FRAC_1_SQRT_2)
}

/// Returns how probable a standard normal value at least as far from zero is, on either side.
pub fn normal_two_sided(z: f64) -> f64 {
    erfc(fabs(z) * FRAC_1_SQRT_2)
}

/// Returns the value a standard normal one stays below with the given probability.
pub fn normal_quantile(probability: f64) -> Found<f64> {
    if !(probability > 0.0 && probability < 1.0) {
        return Err(Reason::OutOfRange);
    }
    if probability > 0.5 {
        // The small tail has the exact digits.
        return Ok(-lower_quantile(1.0 - probability));
    }
    Ok(lower_quantile(probability))
}

/// Newton's steps in the logarithm of the tail, from the tail's own asymptote; it is concave, so
/// they do not overshoot.
fn lower_quantile(probability: f64) -> f64 {
    let mut z = if probability > 0.1 { 0.0 } else { sqrt(-2.0 * log(2.0 * probability)) };
    for _ in 0..100 {
        let tail = normal_tail(z);
        let density = exp(-0.5 * z * z) / sqrt(2.0 * PI);
        let step = tail * log(tail / probability) / density;
        z += step;
        if fabs(step) <= 1e-15 * (1.0 + fabs(z)) {
            break;
        }
    }
    -z
}

/// Returns the normal value that holds the middle of that confidence, such as 1.96 for 0.95.
pub fn normal_critical(confidence: f64) -> Found<f64> {
    if !(confidence > 0.0 && confidence < 1.0) {
        return Err(Reason::OutOfRange);
    }
    Ok(-lower_quantile((1.0 - confidence) / 2.0))
}

/// Returns how probable a chi-square value beyond `x` is, for whole degrees of freedom.
///
/// The sums have positive terms only, so small tails keep their digits.
pub fn chi_square_tail(x: f64, degrees: u32) -> f64 {
    if x <= 0.0 || degrees == 0 {
        return 1.0;
    }
    let half = x / 2.0;
    let odd = degrees % 2 == 1;
    let mut sum = if odd { erfc(sqrt(half)) } else { exp(-half) };
    let mut shape = if odd { 0.5 } else { 1.0 };
    while shape < f64::from(degrees) / 2.0 {
        sum += exp(shape * log(half) - half - lgamma(shape + 1.0));
        shape += 1.0;
    }
    sum.min(1.0)
}

/// Returns how probable a Student value at least as far from zero is, on either side.
pub fn student_two_sided(t: f64, degrees: f64) -> f64 {
    let (a, b, rest) = (degrees / 2.0, 0.5, t * t / (degrees + t * t));
    // The continued fraction converges fast on this side of the mean only.
    if 1.0 - rest < (a + 1.0) / (a + b + 2.0) {
        beta_fraction(a, b, degrees / (degrees + t * t), rest)
    } else {
        1.0 - beta_fraction(b, a, rest, degrees / (degrees + t * t))
    }
}

/// Returns the regularised incomplete beta function at `x` by Lentz's continued fraction; `y` is
/// 1 - x with its own digits.
fn beta_fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let nonzero = |value: f64| if fabs(value) < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / nonzero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for step in 1..10_000 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut factor = 1.0;
        for term in [even, odd] {
            d = 1.0 / nonzero(1.0 + term * d);
            c = nonzero(1.0 + term / c);
            factor = c * d;
            fraction *= factor;
        }
        if fabs(factor - 1.0) < 1e-16 {
            break;
        }
    }
    exp(a * log(x) + b * log(y) - ln_beta(a, b)) * fraction / a
}

/// Returns the Student value that holds the middle of that confidence.
pub fn student_critical(confidence: f64, degrees: f64) -> Found<f64> {
    if !(confidence > 0.0 && confidence < 1.0 && degrees > 0.0) {
        return Err(Reason::OutOfRange);
    }
    let outside = 1.0 - confidence;
    let (mut low, mut high) = (0.0, 1.0);
    while student_two_sided(high, degrees) > outside {
        high *= 2.0;
        if high > 1e15 {
            return Err(Reason::OutOfRange);
        }
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if student_two_sided(middle, degrees) > outside {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(0.5 * (low + high))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!(fabs(found - expected) <= 1e-12 * fabs(expected), "{found} is not {expected}");
    }

    #[test]
    fn normal_quantiles_are_the_tables() {
        close(normal_critical(0.95).unwrap(), 1.959_963_984_540_054);
        close(normal_critical(0.99).unwrap(), 2.575_829_303_548_900_4);
        close(normal_quantile(0.8).unwrap(), 0.841_621_233_572_914_3);
        close(normal_quantile(1e-12).unwrap(), -7.034_483_825_301_132);
        assert_eq!(normal_quantile(1.0), Err(Reason::OutOfRange));
        assert_eq!(normal_critical(f64::NAN), Err(Reason::OutOfRange));
    }

    #[test]
    fn chi_square_tails_are_the_tables() {
        close(chi_square_tail(3.841_458_820_694_124, 1), 0.05);
        close(chi_square_tail(5.991_464_547_107_979, 2), 0.05);
        close(chi_square_tail(7.814_727_903_251_179, 3), 0.05);
        close(chi_square_tail(0.0, 3), 1.0);
    }

    #[test]
    fn student_values_are_the_tables() {
        close(student_critical(0.95, 9.0).unwrap(), 2.262_157_162_798_205);
        close(student_critical(0.95, 1.0).unwrap(), 12.706_204_736_174_694);
        close(student_two_sided(2.0, 5.0), 0.101_939_478_829_858_46);
    }
}
