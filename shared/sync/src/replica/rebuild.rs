//! After a refusal: what was refused is out of the document, and what only built on it is made
//! again (rules X1 to X6).

use crate::{
    id::*,
    input::{Authored, RebuildId},
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
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Default)]
pub struct Rebuilds {
    /// Documents to be loaded again.
    asked: BTreeSet<DocumentId>,
    /// Documents being loaded again: the answer waited for, and the edits being made again.
    under_way: BTreeMap<DocumentId, (RebuildId, Vec<PendingKey>)>,
    /// The number of the last asking, and what it was before what is being taken in.
    last: u64,
    before: u64,
    /// Documents being projected, with the last change laid over them when that was asked for.
    pub projecting: BTreeMap<DocumentId, ChangeHash>,
}

impl Rebuilds {
    /// What is asked for from now on is asked for once.
    pub fn begin(&mut self) {
        self.before = self.last;
    }

    pub fn ask(&mut self, document: DocumentId) {
        self.asked.insert(document);
    }

    /// Forgets what was asked for; documents are to be loaded again by whoever leads.
    pub fn abandon(&mut self) {
        self.ask_again();
        self.projecting.clear();
    }

    /// Asks anew for what the driver has not answered; should it still, that counts for nothing.
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
            let waits = on_its_way || self.awaits_beginning(document);
            if waits || self.rebuilds.under_way.contains_key(&document) {
                continue;
            }
            self.rebuilds.asked.remove(&document);
            let Some(class) = self.class(document) else { continue };
            let edits = spoilt.iter().map(|entry| (entry.record.key, entry.record.edit.to_vec()));
            self.load_again(document, class, edits.collect());
        }
    }

    fn class(&self, document: DocumentId) -> Option<Class> {
        let known = self.documents.get(&document).map(|known| known.class);
        known.or_else(|| self.outbox.of(document).next().map(|entry| entry.record.class))
    }

    pub(super) fn load_again(
        &mut self,
        document: DocumentId,
        class: Class,
        edits: Vec<(PendingKey, Vec<u8>)>,
    ) {
        self.rebuilds.last += 1;
        let rebuild = RebuildId(self.rebuilds.last);
        let keys = edits.iter().map(|(key, _)| *key).collect();
        self.rebuilds.under_way.insert(document, (rebuild, keys));
        self.out.push(Output::Rebuild { rebuild, document, class, edits });
    }

    /// Has open copies of a document loaded again, with nothing to be made again. A tab that does not
    /// lead makes nothing again and asks anew: an earlier asking that came to nothing holds up none.
    pub(super) fn reload(&mut self, document: DocumentId, class: Class) {
        let under_way = self.rebuilds.under_way.get(&document);
        let leads = self.link.is_up();
        if under_way.is_none_or(|(asked, _)| !leads && asked.0 <= self.rebuilds.before) {
            self.load_again(document, class, Vec::new());
        }
    }

    pub(super) fn rebuilt(
        &mut self,
        rebuild: RebuildId,
        document: DocumentId,
        authored: Vec<(PendingKey, Authored)>,
    ) {
        let mut authored: BTreeMap<_, _> = authored.into_iter().collect();
        let under_way = &mut self.rebuilds.under_way;
        let asked = under_way.get(&document).is_some_and(|(asked, _)| *asked == rebuild);
        let Some((_, keys)) = asked.then(|| under_way.remove(&document)).flatten() else {
            return self.not_taken(document, authored.into_values().collect());
        };
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
                    let mut entry = outbox::Entry::new(record(key, at, again), Saved::UnderWay);
                    entry.again = true;
                    self.outbox.push(entry);
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
        if !authored.is_empty() {
            self.not_taken(document, authored.into_values().collect());
        }
        self.let_go(document);
        self.show_row(document);
    }

    /// Has open copies loaded again which were given changes nobody will have.
    fn not_taken(&mut self, document: DocumentId, authored: Vec<Authored>) {
        let class = self.class(document).or(authored.first().map(|again| again.class));
        authored.iter().for_each(|again| self.outbox.make_void(again.hash));
        if self.outbox.spoil_dependants(document) {
            self.rebuilds.ask(document);
        }
        if let Some(class) = class {
            self.reload(document, class);
        }
    }
}
