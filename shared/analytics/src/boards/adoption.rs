//! Whether the work is in the book: what colleagues write down, and what they leave lying.

use super::{Bar, Board, Chart, Label, gathered::View, is_customer};
use crate::{
    measure::{Coverage, Measure, Unit, definitions},
    span::Stretch,
};
use domain::{id::PersonId, pipeline::StageId, row::AccountRow, time::Day};
use std::collections::{BTreeMap, BTreeSet};

definitions! {
    PEOPLE = "people_at_work", "Colleagues who wrote down at least one activity of the period.", "count", Count Higher;
    ACTS = "activities", "Activities of the period that were written down.", "count", Count Higher;
    PER_PERSON = "activities_per_person", "Activities of the period for each colleague who wrote down any; those nobody is named for are left out.", "activities with a name / colleagues", Number Higher;
    TOUCHED = "touched_share", "Of the accounts that buy or are customers by their stage, the share something was done with in the period.", "with an activity / accounts", Share Higher;
    OPEN_TASKS = "open_tasks", "Tasks that are open now.", "count", Count Neither;
    OVERDUE = "overdue_share", "Of the tasks that are open now and have a day, the share whose day has passed.", "day before today / tasks with a day", Share Lower;
    NO_STEP = "no_next_step_share", "Of the deals that are open now, the share without a next step.", "without a next step / open deals", Share Lower;
    LATE = "late_deals_share", "Of the deals that are open now and have a close date, the share whose date has passed.", "date before today / open deals with a date", Share Lower;
    CONFLICTS = "open_conflicts", "Accounts on which two values wait for somebody to choose, now.", "count", Count Lower;
}

/// What is done and left lying on an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    pub owner: Option<PersonId>,
    pub is_customer: bool,
    pub in_conflict: bool,
    pub acts: Vec<(Day, Option<PersonId>)>,
    /// Open tasks: when they are due, and for whom.
    pub tasks: Vec<(Option<Day>, Option<PersonId>)>,
    /// Open deals: whether they have a next step, and when they are to close.
    pub deals: Vec<(bool, Option<Day>)>,
}

impl Work {
    pub fn of(row: &AccountRow, view: &View) -> Self {
        let stages = &view.configuration.stages;
        let is_open = |stage: &Option<StageId>| {
            let stage = stage.as_ref().and_then(|stage| stages.get(stage));
            stage.is_none_or(|stage| stage.category.is_open())
        };
        let deals = row.deals.iter().filter(|deal| is_open(&deal.stage));
        Self {
            owner: row.owner,
            is_customer: is_customer(row.stage),
            in_conflict: row.conflicts > 0,
            acts: row.activities().map(|one| (view.zone.day_of(one.at), one.by)).collect(),
            tasks: row.tasks.iter().map(|task| (task.due, task.assignee.or(row.owner))).collect(),
            deals: deals.map(|deal| (deal.next_step.is_some(), deal.close)).collect(),
        }
    }
}

/// How many, and on which accounts.
#[derive(Default)]
struct Pot {
    count: u64,
    accounts: BTreeSet<u32>,
}

impl Pot {
    fn add(&mut self, at: u32, count: usize) {
        if count > 0 {
            self.count += count as u64;
            self.accounts.insert(at);
        }
    }

    fn rows(&self) -> Vec<u32> {
        self.accounts.iter().copied().collect()
    }
}

