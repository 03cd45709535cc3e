//! The conflict inbox: every account with a field that waits for a person to choose.

use crate::{
    accounts::{OpenAccount, conflicts::ConflictBlocks},
    language,
    route::Route,
    settings::conflicts::SettingConflicts,
    sync_centre::more,
    workspace::{Opened, use_workspace},
};
use domain::id::AccountId;
use leptos::prelude::*;

/// Accounts opened at once; the next come up as these are settled.
const ACCOUNTS_MAX: usize = 20;

#[component]
pub fn WaitingConflicts() -> impl IntoView {
    let words = language::centre();
    let workspace = use_workspace();
    let version = workspace.rows_version();
    let waiting = Memo::new(move |_| {
        version.track();
        workspace.with_rows(|rows| {
            let waiting = rows.iter().filter(|row| row.conflicts > 0);
            waiting.map(|row| (row.id, row.name.clone())).collect::<Vec<_>>()
        })
    });
    let settled = move || {
        let (configuration, catalogue) = (workspace.configuration(), workspace.catalogue());
        configuration.read().conflicts.is_empty() && catalogue.read().conflicts.is_empty()
    };
    let more = move || more(waiting.read().len(), ACCOUNTS_MAX);
    view! {
        <section class="panel" aria-labelledby="waiting-title">
            <header class="panel-head"><h2 id="waiting-title">{words.conflicts}</h2></header>
            <ul class="conflict-inbox" data-conflicts=move || waiting.read().len()>
                <For
                    each=move || waiting.get().into_iter().take(ACCOUNTS_MAX)
                    key=Clone::clone
                    let((id, name))
                >
                    <li data-account=id.to_string()>
                        <h3><a href=Route::Account(id).path()>{name}</a></h3>
                        <OfAccount id />
                    </li>
                </For>
            </ul>
            {more}
            <SettingConflicts />
            {move || {
                (waiting.read().is_empty() && settled()).then(|| view! { <p class="nothing">{words.no_conflicts}</p> })
            }}
        </section>
    }
    .into_any()
}

#[component]
fn OfAccount(id: AccountId) -> impl IntoView {
    let opened = use_workspace().open(id);
    let account = Signal::derive(move || match &*opened.read() {
        Opened::Here(account) => Some(account.clone()),
        _ => None,
    });
    let why_not = move || match &*opened.read() {
        Opened::NotHere => Some(language::account().not_here_hint),
        Opened::Malformed(_) => Some(language::account().malformed),
        Opened::Loading | Opened::Here(_) => None,
    };
    let open = OpenAccount::new(id, account);
    view! {
        <p class="quiet">{why_not}</p>
        <ConflictBlocks open />
    }
}
