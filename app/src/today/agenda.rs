//! What is due for the person, kept in step with the rows for the page, the rail and reminders.

use crate::{language::format, workspace::Workspace};
use domain::{
    agenda::{self, Item, Matter, When},
    time::Day,
};
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Agenda {
    pub items: Memo<Vec<Item>>,
    pub today: Memo<Day>,
    /// How many things are due today or were before; nothing is due before the list is drawn.
    pub due: Memo<usize>,
}

pub fn use_agenda() -> Agenda {
    expect_context()
}

impl Agenda {
    /// Opens the agenda for every screen below. It is counted once the list has been drawn, unless
    /// a screen asks for it before.
    pub fn provide(workspace: Workspace, drawn: Signal<bool>) {
        let (version, configuration) = (workspace.rows_version(), workspace.configuration());
        let today = Memo::new(move |_| {
            format::track_time();
            format::local_day(workspace.now())
        });
        let items = Memo::new(move |_| {
            version.track();
            let find = |rows: &[_]| {
                agenda::agenda(rows, &configuration.read(), workspace.person(), today.get())
            };
            workspace.with_rows(find)
        });
        let due = Memo::new(move |_| {
            if !drawn.get() {
                return 0;
            }
            let (items, today) = (items.read(), today.get());
            items.iter().filter(|item| is_due(item, today)).count()
        });
        provide_context(Self { items, today, due });
    }
}

fn is_due(item: &Item, today: Day) -> bool {
    !matches!(item.matter, Matter::Stale(_)) && agenda::when(item.day, today) != When::Soon
}
