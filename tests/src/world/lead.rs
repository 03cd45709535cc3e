//! The tabs of a device among themselves: who leads, who is frozen, who is told what.

use crate::world::{
    World,
    event::{Event, Place},
};
use std::collections::BTreeSet;
use sync::{
    id::*,
    input::Input,
    record::{PendingRecord, RowRecord},
};

impl World {
    /// One of the tabs gets the lock, unless one that runs has it.
    pub fn elect(&mut self, number: usize) {
        let device = &self.devices[number];
        if device.awake && !device.leader.is_some_and(|leader| device.runs(leader)) {
            let first = (0..device.tabs.len()).find(|tab| device.runs(*tab));
            first.into_iter().for_each(|tab| self.lead(number, tab));
        }
    }

    /// A tab that heard nothing of the one that leads takes its place, though that one may be well.
    pub fn take_lead(&mut self, number: usize) {
        let device = &self.devices[number];
        if !self.faults || !device.awake {
            return;
        }
        let others = (0..device.tabs.len()).filter(|tab| device.leader != Some(*tab));
        let others: Vec<_> = others.filter(|tab| device.runs(*tab)).collect();
        if let Some(tab) = self.dice.pick(&others).copied() {
            self.report.fault("lead taken");
            self.lead(number, tab);
        }
    }

    /// A tab names itself in storage, reads everything again, and may connect.
    fn lead(&mut self, number: usize, leader: usize) {
        let before = self.devices[number].leader.replace(leader);
        if let Some(before) = before
            && let Some(tab) = &self.devices[number].tabs[before]
        {
            let place = Place { device: number, tab: before, life: tab.life };
            let found_out = Event::Deposed(place, tab.lead);
            let soon = self.now + self.dice.between(0, 2_000);
            self.agenda.at(soon, found_out);
        }
        self.may_lose_rows(number);
        let lead = Some(Lead(self.dice.roll()));
        let device = &mut self.devices[number];
        device.disk.lead = lead;
        let Some(tab) = &mut device.tabs[leader] else { return };
        tab.lead = lead;
        let place = Place { device: number, tab: leader, life: tab.life };
        let (rows, pending, gone) = self.read_everything(place);
        let position = self.devices[number].disk.content.position.clone();
        self.hand_in(place, Input::Promoted { lead, position, rows, pending, gone });
        for (tab, here) in self.devices[number].tabs.iter().enumerate() {
            if let Some(here) = here.as_ref().filter(|_| tab != leader) {
                let told = Event::LeadSaid(Place { device: number, tab, life: here.life });
                let soon = self.now + self.dice.between(0, 500);
                self.agenda.at(soon, told);
            }
        }
        self.dial(place);
    }

    /// A tab finds out that it leads no longer: by the lock, or because storage took nothing.
    pub fn depose(&mut self, place: Place, lead: Option<Lead>) {
        if !self.is_alive(place) {
            return;
        }
        let Some(tab) = &mut self.devices[place.device].tabs[place.tab] else { return };
        // It may have found out before, and may lead again.
        if tab.lead != lead || lead.is_none() {
            return;
        }
        tab.lead = None;
        self.report.fault("deposed");
        self.hand_in(place, Input::Deposed);
        self.read_again(place);
    }

    /// A tab that does not lead reads everything again: what the one before had stored it may have
    /// told nobody (rule S8). One that still believes that it leads will find out, and reads then.
    pub fn hear_who_leads(&mut self, place: Place) {
        let tab = self.devices[place.device].tabs[place.tab].as_ref();
        if tab.is_some_and(|tab| tab.lead.is_none()) {
            self.read_again(place);
        }
    }

    fn read_again(&mut self, place: Place) {
        if !self.is_alive(place) {
            return;
        }
        let (rows, pending, gone) = self.read_everything(place);
        let position = self.devices[place.device].disk.content.position.as_ref();
        let epoch = position.and_then(|position| position.epoch);
        self.hand_in(place, Input::Reread { epoch, rows, pending, gone });
    }

    /// Reads what there is in storage, into the open copies too, and what is not there any more.
    fn read_everything(
        &mut self,
        place: Place,
    ) -> (Vec<RowRecord>, Vec<PendingRecord>, Vec<PendingKey>) {
        let device = &mut self.devices[place.device];
        let content = &device.disk.content;
        let rows = content.rows.values().cloned().collect();
        let pending = content.pending.values().cloned().collect();
        let Some(tab) = &mut device.tabs[place.tab] else { return (rows, pending, Vec::new()) };
        for document in tab.open.keys().copied().collect::<Vec<_>>() {
            tab.catch_up(&device.disk, document);
        }
        let known = tab.replica.edits().map(|(record, _)| record.key);
        let gone = known.filter(|key| !device.disk.content.pending.contains_key(key)).collect();
        (rows, pending, gone)
    }

