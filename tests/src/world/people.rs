//! What people do: open accounts, edit what they see, deal with refusals.

use crate::world::{World, edits, event::Place, ledger::Account, tab};
use documents::{actor::Actor, class::Class as Kind};
use domain::{edit::Edit, id::AccountId, time::Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use sync::{
    id::*,
    input::{Authored, Input, RebuildId},
    record::PendingState,
};

/// How many accounts a world has, about.
const ACCOUNTS: usize = 6;

impl World {
    /// A person does something in one of the tabs.
    pub fn edit(&mut self, number: usize) {
        let tabs = self.devices[number].tabs.len() as u64;
        let tab = self.dice.below(tabs) as usize;
        if !self.devices[number].awake {
            return;
        }
        let running = self.devices[number].tabs[tab].as_ref().filter(|tab| tab.frozen.is_none());
        let Some(life) = running.map(|tab| tab.life) else { return };
        let place = Place { device: number, tab, life };
        let (document, kind) = self.choose(place);
        let now = self.authoring_time(place);
        self.watch_clock(place, now);
        let Some(edit) = self.think_of(place, document, kind, now) else { return };
        let fresh = self.dice.id();
        let person = self.devices[number].person;
        let Some(tab) = &mut self.devices[number].tabs[tab] else { return };
        // A rule may say no: then nothing was written, and there is nothing to lose.
        if let Ok(authored) = tab.author(person, fresh, now, document, &edit) {
            self.make(place, authored);
        }
    }

    fn make(&mut self, place: Place, authored: Authored) {
        let (document, hash, edit) = (authored.document, authored.hash, authored.edit.clone());
        self.ledger.builds_on(hash, &authored.change);
        let known: BTreeSet<_> = self.keys(place);
        self.hand_in(place, Input::Edited(authored));
        self.report.edits += 1;
        for key in self.keys(place).difference(&known) {
            let account = Account {
                document,
                edit: edit.clone(),
                hashes: [hash].into(),
                promised: false,
                shown: None,
                discarded: false,
            };
            self.ledger.edits.insert(*key, account);
        }
    }

    fn keys(&self, place: Place) -> BTreeSet<PendingKey> {
        let tab = self.devices[place.device].tabs[place.tab].as_ref();
        tab.into_iter().flat_map(|tab| tab.replica.edits()).map(|(record, _)| record.key).collect()
    }

    fn choose(&mut self, place: Place) -> (DocumentId, Kind) {
        let Some(tab) = &self.devices[place.device].tabs[place.tab] else {
            return (DocumentId([0; 16]), Kind::Account);
        };
        let accounts: Vec<_> = tab
            .replica
            .rows()
            .filter(|(_, class, _)| class.0 == Kind::Account as u8)
            .map(|(id, _, _)| id)
            .collect();
        let opens = accounts.is_empty() || (accounts.len() < ACCOUNTS && self.dice.chance(1_500));
        match self.dice.pick(&accounts).copied().filter(|_| !opens) {
            None => (DocumentId(self.dice.id()), Kind::Account),
            Some(account) if self.dice.chance(2_000) => {
                (DocumentId(AccountId(account.0).note().0), Kind::Note)
            }
            Some(account) => (account, Kind::Account),
        }
    }

    /// Returns what the person does to the document, when it is there to be seen.
    fn think_of(
        &mut self,
        place: Place,
        document: DocumentId,
        kind: Kind,
        now: Timestamp,
    ) -> Option<Edit> {
        let device = &mut self.devices[place.device];
        let person = device.person;
        let tab = device.tabs[place.tab].as_mut()?;
        let known = tab.replica.rows().any(|(id, _, _)| id == document);
        if known && !tab.replica.is_here(document) && !tab.open.contains_key(&document) {
            self.hand_in(place, Input::Wanted(document));
            return None;
        }
        let class = Class(kind as u8);
        let opened = tab.opened(&device.disk, document, class)?;
        let dice = &mut self.dice;
        match kind {
            Kind::Note => {
                let note = opened.note().ok()?;
                Some(edits::of_note(dice, &note, |at| opened.cursor(at)))
            }
            _ if opened.heads() == [kind.genesis_hash()] => Some(edits::open(dice, person, now)),
            _ => Some(edits::of_account(dice, &opened.account().ok()?, person, now)),
        }
    }

    /// What a device writes into changes: its own clock, corrected by the relay's.
    fn authoring_time(&self, place: Place) -> Timestamp {
        let tab = self.devices[place.device].tabs[place.tab].as_ref();
        let behind = tab.and_then(|tab| tab.replica.clock_behind_ms()).unwrap_or(0);
        Timestamp(self.device_now(place.device) + behind)
    }

    /// A person deals with a refused edit.
    pub fn discard(&mut self, number: usize) {
        for tab in 0..self.devices[number].tabs.len() {
            let running = self.devices[number].tabs[tab].as_ref();
            let Some(open) = running.filter(|tab| tab.frozen.is_none()) else { continue };
            let place = Place { device: number, tab, life: open.life };
            let refused = open
                .replica
                .edits()
                .find(|(record, _)| matches!(record.state, PendingState::Refused(_)));
            let Some(key) = refused.map(|(record, _)| record.key) else { continue };
            if let Some(edit) = self.ledger.edits.get_mut(&key) {
                edit.discarded = true;
            }
            return self.hand_in(place, Input::Discarded(key));
        }
    }

    /// Loads a document again without what was refused, and makes edits again on it.
    pub fn rebuild(
        &mut self,
        place: Place,
        rebuild: RebuildId,
        (document, class): (DocumentId, Class),
        edits: Vec<(PendingKey, Vec<u8>)>,
    ) {
        if !self.is_alive(place) {
            return;
        }
        if self.poisoned == Some(document) {
            return;
        }
        let life = self.dice.id();
        let now = self.authoring_time(place);
        let device = &mut self.devices[place.device];
        let actor = Actor { person: device.person, life };
        let Some(tab) = &mut device.tabs[place.tab] else { return };
        let without: Vec<_> = edits.iter().map(|(key, _)| *key).collect();
        let Some(mut loaded) = tab.load(&device.disk, document, class, &without) else { return };
        let mut authored = BTreeMap::new();
        for (key, edit) in edits {
            let edit = Edit::decode(&edit);
            let again = edit.and_then(|edit| tab::author(&mut loaded, actor, now, &edit).ok());
            if let Some(again) = again {
                self.ledger.builds_on(again.hash, &again.change);
                if let Some(account) = self.ledger.edits.get_mut(&key) {
                    account.hashes.insert(again.hash);
                }
                authored.insert(key, again);
            }
        }
        tab.replace(document, loaded);
        if !authored.is_empty() {
            self.report.fault("made again");
        }
        let authored = authored.into_iter().collect();
        self.hand_in(place, Input::Rebuilt { rebuild, document, authored });
    }
}
