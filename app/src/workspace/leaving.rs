//! Leaving the page: nothing that was entered is left behind unless the person says so.

use super::core::Core;
use crate::browser::{events::listen, reload::reload, service_worker};
use gloo::timers::future::TimeoutFuture;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// How often a tab that waits for the new version looks whether everything is stored.
const LOOK_AGAIN_MS: u32 = 1000;

/// Storage turned away an edit, which would be gone with the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an edit is not stored on this tablet")]
pub struct NotSaved;

/// Waits for storage, and refuses when it lacks an edit.
pub async fn kept(core: &Core) -> Result<(), NotSaved> {
    core.all_stored().await;
    if core.outbox.borrow().lacks_storage() { Err(NotSaved) } else { Ok(()) }
}

/// Keeps the page from going while storage lacks an edit.
pub fn guard(core: &Rc<Core>) {
    let guarded = core.clone();
    if let Some(window) = web_sys::window() {
        listen(&window, "beforeunload", move |event| {
            if guarded.outbox.borrow().lacks_storage() {
                event.prevent_default();
            }
        })
        .forever();
    }
    let core = core.clone();
    service_worker::when_changed(move || {
        let core = core.clone();
        spawn_local(async move {
            // The old version goes on working meanwhile.
            while kept(&core).await.is_err() {
                TimeoutFuture::new(LOOK_AGAIN_MS).await;
            }
            reload();
        });
    });
}
