//! The deals of all accounts, laid out by stage as one long list. Pure.

use crate::accounts::row_sums::add;
use domain::{
    configuration::Configuration,
    filter::{Filter, Reader},
    money::Money,
    pipeline::{StageCategory, StageId},
    row::{AccountRow, DealRow},
};
use std::collections::BTreeSet;

/// One line of the list.
#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    Stage(StageHead),
    /// The place of the account's row, and of the deal in it.
    Deal(u32, u32),
}

/// The head of a stage: how many deals stand in it, and their sums by currency.
#[derive(Debug, Clone, PartialEq)]
pub struct StageHead {
    /// Nothing for deals whose stage is not known here.
    pub stage: Option<StageId>,
    pub category: Option<StageCategory>,
    pub deals: usize,
    pub sums: Vec<Money>,
    pub folded: bool,
}

/// Lays out the deals that fit, of the accounts at these places, stage by stage in pipeline order; a folded stage shows its head
/// only.
pub fn lay_out(
    rows: &[AccountRow],
    places: impl IntoIterator<Item = u32>,
    configuration: &Configuration,
    (filter, reader): (&Filter, Reader),
    folded: &BTreeSet<String>,
) -> Vec<Line> {
    let pipeline = configuration.pipeline();
    let mut heads: Vec<StageHead> = pipeline
        .iter()
        .map(|stage| StageHead::new(Some(stage.id.clone()), Some(stage.category), folded))
        .chain([StageHead::new(None, None, folded)])
        .collect();
    let mut deals: Vec<Vec<(u32, u32)>> = vec![Vec::new(); heads.len()];
    let place_of = |deal: &DealRow| {
        let known = pipeline.iter().position(|stage| Some(&stage.id) == deal.stage.as_ref());
        known.unwrap_or(pipeline.len())
    };
    let row = |at: u32| Some((at, rows.get(at as usize)?));
    for (at, row) in places.into_iter().filter_map(row) {
        for (inside, deal) in row.deals.iter().enumerate() {
            if !filter.fits_deal(row, deal, reader) {
                continue;
            }
            let place = place_of(deal);
            if let (Some(head), Some(deals)) = (heads.get_mut(place), deals.get_mut(place)) {
                head.deals += 1;
                deal.amount.into_iter().for_each(|amount| add(&mut head.sums, amount));
                deals.push((at, inside as u32));
            }
        }
    }
    let mut lines = Vec::new();
    for (head, mut deals) in heads.into_iter().zip(deals) {
        if head.stage.is_none() && head.deals == 0 {
            continue;
        }
        let shown = !head.folded;
        lines.push(Line::Stage(head));
        if shown {
            // What is worth most comes first; currencies apart.
            deals.sort_by_key(|(at, inside)| {
                let deal = rows.get(*at as usize).and_then(|row| row.deals.get(*inside as usize));
                let amount = deal.and_then(|deal| deal.amount);
                std::cmp::Reverse(amount.map(|amount| (amount.currency, amount.minor)))
            });
            lines.extend(deals.into_iter().map(|(at, inside)| Line::Deal(at, inside)));
        }
    }
    lines
}

impl StageHead {
    fn new(
        stage: Option<StageId>,
        category: Option<StageCategory>,
        folded: &BTreeSet<String>,
    ) -> Self {
        let code = stage.as_ref().map_or("", |stage| stage.0.as_str());
        let folded = folded.contains(code);
        Self { stage, category, deals: 0, sums: Vec::new(), folded }
    }

    pub fn code(&self) -> String {
        self.stage.as_ref().map(|stage| stage.0.clone()).unwrap_or_default()
    }
}
