//! Imports there were, each of which can be taken back.

use super::{
    bench::{Bench, Stage},
    job::Job,
    progress::TakeBack,
    running, taking_back,
};
use crate::{
    language::{self, format, texts},
    workspace::use_workspace,
};
use domain::id::BatchId;
use leptos::prelude::*;

#[component]
pub fn Past() -> impl IntoView {
    let words = language::bringing();
    let workspace = use_workspace();
    let stage = RwSignal::from(Bench::here().stage);
    let remembered = RwSignal::new(Vec::<Job>::new());
    Effect::new(move |_| {
        if matches!(*stage.read(), Stage::Choosing | Stage::Finished(_) | Stage::TookBack(_)) {
            leptos::task::spawn_local_scoped(async move {
                remembered.set(running::remembered(workspace).await);
            });
        }
    });
    let version = workspace.rows_version();
    let busy = Memo::new(move |_| {
        matches!(
            *stage.read(),
            Stage::Writing { .. } | Stage::TakingBack { .. } | Stage::Reading(_)
        )
    });
    let imports = Memo::new(move |before: Option<&Vec<(BatchId, u64)>>| {
        version.track();
        // While rows change by the hundred, they are counted afterwards.
        if busy.get()
            && let Some(before) = before
        {
            return before.clone();
        }
        taking_back::standing(workspace).into_iter().collect::<Vec<_>>()
    });
    let line = move |(batch, accounts): (BatchId, u64)| {
        let told = move || {
            let remembered = remembered.read();
            let job = remembered.iter().find(|job| job.batch == batch);
            job.map_or_else(
                || words.elsewhere.to_owned(),
                |job| format!("{}: {}", format::moment(job.at), job.files.join(", ")),
            )
        };
        let count = texts().count(words.accounts, accounts, &format::number(accounts));
        view! {
            <li class="past-line" data-import=batch.to_string()>
                <p>{told}<span class="quiet">{count}</span></p>
                {move || (!busy.get()).then(|| view! { <TakeBack workspace batch /> })}
            </li>
        }
        .into_any()
    };
    view! {
        <section class="panel past" aria-labelledby="past-title">
            <header class="panel-head"><h2 id="past-title">{words.earlier}</h2></header>
            {move || {
                imports
                    .read()
                    .is_empty()
                    .then(|| view! { <p class="quiet nothing">{words.earlier_none}</p> })
            }}
            <ul>
                <For each=move || imports.get() key=|import| *import children=line />
            </ul>
        </section>
    }
    .into_any()
}
