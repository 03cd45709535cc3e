//! The seeded world: some devices, one relay, weeks of work, and everything that goes wrong.
//!
//! A world lasts some weeks; a run is as many worlds as its device-years take. Each ends with
//! peace: every fault stops, everybody comes online, and then the copies must be equal, whatever
//! was acknowledged must be in the log, and every edit must be accounted for.

mod device;
pub mod dice;
mod disk;
mod edits;
mod event;
mod lead;
mod ledger;
mod life;
mod misfortune;
mod model;
mod opened;
mod oracle;
mod people;
mod put_back;
mod relay;
mod report;
mod store;
mod tab;
mod town;
mod watch;
mod wire;

use crate::world::{
    device::Device,
    dice::Dice,
    event::{Agenda, Event, Place},
    ledger::Ledger,
    relay::{Gate, RelayNode},
    wire::Wire,
};
pub use report::Report;
use std::collections::{BTreeMap, BTreeSet};
use sync::id::DocumentId;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// A Monday in 2026; the worlds' clocks begin here.
const DAWN: i64 = 1_767_571_200_000;
/// The fewest and the most devices of a world, and the most tabs of a device.
const DEVICES: (i64, i64) = (2, 8);
const TABS_MAX: i64 = 5;
const DAYS: i64 = 30;
/// One world in so many has a relay with the whole gate.
const WHOLE_ONE_IN: u64 = 4;
/// How long peace may take to settle everything.
const PEACE: i64 = 12 * HOUR;

/// One world.
pub struct World {
    now: i64,
    dice: Dice,
    agenda: Agenda,
    devices: Vec<Device>,
    relay: RelayNode,
    wires: BTreeMap<u64, Wire>,
    ledger: Ledger,
    report: Report,
    /// Whether things go wrong.
    faults: bool,
    lives: u64,
    /// Frames other than heartbeats.
    frames: u64,
    /// What may be said until it is taken for a loop.
    frames_max: u64,
    /// A document the relay cannot load, for now.
    poisoned: Option<DocumentId>,
    /// Whether documents are begun anew.
    successions: bool,
    /// What each device is in the middle of showing.
    shown: BTreeSet<DocumentId>,
    trace: bool,
}

/// Runs worlds from a seed until so many years of one device have passed.
pub fn run(seed: u64, device_years: u32) -> Report {
    let days = u64::from(device_years) * 365;
    let mut worlds = 0;
    let mut planned = 0;
    while planned < days {
        planned += devices(&mut dice(seed, worlds)) as u64 * DAYS as u64;
        worlds += 1;
    }
    let threads = std::thread::available_parallelism().map_or(1, |threads| threads.get() as u64);
    let next = std::sync::atomic::AtomicU64::new(0);
    let mut report = Report::default();
    std::thread::scope(|scope| {
        let take = || {
            let mut mine = Report::default();
            loop {
                let world = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                if world >= worlds {
                    return mine;
                }
                mine = mine.with(one(seed, world));
            }
        };
        let runs: Vec<_> = (0..threads).map(|_| scope.spawn(take)).collect();
        for run in runs {
            let part = run.join().unwrap_or_else(|_| Report::panicked("a thread of worlds"));
            report = std::mem::take(&mut report).with(part);
        }
    });
    report
}

fn dice(seed: u64, world: u64) -> Dice {
    let mut dice = Dice::new(seed ^ world.wrapping_mul(0x5851_f42d_4c95_7f2d));
    dice.roll();
    dice
}

fn devices(dice: &mut Dice) -> usize {
    dice.between(DEVICES.0, DEVICES.1) as usize
}

/// Runs one world of a run.
pub fn one(seed: u64, world: u64) -> Report {
    let living = std::panic::AssertUnwindSafe(|| World::new(seed, world).live());
    let mut found = std::panic::catch_unwind(living).unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().cloned();
        Report::panicked(&words.unwrap_or_else(|| "without words".into()))
    });
    for trouble in &mut found.troubles {
        trouble.insert_str(0, &format!("seed {seed} world {world}: "));
    }
    found
}

impl World {
    pub fn new(seed: u64, world: u64) -> Self {
        let mut dice = dice(seed, world);
        let devices = (0..devices(&mut dice)).map(|place| {
            // Two devices of one person, and some that keep only what they are asked to.
            let person = if place == 1 { [1; 16] } else { [place as u8 + 1; 16] };
            let most = if dice.chance(1_500) { TABS_MAX } else { 2 };
            let tabs = dice.between(1, most) as usize;
            let pin_bytes = if dice.chance(3_000) { 3_000 } else { u64::MAX };
            Device::new(dice.id(), person, tabs, pin_bytes)
        });
        let devices = devices.collect();
        let gate = if world.is_multiple_of(WHOLE_ONE_IN) { Gate::Whole } else { Gate::Lenient };
        let whole = u64::from(gate == Gate::Whole);
        let report = Report { worlds: 1, worlds_with_whole_gate: whole, ..Report::default() };
        Self {
            now: DAWN,
            agenda: Agenda::default(),
            devices,
            relay: RelayNode::new(gate),
            wires: BTreeMap::new(),
            ledger: Ledger::default(),
            report,
            faults: true,
            lives: 0,
            frames: 0,
            frames_max: u64::MAX,
            poisoned: None,
            successions: dice.chance(5_000),
            shown: BTreeSet::new(),
            trace: std::env::var_os("TESSERA_WORLD_TRACE").is_some(),
            dice,
        }
    }

