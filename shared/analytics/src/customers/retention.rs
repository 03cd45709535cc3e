//! What is left of the money and of the customers a period began with, at one table of rates.

use crate::{
    reason::{Found, Reason, quotient},
    sample::ordered_sum,
};

/// An account's recurring revenue at both ends of a period, changed at the same rates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ends {
    pub open: f64,
    pub close: f64,
}

/// The bridge from opening to closing, and the rates over it.
#[derive(Debug, Clone, PartialEq)]
pub struct Retention {
    pub opening: f64,
    pub churned: f64,
    pub contraction: f64,
    pub expansion: f64,
    pub new: f64,
    pub closing: f64,
    /// What is left of the opening money, growth left out.
    pub grr: Found<f64>,
    /// What became of the opening money, growth counted in.
    pub nrr: Found<f64>,
    pub logo_churn: Found<f64>,
    pub opening_customers: u64,
    pub lost_customers: u64,
    pub new_customers: u64,
}

/// Compares both ends. Accounts that open at nothing never enter the rates.
pub fn retention(accounts: &[Ends]) -> Found<Retention> {
    if accounts.iter().any(|one| one.open < 0.0 || one.close < 0.0) {
        return Err(Reason::Negative);
    }
    let sum =
        |part: &dyn Fn(&Ends) -> f64| ordered_sum(&accounts.iter().map(part).collect::<Vec<_>>());
    let count = |so: &dyn Fn(&&Ends) -> bool| accounts.iter().filter(so).count() as u64;
    let there = |one: &Ends| one.open > 0.0;
    let opening = sum(&|one| one.open);
    let kept = sum(&|one| if there(one) { one.open.min(one.close) } else { 0.0 });
    let became = sum(&|one| if there(one) { one.close } else { 0.0 });
    let opening_customers = count(&|one| there(one));
    let lost_customers = count(&|one| there(one) && one.close == 0.0);
    let churned = sum(&|one| if one.close == 0.0 { one.open } else { 0.0 });
    Ok(Retention {
        opening,
        churned,
        contraction: sum(&|one| {
            if one.close > 0.0 { (one.open - one.close).max(0.0) } else { 0.0 }
        }),
        expansion: sum(&|one| if there(one) { (one.close - one.open).max(0.0) } else { 0.0 }),
        new: sum(&|one| if there(one) { 0.0 } else { one.close }),
        closing: sum(&|one| one.close),
        grr: quotient(kept, opening),
        nrr: quotient(became, opening),
        logo_churn: quotient(lost_customers as f64, opening_customers as f64),
        opening_customers,
        lost_customers,
        new_customers: count(&|one| !there(one) && one.close > 0.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bridge_leads_from_opening_to_closing() {
        let ends = [(100.0, 100.0), (200.0, 260.0), (300.0, 120.0), (50.0, 0.0), (0.0, 500.0)];
        let accounts: Vec<_> = ends.map(|(open, close)| Ends { open, close }).to_vec();
        let found = retention(&accounts).unwrap();
        let end = found.opening - found.churned - found.contraction + found.expansion + found.new;
        assert_eq!(end, found.closing);
        assert_eq!(found.grr, Ok(420.0 / 650.0));
        assert_eq!((found.opening_customers, found.lost_customers, found.new_customers), (4, 1, 1));
    }

    #[test]
    fn no_opening_has_no_rates() {
        let found = retention(&[Ends { open: 0.0, close: 5.0 }]).unwrap();
        assert_eq!((found.grr, found.logo_churn.ok()), (Err(Reason::ZeroDenominator), None));
        assert_eq!(retention(&[Ends { open: -1.0, close: 5.0 }]), Err(Reason::Negative));
    }
}
