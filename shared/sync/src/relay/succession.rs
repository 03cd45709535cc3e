//! A document with a long history is begun anew (rules H1 to H5).
//!
//! The driver makes the new beginning of what is durable and hands it in. It takes its places in the
//! log like anybody's changes, and reaches every device with the row it leaves. What was before stays
//! in the log and is no part of the document any more.

use crate::{
    change,
    id::*,
    planted::{self, Planted},
    relay::{
        Relay,
        input::Succession,
        output::*,
        page::{ITEM_BYTES, PAGE_BYTES},
    },
};

impl Relay {
    /// Enters a new beginning, unless the document may have gone on meanwhile, or a tablet may hold
    /// something of it that is not here. Then there will be another.
    pub(super) fn succeed(&mut self, succession: Succession) {
        let Succession { row: before, mut changes } = succession;
        if planted::is(Planted::ConflictCutShort) {
            // What people set against each other comes between the relay's own first and last.
            let nobody = PersonId([0; 16]);
            let mut kept = changes.iter().position(|(person, _)| *person != nobody);
            changes.truncate(kept.take().map_or(changes.len(), |first| first + 1));
        }
        let document = before.document;
        // Whoever takes it takes all of it at once.
        let bytes: usize = changes.iter().map(|(_, change)| change.len() + ITEM_BYTES).sum();
        let goes_on = self.judging.is_some() || self.log.row(document).is_some();
        if goes_on || !self.lives.is_empty() || changes.is_empty() || bytes > PAGE_BYTES {
            return;
        }
        let tail = self.log.tail().sequence.0;
        let entries = changes.into_iter().zip(tail + 1..);
        let entries = entries.map(|((person, change), place)| {
            let scanned = change::scan(&change).ok()?;
            Some(Entry {
                sequence: Sequence(place),
                document,
                class: before.class,
                scope: before.scope,
                hash: scanned.hash,
                actor: scanned.actor,
                actor_sequence: scanned.sequence,
                person,
                device: SOME_DEVICE,
                schema: self.schema,
                device_time: self.now,
                relay_time: self.now,
                edit: Vec::new(),
                change,
            })
        });
        // A change nobody could offer again after a backup was put back is none to begin with.
        let Some(entries) = entries.collect::<Option<Vec<_>>>() else { return };
        let (begins, sequence) = (Sequence(tail + 1), Sequence(tail + entries.len() as u64));
        let after = StoredRow { sequence, begins, ..before.clone() };
        let rows = vec![(Some(before), after)];
        let commit = self.log.append(entries, rows, Vec::new(), Vec::new());
        self.out.push(RelayOutput::Commit(commit));
        self.out.push(RelayOutput::Forget(document));
    }
}
