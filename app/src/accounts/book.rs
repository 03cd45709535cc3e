//! The book of accounts as the list shows it: what is searched, filtered and sorted, and the
//! places of the rows that fit.
//!
//! The book outlives the list screen, so that coming back finds the list as it was left.

use crate::{browser::timing, language::format, workspace::Workspace};
use domain::filter::{Filter, Reader};
use leptos::prelude::*;
use search::{Index, Sort};
use std::time::Duration;

/// Rows taken into the index in one go; more would be felt as a stutter.
const ROWS_AT_ONCE: usize = 16_000;

#[derive(Clone, Copy)]
pub struct Book {
    /// What is looked for, here and on every other screen that shows accounts or deals.
    pub filter: RwSignal<Filter>,
    pub sort: RwSignal<Sort>,
    pub active: RwSignal<usize>,
    pub scroll: RwSignal<f64>,
    /// The places of the rows that fit, in order.
    pub hits: Memo<Vec<u32>>,
    /// Whether every row is in the index.
    pub ready: RwSignal<bool>,
    workspace: Workspace,
    index: StoredValue<Index>,
    /// Moves when the index has taken something in.
    indexed: RwSignal<u64>,
}

pub fn use_book() -> Book {
    expect_context()
}

impl Book {
    /// Opens the book for every screen below, and keeps it in step with the rows.
    pub fn provide(workspace: Workspace) {
        let index = StoredValue::new(Index::new(format::letters_in_order));
        let indexed = RwSignal::new(0u64);
        let filter = RwSignal::new(Filter::default());
        let sort = RwSignal::new(Sort::Name);
        let hits = Memo::new(move |_| {
            indexed.track();
            let find = |index: &Index| {
                let reader = reader(workspace);
                let find = |rows: &[_]| index.find(rows, &filter.read(), reader, sort.get());
                timing::measured("list", || workspace.with_rows(find))
            };
            index.try_with_value(find).unwrap_or_default()
        });
        let book = Self {
            filter,
            sort,
            active: RwSignal::new(0),
            scroll: RwSignal::new(0.0),
            hits,
            ready: RwSignal::new(false),
            workspace,
            index,
            indexed,
        };
        let version = workspace.rows_version();
        Effect::new(move |seen: Option<u64>| {
            let now = version.get();
            let changed = seen.and_then(|seen| workspace.rows_changed_since(seen));
            match changed.filter(|_| book.ready.get_untracked()) {
                Some(places) => book.take_in(workspace, &places),
                None => {
                    book.index.update_value(Index::clear);
                    book.read_on(workspace);
                }
            }
            now
        });
        // What is looked for has changed, so the top of the list is what the person wants to see.
        Effect::new(move |before: Option<()>| {
            filter.track();
            sort.track();
            if before.is_some() {
                book.active.set(0);
                book.scroll.set(0.0);
            }
        });
        provide_context(book);
    }

    /// Returns whether every row is in the index and the browser has had a frame to draw the list:
    /// what can wait at start waits for this.
    pub fn drawn(self) -> Signal<bool> {
        let drawn = RwSignal::new(false);
        Effect::new(move |_| {
            if self.ready.get() {
                // A frame's own work comes before its painting; a timer set in it comes after.
                request_animation_frame(move || {
                    set_timeout(move || _ = drawn.try_set(true), Duration::ZERO);
                });
            }
        });
        drawn.into()
    }

    /// Shows everything again.
    pub fn clear(self) {
        self.filter.set(Filter::default());
    }

    /// Returns who looks, and on which day.
    pub fn reader(self) -> Reader {
        reader(self.workspace)
    }

    /// Reads the index; follows it. Returns nothing while it is not ready.
    pub fn read_index<T: Default>(self, read: impl FnOnce(&Index) -> T) -> T {
        self.indexed.track();
        self.index.try_with_value(read).unwrap_or_default()
    }

    fn take_in(self, workspace: Workspace, places: &[usize]) {
        let update = |index: &mut Index| workspace.with_rows(|rows| index.update(rows, places));
        if self.index.try_update_value(update).is_some() {
            self.indexed.update(|indexed| *indexed += 1);
        }
    }

    /// Reads rows into the index, a stretch at a time, until every row is in it.
    fn read_on(self, workspace: Workspace) {
        let advance =
            |index: &mut Index| workspace.with_rows(|rows| index.read_on(rows, ROWS_AT_ONCE));
        match self.index.try_update_value(advance) {
            Some(true) => {
                self.indexed.update(|indexed| *indexed += 1);
                self.ready.set(true);
            }
            Some(false) => set_timeout(move || self.read_on(workspace), Duration::ZERO),
            // Signed out meanwhile.
            None => {}
        }
    }
}

fn reader(workspace: Workspace) -> Reader {
    Reader { person: workspace.person(), today: format::local_day(workspace.now()) }
}
