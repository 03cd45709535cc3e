//! What stands behind a number: its definition, its parts, what it covers, and the accounts.

use super::Shown;
use crate::{
    bring_in::{ListExport, Order},
    language::{boards::boards, dashboard, figure, format, names, texts, texts::fill},
    route::Route,
    ui::dialog::Dialog,
    workspace::use_workspace,
};
use analytics::{measure::Measure, span::Stretch};
use exchange::kind::Kind;
use leptos::prelude::*;

/// Accounts listed at most; the rest is counted, and in the file.
const ACCOUNTS_MAX: usize = 200;

/// What somebody wants to look behind.
#[derive(Debug, Clone, PartialEq)]
pub enum Behind {
    /// A measure, by its id.
    Measure(&'static str),
    /// Accounts under a title, by the places of their rows.
    Accounts(String, Vec<u32>),
}

#[component]
pub fn Explained(
    behind: Behind,
    shown: Memo<Option<Shown>>,
    stretch: Stretch,
    on_close: Callback<()>,
) -> impl IntoView {
    let shown = shown.get_untracked();
    let (title, said, places) = match behind {
        Behind::Accounts(title, places) => (title, None, places),
        Behind::Measure(id) => {
            let measure = shown.as_ref().and_then(|shown| {
                let found = shown.board.measures.iter().find(|one| one.definition.id == id);
                found.map(|measure| (measure, shown))
            });
            let places = measure.map(|(measure, _)| measure.rows.clone()).unwrap_or_default();
            let said = measure.map(|(measure, shown)| definition(measure, shown, stretch));
            (boards().measure(id).name.to_owned(), said, places)
        }
    };
    view! {
        <Dialog title on_close>
            {said}
            {accounts(places)}
        </Dialog>
    }
    .into_any()
}

fn definition(measure: &Measure, shown: &Shown, stretch: Stretch) -> AnyView {
    let (words, own) = (dashboard(), boards());
    let of = own.measure(measure.definition.id);
    let part = |label: &'static str, said: Option<String>| {
        said.map(|said| view! { <div><dt>{label}</dt><dd>{said}</dd></div> })
    };
    let number = |number: f64| figure::number_of(measure, number, shown.currency);
    let unit = measure.definition.unit;
    let interval = measure.interval.map(|one| {
        let [low, high] = [one.low, one.high].map(|end| figure::number(unit, end, shown.currency));
        fill(own.range, &[&low, &high])
    });
    let now = use_workspace().now();
    let day = |day| format::day(day, now);
    let days = fill(words.from_to, &[&day(stretch.days.from), &day(stretch.days.last())]);
    let used = measure.coverage.used;
    let covered = texts().count(own.accounts, used, &format::number(used));
    let left_out = measure.coverage.left_out.iter().map(|(lack, count)| {
        let word = words.lacks.get(*lack as usize).copied().unwrap_or(own.negative);
        format!("{word}: {}", format::number(*count))
    });
    let left_out = left_out.collect::<Vec<_>>().join(" · ");
    let thin = measure.interval.is_some() && measure.is_thin();
    view! {
        <div class="explained">
            <p class="explained-figure">{figure::written(measure, shown.currency)}</p>
            <p>{of.sentence}</p>
            {thin.then(|| view! { <p class="quiet">{own.thin}</p> })}
            <dl class="facts">
                {part(words.formula, Some(of.formula.to_owned()))}
                {part(words.numerator, measure.numerator.map(number))}
                {part(words.denominator, measure.denominator.map(format::decimal))}
                {part(own.interval, interval)}
                {part(words.period, Some(days))}
                {part(words.coverage, Some(covered))}
                {part(words.left_out, Some(left_out).filter(|said| !said.is_empty()))}
            </dl>
        </div>
    }
    .into_any()
}

fn accounts(places: Vec<u32>) -> AnyView {
    let workspace = use_workspace();
    let lines = workspace.with_rows(|rows| {
        let found = places.iter().take(ACCOUNTS_MAX).filter_map(|at| rows.get(*at as usize));
        found.map(|row| (row.id, row.name.clone(), row.stage)).collect::<Vec<_>>()
    });
    let (listed, count) = (places.len(), places.len() as u64);
    let head = texts().count(boards().accounts, count, &format::number(count));
    let lines = lines.into_iter().map(|(account, name, stage)| {
        view! {
            <li class="behind">
                <a href=Route::Account(account).path()>{name}</a>
                <span class="quiet">{names::stage(stage)}</span>
            </li>
        }
    });
    let order = Callback::new(move |()| {
        let ids = |rows: &[domain::row::AccountRow]| {
            places.iter().filter_map(|at| Some(rows.get(*at as usize)?.id)).collect()
        };
        Order { accounts: workspace.with_rows(ids), kinds: vec![Kind::Accounts], deals: None }
    });
    view! {
        <h3 class="behind-head">{head}</h3>
        {(listed > 0).then(|| view! { <ListExport order /> })}
        <ul class="behind-deals">{lines.collect_view()}</ul>
        {crate::sync_centre::more(listed, ACCOUNTS_MAX)}
    }
    .into_any()
}
