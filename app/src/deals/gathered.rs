//! The deals of all accounts that pass a filter, gathered by stage. Pure.

use crate::{accounts::row_sums::add, gathering::Gathers};
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
    ops::Range,
    sync::Arc,
};

/// How the deals are looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub configuration: Arc<Configuration>,
    pub filter: Filter,
    pub reader: Reader,
    /// The accounts a text is found in, by the places of their rows in order; all, where none is
    /// looked for.
    pub found: Option<Arc<[u32]>>,
}

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

/// Gathers the deals that fit, stage by stage in pipeline order. A removed stage stands among them
/// as long as a deal is in it; deals in a stage nobody knows come last, in whatever pipeline.
#[derive(Debug)]
pub struct ByStage {
    view: View,
    /// All the stages of the pipeline, and after them deals whose stage nobody knows.
    all: Vec<Column>,
    /// The deals of each of them.
    worth: Vec<Vec<Worth>>,
    places: BTreeMap<StageId, usize>,
    /// The columns that are shown.
    pub columns: Vec<Arc<Column>>,
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

impl Gathers for ByStage {
    type View = View;
    const NAME: &'static str = "board";

    fn begin(view: View) -> Self {
        let pipeline = view.filter.pipeline_id();
        let stages = view.configuration.pipeline().into_iter();
        let stages: Vec<&Stage> = stages.filter(|stage| stage.pipeline == pipeline).collect();
        let places = stages.iter().zip(0..).map(|(stage, place)| (stage.id.clone(), place));
        let places = places.collect();
        let known = stages.iter().map(|stage| Column::of(stage));
        let all: Vec<Column> = known.chain([Column::unknown()]).collect();
        Self { places, worth: vec![Vec::new(); all.len()], all, columns: Vec::new(), view }
    }

    fn view(&self) -> &View {
        &self.view
    }

    fn len(view: &View, rows: &[AccountRow]) -> usize {
        view.found.as_ref().map_or(rows.len(), |found| found.len())
    }

    fn take_in(&mut self, rows: &[AccountRow], places: Range<usize>) {
        match self.view.found.clone() {
            None => places.for_each(|place| self.take(rows, place as u32)),
            Some(found) => {
                let found = found.get(places).unwrap_or_default();
                found.iter().for_each(|place| self.take(rows, *place));
            }
        }
    }

    fn tell_again(&mut self, rows: &[AccountRow], changed: &[usize]) {
        let is_changed = |at: u32| changed.binary_search(&(at as usize)).is_ok();
        for worth in &mut self.worth {
            worth.retain(|(_, (at, _))| !is_changed(*at));
        }
        for place in changed.iter().map(|place| *place as u32) {
            let found = self.view.found.as_ref();
            if found.is_none_or(|found| found.binary_search(&place).is_ok()) {
                self.take(rows, place);
            }
        }
    }

    fn settle(&mut self, _: &[AccountRow]) {
        let before = std::mem::take(&mut self.columns);
        for (column, worth) in self.all.iter().zip(&mut self.worth) {
            // What is worth most comes first; currencies apart. What was told before is in order.
            worth.sort();
            let mut column = column.clone();
            for (Reverse(amount), place) in worth {
                column.deals.push(*place);
                if let Some((currency, minor)) = *amount {
                    add(&mut column.sums, Money { minor, currency });
                }
            }
            let is_shown = !column.deals.is_empty() || (column.stage.is_some() && !column.removed);
            if is_shown {
                // What has stayed the same is not drawn again.
                let same = before.iter().find(|before| ***before == column).cloned();
                self.columns.push(same.unwrap_or_else(|| Arc::new(column)));
            }
        }
    }
}

impl ByStage {
    fn take(&mut self, rows: &[AccountRow], at: u32) {
        let Self { view, worth, places, .. } = self;
        let Some(row) = rows.get(at as usize) else { return };
        for (inside, deal) in (0_u32..).zip(&row.deals) {
            if !view.filter.fits_deal(row, deal, view.reader) {
                continue;
            }
            let place = place_of(deal, &view.configuration, places);
            if let Some(worth) = place.and_then(|place| worth.get_mut(place)) {
                let amount = deal.amount.map(|amount| (amount.currency, amount.minor));
                worth.push((Reverse(amount), (at, inside)));
            }
        }
    }
}

/// What a deal is worth, and where it stands.
type Worth = (Reverse<Option<(Currency, i64)>>, (u32, u32));

/// Lays the columns out as one long list; a folded stage shows its head only.
pub fn lay_out(columns: &[Arc<Column>], folded: &BTreeSet<String>) -> Vec<Line> {
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
    places: &BTreeMap<StageId, usize>,
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
    fn of(stage: &Stage) -> Self {
        Self {
            stage: Some(stage.id.clone()),
            category: Some(stage.category),
            removed: stage.is_archived(),
            ..Self::unknown()
        }
    }

    fn unknown() -> Self {
        Self { stage: None, category: None, removed: false, deals: Vec::new(), sums: Vec::new() }
    }

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

    fn view() -> View {
        let configuration = Arc::new(configuration());
        View { configuration, filter: Filter::default(), reader: READER, found: None }
    }

    fn gathered(rows: &[AccountRow]) -> ByStage {
        let mut by_stage = ByStage::begin(view());
        by_stage.take_in(rows, 0..rows.len());
        by_stage.settle(rows);
        by_stage
    }

    fn row(number: u8, deals: Vec<DealRow>) -> AccountRow {
        AccountRow { deals, ..AccountRow::new(AccountId([number; 16]), "North Foods".to_owned()) }
    }

    fn check(deals: Vec<DealRow>, expected: &[(&str, &[u32])]) {
        let by_stage = gathered(&[row(1, deals)]);
        let found: Vec<(&str, Vec<u32>)> = by_stage
            .columns
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
        let none = gathered(&[]);
        assert!(none.columns.iter().all(|column| column.code() != "old" && column.stage.is_some()));
    }

    #[test]
    fn a_folded_stage_shows_its_head_only() {
        let by_stage = gathered(&[row(1, vec![deal("new", 5), deal("won", 7)])]);
        let folded = BTreeSet::from(["won".to_owned()]);
        let lines = lay_out(&by_stage.columns, &folded);
        assert_eq!(lines.iter().filter(|line| matches!(line, Line::Deal(..))).count(), 1);
    }

    #[test]
    fn deals_told_again_stand_as_if_all_were_gathered_anew() {
        let mut rows = vec![row(1, vec![deal("new", 5), deal("won", 7)]), row(2, vec![])];
        let mut by_stage = gathered(&rows);
        rows[0] = row(1, vec![deal("new", 9)]);
        rows.push(row(3, vec![deal("won", 3), deal("nowhere", 4)]));
        by_stage.tell_again(&rows, &[0, 2]);
        by_stage.settle(&rows);
        assert_eq!(by_stage.columns, gathered(&rows).columns);
    }

    #[test]
    fn only_accounts_a_text_is_found_in_are_taken_in() {
        let rows = [row(1, vec![deal("new", 5)]), row(2, vec![deal("new", 6)])];
        let mut by_stage = ByStage::begin(View { found: Some([1].into()), ..view() });
        by_stage.take_in(&rows, 0..1);
        by_stage.tell_again(&rows, &[0, 1]);
        by_stage.settle(&rows);
        assert_eq!(by_stage.columns[0].deals, [(1, 0)]);
    }
}
