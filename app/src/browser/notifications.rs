//! Notifications of the browser, where it has them.

use super::service_worker;
use js_sys::Reflect;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Notification, NotificationOptions, NotificationPermission};

/// Whether the person wants notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    Unasked,
    Granted,
    /// The person said no, or the browser has none.
    Denied,
}

/// For which occasion something was shown last.
const KEY: &str = "tessera.reminded";

pub fn permission() -> Permission {
    let has = web_sys::window()
        .is_some_and(|window| Reflect::has(&window, &"Notification".into()).unwrap_or(false));
    match has.then(Notification::permission) {
        Some(NotificationPermission::Granted) => Permission::Granted,
        Some(NotificationPermission::Default) => Permission::Unasked,
        _ => Permission::Denied,
    }
}

/// Asks the person; what they said is read by [`permission`].
pub async fn ask() {
    if let Ok(answer) = Notification::request_permission() {
        let _ = JsFuture::from(answer).await;
    }
}

/// Shows a notification, unless one was shown for that occasion in this browser.
pub fn show_once(title: &'static str, said: &str, occasion: &str) {
    let storage = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
    let shown = storage.as_ref().and_then(|storage| storage.get_item(KEY).ok().flatten());
    if shown.as_deref() == Some(occasion) {
        return;
    }
    if let Some(storage) = storage {
        // Without it the same is said once more at the next start, which does no harm.
        let _ = storage.set_item(KEY, occasion);
    }
    let options = NotificationOptions::new();
    options.set_body(said);
    options.set_tag(KEY);
    options.set_icon("/icons/tessera-192.png");
    // On a tablet only a service worker may show one; it is there once the app is installed.
    spawn_local(async move {
        if let Some(registration) = service_worker::registration().await
            && let Ok(shown) = registration.show_notification_with_options(title, &options)
        {
            let _ = JsFuture::from(shown).await;
        }
    });
}
