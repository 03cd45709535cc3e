//! What people did here, and in other tabs: shown, stored, and only then on its way (rules S1, S2).

use crate::{
    id::*,
    input::{Authored, Ticket},
    output::{Durability, Output, Shown, Write},
    planted::{self, Planted},
    record::{PendingRecord, PendingState, RowRecord},
    replica::{
        Replica,
        outbox::{Entry, Saved},
    },
};

impl Replica {
    pub(super) fn edited(&mut self, authored: Authored) {
        self.last_number += 1;
        let key = PendingKey { tab: self.tab, number: self.last_number };
        let document = authored.document;
        self.outbox.push(Entry::new(record(key, self.now, authored), Saved::UnderWay));
        self.show_edit(key);
        self.show_row(document);
        self.save(vec![key]);
        // A screen may still have had a copy with a refused change in it.
        if self.outbox.spoil_dependants(document) {
            self.rebuilds.ask(document);
        }
    }

    /// Writes edits down as they stand, flushed. One that stands in storage already is written anew
    /// only by the tab that leads.
    pub(super) fn save(&mut self, keys: Vec<PendingKey>) {
        let again = |key: &PendingKey| self.outbox.get(*key).is_some_and(|entry| entry.again);
        let (again, first): (Vec<_>, Vec<_>) = keys.into_iter().partition(again);
        for (keys, lead) in [(first, None), (again, self.lead)] {
            if !keys.is_empty() {
                self.save_under(lead, keys);
            }
        }
    }

    fn save_under(&mut self, lead: Option<Lead>, keys: Vec<PendingKey>) {
        let entries = keys.iter().filter_map(|key| self.outbox.get(*key));
        let writes = entries.map(|entry| Write::Pending(entry.record.clone())).collect();
        // An edit made again meanwhile is not stored by the transaction that stores it as it was.
        self.saving.values_mut().for_each(|earlier| earlier.retain(|key| !keys.contains(key)));
        let ticket = self.next_ticket();
        self.saving.insert(ticket, keys);
        self.out.push(Output::Store { ticket, durability: Durability::Strict, lead, writes });
    }

    /// Takes in whether edits were written down.
    pub(super) fn saved(&mut self, ticket: Ticket, saved: Saved) {
        let Some(keys) = self.saving.remove(&ticket) else { return };
        let mut told = Vec::new();
        for key in keys {
            let Some(entry) = self.outbox.get_mut(key) else { continue };
            if entry.saved != Saved::UnderWay {
                continue;
            }
            entry.saved = saved;
            told.push(key);
            self.show_edit(key);
        }
        if saved == Saved::Failed {
            let delay = self.backoff.delay_ms(self.save_attempts);
            self.save_attempts += 1;
            self.retry_in(delay);
        } else if !told.is_empty() {
            self.save_attempts = 0;
            self.out.push(Output::Tell { documents: Vec::new(), pending: told });
        }
    }

    /// Tries again to save what could not be, and to send what the relay had no use for yet.
    pub(super) fn save_again(&mut self) {
        let mut keys = Vec::new();
        let mut next: Option<Time> = None;
        for entry in self.outbox.iter_mut() {
            if entry.saved == Saved::Failed && !planted::is(Planted::FailedSaveForgotten) {
                entry.saved = Saved::UnderWay;
                keys.push(entry.record.key);
            }
            if entry.not_before > self.now {
                next = Some(next.map_or(entry.not_before, |time| time.min(entry.not_before)));
            }
        }
        self.retry_at = next;
        if !keys.is_empty() {
            self.save(keys);
        }
    }

    /// Lets go of a refused edit, once nothing is left to be made again because of it.
    pub(super) fn discarded(&mut self, key: PendingKey) {
        let Some(entry) = self.outbox.get_mut(key) else { return };
        if matches!(entry.record.state, PendingState::Refused(_)) {
            entry.discarded = true;
            let document = entry.record.document;
            self.let_go(document);
        }
    }

    pub(super) fn let_go(&mut self, document: DocumentId) {
        if self.outbox.of(document).any(|entry| entry.spoilt) {
            return;
        }
        let discarded = self.outbox.of(document).filter(|entry| entry.discarded);
        for key in discarded.map(|entry| entry.record.key).collect::<Vec<_>>() {
            self.outbox.remove(key);
            self.flush.unwritten.pending.insert(key);
        }
    }

    /// Takes in what other tabs stored.
    pub(super) fn reread(
        &mut self,
        rows: Vec<RowRecord>,
        pending: Vec<PendingRecord>,
        gone: Vec<PendingKey>,
    ) {
        rows.into_iter().for_each(|row| self.reread_row(row));
        for record in pending {
            self.reread_edit(record);
        }
        for key in gone {
            if self.outbox.get(key).is_some_and(|entry| entry.saved == Saved::Done)
                && let Some(entry) = self.outbox.remove(key)
            {
                let (document, class) = (entry.record.document, entry.record.class);
                // Acknowledged or refused and let go of: an open copy cannot tell which.
                if entry.is_unsent() {
                    self.reload(document, class);
                }
                self.forget_past(&entry.record);
                self.show_row(document);
            }
        }
    }

    fn reread_edit(&mut self, record: PendingRecord) {
        let (key, document, class) = (record.key, record.document, record.class);
        let known = self.outbox.get(key).map(|entry| (entry.saved, entry.record.clone()));
        match known {
            // The tab that speaks with the relay knows better than what it has stored so far.
            Some(_) if self.link.is_up() => return,
            Some((Saved::UnderWay | Saved::Failed, _)) => return,
            Some((Saved::Done, before)) if before == record => return,
            Some((Saved::Done, before)) => {
                let refused = matches!(record.state, PendingState::Refused(_));
                if before.hash != record.hash || refused {
                    self.outbox.make_void(before.hash);
                    self.reload(document, class);
                }
                self.outbox.push(Entry::new(record, Saved::Done));
            }
            None if planted::is(Planted::OtherTabsForgotten) => return,
            None => {
                let laid_over = !matches!(record.state, PendingState::Refused(_));
                let changes = vec![record.change.to_vec()];
                self.outbox.push(Entry::new(record, Saved::Done));
                if laid_over {
                    self.out.push(Output::Show(Shown::Changes { document, class, changes }));
                }
            }
        }
        if self.outbox.spoil_dependants(document) {
            self.rebuilds.ask(document);
        }
        self.show_edit(key);
        self.show_row(document);
    }

    /// Shows the state an edit is in now.
    pub(super) fn show_edit(&mut self, key: PendingKey) {
        if let Some(entry) = self.outbox.get(key) {
            let (document, state) = (entry.record.document, entry.state());
            self.out.push(Output::Show(Shown::Edit { key, document, state }));
        }
    }
}

/// Returns the record of an edit just made.
pub fn record(key: PendingKey, at: Time, authored: Authored) -> PendingRecord {
    let Authored { document, class, hash, change, edit, row } = authored;
    PendingRecord {
        key,
        document,
        class,
        hash,
        change: change.into(),
        edit: edit.into(),
        at,
        row: row.into(),
        state: PendingState::Unsent,
    }
}
