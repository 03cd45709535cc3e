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
use std::{collections::BTreeMap, sync::Arc};

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
    /// The version of the rows it was counted from.
    pub seen: u64,
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
    pub fn of(rows: &[AccountRow], view: View) -> Self {
        let pipeline = view.filter.pipeline_id();
        let ladder = Ladder::of(&view.configuration, &pipeline);
        let telling = view.telling((&pipeline, &ladder));
        let table = Table::of(rows, telling, &|row, deal| view.fits(row, deal));
        let activities = Activities::of(rows, &view);
        Self::counted(rows, view, ladder, (table, activities))
    }

    /// Returns the sales after these rows changed.
    #[must_use]
    pub fn after(self, rows: &[AccountRow], changed: &[usize]) -> Self {
        let Self { view, ladder, mut table, mut activities, .. } = self;
        let pipeline = view.filter.pipeline_id();
        let telling = view.telling((&pipeline, &ladder));
        table.tell_again(rows, changed, telling, &|row, deal| view.fits(row, deal));
        activities.count_again(rows, changed, &view);
        Self::counted(rows, view, ladder, (table, activities))
    }

    fn counted(
        rows: &[AccountRow],
        view: View,
        ladder: Ladder,
        (table, activities): (Table, Activities),
    ) -> Self {
        let period = view.period;
        let outlook = Outlook::explained(&table.deals, &ladder.terms(period, None));
        let cohort = cohort(&table, period);
        let funnel = Funnel::of(&cohort.deals, ladder.stages.len(), period.to);
        let (by_stage, by_owner) = open(rows, &table, (period, ladder.stages.len()));
        let currency = view.configuration.reporting_currency;
        Self {
            view,
            seen: 0,
            currency,
            period,
            ladder,
            table,
            outlook,
            cohort,
            funnel,
            by_stage,
            by_owner,
            activities,
        }
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
    fn what_is_open_is_told_by_owner_too_where_its_stage_is_not_known() {
        let sales = Sales::of(&[row(1, &["nowhere", "new"])], view());
        assert_eq!(sales.by_owner, [(Some(PersonId([1; 16])), 200, vec![0, 1])]);
        assert!(sales.by_stage.iter().all(|(_, deals)| deals.is_empty()), "no move is told");
    }
}
