//! The relay put back from an older backup: what is on any device is offered again.

use crate::world::{
    World,
    event::{Event, Place},
    store::Store,
};
use documents::{actor::Actor, class::Class as Kind, document::Document, snapshot};
use std::collections::BTreeSet;
use sync::{change, id::*, input::Input};

impl World {
    pub fn make_backup(&mut self) {
        self.relay.backup = self.relay.store.clone();
    }

    /// The relay dies, and comes back as it was at the last backup, in another life of its log.
    pub fn put_backup_back(&mut self) {
        if !self.faults || self.relay.store.entries.len() == self.relay.backup.entries.len() {
            return;
        }
        self.report.fault("backup put back");
        self.relay_dies();
        let mut store = self.relay.backup.clone();
        store.begin_life(Epoch(self.dice.id()));
        let before = std::mem::replace(&mut self.relay.store, store);
        // A later backup is one of this life.
        self.relay.backup = self.relay.store.clone();
        let head = Sequence(self.relay.store.entries.len() as u64);
        let held = self.held(&before);
        let lost = before.entries.iter().filter(|entry| entry.sequence > head);
        for hash in lost.map(|entry| entry.hash) {
            // What a document was begun anew from is in the new beginning, or with who kept it.
            if held.contains(&hash) && !before.is_past(hash) {
                self.ledger.to_return.insert(hash);
            } else {
                self.report.fault("lost with the backup, held by nobody");
                self.ledger.gone.insert(hash);
            }
        }
        self.ledger.acknowledged.retain(|(sequence, _)| *sequence <= head);
    }

    pub fn relay_begins(&mut self) {
        if self.relay.machine.is_none() {
            self.relay.start();
        }
    }

    /// Returns the changes that are on some disk, whatever happens to the power there.
    fn held(&self, log: &Store) -> BTreeSet<ChangeHash> {
        let mut held = BTreeSet::new();
        for device in &self.devices {
            let content = &device.disk.flushed;
            held.extend(content.pending.values().map(|record| record.hash));
            for (document, chunks) in &content.documents {
                let (packed, changes): (Vec<_>, Vec<_>) =
                    chunks.iter().partition(|chunk| snapshot::is_one(chunk));
                let changes = changes.into_iter().filter_map(|one| change::scan(one).ok());
                held.extend(changes.map(|scanned| scanned.hash));
                let class = log.rows.get(document).and_then(|row| Kind::from_number(row.class.0));
                let opened = class.and_then(|kind| Document::open(kind, document.0, packed).ok());
                let packed = opened.map(|opened| opened.changes()).unwrap_or_default();
                held.extend(packed.into_iter().map(|change| ChangeHash(change.hash)));
            }
        }
        held
    }

    /// Reads what is kept here of a document, with who made each change.
    pub fn offer(&mut self, place: Place, document: DocumentId, class: Class) {
        if !self.is_alive(place) {
            return;
        }
        self.report.fault("offered again");
        let device = &self.devices[place.device];
        let opened = device.disk.open(document, class).filter(|_| self.poisoned != Some(document));
        let changes = opened.and_then(|opened| {
            let authored = opened.changes().into_iter().map(|change| {
                let scanned = change::scan(&change.bytes).ok()?;
                let author = Actor::from_bytes(&scanned.actor.0)?;
                Some((PersonId(author.person.0), change.bytes))
            });
            authored.collect()
        });
        self.hand_in(place, Input::Offered { document, changes });
    }

    /// Forgets nothing: every acknowledged change some disk held is in the log again.
    pub fn judge_returns(&mut self) {
        let there = self.relay.store.all_hashes();
        let missing = self.ledger.to_return.difference(&there).count() as u64;
        self.report.lost += missing;
        self.report.trouble_if(missing > 0, || format!("{missing} held and not offered again"));
    }

    pub fn plan_offer(&mut self, place: Place, document: DocumentId, class: Class) {
        let delay = if self.dice.chance(3_000) { self.dice.between(1, 2_000) } else { 0 };
        self.agenda.at(self.now + delay, Event::Offer(place, document, class));
    }
}
