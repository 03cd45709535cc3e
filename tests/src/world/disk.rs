//! What a device stores. What was only written lazily can be lost with the power.

use std::collections::{BTreeMap, BTreeSet};
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
    pub documents: BTreeMap<DocumentId, Vec<Vec<u8>>>,
    pub pending: BTreeMap<PendingKey, PendingRecord>,
}

/// A disk with a lazy cache before it.
#[derive(Debug, Default)]
pub struct Disk {
    /// What reading finds.
    pub content: Content,
    flushed: Content,
    lazy: Vec<Vec<Write>>,
}

impl Disk {
    /// Does all of it, or, when the power goes in between, nothing.
    pub fn write(&mut self, durability: Durability, writes: Vec<Write>) {
        self.content.apply(&writes);
        self.lazy.push(writes);
        if durability == Durability::Strict {
            self.lazy.drain(..).for_each(|writes| self.flushed.apply(&writes));
        }
    }

    pub fn lazy_writes(&self) -> usize {
        self.lazy.len()
    }

    /// Loses what was written lazily, but for the first so many transactions.
    pub fn lose_power(&mut self, kept: usize) {
        self.lazy.drain(..).take(kept).for_each(|writes| self.flushed.apply(&writes));
        self.content = self.flushed.clone();
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
                    let known: BTreeSet<_> = kept.iter().cloned().collect();
                    kept.extend(changes.iter().filter(|change| !known.contains(*change)).cloned());
                }
                Write::Evict(document) => {
                    self.documents.remove(document);
                }
                Write::Pending(record) => {
                    self.pending.insert(record.key, record.clone());
                }
                Write::RemovePending(key) => {
                    self.pending.remove(key);
                }
                Write::ForgetRows => self.rows.clear(),
            }
        }
    }
}
