//! The other tabs of the same person: a channel to tell them, and a lock that makes one the leader.

use super::events::{Listener, listen};
use futures_channel::oneshot;
use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
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

/// How a tab comes to be the leader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// In line, after every other.
    Awaited,
    /// At once, whoever holds the lock.
    Taken,
}

/// Asks for the leaders' lock, and calls `leads` when this tab has it: until the page goes, or until
/// another takes it away, which `lost` is told.
///
/// A browser without locks makes every tab a leader; storage then knows the last one.
pub fn lead(name: &str, turn: Turn, leads: impl FnOnce() + 'static, lost: impl FnOnce() + 'static) {
    let held = Closure::once_into_js(move |_lock: JsValue| {
        leads();
        // A promise that never settles holds the lock for the life of the page.
        Promise::new(&mut |_, _| {})
    });
    let Some((locks, function)) = locks() else {
        let leads: Function = held.unchecked_into();
        // It throws nothing.
        let _ = leads.call0(&JsValue::NULL);
        return;
    };
    let options = Object::new();
    let option = match turn {
        Turn::Awaited => ("mode", JsValue::from("exclusive")),
        Turn::Taken => ("steal", JsValue::TRUE),
    };
    let asked = Reflect::set(&options, &option.0.into(), &option.1)
        .and_then(|_| function.call3(&locks, &name.into(), &options, &held));
    // A page that may not have locks (it is then no secure page) never gets this far.
    let Some(end) = asked.ok().and_then(|end| end.dyn_into::<Promise>().ok()) else { return };
    spawn_local(async move {
        if JsFuture::from(end).await.is_err() {
            lost();
        }
    });
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
