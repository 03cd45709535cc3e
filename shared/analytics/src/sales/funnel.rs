//! Where the funnel leaks: of the deals that reached a stage, how many reached the next.
//!
//! A deal has reached a stage if it ever stood at it or beyond, and winning reaches all; going back
//! does not un-reach. Lost and open deals stand at the furthest stage they reached.

use crate::{
    measure::{Coverage, Definition, Direction, Lack, Measure, Scope, Unit},
    reason::Reason,
    sales::deal::{DAY_MS, Deal, Outcome},
    sample::Sample,
};
use domain::time::Timestamp;

pub static CONVERSION: Definition = Definition::new(
    "funnel_conversion",
    "Of the deals that reached this stage, the share that reached the next.",
    "moved on / reached",
    (Unit::Share, Direction::Higher),
);
pub static CONVERSION_SETTLED: Definition = Definition::new(
    "funnel_conversion_settled",
    "The same, without the deals still open at this stage.",
    "moved on / (reached - open here)",
    (Unit::Share, Direction::Higher),
);
pub static STAGE_DAYS: Definition = Definition::new(
    "funnel_stage_days",
    "How long deals stay at this stage in all; those still there are not counted.",
    "median of each deal's total days at the stage",
    (Unit::Days, Direction::Lower),
);
pub static OVERALL: Definition = Definition::new(
    "funnel_overall",
    "Of the deals that entered, the share that is won.",
    "won / entered",
    (Unit::Share, Direction::Higher),
);

/// The funnel as of an instant. Events later than it do not exist yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funnel {
    pub as_of: Timestamp,
    pub stages: Vec<Step>,
    pub entered: u64,
    pub won: u64,
    /// Moves over at least one stage.
    pub skips: u64,
    /// Moves back.
    pub regressions: u64,
    /// Deals that exist and stand in no known stage.
    pub unplaced: u64,
}

/// One stage of the funnel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    pub reached: u64,
    pub moved_on: u64,
    pub open_here: u64,
    pub lost_here: u64,
    /// Milliseconds of finished stays, one a deal.
    pub stays_ms: Sample,
}

/// What one deal adds to the funnel.
struct Share {
    reached: usize,
    outcome: Option<Outcome>,
    stays_ms: Vec<(usize, i64)>,
    skips: u64,
    regressions: u64,
}

impl Funnel {
    /// Counts a table of deals through a pipeline of so many stages.
    pub fn of(deals: &[Deal], stages: usize, as_of: Timestamp) -> Self {
        let mut funnel = Self::empty(stages, as_of);
        let mut stays = vec![Vec::new(); stages];
        for deal in deals {
            funnel.count(deal, 1, |stage, stay, _| stays[stage].push(stay));
        }
        for (step, stays) in funnel.stages.iter_mut().zip(stays) {
            step.stays_ms = stays.into_iter().collect();
        }
        funnel
    }

    pub fn empty(stages: usize, as_of: Timestamp) -> Self {
        let stages = vec![Step::default(); stages];
        Self { as_of, stages, entered: 0, won: 0, skips: 0, regressions: 0, unplaced: 0 }
    }

    /// Adds one deal.
    pub fn add(&mut self, deal: &Deal) {
        self.count(deal, 1, |_, stay, step| step.stays_ms.add(stay));
    }

    /// Takes one deal away, as it was when it was added.
    pub fn remove(&mut self, deal: &Deal) {
        self.count(deal, u64::MAX, |_, stay, step| step.stays_ms.remove(stay));
    }

