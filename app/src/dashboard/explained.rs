//! What stands behind a number of the sales dashboard: its definition, and the deals.

use super::behind::{self, LINES_MAX, Said};
use crate::{
    bring_in::{ListExport, Order},
    language::{self, dashboard, format, measures::words_of, texts, texts::fill, zone},
    route::Route,
    ui::dialog::Dialog,
    workspace::use_workspace,
};
use analytics::{measure::Measure, sales::dashboard::Sales};
use domain::time::Timestamp;
use leptos::prelude::*;
use std::sync::Arc;

/// What somebody wants to look behind.
#[derive(Debug, Clone, PartialEq)]
pub enum Behind {
    /// A measure, by its id.
    Measure(&'static str),
    /// Deals of the table under a title.
    Deals(String, Vec<(u32, u32)>),
    /// Accounts under a title, by the places of their rows, each with how often it was in touch.
    Accounts(String, Vec<(u32, u32)>),
}

#[component]
pub fn Explained(
    behind: Behind,
    sales: Signal<Arc<Sales>>,
    on_close: Callback<()>,
) -> impl IntoView {
    let sales = sales.get_untracked();
    let (title, said, lines) = match behind {
        Behind::Deals(title, places) => (title, None, deals(&places)),
        Behind::Accounts(title, counted) => (title, None, accounts(&counted)),
        Behind::Measure(id) => {
            let measure = sales.measures().into_iter().find(|one| one.definition.id == id);
            let rows = measure.map(|measure| measure.rows.as_slice());
            let places = sales.table.places_of(rows.unwrap_or_default());
            let said = measure.map(|measure| definition(measure, &sales));
            (words_of(id).name.to_owned(), said, deals(&places))
        }
    };
    view! {
        <Dialog title on_close>
            {said}
            {lines}
        </Dialog>
    }
    .into_any()
}

fn definition(measure: &Measure, sales: &Sales) -> AnyView {
    let zone = sales.view.configuration.time_zone.as_deref();
    let day = |at: Timestamp| zone::day_in(at, zone);
    let period = measure.scope.period;
    let said = Said {
        words: words_of(measure.definition.id),
        currency: sales.currency,
        days: period.map(|period| (day(period.from), day(Timestamp(period.to.0 - 1)))),
        covered: fill(dashboard().covers, &[&format::number(measure.coverage.used)]),
        left_out_besides: "",
        interval: None,
        thin: None,
    };
    behind::definition(measure, said)
}

fn deals(places: &[(u32, u32)]) -> AnyView {
    let workspace = use_workspace();
    let lines = workspace.with_rows(|rows| {
        let found = places.iter().take(LINES_MAX).filter_map(|(at, inside)| {
            let row = rows.get(*at as usize)?;
            let deal = row.deals.get(*inside as usize)?;
            let amount = deal.amount.map(format::whole_money);
            Some((row.id, deal.name.clone(), row.name.clone(), amount))
        });
        found.collect::<Vec<_>>()
    });
    let count = places.len() as u64;
    let head = texts().count(language::deals().count, count, &format::number(count));
    let lines = lines.into_iter().map(|(account, deal, name, amount)| {
        view! {
            <li class="behind">
                <a href=Route::Account(account).path()>{deal}</a>
                <span class="quiet">{name}</span>
                <span class="number">{amount}</span>
            </li>
        }
    });
    let listed: Arc<[_]> = places.into();
    let order =
        Callback::new(move |()| workspace.with_rows(|rows| Order::of_deals(rows, listed.iter())));
    let export = export(order, places.len());
    behind::list(head, export, lines.collect_view().into_any(), places.len())
}

fn accounts(counted: &[(u32, u32)]) -> AnyView {
    let workspace = use_workspace();
    let lines = workspace.with_rows(|rows| {
        let found = counted.iter().take(LINES_MAX);
        let found = found.filter_map(|(at, count)| Some((rows.get(*at as usize)?, count)));
        found.map(|(row, count)| (row.id, row.name.clone(), *count)).collect::<Vec<_>>()
    });
    let count = counted.len() as u64;
    let head = texts().count(texts().commands.covers, count, &format::number(count));
    let lines = lines.into_iter().map(|(account, name, count)| {
        view! {
            <li class="behind">
                <a href=Route::Account(account).path()>{name}</a>
                <span class="number">{format::number(count.into())}</span>
            </li>
        }
    });
    let listed: Vec<u32> = counted.iter().map(|(at, _)| *at).collect();
    let order = Callback::new(move |()| {
        workspace.with_rows(|rows| Order::of_accounts(rows, listed.iter().copied()))
    });
    let export = export(order, counted.len());
    behind::list(head, export, lines.collect_view().into_any(), counted.len())
}

fn export(order: Callback<(), Order>, count: usize) -> Option<AnyView> {
    (count > 0).then(|| view! { <ListExport order /> }.into_any())
}
