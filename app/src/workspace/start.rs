//! From a person to an open workspace: storage first, the relay when there is a line.

use super::{
    Workspace, cleared,
    core::Core,
    leadership::{Leadership, fresh_lead},
    outputs,
    promotion::promote,
    storage::{Restored, Storage},
    storage_watch,
};
use crate::{
    browser::{entropy, failure::StorageFailure},
    session::Session,
};
use documents::{class::Class, genesis};
use domain::row::AccountRow;
use leptos::prelude::*;
use std::{collections::HashSet, rc::Rc};
use sync::{
    id::{self, DeviceId, Lead, PersonId},
    replica::{Replica, Start},
};
use wasm_bindgen_futures::spawn_local;

/// How many bytes of whole documents are kept here without being asked for.
const PINNED_BYTES_MAX: u64 = 64 << 20;

/// Opens the workspace of a person, whatever storage and line are like.
pub async fn start(session: Session) -> Workspace {
    let name = format!("tessera.{}.{}", session.workspace, session.person);
    let leadership = Leadership::seek(&name);
    let opened = open_storage(&name, &leadership).await;
    // A leader that read before it was named may have missed what the leader before it stored.
    let lead = match &opened {
        Ok(storage) if leadership.holds() => {
            let lead = fresh_lead();
            storage.name_leader(lead).await.ok().map(|()| lead)
        }
        Ok(_) | Err(_) => None,
    };
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
    let core = build(session, storage, (restored, lead), leadership);
    core.shown.storage.update(|report| report.trouble = trouble);
    core.neighbours.join(&core, &name);
    core.leadership.set_lead(lead);
    core.leadership.attend(&core);
    match (core.leadership.holds(), lead) {
        (true, Some(_)) => core.link.lead(&core),
        (true, None) => spawn_local(promote(core.clone())),
        (false, _) => {}
    }
    storage_watch::begin(&core);
    Workspace::of(core)
}

async fn open_storage(name: &str, leadership: &Rc<Leadership>) -> Result<Storage, StorageFailure> {
    let reporter = leadership.clone();
    Storage::open(name.to_owned(), move |report| {
        if let Some(core) = reporter.core() {
            storage_watch::settle(core, report);
        }
    })
    .await
}

fn build(
    session: Session,
    storage: Option<Storage>,
    (mut restored, lead): (Restored, Option<Lead>),
    leadership: Rc<Leadership>,
) -> Rc<Core> {
    let accounts = std::mem::take(&mut restored.accounts);
    let (device, fresh, unreadable) = (restored.device, restored.fresh, restored.unreadable);
    let kept = restored.rows.iter().filter(|row| row.held.is_some()).map(|row| row.document);
    let kept = kept.collect();
    let replica = replica(&session, restored, lead);
    let core = Core::new(session, device, replica, (storage, leadership));
    core.kept.replace(kept);
    core.shown.storage.update(|report| report.unreadable_edits = unreadable);
    show(&core, accounts);
    cleared::look(&core, fresh);
    core
}

fn replica(session: &Session, restored: Restored, lead: Option<Lead>) -> Replica {
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
        lead,
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
