//! How safe an edit is, at the place where it was made.

use crate::{language::names, ui::icon::Token};
use leptos::prelude::*;
use sync::output::EditState;

#[component]
pub fn EditMark(#[prop(into)] state: Signal<Option<EditState>>) -> impl IntoView {
    let mark = move |state: EditState| {
        view! {
            <span class="edit-mark" data-state=code(state) title=names::edit_state(state)>
                <Token />
                <span>{names::edit_state(state)}</span>
            </span>
        }
    };
    view! { <span class="edit-mark-place" role="status">{move || state.get().map(mark)}</span> }
}

/// Returns the state as style sheets and tests know it.
pub fn code(state: EditState) -> &'static str {
    match state {
        EditState::Saving => "saving",
        EditState::OnThisTablet => "on-this-tablet",
        EditState::Received => "received",
        EditState::Waiting(_) => "waiting",
        EditState::Refused(_) => "refused",
        EditState::NotSaved => "not-saved",
    }
}
