//! What a day asks of a person: tasks and planned visits, next steps of deals, deals gone stale.

use crate::{
    configuration::Configuration,
    id::PersonId,
    pipeline::StageId,
    row::{AccountRow, DealRow, TaskRow},
    time::{Day, Timestamp},
};

/// How many days ahead the agenda looks.
pub const DAYS_AHEAD: i32 = 7;

/// One thing to do, by place: of the account's row, and of the task or deal in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Item {
    pub account: u32,
    pub matter: Matter,
    /// The day it is due; for a stale deal, the day it became stale.
    pub day: Day,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Matter {
    /// An open task; a visit among them is a planned visit.
    Task(u32),
    /// The next step of an open deal.
    NextStep(u32),
    /// An open deal that stood in its stage for longer than the stage allows.
    Stale(u32),
}

/// When a thing is to be done, seen from a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    Overdue,
    Today,
    Soon,
}

/// Returns what is due for a person up to a week from `today`, the longest overdue first; stale
/// deals come after what has a day of its own.
pub fn agenda(
    rows: &[AccountRow],
    configuration: &Configuration,
    person: PersonId,
    today: Day,
) -> Vec<Item> {
    let last = Day(today.0 + DAYS_AHEAD);
    let mut items = Vec::new();
    let kept = rows.iter().enumerate().filter(|(_, row)| row.archived != Some(true));
    for (account, row) in kept {
        let mut add = |matter, day| items.push(Item { account: account as u32, matter, day });
        for (place, task) in row.tasks.iter().enumerate() {
            if let Some(day) = task.due.filter(|day| *day <= last && is_of(task, row, person)) {
                add(Matter::Task(place as u32), day);
            }
        }
        for (place, deal) in
            row.deals.iter().enumerate().filter(|(_, deal)| deal.owner == Some(person))
        {
            if !is_open(configuration, deal.stage.as_ref()) {
                continue;
            }
            let step = deal.next_step.as_ref().and_then(|step| step.day);
            if let Some(day) = step.filter(|day| *day <= last) {
                add(Matter::NextStep(place as u32), day);
            } else if let Some(day) = stale_since(configuration, deal).filter(|day| *day <= today) {
                add(Matter::Stale(place as u32), day);
            }
        }
    }
    items.sort_by_key(|item| (matches!(item.matter, Matter::Stale(_)), item.day, item.account));
    items
}

/// Says when a thing due on `day` is to be done.
pub fn when(day: Day, today: Day) -> When {
    match day.cmp(&today) {
        std::cmp::Ordering::Less => When::Overdue,
        std::cmp::Ordering::Equal => When::Today,
        std::cmp::Ordering::Greater => When::Soon,
    }
}

/// Returns the first day on which a deal has been in its stage for longer than the stage allows;
/// nothing where the stage has no limit.
pub fn stale_since(configuration: &Configuration, deal: &DealRow) -> Option<Day> {
    let stage = configuration.stages.get(deal.stage.as_ref()?)?;
    let limit = stage.stale_after_days?;
    Some(Day(deal.since?.day().0 + i32::from(limit) + 1))
}

/// Returns for how many whole days something has lasted.
pub fn days_since(since: Timestamp, now: Timestamp) -> u32 {
    u32::try_from((now.0 - since.0).max(0) / 86_400_000).unwrap_or(u32::MAX)
}

/// A task nobody has taken is the account owner's.
fn is_of(task: &TaskRow, row: &AccountRow, person: PersonId) -> bool {
    task.assignee.or(row.owner) == Some(person)
}

fn is_open(configuration: &Configuration, stage: Option<&StageId>) -> bool {
    let stage = stage.and_then(|stage| configuration.stages.get(stage));
    stage.is_some_and(|stage| stage.category.is_open())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        deal::NextStep,
        id::{AccountId, DealId, TaskId},
    };

    const ME: PersonId = PersonId([1; 16]);
    const OTHER: PersonId = PersonId([2; 16]);
    const TODAY: Day = Day(20_000);

    fn row(change: impl FnOnce(&mut AccountRow)) -> AccountRow {
        let mut row = AccountRow::new(AccountId([0; 16]), "Acme".to_owned());
        row.owner = Some(ME);
        change(&mut row);
        row
    }

    fn task(due: Option<i32>, assignee: Option<PersonId>) -> TaskRow {
        let due = due.map(|days| Day(TODAY.0 + days));
        TaskRow { id: TaskId([0; 16]), title: "Call".to_owned(), due, assignee, kind: None }
    }

    fn deal(stage: &str, days_in_stage: i32, step: Option<i32>) -> DealRow {
        let day = step.map(|days| Day(TODAY.0 + days));
        DealRow {
            stage: Some(StageId(stage.to_owned())),
            owner: Some(ME),
            since: Some(Day(TODAY.0 - days_in_stage).start()),
            next_step: day.map(|day| NextStep { text: "Send".to_owned(), day: Some(day) }),
            ..DealRow::new(DealId([0; 16]), "Order".to_owned())
        }
    }

    fn configuration() -> Configuration {
        let mut configuration = Configuration::beginning();
        for mut stage in crate::pipeline::default_stages() {
            stage.stale_after_days = Some(10);
            configuration.stages.insert(stage.id.clone(), stage);
        }
        configuration
    }

    fn check(row: AccountRow, expected: &[(Matter, i32)]) {
        let items = agenda(&[row], &configuration(), ME, TODAY);
        let found: Vec<_> = items.iter().map(|item| (item.matter, item.day.0 - TODAY.0)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_longest_overdue_comes_first_and_what_is_far_off_not_at_all() {
        let tasks = [Some(0), Some(-3), Some(8), None, Some(7)].map(|due| task(due, Some(ME)));
        check(
            row(|row| row.tasks = tasks.to_vec()),
            &[(Matter::Task(1), -3), (Matter::Task(0), 0), (Matter::Task(4), 7)],
        );
    }

    #[test]
    fn a_task_of_nobody_is_the_account_owners() {
        let tasks = vec![task(Some(0), None), task(Some(0), Some(OTHER))];
        check(row(|row| row.tasks = tasks.clone()), &[(Matter::Task(0), 0)]);
        let elsewhere = row(|row| {
            row.tasks = tasks;
            row.owner = Some(OTHER);
        });
        check(elsewhere, &[]);
    }

    #[test]
    fn a_deal_is_stale_when_its_stage_has_lasted_longer_than_allowed() {
        let deals = vec![deal("proposal", 10, None), deal("proposal", 11, None)];
        check(row(|row| row.deals = deals), &[(Matter::Stale(1), 0)]);
        check(row(|row| row.deals = vec![deal("won", 99, None)]), &[]);
    }

    #[test]
    fn a_next_step_stands_for_its_deal() {
        let deals = vec![deal("proposal", 40, Some(1)), deal("new", 40, Some(30))];
        check(row(|row| row.deals = deals), &[(Matter::NextStep(0), 1), (Matter::Stale(1), -29)]);
    }

    #[test]
    fn an_archived_account_asks_nothing() {
        let archived = row(|row| {
            row.archived = Some(true);
            row.tasks = vec![task(Some(0), Some(ME))];
        });
        check(archived, &[]);
        assert_eq!((when(Day(1), Day(2)), when(Day(2), Day(2))), (When::Overdue, When::Today));
    }
}
