//! What the dashboard shows, worked out from the rows. Pure.

use crate::deals::gathered::pipeline_of;
use analytics::{
    measure::{Measure, Period},
    sales::{
        deal::Deal,
        funnel::{Funnel, reached},
        outlook::Outlook,
        pipeline::{Standing, standing, standing_so},
        table::{Ladder, Table},
    },
};
use domain::{
    activity::ActivityKind,
    configuration::Configuration,
    filter::{Filter, Reader, Whose},
    id::PersonId,
    money::Currency,
    pipeline::StageId,
    row::{AccountRow, DealRow},
};
use std::collections::BTreeMap;

/// The sales of a period, as one filter sees them.
#[derive(Debug, Clone, PartialEq)]
pub struct Sales {
    pub currency: Option<Currency>,
    pub period: Period,
    pub ladder: Ladder,
    pub table: Table,
    pub outlook: Outlook,
    /// Deals created in the period, and how far they came.
    pub cohort: Table,
    pub funnel: Funnel,
    /// Open amount and the deals behind it, by owner; most first.
    pub by_owner: Vec<(Option<PersonId>, i128, Vec<u32>)>,
    /// What was done in the period, by kind.
    pub activities: BTreeMap<u8, u64>,
}

impl Sales {
    pub fn of(
        rows: &[AccountRow],
        configuration: &Configuration,
        (filter, reader): (&Filter, Reader),
        period: Period,
    ) -> Self {
        // The filter's own period speaks of days deals are to close on; this page has one of its own.
        let filter = Filter { period: None, ..filter.clone() };
        let fits = |row: &AccountRow, deal: &DealRow| filter.fits_deal(row, deal, reader);
        let pipeline = pipeline_of(&filter);
        let table = Table::of(rows, configuration, &pipeline, reader.today, &fits);
        let ladder = Ladder::of(configuration, &pipeline);
        let outlook = Outlook::explained(&table.deals, &ladder.terms(period, None));
        let cohort = cohort(&table, period);
        let funnel = Funnel::of(&cohort.deals, ladder.stages.len(), period.to);
        Self {
            currency: configuration.reporting_currency,
            by_owner: by_owner(rows, &table, period),
            activities: activities(rows, (&filter, reader), period),
            period,
            ladder,
            table,
            outlook,
            cohort,
            funnel,
        }
    }

    /// Returns the figures in the order they are read.
    pub fn measures(&self) -> Vec<Measure> {
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
        .map(Clone::clone)
        .into()
    }

    /// Returns the open deals of a stage.
    pub fn open_in(&self, stage: &StageId) -> Vec<u32> {
        let place = self.ladder.stages.iter().position(|known| known == stage);
        let open = standing_so(&self.table.deals, self.period, Standing::Open).into_iter();
        let here =
            |deal: &Deal| analytics::sales::pipeline::stage_at_end(deal, self.period) == place;
        open.filter(|at| self.table.deals.get(*at as usize).is_some_and(here)).collect()
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

fn by_owner(
    rows: &[AccountRow],
    table: &Table,
    period: Period,
) -> Vec<(Option<PersonId>, i128, Vec<u32>)> {
    let mut owners: BTreeMap<Option<PersonId>, (i128, Vec<u32>)> = BTreeMap::new();
    for (at, (deal, place)) in (0_u32..).zip(table.deals.iter().zip(&table.places)) {
        if standing(deal, period) != Standing::Open {
            continue;
        }
        let row = rows.get(place.0 as usize).and_then(|row| row.deals.get(place.1 as usize));
        let (sum, deals) = owners.entry(row.and_then(|row| row.owner)).or_default();
        *sum += i128::from(deal.amount_minor.unwrap_or(0));
        deals.push(at);
    }
    let mut owners: Vec<_> =
        owners.into_iter().map(|(owner, (sum, deals))| (owner, sum, deals)).collect();
    owners.sort_by_key(|(_, sum, _)| std::cmp::Reverse(*sum));
    owners
}

fn activities(
    rows: &[AccountRow],
    (filter, reader): (&Filter, Reader),
    period: Period,
) -> BTreeMap<u8, u64> {
    let mut counts = BTreeMap::new();
    let by = filter.owner.map(|owner| match owner {
        Whose::Reader => reader.person,
        Whose::Of(person) => person,
    });
    // Whoever did it is asked for, not whose account it is.
    let everybody = Filter { owner: None, ..filter.clone() };
    let here = |row: &&AccountRow| everybody.fits(row, reader);
    for happened in rows.iter().filter(here).flat_map(AccountRow::activities) {
        if (by.is_none() || happened.by == by) && period.contains(happened.at) {
            *counts.entry(happened.kind as u8).or_default() += 1;
        }
    }
    counts
}

/// The kinds of activity a dashboard counts: what people do, in the order they are named.
pub const KINDS: [ActivityKind; 6] = [
    ActivityKind::Call,
    ActivityKind::Visit,
    ActivityKind::Meeting,
    ActivityKind::Message,
    ActivityKind::Note,
    ActivityKind::Order,
];
