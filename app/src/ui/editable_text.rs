//! A line of text that is edited where it stands.

use crate::{language::texts, ui::icon::Icon};
use leptos::{ev, html, prelude::*};

/// Shows `value`; a press makes it a field, Enter or leaving it commits, Esc lets it be.
///
/// `on_commit` says whether the text was taken; if not, the field stays open.
#[component]
pub fn EditableText(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    /// What stands there while it is not edited, where that is not the value itself.
    #[prop(into, optional)]
    shown: Option<Signal<String>>,
    on_commit: Callback<String, bool>,
) -> impl IntoView {
    let editing = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let button = NodeRef::<html::Button>::new();
    Effect::new(move |was: Option<bool>| {
        let now = editing.get();
        if now && let Some(input) = input.get() {
            let _ = input.focus();
            input.select();
        } else if was == Some(true)
            && let Some(button) = button.get_untracked()
        {
            let _ = button.focus();
        }
        now
    });
    let commit = move || {
        let Some(input) = input.get_untracked() else { return };
        let typed = input.value();
        if typed.trim() == value.get_untracked() || on_commit.run(typed) {
            editing.set(false);
        }
    };
    let on_keydown = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.is_composing() => {
            // The focus goes back to the button, which the same key would press.
            event.prevent_default();
            commit();
        }
        "Escape" => {
            event.prevent_default();
            editing.set(false);
        }
        _ => {}
    };
    let on_blur = move |_| {
        if editing.get_untracked() {
            commit();
        }
    };
    let said = Signal::derive(move || match shown.unwrap_or(value).get() {
        text if text.is_empty() => texts().words.not_set.to_owned(),
        text => text,
    });
    move || {
        if editing.get() {
            view! {
                <input
                    class="editable-input"
                    node_ref=input
                    aria-label=move || label.get()
                    prop:value=value.get_untracked()
                    on:keydown=on_keydown
                    on:blur=on_blur
                />
            }
            .into_any()
        } else {
            view! {
                <button
                    type="button"
                    class="editable-text"
                    class:unset=move || value.read().is_empty()
                    node_ref=button
                    aria-label=move || format!("{}: {}", label.get(), said.get())
                    on:click=move |_| editing.set(true)
                >
                    <span>{move || said.get()}</span>
                    <Icon name="pencil" />
                </button>
            }
            .into_any()
        }
    }
}
