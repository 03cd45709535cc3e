//! A period's pipeline: what was won and lost in it, what is open at its end, and what that bodes.

use crate::{
    measure::Period,
    sales::deal::{Deal, Outcome},
    sample::Sample,
};

/// What a pipeline is judged against.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    pub period: Period,
    /// The share won in the end, by stage; nothing where nobody knows it.
    pub probability: Vec<Option<f64>>,
    pub quota_minor: Option<i64>,
}

/// The totals of a period. Whole numbers only: equal tables have equal totals, however they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    pub won: u64,
    pub lost: u64,
    pub won_minor: i128,
    pub lost_minor: i128,
    /// Milliseconds from creation to winning, one a won deal.
    pub cycles_ms: Sample,
    pub open: u64,
    pub open_minor: i128,
    /// Open amount by stage.
    pub open_by_stage: Vec<Pot>,
    /// Open deals whose stage is not known.
    pub unplaced: Pot,
    /// Deals that count and have no amount.
    pub without_amount: u64,
    /// Won deals that were won before they were created.
    pub backwards: u64,
}

/// So many deals with so much in them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pot {
    pub deals: u64,
    pub minor: i128,
}

/// How a deal stands to a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Closed(Outcome),
    Open,
    /// Not there yet, or over before.
    Elsewhere,
}

/// Returns how a deal stands to a period.
pub fn standing(deal: &Deal, period: Period) -> Standing {
    match deal.closing {
        Some(closing) if closing.at < period.from => Standing::Elsewhere,
        Some(closing) if closing.at < period.to => Standing::Closed(closing.outcome),
        _ if deal.created_at < period.to => Standing::Open,
        _ => Standing::Elsewhere,
    }
}

/// Returns the places of the deals that stand to the period in that way.
pub fn standing_so(deals: &[Deal], period: Period, standing_so: Standing) -> Vec<u32> {
    let so = |deal: &Deal| standing(deal, period) == standing_so;
    (0_u32..).zip(deals).filter(|(_, deal)| so(deal)).map(|(place, _)| place).collect()
}

/// Returns the stage an open deal stands in at the end of the period.
pub fn stage_at_end(deal: &Deal, period: Period) -> Option<usize> {
    // At one instant the later entry holds.
    let last = deal.moves.iter().filter(|one| one.at < period.to).max_by_key(|one| one.at)?;
    last.stage.map(usize::from)
}

impl Totals {
    /// Counts a table of deals.
    pub fn of(deals: &[Deal], terms: &Terms) -> Self {
        let mut totals = Self::empty(terms);
        let mut cycles = Vec::new();
        for deal in deals {
            totals.count(deal, terms, 1, |cycle, _| cycles.push(cycle));
        }
        totals.cycles_ms = cycles.into_iter().collect();
        totals
    }

    pub fn empty(terms: &Terms) -> Self {
        Self { open_by_stage: vec![Pot::default(); terms.probability.len()], ..Self::default() }
    }

    /// Adds one deal.
    pub fn add(&mut self, deal: &Deal, terms: &Terms) {
        self.count(deal, terms, 1, |cycle, sample| sample.add(cycle));
    }

    /// Takes one deal away, as it was when it was added.
    pub fn remove(&mut self, deal: &Deal, terms: &Terms) {
        self.count(deal, terms, -1, |cycle, sample| sample.remove(cycle));
    }

    fn count(
        &mut self,
        deal: &Deal,
        terms: &Terms,
        by: i64,
        mut cycle: impl FnMut(i64, &mut Sample),
    ) {
        let add = |sum: &mut u64| *sum = sum.wrapping_add_signed(by);
        let minor = i128::from(deal.amount_minor.unwrap_or(0)) * i128::from(by);
        match standing(deal, terms.period) {
            Standing::Elsewhere => return,
            Standing::Closed(Outcome::Lost) => {
                add(&mut self.lost);
                self.lost_minor += minor;
            }
            Standing::Closed(Outcome::Won) => {
                add(&mut self.won);
                self.won_minor += minor;
                match deal.closing.map(|closing| closing.at.0 - deal.created_at.0) {
                    Some(length) if length >= 0 => cycle(length, &mut self.cycles_ms),
                    _ => add(&mut self.backwards),
                }
            }
            Standing::Open => {
                add(&mut self.open);
                self.open_minor += minor;
                let stage = stage_at_end(deal, terms.period);
                let pot = stage.and_then(|stage| self.open_by_stage.get_mut(stage));
                let pot = pot.unwrap_or(&mut self.unplaced);
                add(&mut pot.deals);
                pot.minor += minor;
            }
        }
        if deal.amount_minor.is_none() {
            add(&mut self.without_amount);
        }
    }
}

#[cfg(test)]
#[path = "pipeline_tests.rs"]
mod tests;
