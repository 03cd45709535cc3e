//! What must hold at every moment, seen from outside: no rule of the machines is asked of them.

use crate::world::{World, event::Place, wire::SOMEBODY_ELSE};
use domain::time::Timestamp;
use std::collections::BTreeSet;
use sync::{
    change,
    frame::{self, Down, PushItem, Up},
    id::*,
    output::EditState,
    record::{PendingState, Position},
    verdict::{Reason, Verdict},
};

/// How often one change may be offered on one connection within that time.
const HASTE_MAX: usize = 5;
const HASTE_MS: i64 = 3_000;
/// Where a frame says what it is, and the numbers of some.
const KIND: usize = 2;
const PUSH: u8 = 1;
const WELCOME: u8 = 0;
const ROWS: u8 = 1;
/// How far off a corrected clock may be: what a frame is delayed at most.
const CLOCK_MS_MAX: i64 = 90_000;
/// Frames a device may take to greet, catch up with everything and be answered, changes or not.
const FRAMES_PER_DEVICE: u64 = 20;
/// More of them while a document cannot be read: what is pushed to it is tried again.
const FRAMES_OF_POISON: u64 = 300;
/// Frames one missing change may take: pushed, answered, told, pulled, and some of it again.
const FRAMES_PER_CHANGE: u64 = 6;
/// Frames a whole life may take for each edit or session, faults and all.
const FRAMES_PER_EVENT: u64 = 60;

impl World {
    /// Returns how many changes have yet to come to how many devices, or to the relay; what is still
    /// going to be done makes one each.
    pub fn missing(&self) -> u64 {
        let head = self.relay.store.entries.len() as u64;
        let to_come = self.agenda.work_left() as u64 * self.devices.len() as u64;
        let devices = self.devices.iter().map(|device| {
            let position = device.disk.content.position.as_ref();
            let behind = head.saturating_sub(position.map_or(0, |position| position.cursor.0));
            let kept = device.disk.content.documents.values().map(Vec::len).sum::<usize>();
            let other =
                position.and_then(|position| position.epoch) != Some(self.relay.store.epoch);
            let offers = position.is_some_and(|position| position.to_offer.is_some());
            let behind = if other || offers { head + kept as u64 } else { behind };
            let unsent = device.disk.content.pending.values();
            let unsent = unsent.filter(|record| record.state == PendingState::Unsent).count();
            behind + unsent as u64 * self.devices.len() as u64
        });
        devices.sum::<u64>() + to_come
    }

    /// Returns how many frames so many missing changes may take.
    pub fn budget(&self, missing: u64) -> u64 {
        let poison = if self.poisoned.is_some() { FRAMES_OF_POISON } else { 0 };
        missing * FRAMES_PER_CHANGE + (self.devices.len() as u64 + 1) * (FRAMES_PER_DEVICE + poison)
    }

    /// Takes down what was said for each change that was missing. Where none was, devices have only
    /// asked the relay for a sign of life, and that is no change's.
    pub fn weigh(&mut self, frames: u64, missing: u64) {
        if let Some(hundredths) = (frames * 100).checked_div(missing) {
            let most = &mut self.report.frames_per_change_most;
            *most = (*most).max(hundredths);
        }
    }

    /// Notices a storm while things still go wrong.
    pub fn is_too_loud(&mut self) -> bool {
        let events = self.report.edits * self.devices.len() as u64 + self.lives + 500;
        let loud = self.frames > events * FRAMES_PER_EVENT;
        if loud {
            self.report.loops += 1;
            self.report.trouble(format!("{} frames for {events} events", self.frames));
        }
        loud
    }

