//! From a person to an open workspace: storage first, the relay when there is a line.

use super::{
    Workspace, cleared,
    core::Core,
    outputs,
    promotion::promote,
    storage::{Restored, Storage},
    storage_watch,
};
use crate::{
    browser::{entropy, failure::StorageFailure, tabs},
    session::Session,
};
use documents::{class::Class, genesis};
use domain::row::AccountRow;
use leptos::prelude::*;
use std::{
    cell::{Cell, OnceCell},
    collections::HashSet,
    rc::Rc,
};
use sync::{
    id::{self, DeviceId, PersonId},
    replica::{Replica, Start},
};
use wasm_bindgen_futures::spawn_local;

/// How many bytes of whole documents are kept here without being asked for.
const PINNED_BYTES_MAX: u64 = 64 << 20;

/// What a page has before its workspace is there.
#[derive(Clone, Default)]
struct Threshold {
    core: Rc<OnceCell<Rc<Core>>>,
    /// Whether this tab may talk to the relay.
    leads: Rc<Cell<bool>>,
}

/// Opens the workspace of a person, whatever storage and line are like.
pub async fn start(session: Session) -> Workspace {
    let name = format!("tessera.{}.{}", session.workspace, session.person);
    let threshold = Threshold::default();
    threshold.wait_to_lead(&name);
    let opened = open_storage(&name, &threshold).await;
    // A leader that read before it led may have missed what the leader before it stored.
    let led_before = threshold.leads.get();
    let read = match opened {
        Ok(storage) => {
            storage.restore(outputs::account_of).await.map(|restored| (storage, restored))
        }
        Err(failure) => Err(failure),
    };
    let (storage, restored, trouble) = match read {
        Ok((storage, restored)) => (Some(storage), restored, None),
        Err(failure) => (None, nothing(), Some(failure.into())),
    };
    let core = build(session, storage, restored);
    core.shown.storage.update(|report| report.trouble = trouble);
    core.neighbours.join(&core, &name);
    // The cell was made above, and nobody else fills it.
    let _ = threshold.core.set(core.clone());
    match (threshold.leads.get(), led_before) {
        (true, true) => core.link.lead(&core),
        (true, false) => spawn_local(promote(core.clone())),
        (false, _) => {}
    }
    storage_watch::begin(&core);
    Workspace::of(core)
}

impl Threshold {
    fn wait_to_lead(&self, name: &str) {
        let threshold = self.clone();
        tabs::lead(name, move || {
            threshold.leads.set(true);
            if let Some(core) = threshold.core.get() {
                spawn_local(promote(core.clone()));
            }
        });
    }
}

async fn open_storage(name: &str, threshold: &Threshold) -> Result<Storage, StorageFailure> {
    let reporter = threshold.core.clone();
    Storage::open(name.to_owned(), move |report| {
        if let Some(core) = reporter.get() {
            storage_watch::settle(core, report);
        }
    })
    .await
}

fn build(session: Session, storage: Option<Storage>, mut restored: Restored) -> Rc<Core> {
    let accounts = std::mem::take(&mut restored.accounts);
    let (device, fresh, unreadable) = (restored.device, restored.fresh, restored.unreadable);
    let kept = restored.rows.iter().filter(|row| row.held.is_some()).map(|row| row.document);
    let kept = kept.collect();
    let replica = replica(&session, restored);
    let core = Core::new(session, device, replica, storage);
    core.kept.replace(kept);
    core.shown.storage.update(|report| report.unreadable_edits = unreadable);
    show(&core, accounts);
    cleared::look(&core, fresh);
    core
}

fn replica(session: &Session, restored: Restored) -> Replica {
    let Restored { device, position, rows, pending, .. } = restored;
    // A page without entropy has no workspace: its storage could not have been sealed.
    let random = || entropy::random_number().unwrap_or_default();
    Replica::new(Start {
        device,
        person: PersonId(session.person.0),
        tab: random(),
        seed: random(),
        schema: genesis::SCHEMA,
        pin_bytes: PINNED_BYTES_MAX,
        position,
        rows,
        pending,
    })
}

fn nothing() -> Restored {
    let device = DeviceId(entropy::random().unwrap_or_default());
    Restored {
        device,
        fresh: false,
        position: None,
        rows: Vec::new(),
        accounts: Vec::new(),
        pending: Vec::new(),
        unreadable: 0,
    }
}

/// Shows everything the replica begins with.
fn show(core: &Rc<Core>, accounts: Vec<AccountRow>) {
    let replica = core.replica.borrow();
    core.rows.borrow_mut().begin(accounts);
    core.rows_changed();
    // Those accounts are of the relay's rows; what is unsent lies over them.
    let unsent: HashSet<_> = replica.edits().map(|(record, _)| record.document).collect();
    let account = id::Class(Class::Account as u8);
    for (document, class, row) in replica.rows() {
        if class != account || unsent.contains(&document) {
            outputs::show_row(core, document, class, row);
        }
    }
    let mut outbox = core.outbox.borrow_mut();
    outbox.clear();
    for (record, state) in replica.edits() {
        outbox.learn(record.clone(), state);
    }
}
