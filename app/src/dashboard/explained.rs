//! What stands behind a number: its definition, its parts, what it covers, and the deals.

use crate::{
    language::{dashboard, figure, format, measures::words_of, texts, texts::fill},
    route::Route,
    ui::dialog::Dialog,
    workspace::use_workspace,
};
use analytics::{measure::Measure, sales::dashboard::Sales};
use leptos::prelude::*;
use std::sync::Arc;

/// Deals listed at most; the rest is counted.
const DEALS_MAX: usize = 200;

/// What somebody wants to look behind.
#[derive(Debug, Clone, PartialEq)]
pub enum Behind {
    /// A measure, by its id.
    Measure(&'static str),
    /// Deals of the table under a title.
    Deals(String, Vec<(u32, u32)>),
}

#[component]
pub fn Explained(behind: Behind, sales: Memo<Arc<Sales>>, on_close: Callback<()>) -> impl IntoView {
    let sales = sales.get_untracked();
    let (title, said, places) = match behind {
        Behind::Deals(title, places) => (title, None, places),
        Behind::Measure(id) => {
            let measure = sales.measures().into_iter().find(|one| one.definition.id == id);
            let rows = measure.map(|measure| measure.rows.as_slice());
            let places = sales.table.places_of(rows.unwrap_or_default());
            let said = measure.map(|measure| definition(measure, &sales));
            (words_of(id).name.to_owned(), said, places)
        }
    };
    view! {
        <Dialog title on_close>
            {said}
            {deals(&places)}
        </Dialog>
    }
    .into_any()
}

fn definition(measure: &Measure, sales: &Sales) -> AnyView {
    let words = dashboard();
    let of = words_of(measure.definition.id);
    let part = |label: &'static str, said: Option<String>| {
        said.map(|said| view! { <div><dt>{label}</dt><dd>{said}</dd></div> })
    };
    let number = |number: f64| figure::number_of(measure, number, sales.currency);
    let period = measure.scope.period.map(|period| {
        let now = use_workspace().now();
        let day = |at: domain::time::Timestamp| format::day(at.day(), now);
        fill(words.from_to, &[&day(period.from), &day(domain::time::Timestamp(period.to.0 - 1))])
    });
    let covered = fill(words.covers, &[&format::number(measure.coverage.used)]);
    let left_out = measure.coverage.left_out.iter().map(|(lack, count)| {
        format!("{}: {}", words.lacks[*lack as usize], format::number(*count))
    });
    let left_out = left_out.collect::<Vec<_>>().join(" · ");
    view! {
        <div class="explained">
            <p class="explained-figure">{figure::written(measure, sales.currency)}</p>
            <p>{of.sentence}</p>
            <dl class="facts">
                {part(words.formula, Some(of.formula.to_owned()))}
                {part(words.numerator, measure.numerator.map(number))}
                {part(words.denominator, measure.denominator.map(format::decimal))}
                {part(words.period, period)}
                {part(words.coverage, Some(covered))}
                {part(words.left_out, Some(left_out).filter(|said| !said.is_empty()))}
            </dl>
        </div>
    }
    .into_any()
}

fn deals(places: &[(u32, u32)]) -> AnyView {
    let workspace = use_workspace();
    let lines = workspace.with_rows(|rows| {
        let found = places.iter().take(DEALS_MAX).filter_map(|(at, inside)| {
            let row = rows.get(*at as usize)?;
            let deal = row.deals.get(*inside as usize)?;
            let amount = deal.amount.map(format::whole_money);
            Some((row.id, deal.name.clone(), row.name.clone(), amount))
        });
        found.collect::<Vec<_>>()
    });
    let count = places.len() as u64;
    let head = texts().count(texts().deals.count, count, &format::number(count));
    let lines = lines.into_iter().map(|(account, deal, name, amount)| {
        view! {
            <li class="behind">
                <a href=Route::Account(account).path()>{deal}</a>
                <span class="quiet">{name}</span>
                <span class="number">{amount}</span>
            </li>
        }
    });
    view! {
        <h3 class="behind-head">{head}</h3>
        <ul class="behind-deals">{lines.collect_view()}</ul>
        {crate::sync_centre::more(places.len(), DEALS_MAX)}
    }
    .into_any()
}
