//! After a refusal: what was refused is out of the document, and what only built on it is made
//! again (rules X1 to X5).

use crate::{
    id::*,
    input::Authored,
    output::Output,
    planted::{self, Planted},
    record::PendingState,
    replica::{
        Replica,
        edits::record,
        outbox::{self, Saved},
    },
    verdict::Reason,
};
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

#[derive(Debug, Default)]
pub struct Rebuilds {
    /// Documents to be loaded again.
    asked: BTreeSet<DocumentId>,
    /// Documents being loaded again, with the edits being made again.
    under_way: BTreeMap<DocumentId, Vec<PendingKey>>,
    /// Documents being projected, with the last change laid over them when that was asked for.
    pub projecting: BTreeMap<DocumentId, ChangeHash>,
}

impl Rebuilds {
    pub fn ask(&mut self, document: DocumentId) {
        self.asked.insert(document);
    }

    /// Asks anew for what the driver has not answered.
    pub fn ask_again(&mut self) {
        self.asked.extend(std::mem::take(&mut self.under_way).into_keys());
    }
}

impl Replica {
    /// Takes a refused edit out of its document.
    pub(super) fn refuse(&mut self, key: PendingKey, reason: Reason) {
        if planted::is(Planted::RefusedEditDropped) {
            self.outbox.remove(key);
            self.flush.unwritten.pending.insert(key);
            return;
        }
        let Some(entry) = self.outbox.get_mut(key) else { return };
        entry.record.state = PendingState::Refused(reason);
        (entry.spoilt, entry.waiting) = (false, None);
        let (document, hash) = (entry.record.document, entry.record.hash);
        self.outbox.make_void(hash);
        self.outbox.spoil_dependants(document);
        self.rebuilds.ask(document);
        self.flush.unwritten.pending.insert(key);
        self.show_edit(key);
        self.show_row(document);
    }

    /// Marks an edit to be made again: its change builds on one that will never be taken.
    pub(super) fn spoil(&mut self, key: PendingKey) {
        let Some(entry) = self.outbox.get_mut(key) else { return };
        entry.spoilt = true;
        let document = entry.record.document;
        self.outbox.spoil_dependants(document);
        self.rebuilds.ask(document);
    }

    /// Loads documents again, as soon as nothing of what is to be made again is on its way.
    pub(super) fn rebuild(&mut self) {
        if !self.link.is_open() {
            return;
        }
        for document in self.rebuilds.asked.clone() {
            let spoilt: Vec<_> =
                self.outbox.of(document).filter(|entry| entry.spoilt).cloned().collect();
            let on_its_way = spoilt.iter().any(|entry| entry.batch.is_some());
            if on_its_way || self.rebuilds.under_way.contains_key(&document) {
                continue;
            }
            self.rebuilds.asked.remove(&document);
            let class = self.documents.get(&document).map(|known| known.class);
            let first = self.outbox.of(document).next().map(|entry| entry.record.class);
            let Some(class) = class.or(first) else { continue };
            let keys = spoilt.iter().map(|entry| entry.record.key).collect();
            self.rebuilds.under_way.insert(document, keys);
            let edits = spoilt.iter().map(|entry| (entry.record.key, entry.record.edit.to_vec()));
            self.out.push(Output::Rebuild { document, class, edits: edits.collect() });
        }
    }

    /// Has open copies of a document loaded again, in a tab that does not speak with the relay.
    pub(super) fn reload(&mut self, document: DocumentId, class: Class) {
        if let Entry::Vacant(vacant) = self.rebuilds.under_way.entry(document) {
            vacant.insert(Vec::new());
            self.out.push(Output::Rebuild { document, class, edits: Vec::new() });
        }
    }

    pub(super) fn rebuilt(&mut self, document: DocumentId, authored: Vec<(PendingKey, Authored)>) {
        let Some(keys) = self.rebuilds.under_way.remove(&document) else { return };
        let mut authored: BTreeMap<_, _> = authored.into_iter().collect();
        let mut made_again = Vec::new();
        for key in keys {
            let Some(entry) = self.outbox.get(key).filter(|entry| entry.spoilt) else { continue };
            let at = entry.record.at;
            if planted::is(Planted::DependantsDropped) {
                self.outbox.remove(key);
                self.flush.unwritten.pending.insert(key);
                continue;
            }
            match authored.remove(&key) {
                Some(again) => {
                    self.outbox.push(outbox::Entry::new(record(key, at, again), Saved::UnderWay));
                    made_again.push(key);
                    self.show_edit(key);
                }
                // What it was about is gone with the refused change, and a rule says no now.
                None => self.refuse(key, Reason::RuleBroken),
            }
        }
        if !made_again.is_empty() {
            self.save(made_again);
        }
        if self.outbox.spoil_dependants(document) {
            self.rebuilds.ask(document);
        }
        self.let_go(document);
        self.show_row(document);
    }
}
