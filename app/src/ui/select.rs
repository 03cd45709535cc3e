//! A choice among few, by the platform's own control.

use leptos::{html, prelude::*};

/// A choice: its value and its words.
pub type Choice = (String, String);

/// Shows `value` among the choices. What the person picks is only sent; the control goes back to
/// `value`, so that it never shows what was refused.
#[component]
pub fn Select(
    #[prop(into)] label: String,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    #[prop(into)] value: Signal<String>,
    on_pick: Callback<String>,
    #[prop(default = "select")] class: &'static str,
) -> impl IntoView {
    let select = NodeRef::<html::Select>::new();
    let show = move || {
        if let Some(select) = select.get_untracked() {
            select.set_value(&value.get_untracked());
        }
    };
    Effect::new(move |_| {
        select.track();
        choices.track();
        value.track();
        show();
    });
    let pick = move |event| {
        on_pick.run(event_target_value(&event));
        show();
    };
    view! {
        <label class=class>
            <span class="select-label">{label}</span>
            <select node_ref=select on:change=pick>
                {move || {
                    let choices = choices.get().into_iter();
                    choices
                        .map(|(value, words)| view! { <option value=value>{words}</option> })
                        .collect_view()
                }}
            </select>
        </label>
    }
    .into_any()
}

/// A choice in a form, where the pick is kept until the form is sent.
#[component]
pub fn SelectField(
    #[prop(into)] label: String,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    value: RwSignal<String>,
) -> impl IntoView {
    let keep = Callback::new(move |picked| value.set(picked));
    view! { <Select label choices value on_pick=keep class="field select-field" /> }
}
