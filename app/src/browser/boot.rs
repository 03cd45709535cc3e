//! What stands on the page before the app does.

/// Takes the waiting mark off the page.
pub fn clear() {
    let page = web_sys::window().and_then(|window| window.document());
    if let Some(mark) = page.and_then(|page| page.get_element_by_id("boot")) {
        mark.remove();
    }
}
