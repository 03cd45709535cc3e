//! A tab takes the place of the one that talked to the relay.
//!
//! Everything is read once more, so that nothing the other has stored is missing. What could not
//! be stored here is nowhere else, and stays.

use super::{
    core::Core,
    documents_here, neighbours,
    storage::{Found, Restored},
};
use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;
use std::{collections::BTreeMap, rc::Rc};
use sync::{id::PendingKey, input::Input, output::EditState};

/// How long storage that could not be read is left alone.
const PAUSE_MS: u32 = 5_000;

/// The edits a tab knows of, and whether each is in storage.
type Known = BTreeMap<PendingKey, bool>;

/// Reads everything again, then begins to talk to the relay.
pub async fn promote(core: Rc<Core>) {
    if let Some(storage) = core.storage.clone() {
        let mut failed = false;
        let (before, restored) = loop {
            let before = known(&core);
            match storage.restore(|_| None).await {
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
        let position = restored.position.clone();
        let found = difference(&before, &known(&core), restored);
        neighbours::note(&core, &found);
        let Found { rows, pending, gone, .. } = found;
        core.handle(Input::Promoted { position, rows, pending, gone });
        let open = core.documents.borrow().ids();
        open.into_iter().for_each(|document| documents_here::read_again(&core, document));
    }
    core.link.lead(&core);
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
