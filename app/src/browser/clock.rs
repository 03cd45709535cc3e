//! What time it is: as this device believes, and as the relay has last corrected it.
//!
//! The correction is kept in the browser, because only one tab hears the relay, and because a
//! tablet whose clock is off is off without a line too.

use domain::time::Timestamp;
use std::cell::Cell;
use sync::id::Time;
use web_sys::Storage;

const KEY: &str = "tessera.clock-behind-ms";

thread_local! {
    static BEHIND_MS: Cell<i64> = Cell::new(kept());
}

/// Returns the time that goes into what people write, and that screens count from.
pub fn now() -> Timestamp {
    corrected(time())
}

/// Returns the device's own time: what the replica and its appointments run on.
pub fn time() -> Time {
    Time(js_sys::Date::now() as i64)
}

/// Returns milliseconds that only ever go up, to measure by.
pub fn ticks_ms() -> f64 {
    let performance = web_sys::window().and_then(|window| window.performance());
    performance.map_or_else(js_sys::Date::now, |performance| performance.now())
}

/// Corrects a moment of the device's own time.
pub fn corrected(time: Time) -> Timestamp {
    Timestamp(time.0.saturating_add(BEHIND_MS.get()))
}

/// Takes note of how far the device is behind the relay.
pub fn correct(behind_ms: i64) {
    if BEHIND_MS.replace(behind_ms) == behind_ms {
        return;
    }
    if let Some(storage) = storage() {
        // Without it the next page goes by its own clock until it hears the relay.
        let _ = storage.set_item(KEY, &behind_ms.to_string());
    }
}

/// Takes over what another tab has heard.
pub fn read_again() {
    BEHIND_MS.set(kept());
}

fn kept() -> i64 {
    let text = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    text.and_then(|text| text.parse().ok()).unwrap_or(0)
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