    /// What leaves must be in storage (rule S1), or at the relay already: a tab that does not know yet
    /// that it leads no longer may say again what another has had received, or has made again.
    pub fn watch_push(&mut self, place: Place, bytes: &[u8]) {
        if bytes.get(KIND) != Some(&PUSH) {
            return;
        }
        let Ok(Up::Push { items, author, .. }) = frame::decode(bytes) else { return };
        let disk = &self.devices[place.device].disk;
        let content = &disk.content;
        let tab = self.devices[place.device].tabs[place.tab].as_ref();
        let tab = tab.filter(|tab| tab.lead != disk.lead);
        let made_again = |change: &[u8]| {
            let mut edits = tab.iter().flat_map(|tab| tab.replica.edits());
            edits.any(|(record, _)| {
                *record.change == *change && content.let_go.contains(&record.key)
            })
        };
        let unstored = items.iter().filter(|item| {
            let mut kept = content.documents.get(&item.document).into_iter().flatten();
            let stored = content.pending.values().any(|record| record.change == item.change)
                || kept.any(|change| **change == **item.change);
            let hash = change::scan(&item.change).map(|scanned| scanned.hash);
            let at_the_relay = hash.is_ok_and(|hash| self.relay.store.has(item.document, hash));
            let in_a_snapshot = || {
                let kept = disk.open(item.document, item.class);
                let kept = kept.map(|kept| kept.changes()).unwrap_or_default();
                kept.iter().any(|change| change.bytes == **item.change)
            };
            !stored
                && !at_the_relay
                && !made_again(&item.change)
                && (author.is_none() || !in_a_snapshot())
        });
        let unstored = unstored.count();
        self.report.unaccounted += unstored as u64;
        let Place { device, tab, .. } = place;
        self.report.trouble_if(unstored > 0, || {
            format!("{device}.{tab} sent {unstored} before they were stored")
        });
        self.watch_haste(place, &items);
    }

    /// Once the cursor is stored, so is every row up to it that the tab has (rules F4, S5).
    pub fn watch_cursor(&mut self, place: Place, position: &Position) {
        if position.epoch != Some(self.relay.store.epoch) {
            return;
        }
        let device = &self.devices[place.device];
        let Some(tab) = &device.tabs[place.tab] else { return };
        let edited: BTreeSet<_> = tab.replica.edits().map(|(record, _)| record.document).collect();
        let rows = tab.replica.rows().filter(|(document, ..)| !edited.contains(document));
        let lacking = rows.filter(|(document, _, here)| {
            let row = self.relay.store.rows.get(document);
            let row = row.filter(|row| row.sequence <= position.cursor && row.row == *here);
            let stored = device.disk.content.rows.get(document);
            row.is_some_and(|row| stored.is_none_or(|stored| stored.row.as_slice() != row.row))
        });
        let lacking = lacking.count();
        self.report.divergences += lacking as u64;
        self.report.trouble_if(lacking > 0, || format!("cursor stored, {lacking} rows not"));
    }

    /// What the relay had no use for yet is offered again later, not at once (rule U3).
    fn watch_haste(&mut self, place: Place, items: &[PushItem]) {
        let tab = self.devices[place.device].tabs[place.tab].as_ref();
        let wire = tab.and_then(|tab| self.wires.get_mut(&tab.wire?));
        let Some(wire) = wire else { return };
        for item in items {
            let Ok(scanned) = change::scan(&item.change) else { continue };
            let times = wire.pushed.entry(scanned.hash).or_default();
            times.retain(|time| self.now - time < HASTE_MS);
            times.push(self.now);
            if times.len() > HASTE_MAX {
                let times = times.len();
                self.report.loops += 1;
                self.report.trouble(format!("{} offered {times} times in a moment", scanned.hash));
            }
        }
    }

    /// A tab that begins knows every edit in storage (rule S1).
    pub fn watch_start(&mut self, place: Place) {
        let device = &self.devices[place.device];
        let Some(tab) = &device.tabs[place.tab] else { return };
        let known: BTreeSet<_> = tab.replica.edits().map(|(record, _)| record.key).collect();
        let overlooked = device.disk.content.pending.keys().filter(|key| !known.contains(key));
        let overlooked = overlooked.count() as u64;
        self.report.unaccounted += overlooked;
        self.report.trouble_if(overlooked > 0, || format!("{overlooked} overlooked at start"));
    }

