//! What the handle leads to: the replica, the open documents, and the browser's services.
//!
//! Everything that happens becomes an input here, one after the other; [`super::outputs`] carries
//! out what the replica asks for before the next input is looked at.

use super::{
    leadership::Leadership, link::Link, neighbours::Neighbours, open_documents::OpenDocuments,
    outbox::Outbox, outputs, rows::Rows, storage::Storage, storage_report::StorageReport,
};
use crate::{
    browser::{clock, timer::Timer},
    session::Session,
};
use domain::{configuration::Configuration, product::Catalogue};
use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;
use std::{
    cell::{Cell, RefCell},
    collections::{HashMap, HashSet, VecDeque},
    rc::Rc,
    sync::Arc,
};
use sync::{
    id::{ChangeHash, DeviceId, DocumentId},
    input::Input,
    output::{Line, Write},
    replica::Replica,
};

/// Screens look at rows again at most this often: about once a frame.
const ROWS_PAUSE_MS: u32 = 16;

/// How often somebody who waits for storage looks again.
const STORED_PAUSE_MS: u32 = 20;

pub struct Core {
    pub session: Session,
    pub device: DeviceId,
    pub replica: RefCell<Replica>,
    /// Nothing where the browser offers no storage.
    pub storage: Option<Storage>,
    pub rows: RefCell<Rows>,
    pub documents: RefCell<OpenDocuments>,
    pub outbox: RefCell<Outbox>,
    pub link: Link,
    pub leadership: Rc<Leadership>,
    pub neighbours: Neighbours,
    pub wake: Timer,
    pub shown: Shown,
    /// Whole documents, where the browser offers no storage: kept for as long as the page.
    pub memory: RefCell<HashMap<DocumentId, Vec<Vec<u8>>>>,
    /// Documents kept here beyond their row.
    pub kept: RefCell<HashSet<DocumentId>>,
    /// Changes made here of edits from a file, each with the change of the tablet it came from.
    pub brought_in: RefCell<HashMap<ChangeHash, ChangeHash>>,
    /// How many sets of writes are not durable yet.
    pub unstored: Cell<usize>,
    inbox: RefCell<VecDeque<Input>>,
    /// Whether an input is being dealt with; others wait.
    busy: Cell<bool>,
    rows_timer: Timer,
    rows_waiting: Cell<bool>,
}

/// What screens follow, beside rows and documents.
#[derive(Clone, Copy)]
pub struct Shown {
    pub configuration: RwSignal<Arc<Configuration>>,
    pub catalogue: RwSignal<Arc<Catalogue>>,
    pub line: RwSignal<Line>,
    pub unsent: RwSignal<(u32, Option<domain::time::Timestamp>)>,
    pub storage: RwSignal<StorageReport>,
    /// Whether the relay no longer knows who is signed in here.
    pub session_ended: RwSignal<bool>,
    /// How many edits were unsent when storage was cleared.
    pub cleared: RwSignal<Option<u32>>,
}

impl Core {
    pub fn new(
        session: Session,
        device: DeviceId,
        replica: Replica,
        (storage, leadership): (Option<Storage>, Rc<Leadership>),
    ) -> Rc<Self> {
        Rc::new(Self {
            session,
            device,
            replica: RefCell::new(replica),
            storage,
            rows: RefCell::new(Rows::new()),
            documents: RefCell::default(),
            outbox: RefCell::new(Outbox::new()),
            link: Link::default(),
            leadership,
            neighbours: Neighbours::default(),
            wake: Timer::default(),
            shown: Shown {
                configuration: RwSignal::new(Arc::new(Configuration::beginning())),
                catalogue: RwSignal::new(Arc::default()),
                line: RwSignal::new(Line::Offline),
                unsent: RwSignal::new((0, None)),
                storage: RwSignal::new(StorageReport::default()),
                session_ended: RwSignal::new(false),
                cleared: RwSignal::new(None),
            },
            memory: RefCell::default(),
            kept: RefCell::default(),
            brought_in: RefCell::default(),
            unstored: Cell::new(0),
            inbox: RefCell::default(),
            busy: Cell::new(false),
            rows_timer: Timer::default(),
            rows_waiting: Cell::new(false),
        })
    }

    /// Lets the replica know of something, and does what it asks for.
    pub fn handle(self: &Rc<Self>, input: Input) {
        self.inbox.borrow_mut().push_back(input);
        if self.busy.replace(true) {
            return;
        }
        loop {
            let next = self.inbox.borrow_mut().pop_front();
            let Some(input) = next else { break };
            let outputs = self.replica.borrow_mut().handle(clock::time(), input);
            let behind_ms = self.replica.borrow().clock_behind_ms();
            // Only the tab that talks to the relay hears its clock.
            behind_ms.into_iter().for_each(clock::correct);
            outputs::carry_out(self, outputs);
        }
        self.busy.set(false);
    }

    /// Lets screens know that rows changed, together with what else changes in this frame.
    pub fn rows_changed(self: &Rc<Self>) {
        if self.rows_waiting.replace(true) {
            return;
        }
        let core = self.clone();
        self.rows_timer.after(ROWS_PAUSE_MS, move || {
            core.rows_waiting.set(false);
            let rows = core.rows.borrow().all().len();
            core.rows.borrow_mut().announce();
            core.shown.storage.update(|report| report.rows = rows);
        });
    }

    /// Waits until nothing that was entered is on its way to storage.
    pub async fn all_stored(&self) {
        while self.unstored.get() > 0 {
            TimeoutFuture::new(STORED_PAUSE_MS).await;
        }
    }

    /// Keeps in memory what there is no storage for.
    pub fn remember(&self, writes: Vec<Write>) {
        let mut memory = self.memory.borrow_mut();
        for write in writes {
            match write {
                Write::Changes { document, changes } => {
                    memory.entry(document).or_default().extend(changes);
                }
                Write::Evict(document) => drop(memory.remove(&document)),
                _ => {}
            }
        }
    }

    /// Follows which documents are kept here.
    pub fn count_kept(&self, writes: &[Write]) {
        let mut kept = self.kept.borrow_mut();
        let before = kept.len();
        for write in writes {
            match write {
                Write::Row(row) if row.held.is_some() => drop(kept.insert(row.document)),
                Write::Row(row) => drop(kept.remove(&row.document)),
                Write::Evict(document) => drop(kept.remove(document)),
                _ => {}
            }
        }
        if kept.len() != before {
            self.shown.storage.update(|report| report.documents_here = kept.len());
        }
    }

    /// Returns whether new edits could not be kept.
    pub fn read_only(&self) -> bool {
        self.storage.is_none()
            || self.shown.storage.with_untracked(|report| report.trouble.is_some())
    }
}
