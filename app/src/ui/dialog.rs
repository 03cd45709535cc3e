//! A modal dialog: open while it is mounted; Esc and the cross close it.

use crate::{language::texts, ui::icon::IconButton};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

#[component]
pub fn Dialog(
    #[prop(into)] title: String,
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let before = document().active_element().and_then(|one| one.dyn_into::<HtmlElement>().ok());
    let before = StoredValue::new_local(before);
    // The browser gives the focus back only to where a dialog was closed, not where it went away.
    on_cleanup(move || {
        if let Some(before) = before.try_get_value().flatten() {
            request_animation_frame(move || {
                let _ = before.focus();
            });
        }
    });
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            // Fails only when it is open already.
            let _ = dialog.show_modal();
            focus_first_field(&dialog);
        }
    });
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            aria-label=title.clone()
            on:close=move |_| on_close.run(())
        >
            <header class="dialog-head">
                <h2>{title.clone()}</h2>
                <IconButton icon="x" label=texts().words.close on_press=on_close />
            </header>
            <div class="dialog-body">{children()}</div>
        </dialog>
    }
    .into_any()
}

/// Puts the focus where typing begins, not on the cross.
fn focus_first_field(dialog: &HtmlDialogElement) {
    let first = dialog.query_selector(".dialog-body :is(input, select, textarea)").ok().flatten();
    if let Some(field) = first.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.focus();
    }
}

/// The row of buttons a form in a dialog ends with.
#[component]
pub fn DialogButtons(commit: &'static str, on_cancel: Callback<()>) -> impl IntoView {
    view! {
        <footer class="dialog-foot">
            <button type="button" class="button" on:click=move |_| on_cancel.run(())>
                {texts().words.cancel}
            </button>
            <button type="submit" class="button primary">{commit}</button>
        </footer>
    }
}
