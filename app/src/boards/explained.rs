//! What stands behind a number of a dashboard over accounts: its definition, and the accounts.

use super::Shown;
use crate::{
    bring_in::{ListExport, Order},
    dashboard::behind::{self, LINES_MAX, Said},
    language::{boards::boards, format, names, texts},
    route::Route,
    segments::freeze::FreezeButton,
    ui::dialog::Dialog,
    workspace::use_workspace,
};
use analytics::{measure::Measure, span::Stretch};
use leptos::prelude::*;

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
    let own = boards();
    let used = measure.coverage.used;
    let thin = measure.interval.is_some() && measure.is_thin();
    let said = Said {
        words: own.measure(measure.definition.id),
        currency: shown.currency,
        days: Some((stretch.days.from, stretch.days.last())),
        covered: texts().count(own.accounts, used, &format::number(used)),
        left_out_besides: own.negative,
        interval: Some((own.interval, own.range)),
        thin: thin.then_some(own.thin),
    };
    behind::definition(measure, said)
}

fn accounts(places: Vec<u32>) -> AnyView {
    let workspace = use_workspace();
    let lines = workspace.with_rows(|rows| {
        let found = places.iter().take(LINES_MAX).filter_map(|at| rows.get(*at as usize));
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
    let places = StoredValue::new(places);
    let order = Callback::new(move |()| {
        workspace.with_rows(|rows| {
            places.with_value(|places| Order::of_accounts(rows, places.iter().copied()))
        })
    });
    let above = (listed > 0).then(|| {
        view! { <div class="behind-above"><ListExport order /><FreezeButton places /></div> }
            .into_any()
    });
    behind::list(head, above, lines.collect_view().into_any(), listed)
}