    /// Lives through the days, then through peace, and tells what became of everything.
    pub fn live(mut self) -> Report {
        self.plan();
        self.relay.start();
        while self.agenda.next_time().is_some_and(|time| time < DAWN + DAYS * DAY) {
            self.step();
            if self.is_too_loud() {
                return self.report;
            }
        }
        self.make_peace();
        let mut settled = self.settle();
        if let Some(document) = self.poisoned.take() {
            // Everything else went on; now that document may, too.
            self.report.fault("document loads again");
            self.relay.poisoned = None;
            self.hang_everybody_up();
            settled = settled && self.settle();
            self.report.trouble_if(!settled, || format!("with {document} poisoned"));
        }
        self.sees_silence(settled);
        self.judge();
        self.report.device_days += self.devices.len() as u64 * DAYS as u64;
        self.report
    }

    /// Lives on until nobody has anything left to say, or it takes too long, or is too much.
    fn settle(&mut self) -> bool {
        let (begun, end, missing) = (self.frames, self.now + PEACE, self.missing());
        self.frames_max = begun + self.budget(missing);
        let mut settled = false;
        while self.agenda.next_time().is_some_and(|time| time < end)
            && !settled
            && self.frames < self.frames_max
        {
            let minute = self.now / MINUTE;
            self.step();
            settled = self.now / MINUTE != minute && self.is_settled();
        }
        self.weigh(self.frames - begun, missing);
        settled
    }

    fn step(&mut self) {
        let Some((time, event)) = self.agenda.next() else { return };
        self.now = self.now.max(time);
        if self.trace {
            eprintln!("{:>9}s {event:.200?}", (self.now - DAWN) / 1000);
        }
        self.happen(event);
    }

    fn happen(&mut self, event: Event) {
        let Some(event) = self.unless_frozen(event) else { return };
        match event {
            Event::Wake(device) => self.wake(device),
            Event::Sleep(device) => self.sleep(device),
            Event::Edit(device) => self.edit(device),
            Event::Discard(device) => self.discard(device),
            Event::LineLost(device, weeks) => self.lose_line(device, weeks),
            Event::LineBack(device) => self.devices[device].online = true,
            Event::ClockJumps(device) => self.jump_clock(device),
            Event::PowerLost(device) => self.lose_power(device),
            Event::TabDies(device, tab) => self.kill_tab(device, tab),
            Event::TabBegins(device, tab) => self.begin_tab(device, tab),
            Event::Elect(device) => self.elect(device),
            Event::LeaderFreezes(device) => self.freeze_leader(device),
            Event::Thaws(place) => self.thaw(place),
            Event::LeadTaken(device) => self.take_lead(device),
            Event::Deposed(place, lead) => self.depose(place, lead),
            Event::LeadSaid(place) => self.hear_who_leads(place),
            Event::Heard(place, documents, pending) => self.hear(place, documents, pending),
            Event::Tick(place, at) => self.tick(place, at),
            Event::Written(place) => self.write(place),
            Event::Rebuild(place, rebuild, document, edits) => {
                self.rebuild(place, rebuild, document, edits);
            }
            Event::Project(place, document, class) => self.project(place, document, class),
            Event::Told(device, from, documents, pending) => {
                self.tell(device, from, documents, pending);
            }
            Event::Dialled(place) => self.dialled(place),
            Event::Up(wire, bytes) => self.deliver_up(wire, bytes),
            Event::Down(wire, bytes) => self.deliver_down(wire, bytes),
            Event::DeviceHangsUp(wire) => self.device_hangs_up(wire),
            Event::RelayHangsUp(wire) => self.relay_hangs_up(wire),
            Event::RelayHears(life, input) => self.relay_hears(life, input),
            Event::RelayReads(life, load, query) => self.relay_reads(life, load, &query),
            Event::RelayCommits(life) => self.relay_commits(life),
            Event::RelaySnapshots(life, document, class) => {
                self.relay_snapshots(life, document, class);
            }
            Event::RelayTicks(life, at) => self.relay_ticks(life, at),
            Event::RelayDies => self.relay_dies(),
            Event::RelayBegins => self.relay_begins(),
            Event::RelayClockJumps => self.jump_relay_clock(),
            Event::BackupMade => self.make_backup(),
            Event::BackupPutBack => self.put_backup_back(),
            Event::Offer(place, document, class) => self.offer(place, document, class),
            Event::Rogue => self.rogue(),
            Event::Poisoned => self.poison(),
        }
    }

