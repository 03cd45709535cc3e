//! The sales dashboard: every number opens its definition, what it covers and the deals behind it.

pub mod behind;
mod charts;
mod explained;
pub mod period;
pub mod tile;

use crate::{
    accounts::book::use_book,
    boards::tabs::{SaveNumbers, Tabs},
    deals::filter::PipelineSelect,
    filter::{FilterBar, address},
    gathering::{self, Gathers},
    language::{self, dashboard, format, measures::words_of, texts::fill, zone},
    ui::empty::Empty,
    workspace::use_workspace,
};
use analytics::{
    boards::written::Occasion,
    sales::dashboard::{Sales, View},
    span::Span,
};
use charts::Charts;
use domain::{filter::Filter, row::AccountRow};
use explained::{Behind, Explained};
use leptos::prelude::*;
use period::SpanSelect;
use std::{ops::Range, sync::Arc};
use tile::{Face, Tile};

#[component]
pub fn DashboardPage() -> impl IntoView {
    let words = dashboard();
    let workspace = use_workspace();
    let configuration = workspace.configuration();
    let book = use_book();
    let filter = book.filter;
    address::follow();
    let span = RwSignal::new(Span::ThisQuarter);
    let today = Memo::new(move |_| {
        format::track_time();
        zone::day_in(workspace.now(), configuration.read().time_zone.as_deref())
    });
    let view_now = move || {
        let configuration = configuration.get();
        let zone = configuration.time_zone.as_deref();
        let period = period::period(span.get(), today.get(), zone);
        let filter = Filter { period: None, ..filter.get() };
        let reader = domain::filter::Reader { today: today.get(), ..book.reader() };
        View { configuration, filter, reader, period }
    };
    let gathered = gathering::gather::<Counted>(view_now);
    let here = move || gathered.read().as_ref().map(|counted| counted.0.clone());
    // Nothing is drawn of them before they are counted.
    let sales = Signal::derive(move || here().unwrap_or_else(|| Counted::begin(view_now()).0));
    let ready = Memo::new(move |_| here().is_some_and(|sales| sales.view == view_now()));
    let opened = RwSignal::new(None::<Behind>);
    let open = Callback::new(move |behind| opened.set(Some(behind)));
    let write = Callback::new(move |()| {
        let (span, today) = (span.get_untracked(), today.get_untracked());
        workspace.with_rows(|rows| {
            let sequence = workspace.sequence();
            Occasion { rows, span, today, sequence }.write_sales(&sales.read_untracked())
        })
    });
    let any = Memo::new(move |_| here().map(|sales| !sales.table.deals.is_empty()));
    let content = move || match any.get() {
        None => view! { <div class="tiles" aria-busy="true"></div> }.into_any(),
        Some(false) => {
            view! { <Empty title=language::deals().empty hint=language::deals().empty_hint /> }
                .into_any()
        }
        Some(true) => {
            view! { <Tiles sales on_open=open /><Charts sales on_open=open /> }.into_any()
        }
    };
    view! {
        <section
            class="page dashboard"
            aria-labelledby="dashboard-title"
            data-period=move || span.get().code()
            data-ready=move || ready.get().to_string()
        >
            <header class="page-head">
                <h1 id="dashboard-title">{words.title}</h1>
                <SpanSelect span />
                <SaveNumbers name="sales" write />
            </header>
            <Tabs />
            <FilterBar><PipelineSelect /></FilterBar>
            {move || here().and_then(|sales| warnings(&sales))}
            {content}
            {move || opened.get().map(|behind| view! { <Explained behind sales on_close=Callback::new(move |()| opened.set(None)) /> })}
        </section>
    }
    .into_any()
}

/// The sales as they were counted: shared with what draws them, for as long as it draws.
struct Counted(Arc<Sales>);

impl Gathers for Counted {
    type View = View;
    const NAME: &'static str = "dashboard";

    fn begin(view: View) -> Self {
        Self(Arc::new(Sales::begin(view)))
    }

    fn view(&self) -> &View {
        &self.0.view
    }

    fn take_in(&mut self, rows: &[AccountRow], places: Range<usize>) {
        Arc::make_mut(&mut self.0).take_in(rows, places);
    }

    fn tell_again(&mut self, rows: &[AccountRow], changed: &[usize]) {
        Arc::make_mut(&mut self.0).tell_again(rows, changed);
    }

    fn settle(&mut self, rows: &[AccountRow]) {
        Arc::make_mut(&mut self.0).settle(rows);
    }
}

#[component]
fn Tiles(sales: Signal<Arc<Sales>>, on_open: Callback<Behind>) -> impl IntoView {
    let count = sales.read_untracked().measures().len();
    let open = Callback::new(move |id| on_open.run(Behind::Measure(id)));
    let tiles = (0..count).map(|place| {
        let face = Memo::new(move |_| {
            let sales = sales.read();
            let measure = *sales.measures().get(place)?;
            Some(Face::of(measure, words_of(measure.definition.id).name, sales.currency))
        });
        view! { <Tile face on_open=open /> }
    });
    view! { <div class="tiles">{tiles.collect_view()}</div> }.into_any()
}

/// Says what the numbers leave out, where that is anything.
fn warnings(sales: &Sales) -> Option<AnyView> {
    let words = dashboard();
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
