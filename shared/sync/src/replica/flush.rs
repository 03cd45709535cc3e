//! Writing down what the relay can send again: one transaction at a time, rows and position
//! together, so that the cursor never runs ahead of what is stored (rules S3 to S5).

use crate::{
    id::*,
    input::Ticket,
    output::{Durability, Output, Shown, Write},
    planted::{self, Planted},
    record::RowRecord,
    replica::Replica,
};
use std::collections::{BTreeMap, BTreeSet};

/// What is to be written down.
#[derive(Debug, Clone, Default)]
pub struct Unwritten {
    pub forget_rows: bool,
    pub position: bool,
    pub evict: BTreeSet<DocumentId>,
    pub rows: BTreeSet<DocumentId>,
    pub changes: BTreeMap<DocumentId, Kept>,
    pub pending: BTreeSet<PendingKey>,
}

/// Changes that join the acknowledged part of a document.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    pub changes: Vec<Vec<u8>>,
    /// Whether this is all the relay had.
    pub complete: bool,
    /// Whether they begin the document anew.
    pub begun: bool,
}

/// The one transaction under way.
#[derive(Debug, Default)]
pub struct Flush {
    pub unwritten: Unwritten,
    pub writing: Option<(Ticket, Unwritten)>,
    pub not_before: Option<Time>,
    pub attempts: u32,
}

impl Unwritten {
    fn is_empty(&self) -> bool {
        let nothing = self.evict.is_empty() && self.rows.is_empty() && self.changes.is_empty();
        nothing && self.pending.is_empty() && !self.forget_rows && !self.position
    }

    /// Puts back what was not written, before what has come since.
    fn restore(&mut self, failed: Self) {
        for (document, mut kept) in failed.changes {
            // What was to be evicted since is not to come back.
            if self.evict.contains(&document) {
                continue;
            }
            let later = self.changes.remove(&document).unwrap_or_default();
            kept.changes.extend(later.changes);
            kept.complete |= later.complete;
            kept.begun |= later.begun;
            self.changes.insert(document, kept);
        }
        self.forget_rows |= failed.forget_rows;
        self.position |= failed.position;
        self.evict.extend(failed.evict);
        self.rows.extend(failed.rows);
        self.pending.extend(failed.pending);
    }
}

impl Replica {
    /// Begins to write when there is something, and nothing is being written.
    pub(super) fn flush(&mut self) {
        let waiting = self.flush.not_before.is_some_and(|time| time > self.now);
        if self.flush.writing.is_some() || self.flush.unwritten.is_empty() || waiting {
            return;
        }
        let unwritten = std::mem::take(&mut self.flush.unwritten);
        let mut writes = Vec::new();
        writes.extend(unwritten.forget_rows.then_some(Write::ForgetRows));
        writes.extend(unwritten.evict.iter().copied().map(Write::Evict));
        for (document, kept) in &unwritten.changes {
            let (document, changes) = (*document, kept.changes.clone());
            if !changes.is_empty() {
                writes.push(Write::Changes { document, changes });
            }
        }
        writes.extend(unwritten.rows.iter().filter_map(|id| self.row_record(*id)).map(Write::Row));
        writes.extend(unwritten.pending.iter().map(|key| match self.outbox.get(*key) {
            Some(entry) if !entry.settled => Write::Pending(entry.record.clone()),
            _ => Write::RemovePending(*key),
        }));
        let lead = self.lead.filter(|_| !planted::is(Planted::DeposedWritesOn));
        let position = unwritten.position.then(|| Write::Position(self.position.clone()));
        if planted::is(Planted::CursorAheadOfRows) {
            let (ticket, durability) = (self.next_ticket(), Durability::Relaxed);
            let writes = position.clone().into_iter().collect();
            self.out.push(Output::Store { ticket, durability, lead, writes });
        }
        writes.extend(position);
        let ticket = self.next_ticket();
        self.flush.writing = Some((ticket, unwritten));
        self.flush.not_before = None;
        self.out.push(Output::Store { ticket, durability: Durability::Relaxed, lead, writes });
    }

    /// Takes in that the transaction is durable; says whether it was this one.
    pub(super) fn flushed(&mut self, ticket: Ticket) -> bool {
        let Some((_, written)) = self.flush.writing.take_if(|(writing, _)| *writing == ticket)
        else {
            return false;
        };
        self.flush.attempts = 0;
        let documents: BTreeSet<_> =
            written.rows.iter().chain(written.changes.keys()).chain(&written.evict).collect();
        let documents: Vec<_> = documents.into_iter().copied().collect();
        let pending: Vec<_> = written.pending.into_iter().collect();
        for key in &pending {
            if self.outbox.get(*key).is_some_and(|entry| entry.settled) {
                let settled = self.outbox.remove(*key);
                settled.into_iter().for_each(|entry| self.forget_past(&entry.record));
            }
        }
        for (document, kept) in written.changes {
            self.kept(document, kept);
        }
        if !documents.is_empty() || !pending.is_empty() {
            self.out.push(Output::Tell { documents, pending });
        }
        true
    }

    /// Puts back what was not written, to be tried again; says whether it was this one.
    pub(super) fn flush_failed(&mut self, ticket: Ticket) -> bool {
        let Some((_, failed)) = self.flush.writing.take_if(|(writing, _)| *writing == ticket)
        else {
            return false;
        };
        if !planted::is(Planted::FailedFlushForgotten) {
            self.flush.unwritten.restore(failed);
        }
        let delay = self.backoff.delay_ms(self.flush.attempts);
        self.flush.attempts += 1;
        self.flush.not_before = Some(Time(self.now.0 + delay));
        true
    }

    /// Shows changes that are stored now: an edit that builds on them finds them after a crash.
    fn kept(&mut self, document: DocumentId, kept: Kept) {
        let Some(class) = self.documents.get(&document).map(|known| known.class) else { return };
        if kept.begun && !planted::is(Planted::PastStaysOpen) {
            self.load_anew(document, class);
        } else if !kept.changes.is_empty() {
            let changes = kept.changes;
            self.out.push(Output::Show(Shown::Changes { document, class, changes }));
        }
        if kept.complete {
            self.out.push(Output::Show(Shown::Here(document)));
            if self.outbox.laid_over(document).is_some() {
                self.project(document, class);
            }
        }
    }

    /// Returns whether changes of a document are still to be written down.
    pub(super) fn is_keeping(&self, document: DocumentId) -> bool {
        let writing = self.flush.writing.as_ref().map(|(_, writing)| writing);
        let all = writing.into_iter().chain([&self.flush.unwritten]);
        all.into_iter().any(|one| one.changes.contains_key(&document))
    }

    fn row_record(&self, document: DocumentId) -> Option<RowRecord> {
        let known = self.documents.get(&document)?;
        let row = known.row.as_ref()?;
        Some(RowRecord {
            document,
            class: known.class,
            sequence: row.sequence,
            version: row.version,
            row: row.bytes.clone(),
            held: known.held,
            held_bytes: Some(known.held_bytes),
            begins: (known.begins > Sequence(0)).then_some(known.begins),
        })
    }
}