    /// Lays out the days: when people work, and most of what will go wrong.
    fn plan(&mut self) {
        for day in 0..DAYS {
            let dawn = DAWN + day * DAY;
            // Now and then everybody meets, so that several are online at once.
            let meeting = dawn + self.dice.between(8, 16) * HOUR;
            for device in 0..self.devices.len() {
                for session in 0..self.dice.below(4) {
                    let begin = match session {
                        0 if self.dice.chance(6_000) => meeting + self.dice.between(0, MINUTE),
                        _ => dawn + self.dice.between(0, DAY),
                    };
                    self.plan_session(device, begin);
                }
                if self.dice.chance(1_500) {
                    let lost = dawn + self.dice.between(0, DAY);
                    let most = if self.dice.chance(2_000) { 21 * DAY } else { 4 * DAY };
                    let back = lost + self.dice.between(MINUTE, most);
                    self.agenda.at(lost, Event::LineLost(device, back - lost > 7 * DAY));
                    self.agenda.at(back, Event::LineBack(device));
                }
                if self.dice.chance(400) {
                    let at = dawn + self.dice.between(0, DAY);
                    self.agenda.at(at, Event::ClockJumps(device));
                }
            }
            for _ in 0..self.dice.below(3) {
                let at = meeting + self.dice.between(0, 4 * MINUTE);
                self.agenda.at(at, Event::RelayDies);
            }
            let at = dawn + self.dice.between(0, DAY);
            self.agenda.at(at, Event::Rogue);
            if self.dice.chance(1_500) {
                let at = meeting + self.dice.between(0, 4 * MINUTE);
                self.agenda.at(at, Event::RelayClockJumps);
            }
        }
        if self.dice.chance(2_500) {
            let at = DAWN + self.dice.between(DAY, DAYS * DAY - 1);
            self.agenda.at(at, Event::Poisoned);
        }
        // What becomes of new beginnings that are lost with the disk is not settled yet: an edit may be
        // entered twice.
        if self.dice.chance(4_000) && !self.successions {
            for _ in 0..self.dice.between(1, 3) {
                let made = DAWN + self.dice.between(0, DAYS * DAY - 1);
                let back = self.dice.between(made, DAWN + DAYS * DAY - 1);
                self.agenda.at(made, Event::BackupMade);
                self.agenda.at(back, Event::BackupPutBack);
            }
        }
    }

    fn plan_session(&mut self, device: usize, begin: i64) {
        let end = begin + self.dice.between(20_000, 5 * MINUTE);
        self.agenda.at(begin, Event::Wake(device));
        for _ in 0..self.dice.below(7) {
            let at = self.dice.between(begin, end);
            self.agenda.at(at, Event::Edit(device));
            if self.dice.chance(1_000) {
                // A burst: typing.
                for _ in 0..self.dice.below(8) {
                    self.agenda.at(at + self.dice.between(0, 3_000), Event::Edit(device));
                }
            }
        }
        if self.dice.chance(3_000) {
            self.agenda.at(self.dice.between(begin, end), Event::Discard(device));
        }
        if self.dice.chance(800) {
            let tab = self.dice.below(self.devices[device].tabs.len() as u64) as usize;
            self.agenda.at(self.dice.between(begin, end), Event::TabDies(device, tab));
        }
        if self.dice.chance(400) {
            self.agenda.at(self.dice.between(begin, end), Event::PowerLost(device));
        }
        if self.dice.chance(1_000) {
            self.agenda.at(self.dice.between(begin, end), Event::LeaderFreezes(device));
        }
        if self.dice.chance(300) {
            self.agenda.at(self.dice.between(begin, end), Event::LeadTaken(device));
        }
        self.agenda.at(end, Event::Sleep(device));
    }

    /// Stops everything that goes wrong, and gathers everybody.
    fn make_peace(&mut self) {
        self.faults = false;
        self.report.fault("peace");
        if self.relay.machine.is_none() {
            self.relay.start();
        }
        self.thaw_everybody();
        for device in 0..self.devices.len() {
            self.devices[device].online = true;
            self.agenda.at(self.now + 1_000, Event::Wake(device));
        }
    }

    fn device_now(&self, device: usize) -> i64 {
        self.now + self.devices[device].skew_ms
    }

    fn is_alive(&self, place: Place) -> bool {
        let tab = self.devices[place.device].tabs[place.tab].as_ref();
        tab.is_some_and(|tab| tab.life == place.life)
    }
}
