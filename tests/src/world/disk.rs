//! What a device stores. What was only written lazily can be lost with the power.

use crate::world::opened::Opened;
use documents::document::Document;
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use sync::{
    id::*,
    output::{Durability, Write},
    record::{PendingRecord, Position, RowRecord},
};

/// Everything on a disk.
#[derive(Debug, Clone, Default)]
pub struct Content {
    pub position: Option<Position>,
    pub rows: BTreeMap<DocumentId, RowRecord>,
    pub documents: BTreeMap<DocumentId, Vec<Arc<[u8]>>>,
    pub pending: BTreeMap<PendingKey, PendingRecord>,
    /// Edits that were stored once: received, or made again in another's place.
    pub let_go: BTreeSet<PendingKey>,
}

/// A disk with a lazy cache before it.
#[derive(Default)]
pub struct Disk {
    /// What reading finds.
    pub content: Content,
    /// What would be found after a loss of power.
    pub flushed: Content,
    /// The tab that leads, as it has named itself here.
    pub lead: Option<Lead>,
    lazy: Vec<Vec<Write>>,
    opened: RefCell<Opened>,
}

impl Disk {
    /// Does all of it, or, when the power goes in between, nothing. Says what went backwards.
    pub fn write(&mut self, durability: Durability, writes: Vec<Write>) -> Option<String> {
        let wrong = self.content.goes_back(&writes);
        self.content.apply(&writes);
        self.lazy.push(writes);
        if durability == Durability::Strict {
            self.lazy.drain(..).for_each(|writes| self.flushed.apply(&writes));
        }
        wrong
    }

    /// Returns whether what is to be written under a lead may be.
    pub fn takes(&self, lead: Option<Lead>) -> bool {
        lead.is_none() || lead == self.lead
    }

    pub fn lazy_writes(&self) -> usize {
        self.lazy.len()
    }

    /// Takes the rows out of what was written lazily.
    pub fn forget_lazy_rows(&mut self) {
        for writes in &mut self.lazy {
            writes.retain(|write| !matches!(write, Write::Row(_)));
        }
    }

    /// Loses what was written lazily, but for the first so many transactions.
    pub fn lose_power(&mut self, kept: usize) {
        self.lazy.drain(..).take(kept).for_each(|writes| self.flushed.apply(&writes));
        self.content = self.flushed.clone();
    }

    /// Returns the acknowledged part of a document as it is kept here.
    pub fn open(&self, document: DocumentId, class: Class) -> Option<Document> {
        let kept = self.content.documents.get(&document).map_or(&[][..], Vec::as_slice);
        self.opened.borrow_mut().open(document, class, kept)
    }
}

impl Content {
    fn apply(&mut self, writes: &[Write]) {
        for write in writes {
            match write {
                Write::Position(position) => self.position = Some(position.clone()),
                Write::Row(row) => {
                    self.rows.insert(row.document, row.clone());
                }
                Write::Changes { document, changes } => {
                    let kept = self.documents.entry(*document).or_default();
                    for change in changes {
                        if !kept.iter().any(|known| **known == **change) {
                            kept.push(change.as_slice().into());
                        }
                    }
                }
                Write::Evict(document) => {
                    self.documents.remove(document);
                }
                Write::Pending(record) => {
                    self.pending.insert(record.key, record.clone());
                }
                Write::RemovePending(key) => {
                    if self.pending.remove(key).is_some() {
                        self.let_go.insert(*key);
                    }
                }
                Write::ForgetRows => self.rows.clear(),
            }
        }
    }

    /// Says what a transaction would take back without having forgotten it first (rules F3, S6).
    fn goes_back(&self, writes: &[Write]) -> Option<String> {
        if writes.contains(&Write::ForgetRows) {
            return None;
        }
        writes.iter().find_map(|write| match write {
            Write::Row(row) => {
                let before = self.rows.get(&row.document)?;
                (before.sequence > row.sequence).then(|| {
                    let (before, after) = (before.sequence.0, row.sequence.0);
                    format!("a row of {before} gave way to one of {after}")
                })
            }
            Write::Position(position) => {
                let before =
                    self.position.as_ref().filter(|before| before.epoch == position.epoch)?;
                (before.cursor > position.cursor).then(|| {
                    let (before, after) = (before.cursor.0, position.cursor.0);
                    format!("the cursor went back from {before} to {after}")
                })
            }
            _ => None,
        })
    }
}
