//! Value under contract with steady retention, and the present value of a list of profits.

use crate::reason::{Found, Reason, finite};
use libm::{fabs, pow};

/// When the first margin comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    Now,
    /// At the end of the first period, from those who are still there.
    End,
}

/// A steady contract. All rates are of one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contract {
    /// After the cost to serve.
    pub margin: f64,
    pub retention: f64,
    pub discount: f64,
    /// How the margin grows.
    pub growth: f64,
    /// Nothing for ever.
    pub periods: Option<u32>,
    pub first: First,
    /// Subtracted for prospects; for a customer already won it is sunk.
    pub acquisition_cost: f64,
}

impl Contract {
    /// Returns what the customer is worth today. Without end, and growing faster than it is
    /// discounted, there is no such number.
    pub fn value(&self) -> Found<f64> {
        let Self { margin, retention, discount, growth, .. } = *self;
        let numbers = [margin, retention, discount, growth, self.acquisition_cost];
        if numbers.iter().any(|number| !number.is_finite()) {
            return Err(Reason::Malformed);
        }
        if !(0.0..=1.0).contains(&retention) || discount <= -1.0 || growth < -1.0 {
            return Err(Reason::OutOfRange);
        }
        let ratio = retention * (1.0 + growth) / (1.0 + discount);
        let first = match self.first {
            First::Now => margin,
            First::End => margin * retention / (1.0 + discount),
        };
        let below = 1.0 - ratio;
        let flat = fabs(below) < 1e-12;
        let times = match self.periods {
            None if flat || below < 0.0 => return Err(Reason::Diverges),
            None => 1.0 / below,
            Some(periods) if flat => f64::from(periods),
            Some(periods) => (1.0 - pow(ratio, f64::from(periods))) / below,
        };
        finite(first * times - self.acquisition_cost)
    }
}

/// Returns what profits of equal periods are worth today, at a yearly rate.
pub fn present_value(
    profits: &[f64],
    annual_discount: f64,
    periods_per_year: f64,
    first: First,
) -> Found<f64> {
    if annual_discount <= -1.0 || periods_per_year <= 0.0 || !periods_per_year.is_finite() {
        return Err(Reason::OutOfRange);
    }
    let begin = if first == First::End { 1_u32 } else { 0 };
    let worth = |(period, profit): (u32, &f64)| {
        profit / pow(1.0 + annual_discount, f64::from(period) / periods_per_year)
    };
    finite((begin..).zip(profits).map(worth).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEADY: Contract = Contract {
        margin: 100.0,
        retention: 0.6,
        discount: 0.1,
        growth: 0.0,
        periods: None,
        first: First::End,
        acquisition_cost: 0.0,
    };

    #[test]
    fn the_margin_multiple_is_the_published_one() {
        assert!((STEADY.value().unwrap() - 120.0).abs() < 1e-12);
        let now = Contract { first: First::Now, ..STEADY };
        assert!((now.value().unwrap() - 220.0).abs() < 1e-12);
        let long = Contract { periods: Some(1000), ..STEADY };
        assert!((long.value().unwrap() - 120.0).abs() < 1e-9);
        let two = Contract { periods: Some(2), ..now };
        assert!((two.value().unwrap() - (100.0 + 60.0 / 1.1)).abs() < 1e-12);
    }

    #[test]
    fn growth_that_outruns_the_discount_diverges_unless_it_ends() {
        let fast = Contract { retention: 1.0, growth: 0.1, ..STEADY };
        assert_eq!(fast.value(), Err(Reason::Diverges));
        let ends = Contract { periods: Some(3), first: First::Now, ..fast };
        assert!((ends.value().unwrap() - 300.0).abs() < 1e-9);
        assert_eq!(Contract { retention: 1.2, ..STEADY }.value(), Err(Reason::OutOfRange));
        assert!(Contract { margin: -1.0, ..STEADY }.value().unwrap() < 0.0);
    }

    #[test]
    fn profits_later_are_worth_less() {
        let later = present_value(&[110.0], 0.1, 1.0, First::End).unwrap();
        assert!((later - 100.0).abs() < 1e-12);
        assert_eq!(present_value(&[110.0], 0.1, 1.0, First::Now), Ok(110.0));
        assert_eq!(present_value(&[], 0.1, 1.0, First::End), Ok(0.0));
        assert_eq!(present_value(&[1.0], -1.0, 1.0, First::End), Err(Reason::OutOfRange));
    }
}