    /// What is shown as on this tablet is in its storage (rule S1).
    pub fn watch_safety(&mut self, place: Place, key: PendingKey, state: EditState) {
        let pending = &self.devices[place.device].disk.content.pending;
        let unsafe_now = state == EditState::OnThisTablet && !pending.contains_key(&key);
        self.report.unaccounted += u64::from(unsafe_now);
        self.report.trouble_if(unsafe_now, || format!("{key:?} shown as safe before stored"));
    }

    /// Nobody is told of what is not durable (rule L2).
    pub fn watch_rows(&mut self, bytes: &[u8]) {
        if bytes.get(KIND) != Some(&ROWS) {
            return;
        }
        let Ok(Down::Rows { to, items, .. }) = frame::decode(bytes) else { return };
        let head = Sequence(self.relay.store.entries.len() as u64);
        let early = to > head || items.iter().any(|item| item.sequence > head);
        self.report.divergences += u64::from(early);
        self.report.trouble_if(early, || format!("told of {to:?} when {head:?} was durable"));
    }

    /// A refusal has one of the reasons there are in this world.
    pub fn watch_verdict(&mut self, hash: ChangeHash, verdict: &Verdict) {
        let Verdict::Refused(reason) = verdict else { return };
        self.ledger.refused.insert(hash);
        let dependencies = self.ledger.dependencies.get(&hash);
        let apt = match reason {
            Reason::NotPermitted => true,
            Reason::DependencyRefused => dependencies.is_some_and(|hashes| {
                let out = |one| self.ledger.refused.contains(one) || self.relay.store.is_past(*one);
                hashes.iter().any(out)
            }),
            _ => false,
        };
        self.report.divergences += u64::from(!apt);
        self.report.trouble_if(!apt, || format!("{hash} was refused for {reason:?}"));
    }

    /// Rows are forgotten when the relay keeps another log, and then only (rules C4, D2).
    pub fn watch_forgetting(&mut self, place: Place) {
        self.report.fault("rows forgotten");
        if let Some(tab) = &mut self.devices[place.device].tabs[place.tab] {
            let epoch = tab.replica.position().epoch;
            if std::mem::replace(&mut tab.epoch, epoch) != epoch {
                return;
            }
        }
        if self.devices[place.device].lost_rows {
            return;
        }
        self.report.divergences += 1;
        self.report.trouble(format!("{} found its rows wrong", place.device));
    }

    /// Lists show what was done here until the relay's row has it (rule F5).
    pub fn watch_lists(&mut self, place: Place) {
        let shown = std::mem::take(&mut self.shown);
        let Some(tab) = &self.devices[place.device].tabs[place.tab] else { return };
        let mut back = 0;
        for document in shown {
            let edits = tab.replica.edits().map(|(record, _)| record);
            let last = edits
                .filter(|record| record.document == document)
                .filter(|record| !matches!(record.state, PendingState::Refused(_)))
                .last();
            let unsent = last.filter(|record| record.state == PendingState::Unsent);
            back += u64::from(unsent.is_some_and(|record| {
                tab.rows.get(&document).map(Vec::as_slice) != Some(record.row.as_slice())
            }));
        }
        self.report.divergences += back;
        self.report.trouble_if(back > 0, || format!("{} flickered back", place.device));
    }

    /// The relay tells the time.
    pub fn hear_time(&mut self, place: Place, bytes: &[u8]) {
        if bytes.get(KIND) != Some(&WELCOME) {
            return;
        }
        let Ok(Down::Welcome { person, clock, .. }) = frame::decode(bytes) else { return };
        let skew = clock.0 - self.now;
        if let Some(tab) = &mut self.devices[place.device].tabs[place.tab]
            && person != SOMEBODY_ELSE
        {
            tab.told_time = Some(skew);
        }
    }

    /// What is authored carries the relay's time, once that was told (rule C9).
    pub fn watch_clock(&mut self, place: Place, now: Timestamp) {
        let tab = self.devices[place.device].tabs[place.tab].as_ref();
        let Some(skew) = tab.and_then(|tab| tab.told_time) else { return };
        let off = now.0 - (self.now + skew);
        let wrong = off.abs() > CLOCK_MS_MAX;
        self.report.divergences += u64::from(wrong);
        self.report.trouble_if(wrong, || format!("{} wrote {off} ms off", place.device));
    }
}
