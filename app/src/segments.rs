//! Segments: accounts under one name, what they are worth, how to work with them, and what is done
//! to all of them at once.

mod action;
mod asked;
mod builder;
mod carrying_out;
pub mod freeze;
mod list;
mod page;
mod range;

use crate::{
    accounts::book::use_book,
    boards,
    gathering::{self, BUSY_MS_MAX},
    workspace::{Workspace, use_workspace},
};
use analytics::{
    boards::{
        Which,
        gathered::{Gathered, View},
    },
    segments::{Base, facts::Facts},
};
use domain::{
    filter::{Filter, Reader},
    id::SegmentId,
    time::Day,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use list::SegmentList;
use page::SegmentPage;
use std::sync::Arc;

/// What is known of all accounts, for as long as a screen with segments is open.
#[derive(Clone, Copy)]
pub struct Known {
    workspace: Workspace,
    gathered: RwSignal<Option<Gathered>>,
    facts: Memo<Option<Arc<Facts>>>,
}

/// The list of segments, or the one the address names.
#[component]
pub fn SegmentsPage() -> impl IntoView {
    let known = Known::of_all();
    let query = use_query_map();
    let of = Memo::new(move |_| query.read().get("of").and_then(|of| of.parse::<SegmentId>().ok()));
    move || match of.get() {
        Some(id) => view! { <SegmentPage id known /> }.into_any(),
        None => view! { <SegmentList known /> }.into_any(),
    }
}

impl Known {
    fn of_all() -> Self {
        let (workspace, book) = (use_workspace(), use_book());
        let configuration = workspace.configuration();
        let (zone, today) = boards::days();
        let gathered = gathering::gather::<Gathered>(move || View {
            which: Which::Customers,
            configuration: configuration.get(),
            filter: Filter::default(),
            reader: Reader { today: today.get(), ..book.reader() },
            zone: zone.get(),
        });
        let facts = Memo::new(move |_| {
            let gathered = gathered.read();
            let gathered = gathered.as_ref()?;
            Some(Arc::new(Facts::of_buyers(gathered.buyers()?, gathered.view.reader.today)))
        });
        Self { workspace, gathered, facts }
    }

    /// Returns the day everything is told on.
    pub fn today(self) -> Day {
        self.facts.get().map_or(Day(0), |facts| facts.today)
    }

    /// Asks something of all accounts, and follows them; nothing while they are being gathered.
    pub fn ask<T>(self, ask: impl FnOnce(Base<'_>) -> T) -> Option<T> {
        let facts = self.facts.get()?;
        let gathered = self.gathered.read();
        let view = &gathered.as_ref()?.view;
        Some(self.workspace.with_rows(|rows| ask(Base { rows, facts: &facts, view })))
    }
}
