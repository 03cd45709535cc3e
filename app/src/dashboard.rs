//! The sales dashboard: every number opens its definition, what it covers and the deals behind it.

mod charts;
mod explained;
mod figures;
mod period;
mod tile;

use crate::{
    accounts::book::use_book,
    deals::filter::PipelineSelect,
    filter::{FilterBar, address},
    language::{format, texts, texts::fill, zone},
    ui::{empty::Empty, select::Select},
    workspace::use_workspace,
};
use charts::Charts;
use explained::{Behind, Explained};
use figures::Sales;
use leptos::prelude::*;
use period::Span;
use std::sync::Arc;
use tile::Tile;

#[component]
pub fn DashboardPage() -> impl IntoView {
    let words = &texts().dashboard;
    let workspace = use_workspace();
    let (version, configuration) = (workspace.rows_version(), workspace.configuration());
    let book = use_book();
    let filter = book.filter;
    address::follow();
    let span = RwSignal::new(Span::ThisQuarter);
    let today = Memo::new(move |_| {
        format::track_time();
        zone::day_in(workspace.now(), configuration.read().time_zone.as_deref())
    });
    let sales = Memo::new(move |_| {
        version.track();
        let configuration = configuration.read();
        let period = span.get().period(today.get(), configuration.time_zone.as_deref());
        let of = |rows: &[_]| {
            let (filter, reader) = (filter.read(), book.reader());
            Sales::of(rows, &configuration, (&filter, reader), period)
        };
        Arc::new(workspace.with_rows(of))
    });
    let opened = RwSignal::new(None::<Behind>);
    let open = Callback::new(move |behind| opened.set(Some(behind)));
    let spans = Signal::stored(Span::choices());
    let pick = Callback::new(move |code: String| {
        if let Some(picked) = Span::from_code(&code) {
            span.set(picked);
        }
    });
    let any = Memo::new(move |_| !sales.read().table.deals.is_empty());
    let content = move || {
        if any.get() {
            view! { <Tiles sales on_open=open /><Charts sales on_open=open /> }.into_any()
        } else {
            view! { <Empty title=texts().deals.empty hint=texts().deals.empty_hint /> }.into_any()
        }
    };
    view! {
        <section class="page dashboard" aria-labelledby="dashboard-title">
            <header class="page-head">
                <h1 id="dashboard-title">{words.title}</h1>
                <Select
                    label=words.period
                    choices=spans
                    value=Signal::derive(move || span.get().code().to_owned())
                    on_pick=pick
                />
            </header>
            <FilterBar><PipelineSelect /></FilterBar>
            {move || warnings(&sales.read())}
            {content}
            {move || opened.get().map(|behind| view! { <Explained behind sales on_close=Callback::new(move |()| opened.set(None)) /> })}
        </section>
    }
    .into_any()
}

#[component]
fn Tiles(sales: Memo<Arc<Sales>>, on_open: Callback<Behind>) -> impl IntoView {
    let count = sales.read_untracked().measures().len();
    let tiles = (0..count).map(|place| {
        let measure = Memo::new(move |_| sales.read().measures().get(place).cloned());
        view! { <Tile measure sales on_open /> }
    });
    view! { <div class="tiles">{tiles.collect_view()}</div> }.into_any()
}

/// Says what the numbers leave out, where that is anything.
fn warnings(sales: &Sales) -> Option<AnyView> {
    let words = &texts().dashboard;
    let said = match sales.currency {
        None => words.no_reporting_currency.to_owned(),
        Some(_) if sales.table.without_rate.is_empty() => return None,
        Some(currency) => {
            let lacking = sales.table.without_rate.iter();
            let lacking = lacking.map(|(code, count)| format!("{code} ({count})"));
            let lacking = lacking.collect::<Vec<_>>().join(", ");
            fill(words.no_rate, &[&lacking, &currency.to_string()])
        }
    };
    Some(view! { <p class="dashboard-warning" role="status">{said}</p> }.into_any())
}
