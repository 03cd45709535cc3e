//! The sync centre: what is unsent, what was refused, what waits for a choice, what is stored.

mod conflicts;
mod files;
mod outbox;
mod storage;

use crate::language::texts;
use conflicts::WaitingConflicts;
use files::UnsentFiles;
use leptos::prelude::*;
use outbox::{Refused, Unsent};
use storage::Storage;

#[component]
pub fn SyncCentre() -> impl IntoView {
    let words = &texts().centre;
    view! {
        <section class="page sync-centre" aria-labelledby="centre-title">
            <header class="page-head">
                <h1 id="centre-title">{words.title}</h1>
            </header>
            <div class="centre-columns">
                <div>
                    <Refused />
                    <Unsent />
                    <WaitingConflicts />
                </div>
                <div>
                    <Storage />
                    <UnsentFiles />
                </div>
            </div>
        </section>
    }
    .into_any()
}
