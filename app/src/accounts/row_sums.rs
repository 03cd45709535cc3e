//! Sums of money by currency, and which deals of a row still count as open. Pure.

use domain::{
    configuration::Configuration,
    money::Money,
    pipeline::{StageCategory, StageId},
    row::DealRow,
};

/// Says whether a deal may still be won.
pub fn is_open(deal: &DealRow, configuration: &Configuration) -> bool {
    stage_is_open(deal.stage.as_ref(), configuration)
}

/// Says whether a deal in this stage may still be won; so it may where the stage is not known.
pub fn stage_is_open(stage: Option<&StageId>, configuration: &Configuration) -> bool {
    let stage = stage.and_then(|stage| configuration.stages.get(stage));
    stage.is_none_or(|stage| matches!(stage.category, StageCategory::Open | StageCategory::OnHold))
}

/// Adds an amount to the sum of its currency.
pub fn add(sums: &mut Vec<Money>, amount: Money) {
    match sums.iter_mut().find(|sum| sum.currency == amount.currency) {
        Some(sum) => sum.minor = sum.minor.saturating_add(amount.minor),
        None => sums.push(amount),
    }
}
