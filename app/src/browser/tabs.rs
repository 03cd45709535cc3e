//! The other tabs of the same person: a channel to tell them, and a lock that makes one the leader.

use super::events::{Listener, listen};
use futures_channel::oneshot;
use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

/// A channel to the other tabs with the same name.
pub struct Tabs {
    channel: BroadcastChannel,
    _listener: Listener,
}

/// Says that the browser has no channel between tabs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("opening the channel to the other tabs")]
pub struct NoChannel;

impl Tabs {
    /// Joins; `heard` is called with what other tabs tell, never with one's own words.
    pub fn join(name: &str, heard: impl Fn(Vec<u8>) + 'static) -> Result<Self, NoChannel> {
        let channel = BroadcastChannel::new(name).map_err(|_| NoChannel)?;
        let _listener = listen(&channel, "message", move |event| {
            let message = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
            if let Some(bytes) = message.and_then(|data| data.dyn_into::<Uint8Array>().ok()) {
                heard(bytes.to_vec());
            }
        });
        Ok(Self { channel, _listener })
    }

    pub fn tell(&self, message: &[u8]) {
        // Who cannot be told reads everything again when it becomes the leader.
        let _ = self.channel.post_message(&Uint8Array::from(message));
    }
}

/// Waits in line to be the leader; the lock is held until the page goes.
///
/// A browser without locks makes every tab a leader: slower, never wrong, because pushing twice
/// does no harm.
pub fn lead(name: &str, leads: impl FnOnce() + 'static) {
    if let Err(leads) = request(name, leads) {
        leads();
    }
}

fn request<F: FnOnce() + 'static>(name: &str, leads: F) -> Result<(), F> {
    let Some((locks, function)) = locks() else { return Err(leads) };
    let held = Closure::once_into_js(move |_lock: JsValue| {
        leads();
        // A promise that never settles holds the lock for the life of the page.
        Promise::new(&mut |_, _| {})
    });
    let options = Object::new();
    let asked = Reflect::set(&options, &"mode".into(), &"exclusive".into())
        .and_then(|_| function.call3(&locks, &name.into(), &options, &held));
    // A page that may not have locks (it is then no secure page) never gets this far.
    let _ = asked;
    Ok(())
}

/// Takes a lock until the page goes or it is let go of; nothing where another tab has it.
pub async fn try_hold(name: &str) -> Option<Held> {
    let Some((locks, function)) = locks() else { return Some(Held(None)) };
    let (answer, answered) = oneshot::channel();
    let held = Closure::once_into_js(move |lock: JsValue| -> Promise {
        let mut answer = Some(answer);
        Promise::new(&mut |resolve, _| {
            let taken = (!lock.is_null()).then(|| Held(Some(resolve.clone())));
            if taken.is_none() {
                let _ = resolve.call0(&JsValue::NULL);
            }
            if let Some(answer) = answer.take() {
                // Whoever asked may have gone; the lock is then let go of with the answer.
                let _ = answer.send(taken);
            }
        })
    });
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &true.into()).ok()?;
    function.call3(&locks, &name.into(), &options, &held).ok()?;
    answered.await.ok().flatten()
}

/// A lock that is let go of when this is dropped.
pub struct Held(Option<Function>);

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(let_go) = &self.0 {
            let _ = let_go.call0(&JsValue::NULL);
        }
    }
}

fn locks() -> Option<(JsValue, Function)> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    let function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some((locks, function))
}
