//! The help sheet: every shortcut, and the switch that turns single keys off.

use super::{COMMANDS, keys};
use crate::{language::texts, ui::dialog::Dialog};
use leptos::prelude::*;

/// Opens the palette, also where single keys are off.
pub const PALETTE_KEYS: &str = "Ctrl K";

#[component]
pub fn Shortcuts(on_close: Callback<()>) -> impl IntoView {
    let words = &texts().commands;
    let line = |keys: &'static str, words: &'static str| {
        view! { <div><dt>{words}</dt><dd>{Keys(KeysProps { keys })}</dd></div> }.into_any()
    };
    let lines = COMMANDS.iter().filter(|command| !command.keys.is_empty());
    let lines = lines.map(|command| line(command.keys, (command.words)(texts())));
    let all: Vec<_> = [line(PALETTE_KEYS, words.title)].into_iter().chain(lines).collect();
    view! {
        <Dialog title=words.shortcuts on_close>
            <label class="switch">
                <input
                    type="checkbox"
                    prop:checked=keys::are_on()
                    on:change=move |event| keys::turn(event_target_checked(&event))
                />
                <span>{words.single_keys}</span>
            </label>
            <dl class="shortcuts">{all}</dl>
        </Dialog>
    }
    .into_any()
}

/// Keys to press one after the other.
#[component]
pub fn Keys(keys: &'static str) -> impl IntoView {
    let each = keys.split_whitespace().map(|key| {
        let shown = if key.len() == 1 { key.to_uppercase() } else { key.to_owned() };
        view! { <kbd>{shown}</kbd> }
    });
    view! { <span class="keys">{each.collect_view()}</span> }.into_any()
}
