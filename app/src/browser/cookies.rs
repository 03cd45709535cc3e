//! Small notes that outlive a clearing of the browser's storage: it leaves cookies alone.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// A browser keeps none for longer.
const SECONDS: u32 = 400 * 24 * 60 * 60;

pub fn read(name: &str) -> Option<String> {
    let all = Reflect::get(&document()?, &"cookie".into()).ok()?.as_string()?;
    let mut notes = all.split("; ").filter_map(|note| note.split_once('='));
    notes.find(|(found, _)| *found == name).map(|(_, value)| value.to_owned())
}

pub fn write(name: &str, value: &str) {
    set(&format!("{name}={value}; path=/; max-age={SECONDS}; SameSite=Strict"));
}

pub fn remove(name: &str) {
    set(&format!("{name}=; path=/; max-age=0; SameSite=Strict"));
}

fn set(note: &str) {
    if let Some(document) = document() {
        // A browser that takes no cookies has no session either.
        let _ = Reflect::set(&document, &"cookie".into(), &note.into());
    }
}

fn document() -> Option<JsValue> {
    Some(web_sys::window()?.document()?.into())
}
