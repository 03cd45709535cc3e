//! What a customer without a contract is worth: how often, times how much, discounted.

use crate::{
    reason::{Found, Reason, finite},
    value::{bgnbd, gamma_gamma, occasion::Occasions},
};
use libm::pow;

/// Over how long, and at what rates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Horizon {
    pub margin: f64,
    pub discount_per_period: f64,
    /// In the units of the customers' times.
    pub period_length: f64,
    pub periods: u32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lifetime {
    pub expected_value: f64,
    pub expected_purchases: f64,
    /// In the units of the value, cash at the end of each period.
    pub clv: f64,
}

/// Works out one customer's value.
pub fn lifetime(
    often: bgnbd::Parameters,
    much: gamma_gamma::Parameters,
    customer: &Occasions,
    horizon: Horizon,
) -> Found<Lifetime> {
    let Horizon { margin, discount_per_period: discount, period_length, periods } = horizon;
    if discount <= -1.0 || period_length <= 0.0 || !margin.is_finite() {
        return Err(Reason::OutOfRange);
    }
    customer.require_sound()?;
    let spending =
        gamma_gamma::Spending { x: customer.x as f64, mean_value: customer.mean_value_minor };
    let expected_value = much.expected_value(&spending)?;
    let (mut before, mut worth) = (0.0, 0.0);
    for period in 1..=periods {
        let after = often.purchases_ahead(customer, f64::from(period) * period_length)?;
        worth += (after - before) / pow(1.0 + discount, f64::from(period));
        before = after;
    }
    let clv = finite(margin * expected_value * worth)?;
    Ok(Lifetime { expected_value, expected_purchases: before, clv })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_discount_value_is_margin_times_money_times_purchases() {
        let often = bgnbd::Parameters { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
        let much = gamma_gamma::Parameters { p: 6.25, q: 3.74, v: 15.44 };
        let customer = Occasions { x: 2, t_x: 30.43, t: 38.86, mean_value_minor: 22.35 };
        let horizon =
            Horizon { margin: 0.3, discount_per_period: 0.0, period_length: 4.0, periods: 12 };
        let found = lifetime(often, much, &customer, horizon).unwrap();
        let plain = 0.3 * found.expected_value * found.expected_purchases;
        assert!((found.clv / plain - 1.0).abs() < 1e-12);
        let wrong = Occasions { t_x: 99.0, ..customer };
        assert_eq!(lifetime(often, much, &wrong, horizon), Err(Reason::OutOfRange));
    }
}
