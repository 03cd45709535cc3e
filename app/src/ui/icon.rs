//! A picture from the page's own sprite; it says nothing, the words beside it do.

use leptos::prelude::*;

#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    view! { <svg class="icon" aria-hidden="true"><use href=format!("#icon-{name}")></use></svg> }
}

/// The token in its two halves: what is here, and what the relay holds.
#[component]
pub fn Token() -> impl IntoView {
    view! {
        <svg class="token" viewBox="0 0 64 64" aria-hidden="true">
            <use class="token-here" href="#token-here"></use>
            <use class="token-there" href="#token-there"></use>
        </svg>
    }
}

/// A button that is only a picture, with its name for those who cannot see it.
#[component]
pub fn IconButton(
    icon: &'static str,
    #[prop(into)] label: Signal<String>,
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button icon-button"
            aria-label=move || label.get()
            title=move || label.get()
            on:click=move |_| on_press.run(())
        >
            <Icon name=icon />
        </button>
    }
}