    /// The tab that speaks with the relay stands still, and may find another in its place.
    pub fn freeze_leader(&mut self, number: usize) {
        let Some(leader) = self.devices[number].leader.filter(|_| self.faults) else { return };
        let Some(tab) = &mut self.devices[number].tabs[leader] else { return };
        if tab.frozen.is_some() {
            return;
        }
        tab.frozen = Some(Vec::new());
        let place = Place { device: number, tab: leader, life: tab.life };
        self.report.fault("leader frozen");
        let noticed = self.now + self.dice.between(1_000, 60_000);
        self.agenda.at(noticed, Event::Elect(number));
        let most = if self.dice.chance(3_000) { 6 * 3_600_000 } else { 120_000 };
        let thawed = self.now + self.dice.between(500, most);
        self.agenda.at(thawed, Event::Thaws(place));
    }

    /// What happened meanwhile happens now, in its order.
    pub fn thaw(&mut self, place: Place) {
        if !self.is_alive(place) {
            return;
        }
        let Some(tab) = &mut self.devices[place.device].tabs[place.tab] else { return };
        for event in tab.frozen.take().into_iter().flatten() {
            self.agenda.at(self.now, event);
        }
        self.elect(place.device);
    }

    pub fn thaw_everybody(&mut self) {
        for (number, device) in self.devices.iter().enumerate() {
            for (tab, here) in device.tabs.iter().enumerate() {
                if let Some(here) = here {
                    let place = Place { device: number, tab, life: here.life };
                    self.agenda.at(self.now, Event::Thaws(place));
                }
            }
        }
    }

    /// Returns the event, unless it happens to a tab that is frozen: then that hears of it later.
    pub fn unless_frozen(&mut self, event: Event) -> Option<Event> {
        let place = match &event {
            Event::Tick(place, _)
            | Event::Written(place)
            | Event::Rebuild(place, ..)
            | Event::Project(place, ..)
            | Event::Offer(place, ..)
            | Event::Dialled(place)
            | Event::Heard(place, ..)
            | Event::LeadSaid(place)
            | Event::Deposed(place, _) => *place,
            Event::Down(wire, _) | Event::DeviceHangsUp(wire) => self.wires.get(wire)?.place,
            _ => return Some(event),
        };
        let frozen = self.devices[place.device].tabs[place.tab].as_mut();
        let frozen = frozen.filter(|tab| tab.life == place.life);
        match frozen.and_then(|tab| tab.frozen.as_mut()) {
            Some(later) => {
                later.push(event);
                None
            }
            None => Some(event),
        }
    }

    /// Another tab stored something: every other one reads it again.
    pub fn tell(
        &mut self,
        number: usize,
        from: usize,
        documents: Vec<DocumentId>,
        pending: Vec<PendingKey>,
    ) {
        for tab in (0..self.devices[number].tabs.len()).filter(|tab| *tab != from) {
            let Some(told) = &self.devices[number].tabs[tab] else { continue };
            let place = Place { device: number, tab, life: told.life };
            self.happen(Event::Heard(place, documents.clone(), pending.clone()));
        }
    }

    pub fn hear(&mut self, place: Place, documents: Vec<DocumentId>, pending: Vec<PendingKey>) {
        if !self.is_alive(place) {
            return;
        }
        let device = &mut self.devices[place.device];
        let Some(told) = &mut device.tabs[place.tab] else { return };
        let content = &device.disk.content;
        for document in &documents {
            told.catch_up(&device.disk, *document);
        }
        let rows = documents.iter().filter_map(|id| content.rows.get(id).cloned()).collect();
        let there: BTreeSet<_> =
            pending.iter().filter(|key| content.pending.contains_key(key)).copied().collect();
        let records = there.iter().map(|key| content.pending[key].clone()).collect();
        let gone = pending.iter().filter(|key| !there.contains(key)).copied().collect();
        let epoch = content.position.as_ref().and_then(|position| position.epoch);
        self.hand_in(place, Input::Reread { epoch, rows, pending: records, gone });
    }
}
