//! The deals of all accounts that pass a filter, gathered by stage. Pure.

use crate::accounts::row_sums::add;
use domain::{
    configuration::Configuration,
    filter::{Filter, Reader},
    money::{Currency, Money},
    pipeline::{Stage, StageCategory, StageId},
    row::{AccountRow, DealRow},
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// The deals of one stage, worth most first, each by the place of its account's row and its own
/// place in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Nothing for deals whose stage is not known here.
    pub stage: Option<StageId>,
    pub category: Option<StageCategory>,
    /// The stage was removed from the pipeline; deals are moved out of it, not into it.
    pub removed: bool,
    pub deals: Vec<(u32, u32)>,
    /// By currency.
    pub sums: Vec<Money>,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    Stage(StageHead),
    Deal(u32, u32),
}

/// The head of a stage in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct StageHead {
    pub stage: Option<StageId>,
    pub category: Option<StageCategory>,
    pub removed: bool,
    pub deals: usize,
    pub sums: Vec<Money>,
    pub folded: bool,
}

/// Gathers the deals that fit, of the accounts at these places, stage by stage in pipeline order. A removed stage stands among them
/// as long as a deal is in it; deals in a stage nobody knows come last, in whatever pipeline.
pub fn columns(
    rows: &[AccountRow],
    places: impl IntoIterator<Item = u32>,
    configuration: &Configuration,
    (filter, reader): (&Filter, Reader),
) -> Vec<Column> {
    let all = configuration.pipeline();
    let pipeline = filter.pipeline_id();
    let stages: Vec<&Stage> = all.into_iter().filter(|stage| stage.pipeline == pipeline).collect();
    let known = stages.iter().map(|stage| Column {
        stage: Some(stage.id.clone()),
        category: Some(stage.category),
        removed: stage.is_archived(),
        deals: Vec::new(),
        sums: Vec::new(),
    });
    let unknown =
        Column { stage: None, category: None, removed: false, deals: Vec::new(), sums: Vec::new() };
    let mut columns: Vec<Column> = known.chain([unknown]).collect();
    let mut worth: Vec<Vec<Worth>> = vec![Vec::new(); columns.len()];
    let places_of: BTreeMap<&StageId, usize> =
        stages.iter().zip(0..).map(|(stage, place)| (&stage.id, place)).collect();
    let row = |at: u32| Some((at, rows.get(at as usize)?));
    for (at, row) in places.into_iter().filter_map(row) {
        for (inside, deal) in (0_u32..).zip(&row.deals) {
            if !filter.fits_deal(row, deal, reader) {
                continue;
            }
            let place = place_of(deal, configuration, &places_of);
            let Some(column) =
                place.and_then(|place| columns.get_mut(place).zip(worth.get_mut(place)))
            else {
                continue;
            };
            let (column, worth) = column;
            deal.amount.into_iter().for_each(|amount| add(&mut column.sums, amount));
            let amount = deal.amount.map(|amount| (amount.currency, amount.minor));
            worth.push((Reverse(amount), (at, inside)));
        }
    }
    // What is worth most comes first; currencies apart.
    for (column, mut worth) in columns.iter_mut().zip(worth) {
        worth.sort_unstable();
        column.deals = worth.into_iter().map(|(_, place)| place).collect();
    }
    columns
        .retain(|column| !column.deals.is_empty() || (column.stage.is_some() && !column.removed));
    columns
}

/// What a deal is worth, and where it stands.
type Worth = (Reverse<Option<(Currency, i64)>>, (u32, u32));

/// Lays the columns out as one long list; a folded stage shows its head only.
pub fn lay_out(columns: &[Column], folded: &BTreeSet<String>) -> Vec<Line> {
    let mut lines = Vec::new();
    for column in columns {
        let head = StageHead::of(column, folded);
        let shown = if head.folded { &[][..] } else { &column.deals[..] };
        lines.push(Line::Stage(head));
        lines.extend(shown.iter().map(|(at, inside)| Line::Deal(*at, *inside)));
    }
    lines
}

