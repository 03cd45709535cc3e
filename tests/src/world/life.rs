//! The device's driver: carries out what a replica asks for, and what happens to devices.

use crate::world::{
    World,
    event::{Event, Place},
    tab::Tab,
};
use documents::document::Document;
use sync::{
    id::*,
    input::Input,
    output::{Output, Shown, Write},
};

impl World {
    /// Hands something that happened to the replica, and carries out what it asks for, in order.
    pub fn hand_in(&mut self, place: Place, input: Input) {
        if !self.is_alive(place) {
            return;
        }
        let now = Time(self.device_now(place.device));
        let Some(tab) = &mut self.devices[place.device].tabs[place.tab] else { return };
        let outputs = tab.replica.handle(now, input);
        let last = self.may_break_off(outputs.len());
        let outer = std::mem::take(&mut self.shown);
        for (number, output) in outputs.into_iter().enumerate() {
            if last == Some(number) {
                self.kill_tab(place.device, place.tab);
            }
            if !self.is_alive(place) {
                break;
            }
            self.do_as_asked(place, output);
        }
        self.watch_lists(place);
        self.shown = outer;
    }

    /// Returns where in the middle of something everything ends, now and then.
    pub fn may_break_off(&mut self, steps: usize) -> Option<usize> {
        let breaks = self.faults && steps > 0 && self.dice.chance(5);
        breaks.then(|| {
            self.report.fault("broke off in the middle");
            self.dice.below(steps as u64) as usize
        })
    }

    fn do_as_asked(&mut self, place: Place, output: Output) {
        let leads = self.devices[place.device].leader == Some(place.tab);
        let skew = self.devices[place.device].skew_ms;
        let Some(tab) = &mut self.devices[place.device].tabs[place.tab] else { return };
        match output {
            Output::Show(shown) => self.show(place, shown),
            Output::Store { ticket, durability, lead, writes } => {
                tab.writes.push_back((ticket, durability, lead, writes));
                if tab.writes.len() == 1 {
                    self.plan_write(place);
                }
            }
            Output::Send(bytes) => {
                if let Some(wire) = tab.wire {
                    self.watch_push(place, &bytes);
                    self.send_up(wire, bytes);
                }
            }
            Output::Close(_) => {
                self.report.fault("device hung up");
                if let Some(wire) = tab.wire.take() {
                    let late = self.now + self.dice.between(0, 5_000);
                    self.agenda.at(late, Event::RelayHangsUp(wire));
                }
            }
            Output::Connect if leads => self.dial(place),
            Output::Connect => (),
            Output::Rebuild { rebuild, document, class, edits } => {
                let delay = if self.dice.chance(5_000) { self.dice.between(1, 4_000) } else { 0 };
                let event = Event::Rebuild(place, rebuild, (document, class), edits);
                self.agenda.at(self.now + delay, event);
            }
            Output::Project { document, class } => {
                let delay = if self.dice.chance(3_000) { self.dice.between(1, 2_000) } else { 0 };
                self.agenda.at(self.now + delay, Event::Project(place, document, class));
            }
            Output::Offer { document, class } => self.plan_offer(place, document, class),
            Output::Tell { documents, pending } => {
                let delay = self.dice.between(0, 500);
                let told = Event::Told(place.device, place.tab, documents, pending);
                self.agenda.at(self.now + delay, told);
            }
            Output::WakeAt(time) => {
                tab.wake_at = Some(time.0);
                let at = (time.0.saturating_sub(skew)).max(self.now + 1);
                self.agenda.at(at, Event::Tick(place, time.0));
            }
        }
    }

