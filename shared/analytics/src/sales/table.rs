//! From the rows of accounts to the table of deals the sales numbers run on.

use super::{
    deal::{Closing, Deal, Move, Outcome},
    pipeline::Terms,
};
use crate::measure::Period;
use domain::{
    configuration::Configuration,
    money::Currency,
    pipeline::{PipelineId, Stage, StageCategory, StageId},
    row::{AccountRow, DealRow},
    time::{Day, Timestamp},
};
use std::collections::BTreeMap;

/// The deals of a pipeline, and where each of them comes from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    pub deals: Vec<Deal>,
    /// The place of each deal's account among the rows, and its own place in that row.
    pub places: Vec<(u32, u32)>,
    /// Amounts that count for nothing because their currency has no rate, by currency.
    pub without_rate: BTreeMap<Currency, u64>,
}

/// The open stages of a pipeline in their order: what a funnel runs through.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ladder {
    pub stages: Vec<StageId>,
    pub probability: Vec<Option<f64>>,
}

impl Ladder {
    /// Returns the stages in use in which deals of the pipeline are open.
    pub fn of(configuration: &Configuration, pipeline: &PipelineId) -> Self {
        let stages = configuration.stages_of(pipeline).into_iter();
        let open: Vec<&Stage> = stages.filter(|stage| stage.category.is_open()).collect();
        Self {
            stages: open.iter().map(|stage| stage.id.clone()).collect(),
            probability: open
                .iter()
                .map(|stage| Some(f64::from(stage.probability) / 100.0))
                .collect(),
        }
    }

    /// Returns what a pipeline of these stages is judged against in a period.
    pub fn terms(&self, period: Period, quota_minor: Option<i64>) -> Terms {
        Terms { period, probability: self.probability.clone(), quota_minor }
    }

    fn place(&self, stage: &StageId) -> Option<u16> {
        let place = self.stages.iter().position(|known| known == stage)?;
        u16::try_from(place).ok()
    }
}

impl Table {
    /// Takes in the deals of a pipeline that `passes` says yes to. An amount is told in the
    /// reporting currency: at the rate of the day a deal closed, or of `today` while it is open.
    pub fn of(
        rows: &[AccountRow],
        configuration: &Configuration,
        pipeline: &PipelineId,
        today: Day,
        passes: &dyn Fn(&AccountRow, &DealRow) -> bool,
    ) -> Self {
        let ladder = Ladder::of(configuration, pipeline);
        let mut table = Self::default();
        let kept = rows.iter().enumerate().filter(|(_, row)| row.archived != Some(true));
        for (at, row) in kept {
            for (inside, deal) in row.deals.iter().enumerate() {
                if is_in(configuration, pipeline, deal) && passes(row, deal) {
                    let told = table.tell(row, deal, (configuration, &ladder), today);
                    table.deals.push(told);
                    table.places.push((at as u32, inside as u32));
                }
            }
        }
        table
    }

    /// Returns where deals of this table come from.
    pub fn places_of(&self, deals: &[u32]) -> Vec<(u32, u32)> {
        deals.iter().filter_map(|at| self.places.get(*at as usize)).copied().collect()
    }

    fn tell(
        &mut self,
        row: &AccountRow,
        deal: &DealRow,
        (configuration, ladder): (&Configuration, &Ladder),
        today: Day,
    ) -> Deal {
        let category = |stage: &StageId| configuration.stages.get(stage).map(|one| one.category);
        let closing = deal.stage.as_ref().and_then(category).and_then(outcome).zip(deal.since);
        let closing = closing.map(|(outcome, at)| Closing { outcome, at });
        let day = closing.map_or(today, |closing| closing.at.day());
        let amount_minor =
            deal.amount.and_then(|amount| match configuration.reported(amount, day) {
                Some(Ok(told)) => Some(told.minor),
                _ => {
                    *self.without_rate.entry(amount.currency).or_default() += 1;
                    None
                }
            });
        let moves = row.moves(deal).filter(|one| category(one.stage).and_then(outcome).is_none());
        let moves = moves.map(|one| Move { stage: ladder.place(one.stage), at: one.at }).collect();
        let created_at = deal.created_at.unwrap_or(Timestamp(0));
        Deal { amount_minor, created_at, moves, closing }
    }
}

fn is_in(configuration: &Configuration, pipeline: &PipelineId, deal: &DealRow) -> bool {
    let stage = deal.stage.as_ref().and_then(|stage| configuration.stages.get(stage));
    stage.is_none_or(|stage| stage.pipeline == *pipeline)
}

fn outcome(category: StageCategory) -> Option<Outcome> {
    match category {
        StageCategory::Won => Some(Outcome::Won),
        StageCategory::Lost => Some(Outcome::Lost),
        StageCategory::Open | StageCategory::OnHold => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sales::outlook::Outlook;
    use domain::{
        id::{AccountId, DealId},
        money::Money,
        pipeline::default_stages,
    };

    const EUR: Currency = Currency(*b"EUR");
    const DAY: i64 = 86_400_000;

    fn configuration() -> Configuration {
        let mut configuration = Configuration::beginning();
        let stages = default_stages().into_iter();
        configuration.stages = stages.map(|stage| (stage.id.clone(), stage)).collect();
        configuration.reporting_currency = Some(EUR);
        configuration
    }

    fn deal(stage: &str, since: i64, currency: Currency) -> DealRow {
        DealRow {
            stage: Some(StageId(stage.to_owned())),
            since: Some(Timestamp(since * DAY)),
            created_at: Some(Timestamp(0)),
            amount: Some(Money { minor: 100, currency }),
            ..DealRow::new(DealId([since as u8; 16]), stage.to_owned())
        }
    }

    fn table(deals: Vec<DealRow>) -> Table {
        let mut row = AccountRow::new(AccountId([1; 16]), "Acme".to_owned());
        row.deals = deals;
        Table::of(&[row], &configuration(), &PipelineId::default(), Day(99), &|_, _| true)
    }

    #[test]
    fn a_deal_in_a_won_stage_is_closed_since_it_came_there() {
        let table = table(vec![deal("won", 5, EUR), deal("proposal", 6, EUR)]);
        let closings: Vec<_> = table.deals.iter().map(|deal| deal.closing).collect();
        let won = Closing { outcome: Outcome::Won, at: Timestamp(5 * DAY) };
        assert_eq!(closings, [Some(won), None]);
        let period = Period { from: Timestamp(0), to: Timestamp(10 * DAY) };
        let terms = Ladder::of(&configuration(), &PipelineId::default()).terms(period, None);
        let outlook = Outlook::explained(&table.deals, &terms);
        assert_eq!((outlook.won_minor.number(), outlook.open.number()), (Some(100.0), Some(1.0)));
        assert_eq!(outlook.won.rows, [0]);
    }

    #[test]
    fn an_amount_without_a_rate_is_counted_and_not_taken_for_nothing() {
        let table = table(vec![deal("new", 5, Currency(*b"KZT"))]);
        assert_eq!(table.deals[0].amount_minor, None);
        assert_eq!(table.without_rate, [(Currency(*b"KZT"), 1)].into());
    }

    #[test]
    fn stages_that_end_a_deal_are_no_rungs() {
        let ladder = Ladder::of(&configuration(), &PipelineId::default());
        let codes: Vec<_> = ladder.stages.iter().map(|stage| stage.0.as_str()).collect();
        assert_eq!(codes, ["new", "qualified", "proposal", "negotiation"]);
        assert_eq!(ladder.probability[0], Some(0.1));
    }
}