/// Works out what was done on the days, and what is left lying today.
pub fn board(work: &BTreeMap<u32, Work>, stretch: Stretch, today: Day) -> Board {
    let days = stretch.days;
    let mut people: BTreeMap<Option<PersonId>, [Pot; 4]> = BTreeMap::new();
    let [mut acts, mut owned, mut touched, mut tasks, mut dated, mut overdue]: [Pot; 6] =
        Default::default();
    let [mut deals, mut without, mut closing, mut late, mut conflicts]: [Pot; 5] =
        Default::default();
    for (at, one) in work {
        let done = one.acts.iter().filter(|(day, _)| days.contains(*day));
        let done: Vec<_> = done.map(|(_, by)| *by).collect();
        acts.add(*at, done.len());
        for by in &done {
            people.entry(*by).or_default()[0].add(*at, 1);
        }
        if one.is_customer {
            owned.add(*at, 1);
            touched.add(*at, usize::from(!done.is_empty()));
            people.entry(one.owner).or_default()[1].add(*at, 1);
        }
        conflicts.add(*at, usize::from(one.in_conflict));
        tasks.add(*at, one.tasks.len());
        for (due, of) in &one.tasks {
            let past = due.is_some_and(|due| due < today);
            dated.add(*at, usize::from(due.is_some()));
            overdue.add(*at, usize::from(past));
            let person = people.entry(*of).or_default();
            person[2].add(*at, 1);
            person[3].add(*at, usize::from(past));
        }
        deals.add(*at, one.deals.len());
        for (has_step, close) in &one.deals {
            without.add(*at, usize::from(!has_step));
            closing.add(*at, usize::from(close.is_some()));
            late.add(*at, usize::from(close.is_some_and(|close| close < today)));
        }
    }
    let active = people.iter().filter(|(person, pots)| person.is_some() && pots[0].count > 0);
    let (active, named) =
        active.fold((0_u64, 0_u64), |sum, (_, pots)| (sum.0 + 1, sum.1 + pots[0].count));
    let coverage = Coverage::of(work.len() as u64, []);
    let of = |measure: Measure, pot: &Pot| measure.covering(coverage.clone()).behind(pot.rows());
    let measures = vec![
        of(PEOPLE.total(active as f64), &acts),
        of(ACTS.total(acts.count as f64), &acts),
        of(PER_PERSON.quotient(named as f64, active as f64), &acts),
        of(TOUCHED.share(touched.count, owned.count), &touched),
        of(OPEN_TASKS.total(tasks.count as f64), &tasks),
        of(OVERDUE.share(overdue.count, dated.count), &overdue),
        of(NO_STEP.share(without.count, deals.count), &without),
        of(LATE.share(late.count, closing.count), &late),
        of(CONFLICTS.total(conflicts.count as f64), &conflicts),
    ];
    Board { measures, charts: vec![by_person(people)] }
}

fn by_person(people: BTreeMap<Option<PersonId>, [Pot; 4]>) -> Chart {
    let bars = people.into_iter().map(|(person, pots)| {
        let accounts: BTreeSet<u32> = pots.iter().flat_map(Pot::rows).collect();
        Bar {
            label: Label::Person(person),
            cells: pots.iter().map(|pot| Ok(pot.count as f64)).collect(),
            accounts: accounts.into_iter().collect(),
        }
    });
    let columns: &[(&str, Unit)] = &[
        ("activities", Unit::Count),
        ("accounts", Unit::Count),
        ("open_tasks", Unit::Count),
        ("overdue", Unit::Count),
    ];
    Chart { id: "person", columns, bars: bars.collect() }.largest_first()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Days;

    #[test]
    fn what_is_left_lying_is_told_with_its_accounts() {
        let one = PersonId([1; 16]);
        let work = Work {
            owner: Some(one),
            is_customer: true,
            in_conflict: false,
            acts: vec![(Day(5), Some(one)), (Day(6), None), (Day(50), Some(one))],
            tasks: vec![(Some(Day(8)), Some(one)), (Some(Day(9)), Some(one)), (None, None)],
            deals: vec![(false, Some(Day(3))), (true, None)],
        };
        let idle = Work { acts: vec![], tasks: vec![], deals: vec![], ..work.clone() };
        let days = Days { from: Day(0), to: Day(10) };
        let stretch = Stretch { days, before: days, partial: false };
        let board = board(&[(3, work), (7, idle)].into(), stretch, Day(9));
        let values: Vec<_> = board.measures.iter().map(|one| one.number()).collect();
        let expected = [1.0, 2.0, 1.0, 0.5, 3.0, 0.5, 0.5, 1.0, 0.0];
        assert_eq!(values, expected.map(Some));
        assert_eq!(board.measures[5].rows, [3]);
        assert_eq!(board.charts[0].bars[1].cells, [Ok(1.0), Ok(2.0), Ok(2.0), Ok(1.0)]);
    }
}
