//! Gauss's function 2F1 by its plain series, with its scale kept apart so that it cannot overflow.

use crate::reason::{Found, Reason};
use libm::{exp, fabs, log};

const TERMS_MAX: u32 = 5_000_000;
const SCALE: f64 = 1e200;

/// Returns the sign and the logarithm of 2F1(a, b; c; z) for 0 <= z < 1.
pub fn ln_2f1(a: f64, b: f64, c: f64, z: f64) -> Found<(f64, f64)> {
    if !(0.0..1.0).contains(&z) || c == 0.0 {
        return Err(Reason::OutOfRange);
    }
    let (mut term, mut sum, mut scale) = (1.0, 1.0, 0.0);
    for k in 0..TERMS_MAX {
        let k = f64::from(k);
        term *= (a + k) * (b + k) / ((c + k) * (k + 1.0)) * z;
        sum += term;
        if fabs(sum) > SCALE {
            (term, sum) = (term / SCALE, sum / SCALE);
            scale += log(SCALE);
        }
        // What is left is a geometric series with at most the present ratio.
        let ratio = (a + k + 1.0) * (b + k + 1.0) / ((c + k + 1.0) * (k + 2.0)) * z;
        let rest = ratio.max(z);
        if rest < 1.0 && k > -c && fabs(term) * rest <= 1e-17 * fabs(sum) * (1.0 - rest) {
            return Ok((1.0_f64.copysign(sum), log(fabs(sum)) + scale));
        }
    }
    Err(Reason::NoFit)
}

/// Returns 2F1(a, b; c; z) for 0 <= z < 1 where it is small enough to be a number.
pub fn hypergeometric(a: f64, b: f64, c: f64, z: f64) -> Found<f64> {
    let (sign, ln) = ln_2f1(a, b, c, z)?;
    crate::reason::finite(sign * exp(ln))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_functions_are_special_cases() {
        // 2F1(1, 1; 2; z) is -ln(1 - z) / z, 2F1(a, b; b; z) is (1 - z)^-a.
        for z in [0.1_f64, 0.5, 0.9, 0.999] {
            let log = hypergeometric(1.0, 1.0, 2.0, z).unwrap();
            assert!((log * z / -(1.0 - z).ln() - 1.0).abs() < 1e-12, "at {z}");
            let power = hypergeometric(2.5, 0.7, 0.7, z).unwrap();
            assert!((power / (1.0 - z).powf(-2.5) - 1.0).abs() < 1e-12, "at {z}");
        }
        assert_eq!(hypergeometric(1.0, 1.0, 2.0, 1.0), Err(Reason::OutOfRange));
    }

    #[test]
    fn a_value_too_large_for_a_number_has_a_logarithm() {
        let (sign, ln) = ln_2f1(800.0, 3.0, 3.0, 0.9).unwrap();
        assert!((ln / (-800.0 * 0.1_f64.ln()) - 1.0).abs() < 1e-12 && sign == 1.0);
    }
}
