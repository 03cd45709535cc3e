//! The whole app: who is signed in decides between the sign-in screen and the workspace.

use leptos::prelude::*;

#[component]
pub fn App() -> impl IntoView {
    view! { <main></main> }
}
