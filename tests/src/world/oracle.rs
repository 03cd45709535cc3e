//! What must hold when everything has been exchanged.

use crate::world::{MINUTE, World, event::Place, model::Model, wire::SOMEBODY_ELSE};
use documents::{class::Class as Kind, document::Document, malformed::Malformed};
use domain::edit::Edit;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use sync::{
    id::*,
    input::Input,
    output::{EditState, Line},
    record::PendingState,
};

impl World {
    /// Returns whether nobody has anything left to do or to say.
    pub fn is_settled(&mut self) -> bool {
        self.call_everything_in();
        let head = Sequence(self.relay.store.entries.len() as u64);
        self.agenda.work_left() == 0
            && self.relay.open.is_empty()
            && self.devices.iter().all(|device| {
                device.tabs.iter().flatten().enumerate().all(|(number, tab)| {
                    let position = tab.replica.position();
                    let leads = device.leader == Some(number);
                    let to_offer = position.to_offer.iter().flatten();
                    let mut to_offer = to_offer.filter(|(id, _)| self.poisoned != Some(**id));
                    let offers = leads && to_offer.next().is_some();
                    let unsent = tab.replica.edits().any(|(record, _)| {
                        self.poisoned != Some(record.document)
                            && matches!(
                                record.state,
                                PendingState::Unsent | PendingState::Received(_)
                            )
                    });
                    // One that nobody can offer, because it cannot be loaded, is not let go of for
                    // what the relay has.
                    let mut documents = self.relay.store.rows.keys();
                    let here =
                        documents.all(|id| tab.replica.is_here(*id) || self.poisoned == Some(*id));
                    !unsent
                        && !offers
                        && tab.writes.is_empty()
                        && (!leads || position.cursor == head && tab.line == Line::UpToDate)
                        && here
                })
            })
    }

    /// Everybody asks for every document, so that whole copies can be compared.
    fn call_everything_in(&mut self) {
        let documents: Vec<_> = self.relay.store.rows.keys().copied().collect();
        for device in 0..self.devices.len() {
            let Some(tab) = self.devices[device].leader else { continue };
            let Some(leader) = &self.devices[device].tabs[tab] else { continue };
            let absent: Vec<_> =
                documents.iter().filter(|id| !leader.replica.is_here(**id)).copied().collect();
            let place = Place { device, tab, life: leader.life };
            for document in absent {
                self.hand_in(place, Input::Wanted(document));
            }
        }
    }

    /// After peace, nothing but heartbeats is on the wires.
    pub fn sees_silence(&mut self, settled: bool) {
        if !settled {
            self.report.loops += 1;
            self.report.trouble_if(self.frames >= self.frames_max, || "too many frames".into());
            let words = self.unsettled();
            self.report.trouble(format!("not settled after peace: {words}"));
            return;
        }
        let before = self.frames;
        let until = self.now + 10 * MINUTE;
        while self.agenda.next_time().is_some_and(|time| time < until) {
            self.step();
        }
        if self.frames != before {
            self.report.loops += 1;
            self.report.trouble(format!("{} frames after the end", self.frames - before));
        }
    }

    fn unsettled(&self) -> String {
        let head = self.relay.store.entries.len();
        let mut words = format!("head {head}, open {}", self.relay.open.len());
        for (number, device) in self.devices.iter().enumerate() {
            for (place, tab) in device.tabs.iter().enumerate() {
                let Some(tab) = tab else {
                    words.push_str(&format!("; {number}.{place} is gone"));
                    continue;
                };
                let unsettled = tab.replica.edits().filter(|(record, _)| {
                    matches!(record.state, PendingState::Unsent | PendingState::Received(_))
                });
                let states: Vec<_> =
                    unsettled.map(|(record, state)| (record.document, record.key, state)).collect();
                let rows = &self.relay.store.rows;
                let absent = rows.keys().filter(|id| !tab.replica.is_here(**id)).count();
                words.push_str(&format!(
                    "; {number}.{place}{} wire {:?} at {:?}, absent {absent}, writes {}, to offer {:?}, {states:?}",
                    if device.leader == Some(place) { " leads" } else { "" },
                    tab.wire,
                    tab.replica.position().cursor,
                    tab.writes.len(),
                    tab.replica.position().to_offer,
                ));
            }
        }
        words
    }

