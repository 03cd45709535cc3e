//! Asking the relay for small things over HTTP.

use js_sys::JsString;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

pub struct Reply {
    pub status: u16,
    pub text: String,
}

/// Says that no reply came.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("asking the relay")]
pub struct NoReply;

pub async fn get(path: &str) -> Result<Reply, NoReply> {
    ask(path, &RequestInit::new()).await.map_err(|_| NoReply)
}

/// Posts JSON.
pub async fn post(path: &str, body: &str) -> Result<Reply, NoReply> {
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(&JsValue::from_str(body));
    let headers = js_sys::Object::new();
    let typed = js_sys::Reflect::set(&headers, &"content-type".into(), &"application/json".into());
    typed.map_err(|_| NoReply)?;
    request.set_headers(&headers);
    ask(path, &request).await.map_err(|_| NoReply)
}

async fn ask(path: &str, request: &RequestInit) -> Result<Reply, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response: Response =
        JsFuture::from(window.fetch_with_str_and_init(path, request)).await?.dyn_into()?;
    let text: JsString = JsFuture::from(response.text()?).await?.dyn_into()?;
    Ok(Reply { status: response.status(), text: text.into() })
}
