//! One live connection: bytes out, events in.

use super::events::{Listener, listen};
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{BinaryType, Event, MessageEvent, WebSocket};

/// What a connection tells its owner.
#[derive(Debug)]
pub enum SocketEvent {
    Opened,
    Frame(Vec<u8>),
    Closed,
}

/// A connection, closed when dropped; it then says nothing more.
pub struct Socket {
    socket: WebSocket,
    _listeners: [Listener; 3],
}

/// Says that the browser refused even to try.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("opening a connection to the relay")]
pub struct NoSocket;

impl Socket {
    /// Begins to connect; `tell` hears of everything after, `Closed` last.
    pub fn connect(
        path: &str,
        tell: impl Fn(SocketEvent) + Clone + 'static,
    ) -> Result<Self, NoSocket> {
        let address = address(path).ok_or(NoSocket)?;
        let socket = WebSocket::new(&address).map_err(|_| NoSocket)?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let (opened, arrived) = (tell.clone(), tell.clone());
        let _listeners = [
            listen(&socket, "open", move |_| opened(SocketEvent::Opened)),
            listen(&socket, "message", move |event| {
                if let Some(frame) = bytes(&event) {
                    arrived(SocketEvent::Frame(frame));
                }
            }),
            listen(&socket, "close", move |_| tell(SocketEvent::Closed)),
        ];
        Ok(Self { socket, _listeners })
    }

    pub fn send(&self, frame: &[u8]) {
        // A socket that is no longer open says so by its close event.
        let _ = self.socket.send_with_u8_array(frame);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = self.socket.close();
    }
}

fn bytes(event: &Event) -> Option<Vec<u8>> {
    let message: &MessageEvent = event.dyn_ref()?;
    let buffer: ArrayBuffer = message.data().dyn_into().ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

fn address(path: &str) -> Option<String> {
    let location = web_sys::window()?.location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    Some(format!("{scheme}://{}{path}", location.host().ok()?))
}
