//! Which documents are kept here, and fetching what is missing of them (rules K1 to K5).

use crate::{
    change,
    frame::{Form, Up, Want},
    id::*,
    planted::{self, Planted},
    replica::{Replica, flush::Kept, known::Known, outbox::Outbox},
};
use minicbor::bytes::ByteVec;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The most documents being pulled at once.
const PULLS_MAX: usize = 32;

#[derive(Debug)]
pub struct Pulls {
    pin_bytes: u64,
    /// Documents somebody waits for.
    wanted: VecDeque<DocumentId>,
    /// Documents kept here, of which the relay has more.
    behind: BTreeSet<DocumentId>,
    /// Documents not kept here.
    absent: BTreeSet<DocumentId>,
    /// Documents on their way.
    under_way: BTreeSet<DocumentId>,
    /// Documents kept here that do not open.
    unreadable: BTreeSet<DocumentId>,
    /// Documents fetched anew because they did not open: every change of them, no snapshot.
    by_changes: BTreeSet<DocumentId>,
}

impl Pulls {
    pub fn new(pin_bytes: u64, documents: &BTreeMap<DocumentId, Known>) -> Self {
        let (mut behind, mut absent) = (BTreeSet::new(), BTreeSet::new());
        for (document, known) in documents.iter().filter(|(_, known)| known.is_behind()) {
            match known.held {
                Some(_) => behind.insert(*document),
                None => absent.insert(*document),
            };
        }
        Self {
            pin_bytes,
            wanted: VecDeque::new(),
            behind,
            absent,
            under_way: BTreeSet::new(),
            unreadable: BTreeSet::new(),
            by_changes: BTreeSet::new(),
        }
    }

    /// Takes notice that what is kept of a document does not open. What the relay sent once more does
    /// not open any better, so it is fetched anew once.
    pub fn distrust(&mut self, document: DocumentId) {
        if !self.by_changes.contains(&document) {
            self.unreadable.insert(document);
        }
    }

    pub fn want(&mut self, document: DocumentId) {
        if !self.wanted.contains(&document) {
            self.wanted.push_back(document);
        }
    }

    pub fn is_fetched_anew(
        &self,
        document: DocumentId,
        documents: &BTreeMap<DocumentId, Known>,
    ) -> bool {
        let held = documents.get(&document).is_some_and(|known| known.held.is_some());
        self.unreadable.contains(&document) || self.by_changes.contains(&document) && !held
    }

    /// Takes notice that a row or what is held of a document has changed.
    pub fn note(
        &mut self,
        document: DocumentId,
        documents: &BTreeMap<DocumentId, Known>,
        outbox: &Outbox,
    ) {
        self.behind.remove(&document);
        self.absent.remove(&document);
        let Some(known) = documents.get(&document).filter(|known| known.is_behind()) else {
            return;
        };
        // Unsent work has to meet what others did, whether the document is kept here or not.
        if known.held.is_some() || outbox.laid_over(document).is_some() {
            self.behind.insert(document);
        } else {
            self.absent.insert(document);
        }
    }

    /// Does not ask for a document until something of it has changed.
    fn set_aside(&mut self, document: DocumentId) {
        self.behind.remove(&document);
        self.absent.remove(&document);
    }

    /// Forgets what is on its way: the connection is gone.
    pub fn interrupt(&mut self) {
        let under_way = std::mem::take(&mut self.under_way);
        under_way.into_iter().rev().for_each(|document| self.wanted.push_front(document));
    }

    pub fn forget_behind(&mut self) {
        self.behind.clear();
        self.absent.clear();
    }

    fn next(&mut self, caught_up: bool, has_room: bool) -> Option<DocumentId> {
        while let Some(document) = self.wanted.pop_front() {
            if !self.under_way.contains(&document) {
                return Some(document);
            }
        }
        let fresh = |from: &BTreeSet<DocumentId>, under_way: &BTreeSet<DocumentId>| {
            from.iter().find(|document| !under_way.contains(document)).copied()
        };
        if !caught_up {
            return None;
        }
        fresh(&self.behind, &self.under_way)
            .or_else(|| has_room.then(|| fresh(&self.absent, &self.under_way)).flatten())
    }
}

