//! Prints the screen, once everything a printed page has on it is drawn.

use leptos::prelude::*;
use std::time::Duration;

/// Lists draw more than is in sight for a page; that takes a moment.
const DRAWING: Duration = Duration::from_millis(300);

pub fn print() {
    // The browser says so too, but then it no longer waits for anything to be drawn.
    if let Ok(event) = web_sys::Event::new("beforeprint") {
        let _ = window().dispatch_event(&event);
    }
    set_timeout(
        || {
            // Where printing is not allowed there is nothing to be done about it.
            let _ = window().print();
        },
        DRAWING,
    );
}
