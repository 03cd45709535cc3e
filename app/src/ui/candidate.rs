//! One of the values that wait for a choice: who set it and when, and keeping it.

use crate::language::{self, format, texts::fill};
use domain::time::Timestamp;
use leptos::prelude::*;

#[component]
pub fn CandidateLine(
    value: String,
    /// The name of whoever set it.
    by: String,
    at: Timestamp,
    #[prop(into)] now: Callback<(), Timestamp>,
    is_shown: bool,
    #[prop(into)] on_keep: Callback<()>,
) -> impl IntoView {
    let words = language::conflicts();
    let by_at = move || fill(words.by_at, &[&by, &format::ago(at, now.run(()))]);
    view! {
        <li class="candidate" class:shown=is_shown>
            <div>
                <p class="candidate-value">{value}</p>
                <p class="quiet">
                    {by_at}
                    {is_shown.then(|| view! { <span class="chip">{words.shown}</span> })}
                </p>
            </div>
            <button type="button" class="button" on:click=move |_| on_keep.run(())>{words.keep}</button>
        </li>
    }
    .into_any()
}
