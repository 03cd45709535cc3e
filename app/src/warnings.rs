//! What hinders the work as a whole, above every screen: storage, or a session that ended.

use crate::{
    browser::reload::reload,
    language::{format, texts, texts::fill},
    sync_centre::{download_unsent, trouble_in_words},
    ui::notice::{Notices, use_notices},
    workspace::{leaving::NotSaved, use_workspace},
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn Warnings() -> impl IntoView {
    let workspace = use_workspace();
    let (ended, storage) = (workspace.session_ended(), workspace.storage());
    let not_saved = workspace.not_saved();
    let cleared = workspace.cleared();
    let broken = Memo::new(move |_| storage.read().trouble.is_some() || not_saved.get());
    view! {
        <div class="warnings" role="alert">
            {move || broken.get().then(|| view! { <StorageFailed /> })}
            {move || cleared.get().map(|unsent| view! { <Cleared unsent /> })}
            {move || ended.get().then(|| view! { <SessionEnded /> })}
        </div>
    }
}

/// Leaves the page as asked, or says why not.
pub fn leave(leaving: impl Future<Output = Result<(), NotSaved>> + 'static, notices: Notices) {
    // It outlives the button it came from: what it waits for takes as long as storage does.
    spawn_local(async move {
        if leaving.await.is_err() {
            notices.say(texts().shell.not_saved.to_owned());
        }
    });
}

/// Nothing can be written: what is unsent can still be taken away as a file.
#[component]
fn StorageFailed() -> impl IntoView {
    let workspace = use_workspace();
    let notices = use_notices();
    let (storage, not_saved) = (workspace.storage(), workspace.not_saved());
    let words = move || match storage.read().trouble {
        Some(trouble) => fill(texts().sign_in.storage_failed, &[trouble_in_words(trouble)]),
        None => texts().shell.not_saved.to_owned(),
    };
    let nothing = move || workspace.outbox().read().is_empty();
    let taken_away = RwSignal::new(false);
    let take_away = move |_| {
        download_unsent(workspace);
        taken_away.set(true);
    };
    let load_again = move |_| {
        if taken_away.get_untracked() { reload() } else { leave(workspace.reload(), notices) }
    };
    view! {
        <p class="warning" data-warning="storage" data-not-saved=move || not_saved.get().to_string()>
            <span>{words}</span>
            <button type="button" class="button" disabled=nothing on:click=take_away>
                {texts().trouble.save_unsent}
            </button>
            <button type="button" class="button" on:click=load_again>
                {texts().sign_in.reload}
            </button>
        </p>
    }
}

/// The browser cleared its storage: says what had not been received.
#[component]
fn Cleared(unsent: u32) -> impl IntoView {
    let workspace = use_workspace();
    let words = &texts().shell;
    let count = u64::from(unsent);
    let said = match unsent {
        0 => words.cleared_unsent_none.to_owned(),
        _ => texts().count(words.cleared, count, &format::number(count)),
    };
    view! {
        <p class="warning" data-warning="cleared" data-unsent=unsent.to_string()>
            <span>{said}</span>
            <button type="button" class="button" on:click=move |_| workspace.acknowledge_cleared()>
                {words.cleared_known}
            </button>
        </p>
    }
}

/// The relay no longer knows the person; work goes on, and is sent after signing in again.
#[component]
fn SessionEnded() -> impl IntoView {
    let workspace = use_workspace();
    let notices = use_notices();
    let sign_in = move |_| leave(workspace.sign_in_again(), notices);
    view! {
        <p class="warning" data-warning="session">
            <span>{texts().sign_in.session_ended}</span>
            <button type="button" class="button" on:click=sign_in>
                {texts().sign_in.sign_in}
            </button>
        </p>
    }
}
