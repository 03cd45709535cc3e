//! The connection to the relay: held by one tab.
//!
//! When to try again is for the replica to say; the browser's own news of a line come before that.

use super::core::Core;
use crate::{
    browser::{
        events::listen,
        web_socket::{Socket, SocketEvent},
    },
    session,
};
use leptos::prelude::*;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use sync::{input::Input, output::Line};
use wasm_bindgen_futures::spawn_local;

#[derive(Default)]
pub struct Link {
    socket: RefCell<Option<Socket>>,
    /// Whether this tab is the one that talks to the relay.
    leads: Cell<bool>,
    /// Whether it listens to what the browser says of the line.
    listens: Cell<bool>,
}

impl Link {
    /// Begins to talk to the relay, and goes on until it is to step down.
    pub fn lead(&self, core: &Rc<Core>) {
        core.neighbours.tell_lead();
        if self.leads.replace(true) {
            return;
        }
        core.shown.line.set(Line::Offline);
        self.connect(core);
        if !self.listens.replace(true) {
            self.listen(core);
        }
    }

    /// Leaves the relay to another tab.
    pub fn step_down(&self) {
        self.leads.set(false);
        self.drop_socket();
    }

    fn listen(&self, core: &Rc<Core>) {
        let Some(window) = web_sys::window() else { return };
        let (on, off, seen) = (core.clone(), core.clone(), core.clone());
        listen(&window, "online", move |_| on.link.connect(&on)).forever();
        // A cut connection does not say so for minutes; the browser often knows at once.
        listen(&window, "offline", move |_| off.link.cut(&off)).forever();
        if let Some(document) = window.document() {
            let page = document.clone();
            listen(&document, "visibilitychange", move |_| {
                if !page.hidden() {
                    seen.link.connect(&seen);
                }
            })
            .forever();
        }
    }

    pub fn leads(&self) -> bool {
        self.leads.get()
    }

    pub fn send(&self, frame: &[u8]) {
        if let Some(socket) = &*self.socket.borrow() {
            socket.send(frame);
        }
    }

    pub fn drop_socket(&self) {
        self.socket.replace(None);
    }

    /// Tries to connect, in the tab that may.
    pub fn connect(&self, core: &Rc<Core>) {
        if !self.leads.get() || self.socket.borrow().is_some() {
            return;
        }
        let told = core.clone();
        let path = format!("/api/socket?device={}&person={}", core.device, core.session.person);
        match Socket::connect(&path, move |event| told.link.hear(&told, event)) {
            Ok(socket) => drop(self.socket.replace(Some(socket))),
            Err(_) => core.handle(Input::Closed),
        }
    }

    fn cut(&self, core: &Rc<Core>) {
        if self.socket.replace(None).is_some() {
            core.handle(Input::Closed);
        }
    }

    fn hear(&self, core: &Rc<Core>, event: SocketEvent) {
        match event {
            SocketEvent::Opened => core.handle(Input::Connected),
            SocketEvent::Frame(frame) => core.handle(Input::Frame(frame)),
            SocketEvent::Closed => {
                self.drop_socket();
                core.handle(Input::Closed);
                ask_who(core);
            }
        }
    }
}

/// A refused connection does not say why, so the relay is asked whether it still knows the person.
fn ask_who(core: &Rc<Core>) {
    let core = core.clone();
    spawn_local(async move {
        // Without a line nobody can tell.
        if let Ok(answer) = session::current().await {
            let person = answer.session.map(|session| session.person);
            core.shown.session_ended.set(person != Some(core.session.person));
        }
    });
}
