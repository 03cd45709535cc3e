//! Unsent work as a file: out of this browser, and in again here or elsewhere.

use crate::{
    browser::files::download,
    language::{self, format, texts},
    ui::{icon::Icon, notice::use_notices},
    workspace::{Workspace, bring_in::BroughtIn, unsent_file::UnsentFileError, use_workspace},
};
use js_sys::Uint8Array;
use leptos::{ev, html, prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

/// What a file of unsent work ends in.
const ENDING: &str = ".tessera-unsent";

#[component]
pub fn UnsentFiles() -> impl IntoView {
    let words = language::centre();
    let workspace = use_workspace();
    let notices = use_notices();
    let input = NodeRef::<html::Input>::new();
    let nothing = move || workspace.outbox().read().is_empty();
    let export = move |_| download_unsent(workspace);
    let take_in = move |_: ev::Event| {
        let input = input.get_untracked();
        let Some(input) = input else { return };
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        // It outlives this screen: a file half brought in would have to be brought in again.
        spawn_local(async move {
            input.set_disabled(true);
            let bytes = JsFuture::from(file.array_buffer()).await;
            let bytes = bytes.map(|bytes| Uint8Array::new(&bytes).to_vec()).unwrap_or_default();
            notices.say(said(workspace.import_unsent(&bytes).await));
            // So that choosing the same file again is heard.
            input.set_value("");
            input.set_disabled(false);
        });
    };
    view! {
        <section class="panel unsent-files" aria-label=texts().trouble.save_unsent>
            <button type="button" class="button" disabled=nothing on:click=export>
                <Icon name="download" />
                <span>{texts().trouble.save_unsent}</span>
            </button>
            <p class="quiet">{words.export_hint}</p>
            <label class="button file-button">
                <Icon name="upload" />
                <span>{words.import}</span>
                <input type="file" node_ref=input on:change=take_in />
            </label>
        </section>
    }
    .into_any()
}

/// Hands the person everything the relay has not taken.
pub fn download_unsent(workspace: Workspace) {
    let day = format::local_day(workspace.now());
    let name = format!("{}-{day}{ENDING}", workspace.workspace_name());
    download(&name, "application/octet-stream", &workspace.export_unsent());
}

fn said(outcome: Result<BroughtIn, UnsentFileError>) -> String {
    let words = language::centre();
    let BroughtIn { made, left } = match outcome {
        Ok(brought_in) => brought_in,
        Err(error) => return why_not(&error).to_owned(),
    };
    let count = |pattern, count: usize| {
        (count > 0).then(|| texts().count(pattern, count as u64, &format::number(count as u64)))
    };
    let parts = [count(words.imported, made), count(words.import_left, left)];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    if parts.is_empty() { words.imported_nothing.to_owned() } else { parts.join(" · ") }
}

fn why_not(error: &UnsentFileError) -> &'static str {
    let words = texts();
    match error {
        UnsentFileError::NotUnsentEdits => language::centre().import_failed,
        UnsentFileError::OtherWorkspace | UnsentFileError::OtherPerson => {
            language::centre().import_other
        }
        UnsentFileError::Newer => language::centre().import_newer,
        UnsentFileError::NotStored => language::centre().import_not_stored,
        UnsentFileError::ReadOnly => words.refusal.read_only,
    }
}
