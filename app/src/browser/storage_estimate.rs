//! How much the browser keeps for us, and whether it has promised to.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Estimate {
    pub persisted: Option<bool>,
    pub usage: Option<u64>,
    pub quota: Option<u64>,
}

/// Asks how much is used and allowed.
pub async fn estimate() -> Estimate {
    let figures = call("estimate").await;
    let figure = |name: &str| {
        let value = Reflect::get(figures.as_ref()?, &name.into()).ok()?;
        value.as_f64().map(|bytes| bytes as u64)
    };
    Estimate {
        persisted: call("persisted").await.and_then(|answer| answer.as_bool()),
        usage: figure("usage"),
        quota: figure("quota"),
    }
}

/// Asks the browser never to evict what is stored here.
pub async fn ask_to_persist() {
    // A refusal changes nothing but the report, which reads it by itself.
    let _ = call("persist").await;
}

/// Calls a method of `navigator.storage`; older browsers lack some of them.
async fn call(method: &str) -> Option<JsValue> {
    let manager = web_sys::window()?.navigator().storage();
    let function: Function = Reflect::get(&manager, &method.into()).ok()?.dyn_into().ok()?;
    let promise: Promise = function.call0(&manager).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}
