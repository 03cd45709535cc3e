//! Unsent work as a file: out of this browser, and in again here or elsewhere.

use crate::{
    browser::files::download,
    language::{format, texts},
    ui::{icon::Icon, notice::use_notices},
    workspace::{Workspace, unsent_file::UnsentFileError, use_workspace},
};
use js_sys::Uint8Array;
use leptos::{ev, html, prelude::*, task::spawn_local_scoped};
use wasm_bindgen_futures::JsFuture;

/// What a file of unsent work ends in.
const ENDING: &str = ".tessera-unsent";

#[component]
pub fn UnsentFiles() -> impl IntoView {
    let words = &texts().centre;
    let workspace = use_workspace();
    let notices = use_notices();
    let input = NodeRef::<html::Input>::new();
    let nothing = move || workspace.outbox().read().is_empty();
    let export = move |_| download_unsent(workspace);
    let take_in = move |_: ev::Event| {
        let input = input.get_untracked();
        let Some(input) = input else { return };
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        spawn_local_scoped(async move {
            let bytes = JsFuture::from(file.array_buffer()).await;
            let bytes = bytes.map(|bytes| Uint8Array::new(&bytes).to_vec()).unwrap_or_default();
            notices.say(match workspace.import_unsent(&bytes) {
                Ok(0) => texts().centre.imported_nothing.to_owned(),
                Ok(count) => {
                    let count = count as u64;
                    texts().count(words.imported, count, &format::number(count))
                }
                Err(error) => why_not(&error).to_owned(),
            });
            // So that choosing the same file again is heard.
            input.set_value("");
        });
    };
    view! {
        <section class="panel unsent-files" aria-label=words.export>
            <button type="button" class="button" disabled=nothing on:click=export>
                <Icon name="download" />
                <span>{words.export}</span>
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

fn why_not(error: &UnsentFileError) -> &'static str {
    let words = texts();
    match error {
        UnsentFileError::NotUnsentEdits => words.centre.import_failed,
        UnsentFileError::OtherWorkspace | UnsentFileError::OtherPerson => words.centre.import_other,
        UnsentFileError::Newer => words.centre.import_newer,
        UnsentFileError::ReadOnly => words.refusal.read_only,
    }
}
