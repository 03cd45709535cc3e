//! What goes wrong on a device.

use crate::world::{
    World,
    event::{Event, Place},
};
use sync::input::Input;

const YEAR: i64 = 365 * 24 * 3_600_000;

impl World {
    /// The screen goes dark: timers stand still, and the connection is dropped or just goes quiet.
    pub fn sleep(&mut self, number: usize) {
        if !self.faults {
            return;
        }
        self.devices[number].awake = false;
        let tabs = self.devices[number].tabs.iter().flatten();
        for wire in tabs.filter_map(|tab| tab.wire).collect::<Vec<_>>() {
            if self.dice.chance(5_000) {
                self.cut(wire);
            }
        }
    }

    pub fn lose_line(&mut self, number: usize, weeks: bool) {
        if !self.faults {
            return;
        }
        self.report.fault(if weeks { "weeks offline" } else { "days offline" });
        self.devices[number].online = false;
        let tabs = self.devices[number].tabs.iter().flatten();
        for wire in tabs.filter_map(|tab| tab.wire).collect::<Vec<_>>() {
            self.cut(wire);
            if let Some(wire) = self.wires.get_mut(&wire) {
                (wire.up, wire.down) = (false, false);
            }
        }
    }

    /// Returns how far a clock is off from now on: by years, by minutes, or not any more.
    fn wrong_clock(&mut self) -> i64 {
        match self.dice.below(4) {
            0 => {
                self.report.fault("clock off by years");
                self.dice.between(-10 * YEAR, 10 * YEAR)
            }
            1 => self.dice.between(-600_000, 600_000),
            _ => 0,
        }
    }

    /// The relay's clock is set while it runs.
    pub fn jump_relay_clock(&mut self) {
        if !self.faults {
            return;
        }
        self.report.fault("relay's clock jumped");
        self.relay.skew_ms = self.wrong_clock();
        let (life, now) = (self.relay.life, self.now);
        self.relay_ticks(life, now);
    }

    pub fn jump_clock(&mut self, number: usize) {
        if !self.faults {
            return;
        }
        let skew = self.wrong_clock();
        self.report.fault("clock jumped");
        let device = &mut self.devices[number];
        device.skew_ms = skew;
        device.tabs.iter_mut().flatten().for_each(|tab| tab.told_time = None);
        for tab in 0..device.tabs.len() {
            let running =
                self.devices[number].tabs[tab].as_ref().filter(|tab| tab.frozen.is_none());
            if let Some(life) = running.map(|tab| tab.life) {
                self.hand_in(Place { device: number, tab, life }, Input::Tick);
            }
        }
    }

    /// A tab dies in the middle of what it was doing: some of its writes happened, untold.
    pub fn kill_tab(&mut self, number: usize, place: usize) {
        if !self.faults {
            return;
        }
        let device = &mut self.devices[number];
        let Some(mut tab) = device.tabs[place].take() else { return };
        self.report.fault("tab died");
        let done = self.dice.below(tab.writes.len() as u64 + 1) as usize;
        for (_, durability, lead, writes) in tab.writes.drain(..done) {
            if device.disk.takes(lead) {
                let _ = device.disk.write(durability, writes);
            }
        }
        if let Some(wire) = tab.wire {
            let late = self.now + self.dice.between(0, 30_000);
            self.agenda.at(late, Event::RelayHangsUp(wire));
        }
        if device.leader == Some(place) {
            device.leader = None;
        }
        let back = self.now + self.dice.between(500, 30_000);
        self.agenda.at(back, Event::TabBegins(number, place));
        let elected = self.now + self.dice.between(10, 2_000);
        self.agenda.at(elected, Event::Elect(number));
    }

    /// Rows in storage cannot be read any more; tabs that are open still have them.
    pub fn may_lose_rows(&mut self, number: usize) {
        if !self.faults || !self.dice.chance(150) {
            return;
        }
        self.report.fault("rows lost in storage");
        let device = &mut self.devices[number];
        device.lost_rows = true;
        device.disk.content.rows.clear();
        device.disk.flushed.rows.clear();
        device.disk.forget_lazy_rows();
    }

    /// The battery is pulled: every tab dies, and lazy writes are lost from some point on.
    pub fn lose_power(&mut self, number: usize) {
        if !self.faults {
            return;
        }
        self.report.fault("power lost");
        for tab in 0..self.devices[number].tabs.len() {
            self.kill_tab(number, tab);
        }
        let kept = self.dice.below(self.devices[number].disk.lazy_writes() as u64 + 1) as usize;
        self.devices[number].disk.lose_power(kept);
    }

    /// A document cannot be loaded any more, at the relay or for a device's projections.
    pub fn poison(&mut self) {
        let documents: Vec<_> = self.relay.store.rows.keys().copied().collect();
        self.poisoned = self.dice.pick(&documents).copied();
        self.relay.poisoned = self.poisoned;
        if let Some(document) = self.poisoned {
            self.report.fault("document poisoned");
            self.relay.forget(document);
        }
    }

    /// Every connection ends, and both sides learn of it.
    pub fn hang_everybody_up(&mut self) {
        for number in self.wires.keys().copied().collect::<Vec<_>>() {
            if let Some(wire) = self.wires.get_mut(&number) {
                (wire.up, wire.down) = (false, false);
            }
            self.agenda.at(self.now, Event::DeviceHangsUp(number));
            self.agenda.at(self.now, Event::RelayHangsUp(number));
        }
    }
}
