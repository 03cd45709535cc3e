//! The service worker: registered once, asked for news now and then, changed only when told to.

use super::{events::listen, reload::reload};
use leptos::prelude::*;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ServiceWorkerContainer, ServiceWorkerRegistration};

const ADDRESS: &str = "/sw.js";
const NEWS_EVERY_MS: u32 = 60 * 60 * 1000;

thread_local! {
    static UPDATE_READY: ArcRwSignal<bool> = ArcRwSignal::new(false);
    static APP_KEPT: ArcRwSignal<bool> = ArcRwSignal::new(false);
    /// What loads the page again after another version has taken over.
    static WHEN_CHANGED: RefCell<Rc<dyn Fn()>> = RefCell::new(Rc::new(reload));
}

/// Returns whether a newer version waits.
pub fn update_ready() -> RwSignal<bool> {
    RwSignal::from(UPDATE_READY.with(Clone::clone))
}

/// Returns whether every file of the app is kept here, so that it opens with no line.
pub fn app_kept() -> RwSignal<bool> {
    RwSignal::from(APP_KEPT.with(Clone::clone))
}

/// Names what is done in place of loading the page at once, after another version has taken over.
pub fn when_changed(then: impl Fn() + 'static) {
    WHEN_CHANGED.with(|changed| changed.replace(Rc::new(then)));
}

/// Registers the service worker.
pub fn register() {
    let ready = UPDATE_READY.with(Clone::clone);
    if let Some(container) = container() {
        // The first worker of all takes over a page that already runs its version. When the browser
        // takes the worker away, the page is the last copy of the app: it stays.
        let first = Cell::new(container.controller().is_none());
        let now = container.clone();
        listen(&container, "controllerchange", move |_| {
            if now.controller().is_none() {
                first.set(true);
            } else if !first.replace(false) {
                let changed = WHEN_CHANGED.with(|changed| changed.borrow().clone());
                changed();
            }
        })
        .forever();
        follow_kept(&container);
        spawn_local(async move {
            // Without it the app still works as long as the page is open; the next start tries again.
            if let Ok(registration) = JsFuture::from(container.register(ADDRESS)).await
                && let Ok(registration) = registration.dyn_into()
            {
                watch(registration, &container, ready);
            }
        });
    }
}

/// Returns the registration of this page's worker, once there is one.
pub async fn registration() -> Option<ServiceWorkerRegistration> {
    let found = JsFuture::from(container()?.get_registration()).await.ok()?;
    found.dyn_into().ok()
}

/// Lets the waiting version take over; every tab is then loaded again with it.
pub fn change_over() {
    spawn_local(async move {
        match registration().await.and_then(|registration| registration.waiting()) {
            Some(worker) => drop(worker.post_message(&JsValue::from_str("SKIP_WAITING"))),
            None => reload(),
        }
    });
}

/// Waits for a worker that has kept everything and is in force.
fn follow_kept(container: &ServiceWorkerContainer) {
    let (kept, ready) = (APP_KEPT.with(Clone::clone), container.ready());
    spawn_local(async move {
        if let Ok(ready) = ready
            && JsFuture::from(ready).await.is_ok()
        {
            kept.set(true);
        }
    });
}

fn watch(
    registration: ServiceWorkerRegistration,
    container: &ServiceWorkerContainer,
    ready: ArcRwSignal<bool>,
) {
    let controlled = container.controller().is_some();
    if registration.waiting().is_some() && controlled {
        ready.set(true);
    }
    let found = registration.clone();
    let container = container.clone();
    listen(&registration, "updatefound", move |_| {
        let Some(worker) = found.installing() else { return };
        let (container, registration) = (container.clone(), found.clone());
        let ready = ready.clone();
        listen(&worker, "statechange", move |_| {
            // Without a controller this is the first version, and nobody waits for it.
            if registration.waiting().is_some() && container.controller().is_some() {
                ready.set(true);
            }
        })
        .forever();
    })
    .forever();
    ask_for_news(&registration);
}

fn ask_for_news(registration: &ServiceWorkerRegistration) {
    let (hourly, seen) = (registration.clone(), registration.clone());
    gloo::timers::callback::Interval::new(NEWS_EVERY_MS, move || drop(hourly.update())).forget();
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        let page = document.clone();
        listen(&document, "visibilitychange", move |_| {
            if !page.hidden() {
                drop(seen.update());
            }
        })
        .forever();
    }
}

/// Returns the container, or nothing on a page that may not have service workers.
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    js_sys::Reflect::get(&navigator, &"serviceWorker".into()).ok()?.dyn_into().ok()
}
