//! Exact fractions: a score just at the edge of a band is in it, not beside it by rounding.

use crate::reason::{Found, Reason};

/// A fraction in its lowest terms; what lies below is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    above: i128,
    below: i128,
}

impl Fraction {
    pub const ZERO: Self = Self { above: 0, below: 1 };

    pub fn new(above: i128, below: i128) -> Found<Self> {
        if below == 0 {
            return Err(Reason::ZeroDenominator);
        }
        let divisor = divisor(above, below).max(1);
        let sign = below.signum();
        Ok(Self { above: sign * above / divisor, below: sign * below / divisor })
    }

    /// Reads a decimal, such as `0.25` or `-3`.
    pub fn decimal(text: &str) -> Found<Self> {
        let (digits, power) = match text.trim().split_once(['e', 'E']) {
            Some((digits, power)) => (digits, power.parse::<i32>().map_err(|_| Reason::Malformed)?),
            None => (text.trim(), 0),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        if part.starts_with(['+', '-']) {
            return Err(Reason::Malformed);
        }
        if !(-40..=40).contains(&power) || part.len() > 40 {
            return Err(Reason::OutOfRange);
        }
        let above: i128 = format!("{whole}{part}").parse().map_err(|_| Reason::Malformed)?;
        let places = part.len() as i32 - power;
        let ten =
            |places: i32| 10_i128.checked_pow(places.unsigned_abs()).ok_or(Reason::OutOfRange);
        if places >= 0 {
            Self::new(above, ten(places)?)
        } else {
            Self::new(above.checked_mul(ten(places)?).ok_or(Reason::OutOfRange)?, 1)
        }
    }

    pub fn plus(self, other: Self) -> Found<Self> {
        let sum = || {
            let one = self.above.checked_mul(other.below)?;
            let below = self.below.checked_mul(other.below)?;
            Some((one.checked_add(other.above.checked_mul(self.below)?)?, below))
        };
        let (above, below) = sum().ok_or(Reason::OutOfRange)?;
        Self::new(above, below)
    }

    pub fn times(self, other: Self) -> Found<Self> {
        let above = self.above.checked_mul(other.above).ok_or(Reason::OutOfRange)?;
        let below = self.below.checked_mul(other.below).ok_or(Reason::OutOfRange)?;
        Self::new(above, below)
    }

    pub fn over(self, other: Self) -> Found<Self> {
        if other.above == 0 {
            return Err(Reason::ZeroDenominator);
        }
        self.times(Self::new(other.below, other.above)?)
    }

    pub fn is_negative(self) -> bool {
        self.above < 0
    }

    pub fn to_f64(self) -> f64 {
        self.above as f64 / self.below as f64
    }

    /// Returns the mean of values by their weights.
    pub fn mean(weighed: &[(Self, Self)]) -> Found<Self> {
        let (mut sum, mut weights) = (Self::ZERO, Self::ZERO);
        for (value, weight) in weighed {
            sum = sum.plus(value.times(*weight)?)?;
            weights = weights.plus(*weight)?;
        }
        sum.over(weights)
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let products = self.above.checked_mul(other.below).zip(other.above.checked_mul(self.below));
        products.map_or_else(
            || self.to_f64().total_cmp(&other.to_f64()),
            |(one, other)| one.cmp(&other),
        )
    }
}

fn divisor(one: i128, other: i128) -> i128 {
    let (mut one, mut other) = (one.unsigned_abs(), other.unsigned_abs());
    while other != 0 {
        (one, other) = (other, one % other);
    }
    i128::try_from(one).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_add_up_exactly() {
        let read = |text| Fraction::decimal(text).unwrap();
        assert_eq!(read("0.1").plus(read("0.2")), Fraction::decimal("0.3"));
        assert_eq!(read("2.50"), read("25e-1"));
        assert_eq!(read("1e2").to_f64(), 100.0);
        assert!(read("-0.5") < Fraction::ZERO && read("-0.5").is_negative());
        assert_eq!(Fraction::decimal("x"), Err(Reason::Malformed));
    }

    #[test]
    fn a_mean_without_weights_is_none() {
        assert_eq!(Fraction::mean(&[]), Err(Reason::ZeroDenominator));
        let half = Fraction::new(-1, -2).unwrap();
        assert_eq!(Fraction::mean(&[(half, half)]), Ok(half));
    }
}
