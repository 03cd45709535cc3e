//! Gathers what a dashboard needs of the accounts, some thousands at a time, so that the page
//! stays quick to answer; what changes afterwards is told again by itself.

use crate::{
    browser::timing,
    workspace::{Workspace, use_workspace},
};
use analytics::boards::gathered::{Gathered, View};
use gloo::timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local_scoped};

/// Accounts taken in at a time: some ten milliseconds' work.
const SLICE: usize = 2_000;

/// Where gathering stands.
#[derive(Clone, Copy)]
struct Gathering {
    workspace: Workspace,
    found: RwSignal<Option<Gathered>>,
    /// The version of the rows `found` is of.
    seen: StoredValue<u64>,
    /// What is being gathered now, if anything is.
    under_way: StoredValue<Option<View>>,
}

/// Gathers for a view, and anew for another one.
pub fn gather(view: Memo<View>) -> RwSignal<Option<Gathered>> {
    let workspace = use_workspace();
    let version = workspace.rows_version();
    let gathering = Gathering {
        workspace,
        found: RwSignal::new(None),
        seen: StoredValue::new(0),
        under_way: StoredValue::new(None),
    };
    Effect::new(move |_| gathering.follow(version.get(), view.get()));
    gathering.found
}

impl Gathering {
    fn follow(self, version: u64, view: View) {
        let is = |of: &Option<View>| of.as_ref() == Some(&view);
        if self.under_way.with_value(is) {
            // What changes meanwhile is taken in at the end.
            return;
        }
        let stands = self
            .found
            .with_untracked(|found| found.as_ref().is_some_and(|found| found.view == view));
        let changed =
            if stands { self.workspace.rows_changed_since(self.seen.get_value()) } else { None };
        match changed.filter(|changed| changed.len() <= SLICE) {
            Some(changed) => {
                timing::measured("board-after-change", || {
                    self.found.update(|found| self.tell_again(found.as_mut(), &changed));
                });
                self.seen.set_value(version);
            }
            None => {
                self.under_way.set_value(Some(view.clone()));
                spawn_local_scoped(self.gather(view));
            }
        }
    }

    async fn gather(self, view: View) {
        loop {
            let begun = self.workspace.rows_version().get_untracked();
            let Some(mut gathered) = self.take_in(&view).await else { return };
            // Where every row may have changed, everything is gathered once more.
            if let Some(changed) = self.workspace.rows_changed_since(begun) {
                self.tell_again(Some(&mut gathered), &changed);
                self.seen.set_value(self.workspace.rows_version().get_untracked());
                self.under_way.set_value(None);
                self.found.set(Some(gathered));
                return;
            }
        }
    }

    /// Takes all accounts in; nothing once the screen is gone or looks at something else.
    async fn take_in(self, view: &View) -> Option<Gathered> {
        let mut gathered = Gathered::begin(view.clone());
        let mut next = 0;
        loop {
            let total = self.workspace.with_rows(|rows| {
                let end = rows.len().min(next + SLICE);
                timing::measured("board-slice", || gathered.take_in(rows, next.min(end)..end));
                rows.len()
            });
            next += SLICE;
            if next >= total {
                return Some(gathered);
            }
            TimeoutFuture::new(0).await;
            let still = self.under_way.try_with_value(|of| of.as_ref() == Some(view));
            if still != Some(true) {
                return None;
            }
        }
    }

    fn tell_again(self, gathered: Option<&mut Gathered>, changed: &[usize]) {
        if let Some(gathered) = gathered {
            self.workspace.with_rows(|rows| gathered.tell_again(rows, changed));
        }
    }
}
