//! The network: frames in order on each connection, until it is cut, in one direction or both.

use crate::world::{
    World,
    event::{Event, Place},
};
use std::collections::BTreeMap;
use sync::{
    id::{ChangeHash, PersonId},
    input::Input,
    relay::input::{Connection, Principal, RelayInput},
};

/// Who signs in now and then where another person's tab is still open.
pub const SOMEBODY_ELSE: PersonId = PersonId([0xee; 16]);

/// One connection.
pub struct Wire {
    pub place: Place,
    /// Whether frames still arrive, each way.
    pub up: bool,
    pub down: bool,
    /// When the last frame each way arrives: none overtakes it.
    last_up: i64,
    last_down: i64,
    pub relay_life: u64,
    device_knows: bool,
    relay_knows: bool,
    /// When each change was last pushed, lately.
    pub pushed: BTreeMap<ChangeHash, Vec<i64>>,
}

impl World {
    /// A device tries to reach the relay.
    pub fn dial(&mut self, place: Place) {
        let delay = self.dice.between(20, 800);
        self.agenda.at(self.now + delay, Event::Dialled(place));
    }

    pub fn dialled(&mut self, place: Place) {
        let device = &self.devices[place.device];
        if !self.is_alive(place) || !device.awake || device.leader != Some(place.tab) {
            return;
        }
        if device.tabs[place.tab].as_ref().is_some_and(|tab| tab.wire.is_some()) {
            return;
        }
        let reachable = device.online && self.relay.machine.is_some();
        if !reachable || (self.faults && self.dice.chance(500)) {
            self.report.fault("unreachable");
            return self.hand_in(place, Input::Closed);
        }
        let (mut person, id) = (PersonId(device.person.0), device.id);
        if self.faults && self.dice.chance(100) {
            self.report.fault("somebody else signed in");
            person = SOMEBODY_ELSE;
        }
        self.lives += 1;
        let number = self.lives;
        let (relay_life, now) = (self.relay.life, self.now);
        let wire = Wire {
            place,
            up: true,
            down: true,
            last_up: now,
            last_down: now,
            relay_life,
            device_knows: false,
            relay_knows: false,
            pushed: BTreeMap::new(),
        };
        self.wires.insert(number, wire);
        if let Some(tab) = &mut self.devices[place.device].tabs[place.tab] {
            tab.wire = Some(number);
        }
        let principal = Principal { person, device: Some(id) };
        let connection = Connection(number);
        self.relay_hears(relay_life, RelayInput::Opened { connection, principal });
        self.hand_in(place, Input::Connected);
    }

    pub fn send_up(&mut self, number: u64, bytes: Vec<u8>) {
        self.count(&bytes);
        self.may_cut(number);
        let latency = self.latency();
        let Some(wire) = self.wires.get_mut(&number) else { return };
        wire.last_up = wire.last_up.max(self.now + latency);
        if wire.up {
            self.agenda.at(wire.last_up, Event::Up(number, bytes.clone()));
            if self.faults && self.dice.chance(50) {
                self.report.fault("duplicated");
                self.agenda.at(wire.last_up, Event::Up(number, bytes));
            }
        } else {
            self.report.fault("dropped");
        }
    }

    pub fn send_down(&mut self, number: u64, bytes: Vec<u8>) {
        self.count(&bytes);
        self.may_cut(number);
        let latency = self.latency();
        let Some(wire) = self.wires.get_mut(&number) else { return };
        wire.last_down = wire.last_down.max(self.now + latency);
        if wire.down {
            self.agenda.at(wire.last_down, Event::Down(number, bytes.clone()));
            if self.faults && self.dice.chance(50) {
                self.report.fault("duplicated");
                self.agenda.at(wire.last_down, Event::Down(number, bytes));
            }
        } else {
            self.report.fault("dropped");
            // It left for a socket nobody reads; the kernel took it.
            let (life, length) = (wire.relay_life, bytes.len());
            self.drained(number, life, length);
        }
    }

