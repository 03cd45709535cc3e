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
use std::{collections::BTreeMap, ops::Range};

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

/// What the deals of a table are told by.
#[derive(Debug, Clone, Copy)]
pub struct Telling<'a> {
    pub configuration: &'a Configuration,
    pub pipeline: &'a PipelineId,
    pub ladder: &'a Ladder,
    /// The day open amounts are told on.
    pub today: Day,
}

/// Returns these rows with their places. They are sliced, because skipping to them would go over
/// all rows before at every stretch.
pub(super) fn stretch(
    rows: &[AccountRow],
    places: Range<usize>,
) -> impl Iterator<Item = (u32, &AccountRow)> {
    (places.start as u32..).zip(rows.get(places).unwrap_or_default())
}

/// Says whether a deal is looked at.
pub type Passes<'a> = &'a dyn Fn(&AccountRow, &DealRow) -> bool;

impl Table {
    /// Takes in the deals of a pipeline that `passes` says yes to. An amount is told in the
    /// reporting currency: at the rate of the day a deal closed, or of today while it is open.
    pub fn of(rows: &[AccountRow], telling: Telling<'_>, passes: Passes<'_>) -> Self {
        let mut table = Self::default();
        table.take_in(rows, 0..rows.len(), telling, passes);
        table.count_lacking(rows);
        table
    }

    /// Takes in the deals of the next rows, so that many can be taken in piece by piece.
    pub fn take_in(
        &mut self,
        rows: &[AccountRow],
        places: Range<usize>,
        telling: Telling<'_>,
        passes: Passes<'_>,
    ) {
        for (at, row) in stretch(rows, places) {
            self.tell_all((at, row), telling, passes, |table, deal, place| {
                table.deals.push(deal);
                table.places.push(place);
            });
        }
    }

    /// Tells the deals of these rows again, which changed since; all others stand.
    pub fn tell_again(
        &mut self,
        rows: &[AccountRow],
        changed: &[usize],
        telling: Telling<'_>,
        passes: Passes<'_>,
    ) {
        for at in changed.iter().copied() {
            let Some(row) = rows.get(at) else { continue };
            let at = at as u32;
            let first = self.places.partition_point(|place| place.0 < at);
            let end = self.places.partition_point(|place| place.0 <= at);
            let (mut deals, mut places) = (Vec::new(), Vec::new());
            self.tell_all((at, row), telling, passes, |_, deal, place| {
                deals.push(deal);
                places.push(place);
            });
            self.deals.splice(first..end, deals);
            self.places.splice(first..end, places);
        }
        self.count_lacking(rows);
    }

    /// Counts the amounts that could not be told, once everything is taken in.
    pub fn count_lacking(&mut self, rows: &[AccountRow]) {
        self.without_rate = self.lacking(rows);
    }

    /// Returns where deals of this table come from.
    pub fn places_of(&self, deals: &[u32]) -> Vec<(u32, u32)> {
        deals.iter().filter_map(|at| self.places.get(*at as usize)).copied().collect()
    }

    fn tell_all(
        &mut self,
        (at, row): (u32, &AccountRow),
        telling: Telling<'_>,
        passes: Passes<'_>,
        mut take: impl FnMut(&mut Self, Deal, (u32, u32)),
    ) {
        if row.archived == Some(true) {
            return;
        }
        for (inside, deal) in (0_u32..).zip(&row.deals) {
            let is_in = is_in(telling.configuration, telling.pipeline, deal);
            if is_in && passes(row, deal) {
                take(self, telling.tell(row, deal), (at, inside));
            }
        }
    }

    fn lacking(&self, rows: &[AccountRow]) -> BTreeMap<Currency, u64> {
        let untold = self.deals.iter().zip(&self.places);
        let untold = untold.filter(|(deal, _)| deal.amount_minor.is_none());
        let mut lacking = BTreeMap::new();
        for (_, (at, inside)) in untold {
            let deal = rows.get(*at as usize).and_then(|row| row.deals.get(*inside as usize));
            if let Some(amount) = deal.and_then(|deal| deal.amount) {
                *lacking.entry(amount.currency).or_default() += 1;
            }
        }
        lacking
    }
}

impl Telling<'_> {
    fn tell(self, row: &AccountRow, deal: &DealRow) -> Deal {
        let configuration = self.configuration;
        let category = |stage: &StageId| configuration.stages.get(stage).map(|one| one.category);
        let closing = deal.stage.as_ref().and_then(category).and_then(outcome).zip(deal.since);
        let closing = closing.map(|(outcome, at)| Closing { outcome, at });
        let day = closing.map_or(self.today, |closing| closing.at.day());
        let told = deal.amount.and_then(|amount| configuration.reported(amount, day));
        let amount_minor = told.and_then(Result::ok).map(|told| told.minor);
        let moves = row.moves(deal).filter(|one| category(one.stage).and_then(outcome).is_none());
        let moves = moves.map(|one| Move { stage: self.ladder.place(one.stage), at: one.at });
        let created_at = deal.created_at.unwrap_or(Timestamp(0));
        Deal { amount_minor, created_at, moves: moves.collect(), closing }
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
        told(&[row], |telling, rows| Table::of(rows, telling, &|_, _| true))
    }

    fn told<T>(rows: &[AccountRow], tell: impl FnOnce(Telling<'_>, &[AccountRow]) -> T) -> T {
        let (configuration, pipeline) = (configuration(), PipelineId::default());
        let ladder = &Ladder::of(&configuration, &pipeline);
        let (configuration, pipeline) = (&configuration, &pipeline);
        tell(Telling { configuration, pipeline, ladder, today: Day(99) }, rows)
    }

    #[test]
    fn a_changed_row_told_again_is_as_if_all_were_told_anew() {
        let row = |number: u8, deals: Vec<DealRow>| {
            let row = AccountRow::new(AccountId([number; 16]), "Acme".to_owned());
            AccountRow { deals, ..row }
        };
        let kzt = Currency(*b"KZT");
        let mut rows = vec![
            row(1, vec![deal("new", 5, EUR), deal("won", 7, kzt)]),
            row(2, vec![]),
            row(3, vec![deal("lost", 9, EUR)]),
        ];
        let mut table = told(&rows, |telling, rows| Table::of(rows, telling, &|_, _| true));
        let mut check = |rows: &[AccountRow], changed: &[usize]| {
            told(rows, |telling, rows| {
                table.tell_again(rows, changed, telling, &|_, _| true);
                assert_eq!(table, Table::of(rows, telling, &|_, _| true));
            });
        };
        rows[1].deals = vec![deal("proposal", 6, kzt), deal("new", 8, EUR)];
        check(&rows, &[1]);
        rows[0].deals.pop();
        rows[2].archived = Some(true);
        rows.push(row(4, vec![deal("won", 4, EUR)]));
        check(&rows, &[0, 2, 3]);
        check(&rows, &[]);
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