impl Replica {
    /// Forgets what does not open, as soon as the relay can be asked for it (rule K5). What it may
    /// still lack is not forgotten before it was offered.
    pub(super) fn fetch_anew(&mut self) {
        if !self.link.is_open() || self.position.to_offer.is_some() {
            return;
        }
        for document in std::mem::take(&mut self.pulls.unreadable) {
            self.pulls.under_way.remove(&document);
            self.pulls.by_changes.insert(document);
            self.evict(document);
            self.pulls.want(document);
        }
    }

    /// Asks for documents: first those somebody waits for, then those kept here, then, within the
    /// byte budget, the others.
    pub(super) fn pull(&mut self) {
        if !self.link.is_open() {
            return;
        }
        let caught_up = self.position.cursor >= self.link.head;
        let mut wants = Vec::new();
        while self.pulls.under_way.len() < PULLS_MAX {
            let has_room = self.held_bytes < self.pulls.pin_bytes;
            let Some(document) = self.pulls.next(caught_up, has_room) else { break };
            self.pulls.under_way.insert(document);
            let after = self.documents.get(&document).map(Known::held_up_to).unwrap_or_default();
            // A snapshot is the document from its beginning: nothing for who has part of it.
            let snapshot = after == Sequence(0) && !self.pulls.by_changes.contains(&document);
            let form = Some(if snapshot { Form::Snapshot } else { Form::Changes });
            let begins = self.documents.get(&document).map(|known| known.begins);
            let begins = Some(begins.unwrap_or_default());
            wants.push(Want { document, after, form, begins });
        }
        if !wants.is_empty() {
            self.send(&Up::Pull { wants });
        }
    }

    pub(super) fn took_changes(
        &mut self,
        (document, class): (DocumentId, Class),
        after: Sequence,
        to: Sequence,
        changes: Vec<ByteVec>,
        last: bool,
        begins: Sequence,
    ) {
        if !self.pulls.under_way.remove(&document) {
            return;
        }
        let unheard_of = !self.documents.contains_key(&document) && changes.is_empty();
        if unheard_of {
            return;
        }
        let to_offer = self.is_to_offer(document);
        let known = self.documents.entry(document).or_insert_with(|| Known::new(class));
        let other = begins != known.begins;
        let first = known.held.is_none() && begins > Sequence(0);
        if begins < known.begins || other && to_offer {
            return self.pulls.set_aside(document);
        }
        if other {
            self.begin_anew(document, begins);
        } else if after > known.held_up_to() {
            // Asked for before something made this device begin again: ask once more.
            return self.pulls.want(document);
        }
        let Some(known) = self.documents.get_mut(&document) else { return };
        let bytes: u64 = changes.iter().map(|change| change.len() as u64).sum();
        if known.held.is_none_or(|held| held < to) {
            known.held = Some(to);
        }
        known.held_bytes += bytes;
        self.held_bytes += bytes;
        let mut changes: Vec<_> = changes.into_iter().map(Vec::from).collect();
        if planted::is(Planted::HeldButNotKept) {
            changes.clear();
        }
        if planted::is(Planted::SnapshotTakenForAll)
            && changes.first().is_some_and(|first| change::scan(first).is_err())
        {
            changes.truncate(1);
        }
        self.keep(document, Kept { changes, complete: last, begun: other || first });
        if !last {
            self.pulls.wanted.push_front(document);
        }
        self.pulls.note(document, &self.documents, &self.outbox);
    }

    /// Adds changes to the acknowledged part of a document with the next transaction.
    pub(super) fn keep(&mut self, document: DocumentId, kept: Kept) {
        let unwritten = self.flush.unwritten.changes.entry(document).or_default();
        unwritten.changes.extend(kept.changes);
        unwritten.complete |= kept.complete;
        unwritten.begun |= kept.begun;
        if self.documents.get(&document).is_some_and(|known| known.row.is_some()) {
            self.flush.unwritten.rows.insert(document);
        }
    }
}
