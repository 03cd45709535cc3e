//! A tab takes the place of the one that talked to the relay, or leaves its place to another.
//!
//! Either way everything is read once more, so that nothing the other has stored is missing. What
//! could not be stored here is nowhere else, and stays.

use super::{
    core::Core,
    documents_here,
    leadership::fresh_lead,
    neighbours,
    storage::{Found, Restored, Storage},
};
use crate::browser::failure::StorageFailure;
use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;
use std::{collections::BTreeMap, rc::Rc};
use sync::{
    id::{Lead, PendingKey},
    input::Input,
    output::{EditState, Line},
};
use wasm_bindgen_futures::spawn_local;

/// How long storage that could not be read is left alone.
const PAUSE_MS: u32 = 5_000;

/// The edits a tab knows of, and whether each is in storage.
type Known = BTreeMap<PendingKey, bool>;

/// Names this tab in storage, reads everything again, then begins to talk to the relay.
pub async fn promote(core: Rc<Core>) {
    if let Some(storage) = core.storage.clone() {
        let lead = fresh_lead();
        let mut failed = false;
        let (before, restored) = loop {
            let before = known(&core);
            match named_and_read(&storage, lead).await {
                Ok(restored) => break (before, restored),
                Err(failure) => {
                    failed = true;
                    core.shown.storage.update(|report| report.trouble = Some(failure.into()));
                    TimeoutFuture::new(PAUSE_MS).await;
                }
            }
        };
        core.shown.storage.update(|report| {
            report.unreadable_edits = restored.unreadable;
            if failed {
                report.trouble = None;
            }
        });
        if !core.leadership.holds() {
            return;
        }
        core.leadership.set_lead(Some(lead));
        let position = restored.position.clone();
        let found = difference(&before, &known(&core), restored);
        neighbours::note(&core, &found);
        let Found { rows, pending, gone, .. } = found;
        core.handle(Input::Promoted { lead: Some(lead), position, rows, pending, gone });
        read_open_ones_again(&core);
    }
    core.link.lead(&core);
}

/// Another tab leads than the one of that name: if that is this one, it talks to the relay no more.
pub fn step_down(core: &Rc<Core>, lead: Option<Lead>) {
    if core.leadership.lead() != lead || !core.link.leads() {
        return;
    }
    core.leadership.give_up();
    core.link.step_down();
    core.handle(Input::Deposed);
    core.shown.line.set(Line::Offline);
    core.neighbours.ask();
    read_everything(core);
}

/// Reads everything again in a tab that does not lead: what the one before had stored it may have told
/// nobody (rule S8).
pub fn read_everything(core: &Rc<Core>) {
    let core = core.clone();
    spawn_local(async move {
        let Some(storage) = core.storage.clone() else { return };
        let before = known(&core);
        // What could not be read now is read when this tab leads again, or starts again.
        let Ok(restored) = storage.restore(|_| None).await else { return };
        if !core.link.leads() {
            let found = difference(&before, &known(&core), restored);
            neighbours::adopt(&core, found);
            read_open_ones_again(&core);
        }
    });
}

/// Reads only after the name stands: what another writes after that is not taken.
async fn named_and_read(storage: &Storage, lead: Lead) -> Result<Restored, StorageFailure> {
    storage.name_leader(lead).await?;
    storage.restore(|_| None).await
}

fn read_open_ones_again(core: &Rc<Core>) {
    let open = core.documents.borrow().ids();
    open.into_iter().for_each(|document| documents_here::read_again(core, document));
}

fn known(core: &Core) -> Known {
    let replica = core.replica.borrow();
    let stored = |state| !matches!(state, EditState::Saving | EditState::NotSaved);
    replica.edits().map(|(record, state)| (record.key, stored(state))).collect()
}

/// Returns what storage says beyond what is known here. `before` is from before it was read.
fn difference(before: &Known, now: &Known, restored: Restored) -> Found {
    let Restored { position, rows, pending, .. } = restored;
    let epoch = position.and_then(|position| position.epoch);
    let gone = before
        .iter()
        .filter(|(key, stored)| **stored && !pending.iter().any(|record| record.key == **key));
    let gone = gone.map(|(key, _)| *key).collect();
    let pending = pending.into_iter().filter(|record| match now.get(&record.key) {
        // What is on its way to storage is newer than what was read.
        Some(stored) => *stored,
        // What was let go of meanwhile is not to come back.
        None => !before.contains_key(&record.key),
    });
    Found { epoch, rows, pending: pending.collect(), gone }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sync::{id::*, record::*};

    fn key(number: u64) -> PendingKey {
        PendingKey { tab: 1, number }
    }

    fn restored(numbers: &[u64]) -> Restored {
        let record = |number: &u64| PendingRecord {
            key: key(*number),
            document: DocumentId([1; 16]),
            class: Class(1),
            hash: ChangeHash([0; 32]),
            change: Vec::new().into(),
            edit: Vec::new().into(),
            at: Time(0),
            row: Vec::new().into(),
            state: PendingState::Unsent,
        };
        let pending = numbers.iter().map(record).collect();
        let device = DeviceId([1; 16]);
        Restored {
            device,
            fresh: false,
            position: None,
            rows: Vec::new(),
            accounts: Vec::new(),
            pending,
            unreadable: 0,
        }
    }

    fn taken(found: &Found) -> Vec<u64> {
        found.pending.iter().map(|record| record.key.number).collect()
    }

    #[test]
    fn an_edit_that_could_not_be_saved_outlives_the_change_of_leader() {
        let known = Known::from([(key(1), false), (key(2), true)]);
        let found = difference(&known, &known, restored(&[2]));
        assert!(found.gone.is_empty());
        assert_eq!(taken(&found), [2]);
    }

    #[test]
    fn what_the_leader_before_had_received_is_gone_and_what_it_left_is_taken() {
        let known = Known::from([(key(1), true)]);
        let found = difference(&known, &known, restored(&[3]));
        assert_eq!(found.gone, [key(1)]);
        assert_eq!(taken(&found), [3]);
    }

    #[test]
    fn what_happened_while_storage_was_read_is_left_as_it_is() {
        let before = Known::from([(key(1), true), (key(2), false)]);
        let now = Known::from([(key(2), true), (key(4), false)]);
        let found = difference(&before, &now, restored(&[1, 4]));
        assert!(found.gone.is_empty());
        assert!(taken(&found).is_empty());
    }
}
