//! Handing edits to the relay and hearing what it says of them (rules U1 to U8).

use crate::{
    change::{CHANGE_BYTES_MAX, PUSH_OPERATIONS_MAX},
    frame::{PUSH_ITEMS_MAX, PushItem, Up, VerdictItem},
    id::*,
    planted::{self, Planted},
    record::PendingState,
    relay::EDIT_BYTES_MAX,
    replica::{
        Replica,
        flush::Kept,
        outbox::{Entry, Saved},
    },
    verdict::{Reason, Verdict},
};
use std::collections::BTreeSet;

/// The bytes of one push, about.
pub const PUSH_BYTES: usize = 512 << 10;
/// The most pushes on their way at once.
const PUSHES_MAX: usize = 2;
/// How often a change may lack something nobody here has, before it is made again without it.
const LACKING_ATTEMPTS_MAX: u32 = 3;

impl Replica {
    /// Sends what is stored and not on its way, while there is room.
    pub(super) fn push(&mut self) {
        while self.link.is_open() && self.link.batches.len() < PUSHES_MAX {
            self.refuse_unfit();
            let keys = self.sendable();
            if keys.is_empty() {
                return;
            }
            self.last_batch += 1;
            let batch = self.last_batch;
            let (mut items, mut sent) = (Vec::new(), Vec::new());
            for key in keys {
                let Some(entry) = self.outbox.get_mut(key) else { continue };
                entry.batch = Some(batch);
                sent.push((key, entry.record.hash));
                items.push(item(entry));
            }
            self.link.batches.insert(batch, sent);
            self.send(&Up::Push { batch, items, author: None });
        }
    }

    /// Returns the edits of the next push: each after those it builds on.
    fn sendable(&self) -> Vec<PendingKey> {
        let (mut keys, mut bytes, mut operations) = (Vec::new(), 0, 0);
        let mut taken = BTreeSet::new();
        for entry in self.outbox.iter() {
            let ready = entry.is_unsent()
                && (entry.saved == Saved::Done || planted::is(Planted::SentBeforeStored))
                && entry.batch.is_none()
                && !entry.spoilt
                && !self.is_offering(entry.record.document)
                && entry.not_before <= self.now;
            if !ready || !self.follows(entry, &taken) {
                continue;
            }
            bytes += entry.record.change.len() + entry.record.edit.len();
            operations += entry.operations;
            let full = bytes > PUSH_BYTES
                || operations > PUSH_OPERATIONS_MAX
                || keys.len() == PUSH_ITEMS_MAX;
            if !keys.is_empty() && full {
                break;
            }
            taken.insert(entry.record.hash);
            keys.push(entry.record.key);
        }
        keys
    }

    /// Returns whether everything the edit builds on is acknowledged, on its way, or goes before.
    fn follows(&self, entry: &Entry, taken: &BTreeSet<ChangeHash>) -> bool {
        entry.dependencies.iter().all(|hash| {
            let before = self.outbox.by_hash(hash);
            let waits = before.is_some_and(|before| before.is_unsent() && before.batch.is_none());
            !waits || taken.contains(hash)
        })
    }

    /// Refuses here what the relay would not even look at.
    fn refuse_unfit(&mut self) {
        let unfit = self.outbox.iter().filter(|entry| entry.is_unsent() && entry.batch.is_none());
        let unfit = unfit.filter_map(|entry| {
            let large = entry.record.change.len() > CHANGE_BYTES_MAX
                || entry.record.edit.len() > EDIT_BYTES_MAX;
            Some((entry.record.key, entry.unfit.or(large.then_some(Reason::TooLarge))?))
        });
        for (key, reason) in unfit.collect::<Vec<_>>() {
            self.refuse(key, reason);
        }
    }

    /// Takes in verdicts, which come in the order of the push.
    pub(super) fn judged(&mut self, batch: u64, items: Vec<VerdictItem>) {
        let Some(sent) = self.link.batches.remove(&batch) else {
            return self.offer_judged(batch, items);
        };
        self.link.attempts = 0;
        let mut items = items.into_iter();
        for (key, hash) in sent {
            let verdict = items.next();
            let Some(entry) = self.outbox.get_mut(key) else { continue };
            if entry.record.hash != hash || !entry.is_unsent() {
                continue;
            }
            entry.batch = None;
            match verdict.map(|item| (item.verdict, item.after)) {
                Some((Verdict::Received(_), _)) if planted::is(Planted::ResentForever) => (),
                Some((Verdict::Received(sequence), after)) => self.received(key, sequence, after),
                Some((Verdict::Refused(Reason::DependencyRefused), begins)) => {
                    self.told_of_beginning(key, begins);
                    self.spoil(key);
                    if begins.is_some() && planted::is(Planted::LateEditDropped) {
                        self.outbox.remove(key);
                        self.flush.unwritten.pending.insert(key);
                    }
                }
                Some((Verdict::Refused(reason), _)) => self.refuse(key, reason),
                Some((Verdict::Held(reason), _)) => self.hold(key, reason),
                Some((Verdict::NotYet(reason), _)) => self.wait(key, reason),
                // A relay that answers for fewer than it was sent has not answered for the rest.
                None => self.wait(key, Reason::NotStored),
            }
        }
    }

    fn received(&mut self, key: PendingKey, sequence: Sequence, after: Option<Sequence>) {
        let Some(entry) = self.outbox.get_mut(key) else { return };
        entry.record.state = PendingState::Received(sequence);
        (entry.spoilt, entry.waiting) = (false, None);
        let document = entry.record.document;
        let class = entry.record.class;
        let change = entry.record.change.to_vec();
        let known = self.documents.entry(document).or_insert_with(|| super::Known::new(class));
        let past = sequence < known.begins;
        if after == Some(known.held_up_to()) && !past {
            known.held = Some(sequence);
            known.held_bytes += change.len() as u64;
            self.held_bytes += change.len() as u64;
        }
        let reached = known.row.as_ref().map(|row| row.sequence);
        self.show_edit(key);
        self.flush.unwritten.pending.insert(key);
        if !past {
            self.keep(document, Kept { changes: vec![change], ..Kept::default() });
        }
        if let Some(reached) = reached {
            self.catch_up_edits(document, reached);
            self.show_row(document);
        }
        self.pulls.note(document, &self.documents, &self.outbox);
    }

    fn hold(&mut self, key: PendingKey, reason: Reason) {
        if let Some(entry) = self.outbox.get_mut(key) {
            entry.record.state = PendingState::Held(reason);
            self.flush.unwritten.pending.insert(key);
            self.show_edit(key);
        }
    }

    fn wait(&mut self, key: PendingKey, reason: Reason) {
        let Some(entry) = self.outbox.get(key) else { return };
        let lacking = reason == Reason::MissingDependency
            && !entry.dependencies.iter().any(|hash| self.outbox.by_hash(hash).is_some());
        let Some(entry) = self.outbox.get_mut(key) else { return };
        entry.waiting = Some(reason);
        entry.attempts += 1;
        let attempts = entry.attempts;
        let soon = planted::is(Planted::ResentAtOnce);
        let delay = if soon { 0 } else { self.backoff.delay_ms(attempts) };
        entry.not_before = Time(self.now.0 + delay);
        self.retry_in(delay);
        self.show_edit(key);
        if lacking && attempts >= LACKING_ATTEMPTS_MAX {
            self.spoil(key);
        }
    }
}

fn item(entry: &Entry) -> PushItem {
    let record = &entry.record;
    PushItem {
        document: record.document,
        class: record.class,
        change: record.change.clone(),
        edit: record.edit.clone(),
        device_time: record.at,
    }
}