    /// Compares every copy with the log, and every promise with what became of it.
    pub fn judge(&mut self) {
        self.report.acknowledged = self.ledger.acknowledged.len() as u64;
        for (sequence, hash) in &self.ledger.acknowledged {
            if !self.relay.store.is_at(*sequence, *hash) {
                self.report.lost += 1;
                self.report.trouble(format!("acknowledged and lost: {hash} at {sequence:?}"));
            }
        }
        self.judge_returns();
        if self.relay.store.entries.iter().any(|entry| entry.person == SOMEBODY_ELSE) {
            self.report.trouble("somebody's edits left in the name of another".into());
        }
        for (document, row) in self.relay.store.rows.clone() {
            self.compare(document, row.class, &row.row);
        }
        self.account_for_edits();
    }

    fn compare(&mut self, document: DocumentId, class: Class, row: &[u8]) {
        let Some(truth) = self.relay.open(document, class) else {
            self.report.divergences += 1;
            return self.report.trouble(format!("a stranger cannot read {document}"));
        };
        let mut wrong = Vec::new();
        let store = &self.relay.store;
        let model = Model::of(store.history(document), |entry| store.is_beginning(entry.sequence));
        if let (Some(model), Ok(account)) = (model, truth.account()) {
            let misses = model.misses(&account).into_iter();
            wrong.extend(misses.map(|what| format!("{what}: not as the edits of the log have it")));
        }
        if truth.row().ok().as_deref() != Some(row) {
            wrong.push("the relay's row is not that of its document".to_owned());
        }
        // Copies kept change for change alike are one copy.
        let mut seen: BTreeMap<&[Arc<[u8]>], Option<String>> = BTreeMap::new();
        for (number, device) in self.devices.iter().enumerate() {
            for (place, tab) in device.tabs.iter().enumerate() {
                let Some(tab) = tab else { continue };
                if place == 0 {
                    let kept = device.disk.content.documents.get(&document);
                    let kept = kept.map_or(&[][..], Vec::as_slice);
                    let outcome = seen.entry(kept).or_insert_with(|| {
                        let kind = Kind::from_number(class.0).unwrap_or(Kind::Account);
                        differs(Document::open(kind, document.0, kept), &truth)
                    });
                    wrong.extend(outcome.as_ref().map(|words| format!("{number} {words}")));
                    let stored = device.disk.content.rows.get(&document);
                    if stored.map(|stored| stored.row.as_slice()) != Some(row) {
                        wrong.push(format!("{number} has another row in storage"));
                    }
                }
                if tab.rows.get(&document).map(Vec::as_slice) != Some(row) {
                    wrong.push(format!("{number}.{place} shows another row"));
                }
                let open = tab.open.get(&document);
                if open.is_some_and(|open| open.heads() != truth.heads()) {
                    wrong.push(format!("{number}.{place} has another copy open"));
                }
            }
        }
        for words in wrong {
            self.report.divergences += 1;
            self.report.trouble(format!("{document}: {words}"));
        }
    }

    /// Every edit is received once, or refused before a person's eyes, or was never promised.
    fn account_for_edits(&mut self) {
        let mut shown: BTreeSet<PendingKey> = BTreeSet::new();
        for tab in self.devices.iter().flat_map(|device| device.tabs.iter().flatten()) {
            let refused = tab.replica.edits().filter(|(_, state)| {
                matches!(state, EditState::Refused(_) | EditState::Waiting(_))
            });
            shown.extend(refused.map(|(record, _)| record.key));
        }
        for (key, edit) in self.ledger.edits.clone() {
            let stored =
                edit.hashes.iter().filter(|hash| self.relay.store.has(edit.document, **hash));
            let times = stored.count();
            let accounted = match times {
                0 if edit.hashes.iter().any(|hash| self.ledger.gone.contains(hash)) => true,
                0 => shown.contains(&key) || edit.discarded || !edit.promised,
                1 => true,
                _ => false,
            };
            if !accounted {
                self.report.unaccounted += 1;
                let what = Edit::decode(&edit.edit);
                let words =
                    format!("unaccounted, {times} times in the log: {key:?} {edit:?} {what:?}");
                self.report.trouble(words);
            }
        }
    }
}

/// Says how a copy differs from the log's.
fn differs(kept: Result<Document, Malformed>, truth: &Document) -> Option<String> {
    match kept {
        Err(error) => Some(format!("keeps what cannot be read: {error}")),
        Ok(kept) if kept.heads() != truth.heads() => Some("keeps other heads".to_owned()),
        Ok(kept) if !same_value(&kept, truth) => Some("reads another value".to_owned()),
        Ok(_) => None,
    }
}

fn same_value(one: &Document, other: &Document) -> bool {
    match one.class() {
        Kind::Account => one.account() == other.account(),
        Kind::Note => one.note() == other.note(),
        Kind::Configuration => one.configuration() == other.configuration(),
        Kind::Catalogue => one.catalogue() == other.catalogue(),
    }
}
