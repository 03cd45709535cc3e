//! Listening to the browser's events.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventTarget};

/// Listens for as long as it is kept.
#[must_use]
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Option<Closure<dyn FnMut(Event)>>,
}

/// Calls `then` on each event of that name while the listener is kept.
pub fn listen(
    target: &EventTarget,
    name: &'static str,
    then: impl FnMut(Event) + 'static,
) -> Listener {
    let closure = Closure::<dyn FnMut(Event)>::new(then);
    // Only an object that is no event target refuses, and the type says that it is one.
    let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    Listener { target: target.clone(), name, closure: Some(closure) }
}

impl Listener {
    /// Keeps listening until the page goes.
    pub fn forever(mut self) {
        if let Some(closure) = self.closure.take() {
            closure.forget();
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(closure) = &self.closure {
            let function = closure.as_ref().unchecked_ref();
            let _ = self.target.remove_event_listener_with_callback(self.name, function);
        }
    }
}