    pub fn deliver_up(&mut self, number: u64, bytes: Vec<u8>) {
        let Some(wire) = self.wires.get(&number) else { return };
        let life = wire.relay_life;
        if !wire.up || wire.relay_knows {
            return self.report.fault("dropped");
        }
        let connection = Connection(number);
        self.relay_hears(life, RelayInput::Frame { connection, bytes });
    }

    pub fn deliver_down(&mut self, number: u64, bytes: Vec<u8>) {
        let Some(wire) = self.wires.get(&number) else { return };
        let (place, life, length) = (wire.place, wire.relay_life, bytes.len());
        let tab = self.devices[place.device].tabs[place.tab].as_ref();
        let listens = tab.is_some_and(|tab| tab.wire == Some(number));
        let arrives = wire.down && !wire.device_knows && listens;
        self.drained(number, life, length);
        if !arrives {
            return self.report.fault("dropped");
        }
        if !self.devices[place.device].awake {
            // Nobody takes it: the connection is given up, and both find out on their own.
            if let Some(wire) = self.wires.get_mut(&number) {
                (wire.up, wire.down) = (false, false);
            }
            return self.report.fault("died in sleep");
        }
        self.hear_time(place, &bytes);
        self.hand_in(place, Input::Frame(bytes));
    }

    /// The device learns that the connection is gone.
    pub fn device_hangs_up(&mut self, number: u64) {
        let Some(wire) = self.wires.get_mut(&number) else { return };
        if std::mem::replace(&mut wire.device_knows, true) {
            return;
        }
        let place = wire.place;
        if !self.is_alive(place) {
            return;
        }
        if let Some(tab) = &mut self.devices[place.device].tabs[place.tab] {
            if tab.wire != Some(number) {
                return;
            }
            tab.wire = None;
        }
        self.hand_in(place, Input::Closed);
    }

    /// The relay learns that the connection is gone.
    pub fn relay_hangs_up(&mut self, number: u64) {
        let Some(wire) = self.wires.get_mut(&number) else { return };
        if std::mem::replace(&mut wire.relay_knows, true) {
            return;
        }
        let (life, connection) = (wire.relay_life, Connection(number));
        self.relay_hears(life, RelayInput::Closed { connection });
    }

    /// The line goes: now for both, or for one, or in one direction with nobody told.
    pub fn cut(&mut self, number: u64) {
        let kind = self.dice.below(5);
        let Some(wire) = self.wires.get_mut(&number) else { return };
        let soon = self.now + self.dice.between(0, 2_000);
        let late = self.now + self.dice.between(0, 90_000);
        match kind {
            0 => {
                self.report.fault("cut");
                (wire.up, wire.down) = (false, false);
                self.agenda.at(soon, Event::DeviceHangsUp(number));
                self.agenda.at(soon, Event::RelayHangsUp(number));
            }
            1 => {
                self.report.fault("cut, relay told late");
                // What is already on its way up still arrives, after the device has come back.
                wire.down = false;
                wire.last_up = wire.last_up.max(self.now) + self.dice.between(0, 60_000);
                self.agenda.at(soon, Event::DeviceHangsUp(number));
                self.agenda.at(late.max(wire.last_up), Event::RelayHangsUp(number));
            }
            2 => {
                self.report.fault("cut one way, up");
                wire.up = false;
            }
            3 => {
                self.report.fault("cut one way, down");
                wire.down = false;
            }
            _ => {
                self.report.fault("cut unnoticed");
                (wire.up, wire.down) = (false, false);
            }
        }
    }

    fn may_cut(&mut self, number: u64) {
        if self.faults && self.dice.chance(150) {
            self.cut(number);
        }
    }

    fn drained(&mut self, number: u64, life: u64, bytes: usize) {
        let connection = Connection(number);
        let drained = RelayInput::Drained { connection, bytes };
        self.agenda.at(self.now, Event::RelayHears(life, drained));
    }

    fn latency(&mut self) -> i64 {
        if self.faults && self.dice.chance(300) {
            self.report.fault("delayed");
            self.dice.between(1_000, 40_000)
        } else {
            self.dice.between(5, 300)
        }
    }

    fn count(&mut self, bytes: &[u8]) {
        // A heartbeat is a version and a bare number.
        if bytes.len() > 4 {
            self.frames += 1;
        }
    }
}
