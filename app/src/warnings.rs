//! What hinders the work as a whole, above every screen: storage, or a session that ended.

use crate::{
    browser::{files, known_people, reload::reload},
    language::texts,
    workspace::use_workspace,
};
use leptos::prelude::*;

#[component]
pub fn Warnings() -> impl IntoView {
    let workspace = use_workspace();
    let (ended, storage) = (workspace.session_ended(), workspace.storage());
    let broken = Memo::new(move |_| storage.read().trouble.is_some());
    view! {
        <div class="warnings" role="alert">
            {move || broken.get().then(|| view! { <StorageFailed /> })}
            {move || ended.get().then(|| view! { <SessionEnded /> })}
        </div>
    }
}

/// Nothing can be written: what is unsent can still be taken away as a file.
#[component]
fn StorageFailed() -> impl IntoView {
    let workspace = use_workspace();
    let take_away = move |_| {
        let file = workspace.export_unsent();
        files::download("tessera-unsent.bin", "application/octet-stream", &file);
    };
    view! {
        <p class="warning" data-warning="storage">
            <span>{texts().sign_in.storage_failed}</span>
            <button type="button" class="button" on:click=take_away>{texts().centre.export}</button>
            <button type="button" class="button" on:click=move |_| reload()>
                {texts().sign_in.reload}
            </button>
        </p>
    }
}

/// The relay no longer knows the person; work goes on, and is sent after signing in again.
#[component]
fn SessionEnded() -> impl IntoView {
    let sign_in = move |_| {
        known_people::end_work();
        reload();
    };
    view! {
        <p class="warning" data-warning="session">
            <span>{texts().sign_in.session_ended}</span>
            <button type="button" class="button" on:click=sign_in>
                {texts().sign_in.sign_in}
            </button>
        </p>
    }
}
