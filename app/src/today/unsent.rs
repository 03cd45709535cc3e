//! How much of the work is on this tablet only, in a line, with the way to the sync centre.

use crate::{
    language::{self, format, texts, texts::fill},
    route::Route,
    ui::icon::Token,
    workspace::use_workspace,
};
use leptos::prelude::*;

#[component]
pub fn UnsentNow() -> impl IntoView {
    let words = texts();
    let workspace = use_workspace();
    let unsent = workspace.unsent();
    let said = move || match unsent.get() {
        (0, _) => words.line.all_received.to_owned(),
        (count, _) => {
            words.count(words.line.on_this_tablet, count.into(), &format::number(count.into()))
        }
    };
    let since = move || {
        let since = unsent.get().1?;
        Some(fill(language::centre().oldest, &[&format::ago(since, workspace.now())]))
    };
    view! {
        <section class="panel unsent-now" aria-labelledby="unsent-now-title">
            <header class="panel-head"><h2 id="unsent-now-title">{language::centre().unsent}</h2></header>
            <a class="unsent-link" href=Route::SyncCentre.path()>
                <span class="edit-mark" data-state=move || if unsent.get().0 == 0 { "received" } else { "stored" }>
                    <Token />
                </span>
                <span>
                    <span class="unsent-said">{said}</span>
                    <span class="quiet">{since}</span>
                </span>
            </a>
        </section>
    }
    .into_any()
}
