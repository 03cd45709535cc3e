//! What a sales dashboard shows, counted from the rows of accounts, and counted on from there when
//! a few of them change.

use crate::{
    measure::{Measure, Period},
    sales::{
        activity::Activities,
        funnel::{Funnel, reached},
        outlook::Outlook,
        pipeline::{Standing, stage_at_end, standing},
        table::{Ladder, Table, Telling},
    },
};
use domain::{
    configuration::Configuration,
    filter::{Filter, Reader},
    id::PersonId,
    money::Currency,
    pipeline::PipelineId,
    row::{AccountRow, DealRow},
};
use std::{collections::BTreeMap, ops::Range, sync::Arc};

/// How the sales are looked at: of what is equal, only changed rows are counted again.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub configuration: Arc<Configuration>,
    /// Without a period of its own: it would speak of days deals are to close on.
    pub filter: Filter,
    pub reader: Reader,
    pub period: Period,
}

/// The sales of a period, as one filter sees them.
#[derive(Debug, Clone, PartialEq)]
pub struct Sales {
    pub view: View,
    pub currency: Option<Currency>,
    pub period: Period,
    pub ladder: Ladder,
    pub table: Table,
    pub outlook: Outlook,
    /// Deals created in the period, and how far they came.
    pub cohort: Table,
    pub funnel: Funnel,
    /// Open amount and the deals behind it, by place of the stage.
    pub by_stage: Vec<(i128, Vec<u32>)>,
    /// Open amount and the deals behind it, by owner; most first.
    pub by_owner: Vec<(Option<PersonId>, i128, Vec<u32>)>,
    /// What was done in the period, by kind and by account.
    pub activities: Activities,
}

impl Sales {
    /// Counts all rows at once.
    pub fn of(rows: &[AccountRow], view: View) -> Self {
        let mut sales = Self::begin(view);
        sales.take_in(rows, 0..rows.len());
        sales.settle(rows);
        sales
    }

    /// Begins with no row.
    pub fn begin(view: View) -> Self {
        let ladder = Ladder::of(&view.configuration, &view.filter.pipeline_id());
        let period = view.period;
        Self {
            currency: view.configuration.reporting_currency,
            period,
            table: Table::default(),
            outlook: Outlook::explained(&[], &ladder.terms(period, None)),
            cohort: Table::default(),
            funnel: Funnel::empty(ladder.stages.len(), period.to),
            by_stage: Vec::new(),
            by_owner: Vec::new(),
            activities: Activities::default(),
            ladder,
            view,
        }
    }

    /// Takes in the next rows, so that many can be taken in piece by piece; no figure knows them
    /// before [`Sales::settle`].
    pub fn take_in(&mut self, rows: &[AccountRow], places: Range<usize>) {
        let Self { view, ladder, table, activities, .. } = self;
        let pipeline = view.filter.pipeline_id();
        let passes = |row: &AccountRow, deal: &DealRow| view.fits(row, deal);
        table.take_in(rows, places.clone(), view.telling((&pipeline, ladder)), &passes);
        activities.take_in(rows, places, view);
    }

    /// Takes in again these rows, which changed.
    pub fn tell_again(&mut self, rows: &[AccountRow], changed: &[usize]) {
        let Self { view, ladder, table, activities, .. } = self;
        let pipeline = view.filter.pipeline_id();
        let passes = |row: &AccountRow, deal: &DealRow| view.fits(row, deal);
        table.tell_again(rows, changed, view.telling((&pipeline, ladder)), &passes);
        activities.count_again(rows, changed, view);
    }

    /// Works the figures out from what was taken in.
    pub fn settle(&mut self, rows: &[AccountRow]) {
        let (period, stages) = (self.period, self.ladder.stages.len());
        self.table.count_lacking(rows);
        self.outlook = Outlook::explained(&self.table.deals, &self.ladder.terms(period, None));
        self.cohort = cohort(&self.table, period);
        self.funnel = Funnel::of(&self.cohort.deals, stages, period.to);
        (self.by_stage, self.by_owner) = open(rows, &self.table, (period, stages));
    }

    /// Returns the sales after these rows changed.
    #[must_use]
    pub fn after(mut self, rows: &[AccountRow], changed: &[usize]) -> Self {
        self.tell_again(rows, changed);
        self.settle(rows);
        self
    }

    /// Returns the figures in the order they are read.
    pub fn measures(&self) -> [&Measure; 14] {
        let o = &self.outlook;
        [
            &o.won_minor,
            &o.won,
            &o.lost,
            &o.win_rate,
            &o.win_rate_value,
            &o.average_won_minor,
            &o.cycle_median_days,
            &o.cycle_mean_days,
            &o.open,
            &o.open_minor,
            &o.weighted_minor,
            &o.forecast_minor,
            &o.velocity_minor_per_day,
            &o.coverage,
        ]
    }

    /// Returns the deals of the cohort that reached a stage.
    pub fn reached(&self, stage: usize) -> Vec<u32> {
        reached(&self.cohort.deals, self.ladder.stages.len(), self.period.to, stage)
    }
}

