//! The filter in the address, so that what one looks at can be kept and handed on: read when a
//! screen opens, and written again whenever it changes.

use crate::accounts::book::use_book;
use domain::filter::Filter;
use leptos::prelude::*;
use leptos_router::{hooks::use_location, params::ParamsMap};
use std::time::Duration;
use wasm_bindgen::JsValue;

/// How long the router is waited for: it changes the address a moment after the screen.
const WAIT: Duration = Duration::from_millis(50);
const WAITS_MAX: u32 = 40;

/// Keeps the address of this screen and the filter in step, for as long as the screen is here.
pub fn follow() {
    let filter = use_book().filter;
    let location = use_location();
    let path = location.pathname.get_untracked();
    Effect::new(move |_| {
        if !location.search.get().is_empty() {
            let parts = location.query.get_untracked();
            filter.set(Filter::of_parts(|name| parts.get(name)));
        }
    });
    let here = StoredValue::new(path);
    Effect::new(move |_| {
        let parts = filter.read().parts().into_iter();
        let query = parts.collect::<ParamsMap>().to_query_string();
        write(here, query, WAITS_MAX);
    });
}

fn write(here: StoredValue<String>, query: String, waits: u32) {
    // The screen may be gone by now, and another one's address is not to be touched.
    let Some(path) = here.try_get_value() else { return };
    let location = window().location();
    if location.pathname().is_ok_and(|shown| shown == path) {
        let Ok(history) = window().history() else { return };
        let state = history.state().unwrap_or(JsValue::NULL);
        let _ = history.replace_state_with_url(&state, "", Some(&format!("{path}{query}")));
    } else if waits > 0 {
        set_timeout(move || write(here, query, waits - 1), WAIT);
    }
}
