//! The sync centre: what is unsent, what was refused, what waits for a choice, what is stored.

mod conflicts;
mod files;
mod outbox;
mod storage;

pub use files::download_unsent;
pub use storage::trouble_in_words;

use crate::language::{self, format, texts::fill};
use conflicts::WaitingConflicts;
use files::UnsentFiles;
use leptos::prelude::*;
use outbox::{Refused, Unsent};
use storage::Storage;

#[component]
pub fn SyncCentre() -> impl IntoView {
    let words = language::centre();
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

/// Says how many of a list are not drawn, if any.
pub fn more(lines: usize, drawn: usize) -> Option<impl IntoView> {
    let beyond = lines.checked_sub(drawn).filter(|beyond| *beyond > 0)?;
    let text = fill(language::centre().and_more, &[&format::number(beyond as u64)]);
    Some(view! { <p class="quiet more">{text}</p> })
}
