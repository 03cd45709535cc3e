//! Keys that work on every screen: the palette's, always; those of single commands unless a person
//! has turned them off, and never where something is typed or lies open.

use super::{COMMANDS, Command, Sheet, desk::Desk};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, Storage};

/// Where it is kept that single keys do nothing.
const KEPT_AS: &str = "tessera.keys-off";
/// How long the first key of two is remembered.
const PAUSE_MS_MAX: f64 = 1500.0;

pub fn are_on() -> bool {
    let off = storage().and_then(|storage| storage.get_item(KEPT_AS).ok().flatten());
    off.is_none()
}

pub fn turn(on: bool) {
    if let Some(storage) = storage() {
        // Not kept is no loss: keys that do nothing harm nobody.
        let _ = if on { storage.remove_item(KEPT_AS) } else { storage.set_item(KEPT_AS, "1") };
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

pub fn listen(desk: Desk, run: Callback<&'static Command>) {
    let before = StoredValue::new((String::new(), 0.0));
    let heard = window_event_listener(ev::keydown, move |event| {
        let palette = (event.ctrl_key() || event.meta_key()) && letter(&event) == "k";
        if palette && !event.alt_key() && !event.shift_key() {
            event.prevent_default();
            if desk.is_clear() && !something_is_open() {
                desk.open(Sheet::Palette);
            }
            return;
        }
        let with_others = event.ctrl_key() || event.meta_key() || event.alt_key();
        let elsewhere = !desk.is_clear() || something_is_open() || is_typing(&event);
        if with_others || event.repeat() || elsewhere || !are_on() {
            return;
        }
        let key = letter(&event);
        let (first, at) = before.get_value();
        let recent = event.time_stamp() - at < PAUSE_MS_MAX;
        before.set_value((String::new(), 0.0));
        let both = recent.then(|| named(&format!("{first} {key}"))).flatten();
        match both.or_else(|| named(&key)) {
            Some(command) => {
                event.prevent_default();
                run.run(command);
            }
            None => before.set_value((key, event.time_stamp())),
        }
    });
    on_cleanup(move || heard.remove());
}

fn named(keys: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| !command.keys.is_empty() && command.keys == keys)
}

/// Returns the key as the table writes it: letters by their place, so that they are the same under
/// every alphabet.
fn letter(event: &ev::KeyboardEvent) -> String {
    match event.code().strip_prefix("Key") {
        Some(letter) if !event.shift_key() => letter.to_ascii_lowercase(),
        _ => event.key(),
    }
}

fn is_typing(event: &ev::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| {
        matches!(target.closest("input, textarea, select, [contenteditable]"), Ok(Some(_)))
    })
}

fn something_is_open() -> bool {
    matches!(document().query_selector("dialog[open], :popover-open"), Ok(Some(_)))
}
