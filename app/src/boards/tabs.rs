//! The way from one dashboard to another, and their numbers as a file.

use crate::{browser::files, language::boards::boards, route::Route, ui::icon::Icon};
use analytics::boards::Which;
use leptos::prelude::*;
use leptos_router::components::A;

#[component]
pub fn Tabs() -> impl IntoView {
    let words = boards();
    let routes =
        [Route::Dashboard].into_iter().chain(Which::ALL.map(Route::Board)).chain([Route::Segments]);
    let tabs = routes.zip(words.tabs).map(|(route, name)| {
        view! { <A href=route.path() exact=true attr:class="dashboard-tab">{name}</A> }
    });
    view! { <nav class="dashboard-tabs" aria-label=words.tabs_label>{tabs.collect_view()}</nav> }
        .into_any()
}

/// Saves what `write` writes: the text the relay answers with for the same place of the log.
#[component]
pub fn SaveNumbers(name: &'static str, write: Callback<(), String>) -> impl IntoView {
    let save = move |_| {
        files::download(&format!("{name}.json"), "application/json", write.run(()).as_bytes());
    };
    view! {
        <button type="button" class="button" data-save-numbers on:click=save>
            <Icon name="download" />
            <span>{boards().save}</span>
        </button>
    }
    .into_any()
}