/// Returns the column of a deal; nothing when it is in another pipeline.
fn place_of(
    deal: &DealRow,
    configuration: &Configuration,
    places: &BTreeMap<&StageId, usize>,
) -> Option<usize> {
    let stage = deal.stage.as_ref();
    let here = stage.and_then(|stage| places.get(stage).copied());
    // The last column is that of deals whose stage nobody knows.
    here.or_else(|| {
        let known = stage.is_some_and(|stage| configuration.stages.contains_key(stage));
        (!known).then_some(places.len())
    })
}

impl StageHead {
    fn of(column: &Column, folded: &BTreeSet<String>) -> Self {
        Self {
            stage: column.stage.clone(),
            category: column.category,
            removed: column.removed,
            deals: column.deals.len(),
            sums: column.sums.clone(),
            folded: folded.contains(column.code()),
        }
    }

    pub fn code(&self) -> String {
        self.stage.as_ref().map(|stage| stage.0.clone()).unwrap_or_default()
    }
}

impl Column {
    /// Returns the code of the stage, or nothing written for one that is not known.
    pub fn code(&self) -> &str {
        self.stage.as_ref().map_or("", |stage| stage.0.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        id::{AccountId, DealId, PersonId},
        pipeline::{PipelineId, default_stages},
        time::Day,
    };

    const READER: Reader = Reader { person: PersonId([9; 16]), today: Day(20_000) };

    fn deal(stage: &str, minor: i64) -> DealRow {
        DealRow {
            stage: Some(StageId(stage.to_owned())),
            amount: Some(Money { minor, currency: Currency(*b"EUR") }),
            ..DealRow::new(DealId([minor as u8; 16]), stage.to_owned())
        }
    }

    fn configuration() -> Configuration {
        let mut configuration = Configuration::beginning();
        let elsewhere = Stage {
            pipeline: PipelineId("renewals".to_owned()),
            ..Stage::new(StageId("due".to_owned()))
        };
        let removed = Stage { archived: Some(true), ..Stage::new(StageId("old".to_owned())) };
        let stages = default_stages().into_iter().chain([elsewhere, removed]);
        configuration.stages = stages.map(|stage| (stage.id.clone(), stage)).collect();
        configuration
    }

    fn check(deals: Vec<DealRow>, expected: &[(&str, &[u32])]) {
        let mut row = AccountRow::new(AccountId([1; 16]), "Acme".to_owned());
        row.deals = deals;
        let columns = columns(&[row], 0..1, &configuration(), (&Filter::default(), READER));
        let found: Vec<(&str, Vec<u32>)> = columns
            .iter()
            .filter(|column| !column.deals.is_empty())
            .map(|column| (column.code(), column.deals.iter().map(|place| place.1).collect()))
            .collect();
        let expected: Vec<_> = expected.iter().map(|(code, all)| (*code, all.to_vec())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn deals_stand_in_their_stage_worth_most_first() {
        let deals = vec![deal("new", 5), deal("won", 7), deal("new", 9)];
        check(deals, &[("new", &[2, 0]), ("won", &[1])]);
    }

    #[test]
    fn a_deal_of_another_pipeline_is_not_shown_and_one_of_no_known_stage_is() {
        check(vec![deal("due", 5), deal("nowhere", 7)], &[("", &[1])]);
    }

    #[test]
    fn a_removed_stage_stands_as_long_as_a_deal_is_in_it() {
        check(vec![deal("old", 5)], &[("old", &[0])]);
        let none = columns(&[], 0..0, &configuration(), (&Filter::default(), READER));
        assert!(none.iter().all(|column| column.code() != "old" && column.stage.is_some()));
    }

    #[test]
    fn a_folded_stage_shows_its_head_only() {
        let mut row = AccountRow::new(AccountId([1; 16]), "Acme".to_owned());
        row.deals = vec![deal("new", 5), deal("won", 7)];
        let columns = columns(&[row], 0..1, &configuration(), (&Filter::default(), READER));
        let folded = BTreeSet::from(["won".to_owned()]);
        let deals =
            lay_out(&columns, &folded).iter().filter(|line| matches!(line, Line::Deal(..))).count();
        assert_eq!(deals, 1);
    }
}
