//! Loading the page again.

pub fn reload() {
    if let Some(window) = web_sys::window() {
        // Reloading fails only where the page is already going away.
        let _ = window.location().reload();
    }
}
