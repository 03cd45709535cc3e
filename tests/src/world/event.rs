//! What is going to happen, and when.

use std::collections::BTreeMap;
use sync::{
    id::*,
    input::RebuildId,
    relay::{input::RelayInput, output::LoadId},
};

/// Something that will happen. Events of a tab or relay that is gone by then do not.
#[derive(Debug, Clone)]
pub enum Event {
    Wake(usize),
    Sleep(usize),
    Edit(usize),
    Discard(usize),
    /// Whether it is gone for more than a week.
    LineLost(usize, bool),
    LineBack(usize),
    ClockJumps(usize),
    PowerLost(usize),
    TabDies(usize, usize),
    TabBegins(usize, usize),
    LeaderFreezes(usize),
    Thaws(Place),
    /// A tab that had no sign of life of the one that leads takes its place.
    LeadTaken(usize),
    /// A tab finds out that the lead was taken from it.
    Deposed(Place, Option<Lead>),
    /// A tab hears that another has come to lead.
    LeadSaid(Place),
    Elect(usize),
    Tick(Place, i64),
    Written(Place),
    Rebuild(Place, RebuildId, (DocumentId, Class), Vec<(PendingKey, Vec<u8>)>),
    Project(Place, DocumentId, Class),
    Told(usize, usize, Vec<DocumentId>, Vec<PendingKey>),
    Heard(Place, Vec<DocumentId>, Vec<PendingKey>),
    Dialled(Place),
    Up(u64, Vec<u8>),
    Down(u64, Vec<u8>),
    DeviceHangsUp(u64),
    RelayHangsUp(u64),
    RelayHears(u64, RelayInput),
    RelayReads(u64, LoadId, sync::relay::output::Query),
    RelayCommits(u64),
    RelaySnapshots(u64, DocumentId, Class),
    RelayTicks(u64, i64),
    RelayDies,
    RelayBegins,
    RelayClockJumps,
    BackupMade,
    BackupPutBack,
    Offer(Place, DocumentId, Class),
    Rogue,
    Poisoned,
}

/// One life of one tab of one device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub device: usize,
    pub tab: usize,
    pub life: u64,
}

/// Events in order of time, then of asking.
#[derive(Debug, Default)]
pub struct Agenda {
    events: BTreeMap<(i64, u64), Event>,
    asked: u64,
}

impl Agenda {
    pub fn at(&mut self, time: i64, event: Event) {
        self.asked += 1;
        self.events.insert((time, self.asked), event);
    }

    pub fn next(&mut self) -> Option<(i64, Event)> {
        self.events.pop_first().map(|((time, _), event)| (time, event))
    }

    pub fn next_time(&self) -> Option<i64> {
        self.events.first_key_value().map(|((time, _), _)| *time)
    }

    /// Returns how often somebody is still going to do something: a session may outlast the days.
    pub fn work_left(&self) -> usize {
        let works = |event: &&Event| matches!(event, Event::Edit(_) | Event::Discard(_));
        self.events.values().filter(works).count()
    }
}