    /// Adds `by` for the deal wherever it counts; the largest number takes one away.
    fn count(&mut self, deal: &Deal, by: u64, mut stay: impl FnMut(usize, i64, &mut Step)) {
        if deal.created_at > self.as_of {
            return;
        }
        let Some(share) = share(deal, self.stages.len(), self.as_of) else {
            self.unplaced = self.unplaced.wrapping_add(by);
            return;
        };
        let add = |sum: &mut u64, times: u64| *sum = sum.wrapping_add(by.wrapping_mul(times));
        add(&mut self.entered, 1);
        add(&mut self.skips, share.skips);
        add(&mut self.regressions, share.regressions);
        let won = share.outcome == Some(Outcome::Won);
        add(&mut self.won, u64::from(won));
        for (place, step) in self.stages.iter_mut().enumerate().take(share.reached) {
            add(&mut step.reached, 1);
            if won || place + 1 < share.reached {
                add(&mut step.moved_on, 1);
            } else if share.outcome.is_none() {
                add(&mut step.open_here, 1);
            } else {
                add(&mut step.lost_here, 1);
            }
        }
        for (stage, length) in share.stays_ms {
            stay(stage, length, &mut self.stages[stage]);
        }
    }

    pub fn conversion(&self, stage: usize) -> Measure {
        let step = &self.stages[stage];
        self.tell(CONVERSION.quotient(step.moved_on as f64, step.reached as f64))
    }

    pub fn conversion_settled(&self, stage: usize) -> Measure {
        let step = &self.stages[stage];
        let settled = step.reached - step.open_here;
        self.tell(CONVERSION_SETTLED.quotient(step.moved_on as f64, settled as f64))
    }

    pub fn median_days(&self, stage: usize) -> Measure {
        let stays = &self.stages[stage].stays_ms;
        let median = stays.median().map(|median| median / DAY_MS).ok_or(Reason::NoRows);
        Measure { denominator: Some(stays.len() as f64), ..self.tell(STAGE_DAYS.found(median)) }
    }

    pub fn overall(&self) -> Measure {
        self.tell(OVERALL.quotient(self.won as f64, self.entered as f64))
    }

    fn tell(&self, measure: Measure) -> Measure {
        let coverage = Coverage::of(self.entered, [(Lack::Stage, self.unplaced)]);
        measure.within(Scope { as_of: Some(self.as_of), period: None }).covering(coverage)
    }
}

/// Returns the places of the deals that reached a stage by the instant.
pub fn reached(deals: &[Deal], stages: usize, as_of: Timestamp, stage: usize) -> Vec<u32> {
    let there = |deal: &Deal| {
        deal.created_at <= as_of
            && share(deal, stages, as_of).is_some_and(|share| share.reached > stage)
    };
    (0_u32..).zip(deals).filter(|(_, deal)| there(deal)).map(|(place, _)| place).collect()
}

fn share(deal: &Deal, stages: usize, as_of: Timestamp) -> Option<Share> {
    let closing = deal.closing.filter(|closing| closing.at <= as_of);
    let moves = deal.moves_where(|at| at <= as_of);
    let known = |stage: Option<u16>| stage.map(usize::from).filter(|stage| *stage < stages);
    let furthest = moves.iter().filter_map(|one| known(one.stage)).max();
    let outcome = closing.map(|closing| closing.outcome);
    let reached = match (outcome, furthest) {
        (Some(Outcome::Won), _) => stages,
        (_, Some(furthest)) => furthest + 1,
        (_, None) => return None,
    };
    let mut share = Share { reached, outcome, stays_ms: Vec::new(), skips: 0, regressions: 0 };
    // Total stay per stage, and nothing where the deal stands there still.
    let mut stays: Vec<Option<Option<i64>>> = vec![None; stages];
    for (place, one) in moves.iter().enumerate() {
        let next = moves.get(place + 1);
        let end = next.map(|next| next.at).or(closing.map(|closing| closing.at));
        let Some(stage) = known(one.stage) else { continue };
        let stay = end.map(|end| (end.0 - one.at.0).max(0));
        stays[stage] = Some(match stays[stage] {
            None => stay,
            Some(before) => before.zip(stay).map(|(before, stay)| before + stay),
        });
        if let Some(to) = next.and_then(|next| known(next.stage)) {
            share.skips += u64::from(to > stage + 1);
            share.regressions += u64::from(to < stage);
        }
    }
    let finished = |(stage, stay): (usize, Option<Option<i64>>)| Some((stage, stay??));
    share.stays_ms = stays.into_iter().enumerate().filter_map(finished).collect();
    Some(share)
}

#[cfg(test)]
#[path = "funnel_tests.rs"]
mod tests;
