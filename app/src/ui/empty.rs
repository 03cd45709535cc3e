//! What stands where there is nothing to show, and why.

use leptos::prelude::*;

#[component]
pub fn Empty(
    #[prop(into)] title: String,
    #[prop(into, optional)] hint: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <svg class="empty-token" viewBox="0 0 64 64" aria-hidden="true">
                <use href="#token-here"></use>
            </svg>
            <p class="empty-title">{title}</p>
            {(!hint.is_empty()).then(|| view! { <p class="empty-hint">{hint}</p> })}
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}