    fn show(&mut self, place: Place, shown: Shown) {
        let Some(tab) = &mut self.devices[place.device].tabs[place.tab] else { return };
        match shown {
            Shown::Edit { key, state, .. } => {
                self.ledger.shown(key, state);
                self.watch_safety(place, key, state);
            }
            Shown::Row { document, row, .. } => {
                tab.rows.insert(document, row);
                self.shown.insert(document);
            }
            Shown::RowGone(document) => {
                tab.rows.remove(&document);
                self.shown.insert(document);
            }
            Shown::RowsForgotten => {
                tab.rows.clear();
                self.watch_forgetting(place);
            }
            Shown::Changes { document, changes, .. } => {
                if let Some(open) = tab.open.get_mut(&document) {
                    // What is missing is on its way; it is kept aside until then.
                    let _ = open.take_in(changes);
                }
            }
            Shown::Line(line) => tab.line = line,
            Shown::Here(_) | Shown::Outbox { .. } => (),
        }
    }

    pub fn tick(&mut self, place: Place, at: i64) {
        if !self.devices[place.device].awake {
            return;
        }
        let due = self.devices[place.device].tabs[place.tab].as_ref();
        if due.is_some_and(|tab| tab.life == place.life && tab.wake_at == Some(at)) {
            self.hand_in(place, Input::Tick);
        }
    }

    fn plan_write(&mut self, place: Place) {
        let delay = self.dice.between(1, 60);
        self.agenda.at(self.now + delay, Event::Written(place));
    }

    /// The next transaction in line is done, or is not.
    pub fn write(&mut self, place: Place) {
        if !self.is_alive(place) {
            return;
        }
        let fails = self.faults && self.dice.chance(100);
        let device = &mut self.devices[place.device];
        let Some(tab) = &mut device.tabs[place.tab] else { return };
        let Some((ticket, durability, lead, writes)) = tab.writes.pop_front() else { return };
        let more = !tab.writes.is_empty();
        if !device.disk.takes(lead) {
            if more {
                self.plan_write(place);
            }
            self.report.fault("not written under a lead that is over");
            return self.depose(place, lead);
        }
        let position = writes.iter().find_map(|write| match write {
            Write::Position(position) => Some(position.clone()),
            _ => None,
        });
        let wrong = (!fails).then(|| device.disk.write(durability, writes)).flatten();
        if let Some(words) = wrong {
            self.report.divergences += 1;
            self.report.trouble(words);
        }
        if more {
            self.plan_write(place);
        }
        if let Some(position) = position.filter(|_| !fails) {
            self.watch_cursor(place, &position);
        }
        if fails {
            self.report.fault("write failed");
            self.hand_in(place, Input::StoreFailed(ticket));
        } else {
            self.hand_in(place, Input::Stored(ticket));
        }
    }

    pub fn wake(&mut self, number: usize) {
        if std::mem::replace(&mut self.devices[number].awake, true) {
            return;
        }
        for tab in 0..self.devices[number].tabs.len() {
            match &self.devices[number].tabs[tab] {
                None => self.begin_tab(number, tab),
                Some(sleeping) if sleeping.frozen.is_some() => (),
                Some(sleeping) => {
                    let place = Place { device: number, tab, life: sleeping.life };
                    self.hand_in(place, Input::Tick);
                    if self.devices[number].tabs[tab].as_ref().is_some_and(|t| !t.writes.is_empty())
                    {
                        self.plan_write(place);
                    }
                }
            }
        }
        self.elect(number);
    }

    pub fn begin_tab(&mut self, number: usize, place: usize) {
        if self.devices[number].tabs[place].is_some() {
            return;
        }
        self.lives += 1;
        let (life, seeds) = (self.lives, [self.dice.roll(), self.dice.roll()]);
        let device = &mut self.devices[number];
        let tab = Tab::begin(life, device, seeds);
        device.tabs[place] = Some(tab);
        let begun = Place { device: number, tab: place, life };
        self.watch_start(begun);
        self.elect(number);
        self.hand_in(begun, Input::Tick);
    }

    pub fn project(&mut self, place: Place, document: DocumentId, class: Class) {
        if !self.is_alive(place) {
            return;
        }
        if self.poisoned == Some(document) {
            return;
        }
        let device = &self.devices[place.device];
        let Some(tab) = &device.tabs[place.tab] else { return };
        let loaded = tab.load(&device.disk, document, class, &[]);
        if let Some(Ok(row)) = loaded.as_ref().map(Document::row) {
            self.hand_in(place, Input::Projected { document, row });
        }
    }
}
