//! What stands above a printed page: whose book it is, who printed it and when, and what it covers.

use super::sync_badge::standing;
use crate::{
    language::{format, texts},
    workspace::use_workspace,
};
use leptos::{ev, prelude::*};

#[component]
pub fn PrintHead() -> impl IntoView {
    let workspace = use_workspace();
    let now = RwSignal::new(workspace.now());
    let printing =
        window_event_listener(ev::Custom::new("beforeprint"), move |_: web_sys::Event| {
            now.set(workspace.now());
        });
    on_cleanup(move || printing.remove());
    let covers = move || {
        now.track();
        let rows = workspace.with_rows(<[_]>::len) as u64;
        texts().count(texts().commands.covers, rows, &format::number(rows))
    };
    view! {
        <p class="print-head" aria-hidden="true">
            <strong>{workspace.workspace_name()}</strong>
            <span>{workspace.person_name()}</span>
            <span>{move || format::moment(now.get())}</span>
            <span>{covers}</span>
            <span>{standing(workspace)}</span>
        </p>
    }
    .into_any()
}
