//! How storage is doing: what became of writes, and what the screens say of it.

use super::{core::Core, promotion, storage::Report};
use crate::browser::storage_estimate;
use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;
use std::rc::Rc;
use sync::input::Input;
use wasm_bindgen_futures::spawn_local;

const REPORT_EVERY_MS: u32 = 60_000;

/// Lets the replica and the screens know what became of writes.
pub fn settle(core: &Rc<Core>, report: Report) {
    let (tickets, trouble) = match report {
        Report::Stored(tickets) => (tickets, None),
        Report::Failed(tickets, failure) => (tickets, Some(failure.into())),
        Report::Deposed(tickets, lead) => {
            core.unstored.set(core.unstored.get().saturating_sub(tickets.len()));
            return promotion::step_down(core, lead);
        }
    };
    if core.shown.storage.with_untracked(|report| report.trouble != trouble) {
        core.shown.storage.update(|report| report.trouble = trouble);
    }
    core.unstored.set(core.unstored.get().saturating_sub(tickets.len()));
    for ticket in tickets {
        core.handle(match trouble {
            None => Input::Stored(ticket),
            Some(_) => Input::StoreFailed(ticket),
        });
    }
}

/// Asks the browser to keep what is stored, and goes on reporting what it says.
pub fn begin(core: &Rc<Core>) {
    let (rows, kept) = (core.rows.borrow().all().len(), core.kept.borrow().len());
    core.shown.storage.update(|report| {
        report.rows = rows;
        report.documents_here = kept;
    });
    let core = core.clone();
    spawn_local(async move {
        storage_estimate::ask_to_persist().await;
        loop {
            let estimate = storage_estimate::estimate().await;
            core.shown.storage.update(|report| {
                report.persisted = estimate.persisted;
                report.usage = estimate.usage;
                report.quota = estimate.quota;
            });
            TimeoutFuture::new(REPORT_EVERY_MS).await;
        }
    });
}
