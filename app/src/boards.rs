//! The dashboards over accounts: customers, retention, leads, adoption, data quality. Every number
//! opens its definition, what it covers and the accounts behind it.

pub mod charts;
pub mod explained;
pub mod tabs;

use crate::{
    accounts::{NoSuchPage, book::use_book},
    browser::timing,
    dashboard::{
        period::SpanSelect,
        tile::{Face, Tile},
    },
    filter::{FilterBar, address},
    gathering::{self, Gathers},
    language::{boards::boards, dashboard, format, texts::fill, zone},
    parts::{self, screen},
    ui::empty::Empty,
    workspace::use_workspace,
};
use analytics::{
    boards::{
        Board, Which,
        gathered::{Gathered, View},
        written::Occasion,
    },
    measure::Measure,
    service::zone::Zone,
    span::Span,
};
use charts::Charts;
use domain::{filter::Filter, money::Currency, row::AccountRow, time::Day};
use explained::{Behind, Explained};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::{ops::Range, sync::Arc};
use tabs::{SaveNumbers, Tabs};

/// A dashboard as it is on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    pub board: Arc<Board>,
    pub currency: Option<Currency>,
    pub accounts: u64,
}

#[component]
pub fn BoardPage() -> impl IntoView {
    let params = use_params_map();
    let code = Memo::new(move |_| params.read().get("which").unwrap_or_default());
    // Whoever goes from one dashboard to another stays with the period.
    let span = RwSignal::new(Span::ThisQuarter);
    move || match Which::from_code(&code.read()) {
        Some(which) => view! { <OneBoard which span /> }.into_any(),
        None if *code.read() == "segments" => screen(parts::segments),
        None => view! { <NoSuchPage /> }.into_any(),
    }
}

#[component]
fn OneBoard(which: Which, span: RwSignal<Span>) -> impl IntoView {
    let workspace = use_workspace();
    let configuration = workspace.configuration();
    let book = use_book();
    address::follow();
    let (zone, today) = days();
    let view = Memo::new(move |_| View {
        which,
        configuration: configuration.get(),
        filter: Filter { period: None, ..book.filter.get() },
        reader: domain::filter::Reader { today: today.get(), ..book.reader() },
        zone: zone.get(),
    });
    let gathered = gathering::gather::<Gathered>(move || view.get());
    let shown = Memo::new(move |_| {
        let stretch = span.get().so_far(today.get());
        gathered.read().as_ref().map(|gathered| {
            let board = timing::measured("board", || gathered.board(stretch));
            let currency = gathered.view.configuration.reporting_currency;
            Shown { board: Arc::new(board), currency, accounts: gathered.accounts }
        })
    });
    let opened = RwSignal::new(None::<Behind>);
    let open = Callback::new(move |behind| opened.set(Some(behind)));
    let close = Callback::new(move |()| opened.set(None));
    let write = Callback::new(move |()| {
        let (span, today) = (span.get_untracked(), today.get_untracked());
        let gathered = gathered.read_untracked();
        let written = gathered.as_ref().map(|gathered| {
            workspace.with_rows(|rows| {
                let sequence = workspace.sequence();
                Occasion { rows, span, today, sequence }.write(gathered)
            })
        });
        written.unwrap_or_default()
    });
    let any = Memo::new(move |_| shown.read().as_ref().map(|shown| shown.accounts > 0));
    let content = move || match any.get() {
        None => view! { <div class="tiles" aria-busy="true"></div> }.into_any(),
        Some(false) => view! { <Empty title=boards().empty hint=boards().empty_hint /> }.into_any(),
        Some(true) => {
            view! { <Tiles shown on_open=open /><Charts shown on_open=open /> }.into_any()
        }
    };
    let title = boards().tabs[1 + which as usize];
    view! {
        <section
            class="page dashboard"
            aria-labelledby="dashboard-title"
            data-board=which.code()
            data-period=move || span.get().code()
            data-ready=move || shown.read().is_some().to_string()
        >
            <header class="page-head">
                <h1 id="dashboard-title">{title}</h1>
                <SpanSelect span />
                <SaveNumbers name=which.code() write />
            </header>
            <Tabs />
            <FilterBar />
            <p class="quiet">{move || stamp(shown.read().as_ref(), span.get().so_far(today.get()).partial)}</p>
            {content}
            {move || opened.get().map(|behind| view! { <Explained behind shown stretch=span.get_untracked().so_far(today.get_untracked()) on_close=close /> })}
        </section>
    }
    .into_any()
}

/// Returns the reporting zone, and the day it is there.
pub fn days() -> (Memo<Arc<Zone>>, Memo<Day>) {
    let workspace = use_workspace();
    let configuration = workspace.configuration();
    let named = Memo::new(move |_| configuration.read().time_zone.clone());
    let zone = Memo::new(move |_| Arc::new(zone::table(named.read().as_deref())));
    let today = Memo::new(move |_| {
        format::track_time();
        zone.read().day_of(workspace.now())
    });
    (zone, today)
}

impl Gathers for Gathered {
    type View = View;
    const NAME: &'static str = "board-slice";

    fn begin(view: View) -> Self {
        Self::begin(view)
    }

    fn view(&self) -> &View {
        &self.view
    }

    fn take_in(&mut self, rows: &[AccountRow], places: Range<usize>) {
        Self::take_in(self, rows, places);
    }

    fn tell_again(&mut self, rows: &[AccountRow], changed: &[usize]) {
        Self::tell_again(self, rows, changed);
    }
}

/// Says what was counted, and that the period is not over where it is not.
fn stamp(shown: Option<&Shown>, partial: bool) -> String {
    let Some(shown) = shown else { return String::new() };
    let mut said = fill(boards().over, &[&format::number(shown.accounts)]);
    if partial {
        said.push(' ');
        said.push_str(boards().so_far);
    }
    if shown.currency.is_none() {
        said.push(' ');
        said.push_str(dashboard().no_reporting_currency);
    }
    said
}

#[component]
pub fn Tiles(shown: Memo<Option<Shown>>, on_open: Callback<Behind>) -> impl IntoView {
    let count = shown.read_untracked().as_ref().map_or(0, |shown| shown.board.measures.len());
    let open = Callback::new(move |id| on_open.run(Behind::Measure(id)));
    let tiles = (0..count).map(|place| {
        let face = Memo::new(move |_| {
            let shown = shown.read();
            let shown = shown.as_ref()?;
            let measure: &Measure = shown.board.measures.get(place)?;
            let name = boards().measure(measure.definition.id).name;
            Some(Face::of(measure, name, shown.currency))
        });
        view! { <Tile face on_open=open /> }
    });
    view! { <div class="tiles">{tiles.collect_view()}</div> }.into_any()
}
