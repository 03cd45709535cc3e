//! Strategically significant customers, in four labelled kinds; one may have several.
//!
//! High volume alone never gives lifetime value, and a loss is a warning, not a label.

use crate::reason::{Found, Reason, quotient};

/// An account; an unknown cost is nothing, not zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account<'a> {
    pub id: &'a str,
    pub revenue_minor: i64,
    pub variable_cost_minor: Option<i64>,
    pub cost_to_serve_minor: Option<i64>,
    pub volume_units: i64,
    pub clv_minor: Option<i64>,
    /// Deals won elsewhere that named the account as reference.
    pub followers_won: i64,
    pub ideas_adopted: i64,
    pub savings_minor: i64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules {
    pub lifetime_top_percent: f64,
    pub benchmark_followers: i64,
    pub inspiration_ideas: i64,
    pub inspiration_savings_minor: i64,
    pub magnet_share_percent: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Label {
    LifetimeValue,
    Benchmark,
    Inspiration,
    /// Volume that carries fixed cost while paying its own way.
    CostMagnet,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Significance {
    pub labels: Vec<Label>,
    pub contribution_minor: Option<i64>,
    /// What others would have to carry if the account went.
    pub fixed_cost_absorbed_minor: Found<f64>,
    pub loss_making: bool,
}

/// Labels accounts, in the order given.
pub fn significance(
    accounts: &[Account],
    fixed_cost_minor: i64,
    rules: &Rules,
) -> Found<Vec<Significance>> {
    if !(0.0..=100.0).contains(&rules.lifetime_top_percent)
        || accounts.iter().any(|account| account.volume_units < 0)
    {
        return Err(Reason::OutOfRange);
    }
    let volume: i128 = accounts.iter().map(|account| i128::from(account.volume_units)).sum();
    // Rounding must not make a whole number of customers one more.
    let top = accounts.len() as f64 * rules.lifetime_top_percent / 100.0;
    let top = libm::ceil(top - 1e-9) as usize;
    let mut ranked: Vec<_> =
        accounts.iter().filter_map(|account| Some((account.clv_minor?, account.id))).collect();
    ranked.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    ranked.truncate(top);
    let judge = |account: &Account| {
        let costs = account.variable_cost_minor.zip(account.cost_to_serve_minor);
        let contribution = costs
            .and_then(|(one, other)| account.revenue_minor.checked_sub(one)?.checked_sub(other));
        let share = quotient(account.volume_units as f64, volume as f64);
        let carries = account.volume_units > 0
            && account.volume_units as f64 * 100.0 >= rules.magnet_share_percent * volume as f64;
        let valuable = account.clv_minor.is_some_and(|clv| clv > 0)
            && ranked.iter().any(|(_, id)| *id == account.id);
        let inspires = account.ideas_adopted >= rules.inspiration_ideas
            || account.savings_minor >= rules.inspiration_savings_minor;
        let labels = [
            (valuable, Label::LifetimeValue),
            (account.followers_won >= rules.benchmark_followers, Label::Benchmark),
            (inspires, Label::Inspiration),
            (carries && contribution.is_some_and(|minor| minor >= 0), Label::CostMagnet),
        ];
        Significance {
            labels: labels.into_iter().filter(|(so, _)| *so).map(|(_, label)| label).collect(),
            contribution_minor: contribution,
            fixed_cost_absorbed_minor: share.map(|share| fixed_cost_minor as f64 * share),
            loss_making: contribution.is_some_and(|minor| minor < 0),
        }
    };
    Ok(accounts.iter().map(judge).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: Rules = Rules {
        lifetime_top_percent: 20.0,
        benchmark_followers: 2,
        inspiration_ideas: 1,
        inspiration_savings_minor: 500,
        magnet_share_percent: 10.0,
    };
    const PLAIN: Account = Account {
        id: "a",
        revenue_minor: 100,
        variable_cost_minor: Some(60),
        cost_to_serve_minor: Some(10),
        volume_units: 10,
        clv_minor: Some(5),
        followers_won: 0,
        ideas_adopted: 0,
        savings_minor: 0,
    };

    #[test]
    fn volume_that_loses_money_is_no_magnet() {
        let loses = Account { id: "b", variable_cost_minor: Some(99), ..PLAIN };
        let unknown = Account { id: "c", variable_cost_minor: None, ..PLAIN };
        let found = significance(&[PLAIN, loses, unknown], 300, &RULES).unwrap();
        assert_eq!(found[0].labels, [Label::LifetimeValue, Label::CostMagnet]);
        assert_eq!((found[1].labels.len(), found[1].loss_making), (0, true));
        assert_eq!((found[2].contribution_minor, found[2].loss_making), (None, false));
        assert_eq!(found[0].fixed_cost_absorbed_minor, Ok(100.0));
    }

    #[test]
    fn nobody_without_lifetime_value_is_labelled_for_it() {
        let none = Account { clv_minor: Some(0), volume_units: 0, ..PLAIN };
        let found = significance(&[none], 300, &RULES).unwrap();
        assert!(found[0].labels.is_empty() && found[0].fixed_cost_absorbed_minor.is_err());
    }
}