fn cohort(table: &Table, period: Period) -> Table {
    let both = table.deals.iter().zip(&table.places);
    let begun = both.filter(|(deal, _)| period.contains(deal.created_at));
    let (deals, places) = begun.map(|(deal, place)| (deal.clone(), *place)).unzip();
    Table { deals, places, without_rate: BTreeMap::new() }
}

type ByStage = Vec<(i128, Vec<u32>)>;
type ByOwner = Vec<(Option<PersonId>, i128, Vec<u32>)>;

/// Gathers what is open at the end of the period, by stage and by owner, in one pass.
fn open(
    rows: &[AccountRow],
    table: &Table,
    (period, stages): (Period, usize),
) -> (ByStage, ByOwner) {
    let mut by_stage = vec![(0, Vec::new()); stages];
    let mut owners: BTreeMap<Option<PersonId>, (i128, Vec<u32>)> = BTreeMap::new();
    for (at, (deal, place)) in (0_u32..).zip(table.deals.iter().zip(&table.places)) {
        if standing(deal, period) != Standing::Open {
            continue;
        }
        let row = rows.get(place.0 as usize).and_then(|row| row.deals.get(place.1 as usize));
        let minor = i128::from(deal.amount_minor.unwrap_or(0));
        let stage = stage_at_end(deal, period).and_then(|stage| by_stage.get_mut(stage));
        let owner = owners.entry(row.and_then(|row| row.owner)).or_default();
        for (sum, deals) in stage.into_iter().chain([owner]) {
            *sum += minor;
            deals.push(at);
        }
    }
    let mut by_owner: Vec<_> =
        owners.into_iter().map(|(owner, (sum, deals))| (owner, sum, deals)).collect();
    by_owner.sort_by_key(|(_, sum, _)| std::cmp::Reverse(*sum));
    (by_stage, by_owner)
}

impl View {
    fn fits(&self, row: &AccountRow, deal: &DealRow) -> bool {
        self.filter.fits_deal(row, deal, self.reader)
    }

    fn telling<'a>(&'a self, (pipeline, ladder): (&'a PipelineId, &'a Ladder)) -> Telling<'a> {
        let (configuration, today) = (&*self.configuration, self.reader.today);
        Telling { configuration, pipeline, ladder, today }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        id::{AccountId, DealId},
        money::Money,
        pipeline::{StageId, default_stages},
        time::{Day, Timestamp},
    };

    fn view() -> View {
        let mut configuration = Configuration::beginning();
        let stages = default_stages().into_iter();
        configuration.stages = stages.map(|stage| (stage.id.clone(), stage)).collect();
        configuration.reporting_currency = Some(Currency(*b"EUR"));
        View {
            configuration: Arc::new(configuration),
            filter: Filter::default(),
            reader: Reader { person: PersonId([9; 16]), today: Day(20) },
            period: Period { from: Timestamp(0), to: Timestamp(100) },
        }
    }

    fn row(number: u8, stages: &[&str]) -> AccountRow {
        let deal = |stage: &&str| DealRow {
            stage: Some(StageId((*stage).to_owned())),
            since: Some(Timestamp(5)),
            created_at: Some(Timestamp(0)),
            amount: Some(Money { minor: 100, currency: Currency(*b"EUR") }),
            owner: Some(PersonId([number; 16])),
            ..DealRow::new(DealId([number; 16]), (*stage).to_owned())
        };
        let row = AccountRow::new(AccountId([number; 16]), "Acme".to_owned());
        AccountRow { deals: stages.iter().map(deal).collect(), ..row }
    }

    #[test]
    fn a_change_counted_on_gives_what_counting_anew_gives() {
        let mut rows = vec![row(1, &["new", "won"]), row(2, &["lost"]), row(3, &["proposal"])];
        let mut sales = Sales::of(&rows, view());
        let mut check = |rows: &[AccountRow], changed: &[usize]| {
            sales = sales.clone().after(rows, changed);
            assert_eq!(sales, Sales::of(rows, view()));
        };
        rows[2] = row(3, &["won", "new", "new"]);
        check(&rows, &[2]);
        rows[0].archived = Some(true);
        rows.push(row(4, &["negotiation"]));
        check(&rows, &[0, 3]);
    }

    #[test]
    fn rows_taken_in_piece_by_piece_give_what_all_at_once_give() {
        let rows = [row(1, &["new", "won"]), row(2, &["lost"]), row(3, &["proposal"])];
        let mut sales = Sales::begin(view());
        for places in [0..1, 1..3] {
            sales.take_in(&rows, places);
        }
        sales.settle(&rows);
        assert_eq!(sales, Sales::of(&rows, view()));
    }

    #[test]
    fn what_is_open_is_told_by_owner_too_where_its_stage_is_not_known() {
        let sales = Sales::of(&[row(1, &["nowhere", "new"])], view());
        assert_eq!(sales.by_owner, [(Some(PersonId([1; 16])), 200, vec![0, 1])]);
        assert!(sales.by_stage.iter().all(|(_, deals)| deals.is_empty()), "no move is told");
    }
}
