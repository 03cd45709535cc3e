//! A tab takes the place of the one that spoke with the relay: storage is where the device stands,
//! and what this tab knows beyond it is written again (rules S5, R6).

use crate::{
    id::*,
    planted::{self, Planted},
    record::{PendingRecord, Position, RowRecord},
    replica::Replica,
};
use std::collections::BTreeMap;

impl Replica {
    pub(super) fn promoted(
        &mut self,
        position: Option<Position>,
        rows: Vec<RowRecord>,
        pending: Vec<PendingRecord>,
        gone: Vec<PendingKey>,
    ) {
        let stored = position.unwrap_or_else(Position::nowhere);
        self.take_epoch(stored.epoch);
        let there: BTreeMap<_, _> = rows.iter().map(|row| (row.document, row.sequence)).collect();
        // What is held of documents is in storage, or nowhere.
        for known in self.documents.values_mut() {
            known.forget_held();
        }
        self.reread(rows, pending, gone);
        self.held_bytes = self.documents.values().map(|known| known.held_bytes).sum();
        for (document, known) in &self.documents {
            let behind = known.row.as_ref().is_some_and(|row| {
                there.get(document).is_none_or(|sequence| *sequence < row.sequence)
            });
            if behind && !planted::is(Planted::StorageBelieved) {
                self.flush.unwritten.rows.insert(*document);
            }
            self.pulls.note(*document, &self.documents, &self.outbox);
        }
        // Rows this tab was told of when it led before may have reached edits that are still there.
        let edited = self.outbox.iter().filter_map(|entry| {
            let row = self.documents.get(&entry.record.document)?.row.as_ref()?;
            Some((entry.record.document, row.sequence))
        });
        for (document, sequence) in edited.collect::<Vec<_>>() {
            self.catch_up_edits(document, sequence);
        }
        (self.position.cursor, self.position.to_offer) = (stored.cursor, stored.to_offer);
        (self.position.digest, self.summed) = (self.sum(), true);
        self.flush.unwritten.position = true;
    }
}
