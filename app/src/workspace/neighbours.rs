//! The other tabs of the same person: what one has stored, the others read again.

use super::{
    core::Core,
    documents_here,
    storage::{Found, Notice},
};
use crate::browser::tabs::Tabs;
use std::{cell::RefCell, rc::Rc};
use sync::{
    id::{DocumentId, PendingKey},
    input::Input,
};
use wasm_bindgen_futures::spawn_local;

#[derive(Default)]
pub struct Neighbours(RefCell<Option<Tabs>>);

impl Neighbours {
    pub fn join(&self, core: &Rc<Core>, name: &str) {
        let hearer = core.clone();
        // A browser without channels has tabs that learn of each other through the relay.
        let tabs = Tabs::join(name, move |message| hear(&hearer, &message)).ok();
        self.0.replace(tabs);
    }

    /// Tells the others what to read again.
    pub fn tell(&self, core: &Rc<Core>, documents: Vec<DocumentId>, pending: Vec<PendingKey>) {
        let Some(storage) = core.storage.clone() else { return };
        let notice = Notice { documents, pending, ..Notice::default() };
        let core = core.clone();
        spawn_local(async move {
            if let (Ok(notice), Some(tabs)) =
                (storage.locate(notice).await, &*core.neighbours.0.borrow())
                && let Ok(message) = minicbor::to_vec(&notice)
            {
                tabs.tell(&message);
            }
        });
    }
}

fn hear(core: &Rc<Core>, message: &[u8]) {
    // A tab with another version may say what this one does not know; a reload follows anyway.
    if let Ok(notice) = minicbor::decode::<Notice>(message) {
        let core = core.clone();
        spawn_local(async move { take_in(&core, notice).await });
    }
}

/// Reads again what somebody else has stored.
pub async fn take_in(core: &Rc<Core>, notice: Notice) {
    let Some(storage) = core.storage.clone() else { return };
    let documents = notice.documents.clone();
    // What could not be read now is read when this tab becomes the leader, or starts again.
    let Ok(Found { rows, pending, gone }) = storage.reread(notice).await else { return };
    {
        let mut outbox = core.outbox.borrow_mut();
        pending.iter().cloned().for_each(|record| outbox.note(record));
        gone.iter().for_each(|key| outbox.forget(*key));
    }
    core.handle(Input::Reread { rows, pending, gone });
    documents.into_iter().for_each(|document| documents_here::read_again(core, document));
}
