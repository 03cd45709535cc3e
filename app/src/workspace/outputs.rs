//! Carries out what the replica asks for, in order.

use super::{cleared, core::Core, documents_here, offering, rebuild};
use crate::browser::clock;
use documents::class::Class;
use domain::{configuration::Configuration, product::Catalogue, row::AccountRow};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use std::{rc::Rc, sync::Arc};
use sync::{
    id::{self, ChangeHash, DocumentId, Lead, PendingKey, Time},
    input::{Input, Ticket},
    output::{CloseReason, Durability, EditState, Line, Output, Outputs, Shown, Write},
    record::RowRecord,
};

/// How long *received* shows.
const RECEIVED_MS: u32 = 2500;

pub fn carry_out(core: &Rc<Core>, outputs: Outputs) {
    for output in outputs {
        match output {
            Output::Show(shown) => show(core, shown),
            Output::Store { ticket, durability, lead, writes } => {
                store(core, ticket, (durability, lead), writes);
            }
            Output::Send(frame) => core.link.send(&frame),
            Output::Close(reason) => close(core, reason),
            Output::Connect => core.link.connect(core),
            Output::Rebuild { rebuild, document, class, edits } => {
                rebuild::rebuild(core, rebuild, (document, class), edits);
            }
            Output::Project { document, class } => rebuild::project(core, document, class),
            Output::Offer { document, class } => offering::offer(core, document, class),
            Output::Tell { documents, pending } => core.neighbours.tell(core, documents, pending),
            Output::WakeAt(time) => wake_at(core, time),
        }
    }
}

fn show(core: &Rc<Core>, shown: Shown) {
    match shown {
        Shown::Edit { key, document, state } => show_edit(core, key, document, state),
        Shown::Row { document, class, row } => show_row(core, document, class, &row),
        Shown::RowsForgotten => {
            core.rows.borrow_mut().forget();
            core.rows_changed();
        }
        Shown::RowGone(document) => {
            core.rows.borrow_mut().remove(document);
            core.rows_changed();
        }
        Shown::Changes { document, changes, .. } => {
            if let Some(open) = core.documents.borrow_mut().get(document) {
                open.take_in(&changes);
            }
        }
        Shown::Here(document) => documents_here::arrived(core, document),
        Shown::Line(line) if core.link.leads() => {
            if matches!(line, Line::CatchingUp { .. } | Line::UpToDate) {
                core.shown.session_ended.set(false);
            }
            core.shown.line.set(line);
            core.neighbours.tell_line(line);
        }
        // A tab that does not speak with the relay shows how the one that does stands.
        Shown::Line(_) => {}
        Shown::Outbox { unsent, since } => {
            cleared::count(core, unsent);
            core.shown.unsent.set((unsent, since.map(clock::corrected)));
        }
    }
}

fn show_edit(core: &Rc<Core>, key: PendingKey, document: DocumentId, state: EditState) {
    core.outbox.borrow_mut().show(key, document, state);
    if state == EditState::Received {
        let core = core.clone();
        Timeout::new(RECEIVED_MS, move || core.outbox.borrow_mut().settle(key, document)).forget();
    }
}

/// Returns the account of a row that has one.
pub fn account_of(row: &RowRecord) -> Option<AccountRow> {
    match Class::from_number(row.class.0) {
        Some(Class::Account) => AccountRow::decode(&row.row),
        _ => None,
    }
}

/// Takes in a row; one this release cannot read stays as it was.
pub fn show_row(core: &Rc<Core>, document: DocumentId, class: id::Class, row: &[u8]) {
    match Class::from_number(class.0) {
        Some(Class::Account) => {
            if let Some(row) = AccountRow::decode(row) {
                core.rows.borrow_mut().put(row);
                core.rows_changed();
            }
        }
        Some(Class::Configuration) => {
            core.rows.borrow_mut().note_other(document);
            if let Some(configuration) = Configuration::decode(row) {
                core.shown.configuration.set(Arc::new(configuration));
            }
        }
        Some(Class::Catalogue) => {
            core.rows.borrow_mut().note_other(document);
            if let Some(catalogue) = Catalogue::decode(row) {
                core.shown.catalogue.set(Arc::new(catalogue));
            }
        }
        Some(Class::Note) | None => core.rows.borrow_mut().note_other(document),
    }
}

fn store(
    core: &Rc<Core>,
    ticket: Ticket,
    (durability, lead): (Durability, Option<Lead>),
    writes: Vec<Write>,
) {
    core.outbox.borrow_mut().follow(&writes);
    core.count_kept(&writes);
    match &core.storage {
        Some(storage) => {
            core.unstored.set(core.unstored.get() + 1);
            let origins = origins(core, &writes);
            storage.write(ticket, durability, lead, writes, origins);
        }
        // Without storage nothing can be entered, so only what the relay can send again comes here.
        None if durability == Durability::Relaxed => {
            core.remember(writes);
            core.handle(Input::Stored(ticket));
        }
        None => core.handle(Input::StoreFailed(ticket)),
    }
}

/// Returns the changes on other tablets which edits among the writes were made again from.
fn origins(core: &Core, writes: &[Write]) -> Vec<ChangeHash> {
    let brought_in = core.brought_in.borrow();
    let origin = |write: &Write| match write {
        Write::Pending(record) => brought_in.get(&record.hash).copied(),
        _ => None,
    };
    writes.iter().filter_map(origin).collect()
}

fn close(core: &Rc<Core>, reason: CloseReason) {
    if reason == CloseReason::OtherPerson {
        core.shown.session_ended.set(true);
    }
    core.link.drop_socket();
    core.handle(Input::Closed);
}

fn wake_at(core: &Rc<Core>, time: Time) {
    let milliseconds = (time.0 - clock::time().0).clamp(0, i64::from(i32::MAX));
    let sleeper = core.clone();
    core.wake.after(milliseconds as u32, move || sleeper.handle(Input::Tick));
}
