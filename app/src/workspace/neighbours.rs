//! The other tabs of the same person: what one has stored, the others read again; how the one that
//! speaks with the relay stands, the others show.

use super::{
    core::Core,
    documents_here, promotion,
    storage::{Found, Notice},
};
use crate::browser::{clock, tabs::Tabs};
use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;
use minicbor::{Decode, Encode};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use sync::{
    id::{DocumentId, PendingKey, Sequence},
    input::Input,
    output::Line,
};
use wasm_bindgen_futures::spawn_local;

/// What one tab says to the others.
#[derive(Encode, Decode)]
enum Message {
    #[n(0)]
    Stored(#[n(0)] Notice),
    /// How the tab that speaks with the relay stands.
    #[n(1)]
    Line(#[n(0)] Standing),
    /// A tab that has just come asks how that is.
    #[n(2)]
    HowStandsTheLine,
    /// The tab that says so has come to speak with the relay.
    #[n(3)]
    Led,
    /// Somebody waits for a document; only the tab that leads can ask for it.
    #[n(4)]
    Wanted(#[n(0)] DocumentId),
    /// What is kept of it does not open.
    #[n(5)]
    Unreadable(#[n(0)] DocumentId),
}

#[derive(Encode, Decode)]
enum Standing {
    #[n(0)]
    Offline,
    #[n(1)]
    Greeting,
    #[n(2)]
    CatchingUp(#[n(0)] Sequence, #[n(1)] Sequence),
    #[n(3)]
    UpToDate,
    #[n(4)]
    OtherVersion,
}

/// How often a tab that does not lead asks the one that does how it stands, and how often in a row
/// there may be no answer before it takes that one's place.
const ASK_MS: u32 = 3_000;
const UNANSWERED_MAX: u32 = 4;

#[derive(Default)]
pub struct Neighbours {
    tabs: RefCell<Option<Tabs>>,
    /// How often nobody has answered. Counted, not timed: a tab that was frozen itself has only
    /// just begun to ask again.
    unanswered: Cell<u32>,
}

impl Neighbours {
    pub fn join(&self, core: &Rc<Core>, name: &str) {
        let hearer = core.clone();
        // A browser without channels has tabs that learn of each other through the relay.
        let tabs = Tabs::join(name, move |message| hear(&hearer, &message)).ok();
        self.tabs.replace(tabs);
        self.ask();
        spawn_local(keep_asking(core.clone()));
    }

    /// Asks how the tab that speaks with the relay stands.
    pub fn ask(&self) {
        self.say(&Message::HowStandsTheLine);
    }

    /// Tells the others how this tab stands with the relay.
    pub fn tell_line(&self, line: Line) {
        self.say(&Message::Line(line.into()));
    }

    /// Tells the others that this tab has come to lead.
    pub fn tell_lead(&self) {
        self.say(&Message::Led);
    }

    /// Has the tab that leads ask for a document.
    pub fn tell_wanted(&self, document: DocumentId) {
        self.say(&Message::Wanted(document));
    }

    /// Has the tab that leads fetch a document anew.
    pub fn tell_unreadable(&self, document: DocumentId) {
        self.say(&Message::Unreadable(document));
    }

    /// Tells the others what to read again.
    pub fn tell(&self, core: &Rc<Core>, documents: Vec<DocumentId>, pending: Vec<PendingKey>) {
        let Some(storage) = core.storage.clone() else { return };
        let notice = Notice { documents, pending, ..Notice::default() };
        let core = core.clone();
        spawn_local(async move {
            if let Ok(notice) = storage.locate(notice).await {
                core.neighbours.say(&Message::Stored(notice));
            }
        });
    }

    fn say(&self, message: &Message) {
        if let (Some(tabs), Ok(message)) = (&*self.tabs.borrow(), minicbor::to_vec(message)) {
            tabs.tell(&message);
        }
    }
}

fn hear(core: &Rc<Core>, message: &[u8]) {
    match minicbor::decode(message) {
        Ok(Message::Stored(notice)) => {
            let core = core.clone();
            spawn_local(async move { take_in(&core, notice).await });
        }
        Ok(Message::Line(standing)) if !core.link.leads() => {
            core.neighbours.unanswered.set(0);
            clock::read_again();
            core.shown.line.set(standing.into());
        }
        Ok(Message::HowStandsTheLine) if core.leadership.holds() => {
            core.neighbours.tell_line(core.shown.line.get_untracked());
        }
        Ok(Message::Led) if !core.leadership.holds() => promotion::read_everything(core),
        Ok(Message::Wanted(document)) if core.link.leads() => {
            core.handle(Input::Wanted(document));
        }
        Ok(Message::Unreadable(document)) if core.link.leads() => {
            core.handle(Input::Unreadable(document));
        }
        // The others are not meant. A tab with another version may say what this one does not know; a
        // reload follows anyway.
        Ok(_) | Err(_) => {}
    }
}

/// Asks for a sign of life of the tab that leads, and takes its place when there is none.
async fn keep_asking(core: Rc<Core>) {
    loop {
        TimeoutFuture::new(ASK_MS).await;
        let unanswered = &core.neighbours.unanswered;
        if core.leadership.holds() {
            unanswered.set(0);
        } else if unanswered.get() < UNANSWERED_MAX {
            unanswered.set(unanswered.get() + 1);
            core.neighbours.ask();
        } else {
            unanswered.set(0);
            core.leadership.take();
        }
    }
}

/// Reads again what somebody else has stored.
pub async fn take_in(core: &Rc<Core>, notice: Notice) {
    let Some(storage) = core.storage.clone() else { return };
    let documents = notice.documents.clone();
    // What could not be read now is read when this tab becomes the leader, or starts again.
    let Ok(found) = storage.reread(notice).await else { return };
    adopt(core, found);
    documents.into_iter().for_each(|document| documents_here::read_again(core, document));
}

/// Hands what stands in storage to the screens and the replica.
pub fn adopt(core: &Rc<Core>, found: Found) {
    note(core, &found);
    let Found { epoch, rows, pending, gone } = found;
    core.handle(Input::Reread { epoch, rows, pending, gone });
}

/// Has the screens know the edits that stand in storage.
pub fn note(core: &Core, found: &Found) {
    let mut outbox = core.outbox.borrow_mut();
    found.pending.iter().cloned().for_each(|record| outbox.note(record));
    found.gone.iter().for_each(|key| outbox.forget(*key));
}

impl From<Line> for Standing {
    fn from(line: Line) -> Self {
        match line {
            Line::Offline => Self::Offline,
            Line::OtherVersion => Self::OtherVersion,
            Line::Greeting => Self::Greeting,
            Line::CatchingUp { cursor, head } => Self::CatchingUp(cursor, head),
            Line::UpToDate => Self::UpToDate,
        }
    }
}

impl From<Standing> for Line {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Offline => Self::Offline,
            Standing::OtherVersion => Self::OtherVersion,
            Standing::Greeting => Self::Greeting,
            Standing::CatchingUp(cursor, head) => Self::CatchingUp { cursor, head },
            Standing::UpToDate => Self::UpToDate,
        }
    }
}
