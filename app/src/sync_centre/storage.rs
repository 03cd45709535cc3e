//! What this browser keeps, and how sure it is.

use crate::{
    language::{self, format, texts, texts::fill},
    workspace::{storage_report::StorageTrouble, use_workspace},
};
use leptos::prelude::*;

#[component]
pub fn Storage() -> impl IntoView {
    let words = language::centre();
    let workspace = use_workspace();
    let (report, app_kept) = (workspace.storage(), workspace.app_kept());
    let app = move || if app_kept.get() { words.app_kept } else { words.app_being_kept };
    let persisted = move || match report.read().persisted {
        Some(true) => words.persisted_yes,
        Some(false) => words.persisted_no,
        None => texts().words.not_set,
    };
    let usage = move || {
        let report = report.read();
        match (report.usage, report.quota) {
            (Some(usage), Some(quota)) => {
                fill(words.usage_of, &[&format::megabytes(usage), &format::megabytes(quota)])
            }
            (Some(usage), None) => format::megabytes(usage),
            (None, _) => texts().words.not_set.to_owned(),
        }
    };
    let health = move || match report.read().trouble {
        None => words.healthy.to_owned(),
        Some(trouble) => fill(words.read_only, &[trouble_in_words(trouble)]),
    };
    let unreadable = move || {
        let count = report.read().unreadable_edits as u64;
        let said = || texts().count(words.unreadable_edits, count, &format::number(count));
        (count > 0).then(|| view! { <p class="unreadable">{said()}</p> })
    };
    let rows = move || format::number(report.read().rows as u64);
    let documents = move || format::number(report.read().documents_here as u64);
    let line =
        |name: &'static str, value: AnyView| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    view! {
        <section class="panel" aria-labelledby="storage-title">
            <header class="panel-head"><h2 id="storage-title">{words.storage}</h2></header>
            <dl class="storage" data-healthy=move || report.read().trouble.is_none().to_string()>
                {line(words.health, health.into_any())}
                {line(words.app, app.into_any())}
                {line(words.persisted, persisted.into_any())}
                {line(words.usage, usage.into_any())}
                {line(words.rows, rows.into_any())}
                {line(words.documents, documents.into_any())}
            </dl>
            {unreadable}
        </section>
    }
    .into_any()
}

/// Says why nothing can be written.
pub fn trouble_in_words(trouble: StorageTrouble) -> &'static str {
    let words = &texts().trouble;
    match trouble {
        StorageTrouble::Full => words.full,
        StorageTrouble::ConnectionLost => words.lost,
        StorageTrouble::Cleared => words.cleared,
        StorageTrouble::Corrupt => words.corrupt,
        StorageTrouble::Unavailable => words.unavailable,
    }
}
