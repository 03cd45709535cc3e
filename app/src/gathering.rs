//! Gathers what a screen needs of the accounts, a stretch at a time, so that the page stays quick
//! to answer; what changes afterwards is told again by itself.
//!
//! What is gathered is shown whole or not at all: until it is whole, a screen shows what was
//! gathered before, and gathering for what nobody looks at any more ends.

use crate::{
    browser::{clock, timing},
    workspace::{Workspace, use_workspace},
};
use domain::row::AccountRow;
use gloo::timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local_scoped};
use std::ops::Range;

/// Accounts taken in before the clock is looked at.
const STRETCH: usize = 500;
/// How long the page is kept busy in one go, in milliseconds; as each go costs a wait of some
/// milliseconds, shorter ones would make the whole longer.
pub const BUSY_MS_MAX: f64 = 16.0;
/// How long in the first go, which is of one task with the drawing of the screen.
const FIRST_MS_MAX: f64 = 8.0;
/// More accounts than these that changed are gathered anew, a stretch at a time.
const CHANGED_MAX: usize = 1_000;

/// What is gathered, stretch by stretch.
pub trait Gathers: Send + Sync + Sized + 'static {
    /// What it is gathered for.
    type View: Clone + PartialEq + Send + Sync + 'static;
    /// What the last stretch took is told to the browser under this name.
    const NAME: &'static str;

    fn begin(view: Self::View) -> Self;

    fn view(&self) -> &Self::View;

    /// Returns how many there are to be taken in.
    fn len(view: &Self::View, rows: &[AccountRow]) -> usize {
        _ = view;
        rows.len()
    }

    /// Takes in the next of them.
    fn take_in(&mut self, rows: &[AccountRow], places: Range<usize>);

    /// Takes in again these rows, which changed.
    fn tell_again(&mut self, rows: &[AccountRow], changed: &[usize]);

    /// Works out what only the whole has, once all is taken in.
    fn settle(&mut self, rows: &[AccountRow]) {
        _ = rows;
    }
}

/// Where gathering stands.
struct Gathering<G: Gathers> {
    workspace: Workspace,
    found: RwSignal<Option<G>>,
    /// The version of the rows `found` is of.
    seen: StoredValue<u64>,
    /// What is being gathered now, if anything is.
    under_way: StoredValue<Option<G::View>>,
}

/// What is gathered, and how far that has come.
struct UnderWay<G> {
    gathered: G,
    next: usize,
    /// The version of the rows it knows of.
    seen: u64,
}

/// Gathers for a view, and anew for another one. What is gathered within one go is there at once.
pub fn gather<G: Gathers>(view: impl Fn() -> G::View + 'static) -> RwSignal<Option<G>> {
    let workspace = use_workspace();
    let version = workspace.rows_version();
    let gathering = Gathering {
        workspace,
        found: RwSignal::new(None),
        seen: StoredValue::new(0),
        under_way: StoredValue::new(None),
    };
    Effect::new(move |_| gathering.follow(version.get(), view()));
    gathering.found
}

impl<G: Gathers> Clone for Gathering<G> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<G: Gathers> Copy for Gathering<G> {}

impl<G: Gathers> Gathering<G> {
    fn follow(self, version: u64, view: G::View) {
        if self.under_way.with_value(|of| of.as_ref() == Some(&view)) {
            // What changes meanwhile is taken in at the end.
            return;
        }
        let stands = |found: &Option<G>| found.as_ref().is_some_and(|found| *found.view() == view);
        let changed = if self.found.with_untracked(stands) {
            self.workspace.rows_changed_since(self.seen.get_value())
        } else {
            None
        };
        match changed.filter(|changed| changed.len() <= CHANGED_MAX) {
            Some(changed) => {
                // Whatever else was under way is no longer looked at.
                self.under_way.set_value(None);
                self.seen.set_value(version);
                let after_change = format!("{}-after-change", G::NAME);
                timing::measured(&after_change, || {
                    self.found.update(|found| self.tell_again(found.as_mut(), &changed));
                });
            }
            None => {
                self.under_way.set_value(Some(view.clone()));
                self.begin(G::begin(view));
            }
        }
    }

    /// Takes in what can be taken in at once; where that is not all, the rest later.
    fn begin(self, gathered: G) {
        let mut under_way = UnderWay { gathered, next: 0, seen: self.version() };
        if !self.take_in(&mut under_way, FIRST_MS_MAX) {
            return spawn_local_scoped(self.go_on(under_way));
        }
        self.settle(&mut under_way);
        self.end(under_way);
    }

    /// Takes in the rest, works out and shows what was gathered, each in a task of its own; ends
    /// once the screen is gone or looks at something else.
    async fn go_on(self, mut under_way: UnderWay<G>) {
        loop {
            let Some(()) = self.pause(&under_way).await else { return };
            if self.take_in(&mut under_way, BUSY_MS_MAX) {
                break;
            }
        }
        let Some(()) = self.pause(&under_way).await else { return };
        self.settle(&mut under_way);
        let Some(()) = self.pause(&under_way).await else { return };
        self.end(under_way);
    }

    /// Lets the page breathe; nothing once nobody waits for what is gathered.
    async fn pause(self, under_way: &UnderWay<G>) -> Option<()> {
        TimeoutFuture::new(0).await;
        let awaited = |of: &Option<G::View>| of.as_ref() == Some(under_way.gathered.view());
        self.under_way.try_with_value(awaited)?.then_some(())
    }

    /// Takes in for as long as the page may be kept busy; says whether all is in.
    fn take_in(self, under_way: &mut UnderWay<G>, busy_ms_max: f64) -> bool {
        let (begun, UnderWay { gathered, next, .. }) = (clock::ticks_ms(), under_way);
        timing::measured(G::NAME, || {
            self.workspace.with_rows(|rows| {
                let total = G::len(gathered.view(), rows);
                while *next < total && clock::ticks_ms() - begun < busy_ms_max {
                    let end = total.min(*next + STRETCH);
                    gathered.take_in(rows, *next..end);
                    *next = end;
                }
                *next >= total
            })
        })
    }

    /// Takes in what changed meanwhile, and works out what only the whole has.
    fn settle(self, under_way: &mut UnderWay<G>) {
        let (seen, gathered) = (under_way.seen, &mut under_way.gathered);
        // Where every row may have changed, it begins once more at the end.
        let Some(changed) = self.workspace.rows_changed_since(seen) else { return };
        under_way.seen = self.version();
        self.tell_again(Some(gathered), &changed);
    }

    fn end(self, mut under_way: UnderWay<G>) {
        match self.workspace.rows_changed_since(under_way.seen) {
            Some(changed) => {
                if !changed.is_empty() {
                    self.tell_again(Some(&mut under_way.gathered), &changed);
                }
                self.seen.set_value(self.version());
                self.under_way.set_value(None);
                self.found.set(Some(under_way.gathered));
            }
            None => self.begin(G::begin(under_way.gathered.view().clone())),
        }
    }

    fn version(self) -> u64 {
        self.workspace.rows_version().get_untracked()
    }

    fn tell_again(self, gathered: Option<&mut G>, changed: &[usize]) {
        if let Some(gathered) = gathered {
            self.workspace.with_rows(|rows| {
                gathered.tell_again(rows, changed);
                gathered.settle(rows);
            });
        }
    }
}
