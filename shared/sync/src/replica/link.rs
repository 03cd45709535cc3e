//! The connection to the relay: greeting, heartbeat, silence, trying again (rules C1 to C9).

use crate::{
    frame::{self, Up},
    id::*,
    output::{CloseReason, Line, Output},
    planted::{self, Planted},
    replica::Replica,
};
use std::collections::BTreeMap;

/// How often a device says that it is there.
pub const PING_MS: i64 = 15_000;
/// A relay that says nothing for so long is taken to be gone.
pub const SILENCE_MS_MAX: i64 = 30_000;
/// How long a driver may take to connect.
const DIALLING_MS_MAX: i64 = 60_000;
/// How many attempts a dismissal counts as: whatever the relay disliked is likely still there.
const ATTEMPTS_PER_DISMISSAL: u32 = 4;

/// Where the connection stands.
#[derive(Debug)]
pub struct Link {
    pub phase: Phase,
    pub heard: Time,
    pub pinged: Time,
    pub attempts: u32,
    /// Whether the relay last met spoke another version.
    pub other_version: bool,
    /// The batches on their way, each with its edits in order.
    pub batches: BTreeMap<u64, Vec<(PendingKey, ChangeHash)>>,
    /// The head of the log, as far as the relay has told.
    pub head: Sequence,
    /// Whether rows are still to come, and are to be asked for once these are stored.
    pub more: bool,
    /// Whether everything was asked for again on this connection; once is enough to tell a
    /// divergence from a disagreement.
    pub started_over: bool,
    /// How far the clock here is behind the relay's.
    pub clock_behind_ms: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// No connection until then.
    Down(Time),
    /// The driver has been asked for a connection; it is asked again if it has not said by then
    /// what became of it.
    Dialling(Time),
    Greeting,
    Open,
}

impl Default for Link {
    fn default() -> Self {
        Self {
            phase: Phase::Down(Time(i64::MIN)),
            heard: Time(0),
            pinged: Time(0),
            attempts: 0,
            other_version: false,
            batches: BTreeMap::new(),
            head: Sequence(0),
            more: false,
            started_over: false,
            clock_behind_ms: None,
        }
    }
}

impl Link {
    pub fn is_up(&self) -> bool {
        matches!(self.phase, Phase::Greeting | Phase::Open)
    }

    pub fn is_open(&self) -> bool {
        self.phase == Phase::Open
    }
}

impl Replica {
    pub(super) fn connected(&mut self) {
        self.drop_link(Phase::Greeting);
        self.rebuilds.ask_again();
        (self.link.heard, self.link.pinged) = (self.now, self.now);
        let unsent = self.outbox.iter().filter(|entry| entry.is_unsent()).count() as u32;
        let (epoch, cursor) = (self.position.epoch, self.position.cursor);
        let digest = self.position.digest;
        let (device, clock, schema) = (self.device, self.now, self.schema);
        let lineages = Some(true);
        self.send(&Up::Hello { device, epoch, cursor, digest, clock, unsent, schema, lineages });
    }

    pub(super) fn closed(&mut self) {
        match self.link.phase {
            // It was this side that hung up, and the time to try again is set.
            Phase::Down(_) => (),
            Phase::Dialling(_) | Phase::Greeting | Phase::Open => self.try_later(),
        }
    }

    pub(super) fn welcomed(
        &mut self,
        (epoch, head, digest): (Epoch, Sequence, Digest),
        clock: Time,
        shared: Option<Sequence>,
    ) {
        if self.link.phase != Phase::Greeting {
            return self.hang_up(CloseReason::Malformed);
        }
        // The relay looked at its clock about half-way between the greeting and now.
        let trip = self.now.0.saturating_sub(self.link.pinged.0).clamp(0, SILENCE_MS_MAX);
        let asked = !planted::is(Planted::ClockCorrectionIgnored);
        self.link.clock_behind_ms = asked.then_some(clock.0.saturating_sub(self.now.0 - trip / 2));
        self.link.phase = Phase::Open;
        self.link.other_version = false;
        self.link.head = head;
        match self.position.epoch {
            None => {
                self.position.epoch = Some(epoch);
                self.flush.unwritten.position = true;
            }
            Some(known) if known == epoch && self.position.cursor <= head => {
                if self.position.cursor == head {
                    self.compare(digest);
                }
            }
            Some(_) if planted::is(Planted::EpochIgnored) => (),
            Some(_) => self.begin_again(epoch, shared),
        }
    }

    pub(super) fn dismissed(&mut self) {
        self.link.attempts += ATTEMPTS_PER_DISMISSAL;
        self.hang_up(CloseReason::Refused);
    }

    /// Takes in that the relay speaks another version. Nothing here is touched; it is tried again
    /// later, because either side may be brought up to date meanwhile.
    pub(super) fn met_other_version(&mut self) {
        self.link.other_version = true;
        self.dismissed();
    }

    pub(super) fn hang_up(&mut self, reason: CloseReason) {
        self.out.push(Output::Close(reason));
        self.try_later();
    }

    fn try_later(&mut self) {
        let delay = self.backoff.delay_ms(self.link.attempts);
        self.link.attempts += 1;
        self.drop_link(Phase::Down(Time(self.now.0 + delay)));
    }

    pub(super) fn drop_link(&mut self, phase: Phase) {
        self.link.phase = phase;
        self.link.batches.clear();
        self.link.more = false;
        self.link.started_over = false;
        if !planted::is(Planted::LostOnTheWay) {
            self.outbox.iter_mut().for_each(|entry| entry.batch = None);
        }
        self.pulls.interrupt();
        self.offers.interrupt();
    }

    pub(super) fn send(&mut self, up: &Up) {
        self.out.push(Output::Send(frame::encode(up)));
    }

    /// A clock that was set back makes no wait longer than it was.
    pub(super) fn notice_jump(&mut self, now: Time) {
        if now >= self.now || planted::is(Planted::ClockSetBackIgnored) {
            return;
        }
        let back = self.now.0.saturating_sub(now.0);
        if let Some(behind) = &mut self.link.clock_behind_ms {
            *behind = behind.saturating_add(back);
        }
        (self.link.heard, self.link.pinged) = (now, now);
        if let Phase::Down(until) | Phase::Dialling(until) = &mut self.link.phase {
            *until = now.min(*until);
        }
        let waits = self.outbox.iter_mut().map(|entry| &mut entry.not_before);
        let waits = waits.chain(self.retry_at.as_mut()).chain(self.flush.not_before.as_mut());
        let waits = waits.chain(self.offers.not_before.values_mut());
        waits.for_each(|wait| *wait = now.min(*wait));
    }

    /// Does what its time has come for.
    pub(super) fn keep_time(&mut self) {
        match self.link.phase {
            Phase::Down(until) | Phase::Dialling(until) if until <= self.now => {
                self.link.phase = Phase::Dialling(Time(self.now.0 + DIALLING_MS_MAX));
                self.out.push(Output::Connect);
            }
            Phase::Down(_) | Phase::Dialling(_) => (),
            _ if self.now.0 - self.link.heard.0 >= SILENCE_MS_MAX
                && !planted::is(Planted::SilenceIgnored) =>
            {
                self.hang_up(CloseReason::Silent);
            }
            Phase::Open if self.now.0 - self.link.pinged.0 >= PING_MS => {
                self.link.pinged = self.now;
                self.send(&Up::Ping);
            }
            Phase::Open | Phase::Greeting => (),
        }
        if self.retry_at.is_some_and(|time| time <= self.now) {
            self.retry_at = None;
            self.save_again();
        }
    }

    /// Asks for the next page of rows once the last is stored.
    pub(super) fn ask_for_more(&mut self) {
        let stored = self.flush.writing.is_none() && !self.flush.unwritten.position;
        if self.link.is_open() && self.link.more && stored {
            self.link.more = false;
            let cursor = self.position.cursor;
            self.send(&Up::More { cursor });
        }
    }

    pub(super) fn line(&self) -> Line {
        let cursor = self.position.cursor;
        match self.link.phase {
            Phase::Down(_) | Phase::Dialling(_) | Phase::Greeting if self.link.other_version => {
                Line::OtherVersion
            }
            Phase::Down(_) | Phase::Dialling(_) => Line::Offline,
            Phase::Greeting => Line::Greeting,
            Phase::Open if cursor < self.link.head => {
                Line::CatchingUp { cursor, head: self.link.head }
            }
            Phase::Open => Line::UpToDate,
        }
    }

    /// Remembers to try again.
    pub(super) fn retry_in(&mut self, delay_ms: i64) {
        let time = Time(self.now.0 + delay_ms);
        self.retry_at = Some(self.retry_at.map_or(time, |earlier| earlier.min(time)));
    }

    /// Asks to be woken when the next thing is due.
    pub(super) fn set_alarm(&mut self) {
        let link = match self.link.phase {
            Phase::Down(until) | Phase::Dialling(until) => Some(until),
            Phase::Greeting => Some(Time(self.link.heard.0 + SILENCE_MS_MAX)),
            Phase::Open => {
                let ping = self.link.pinged.0 + PING_MS;
                Some(Time(ping.min(self.link.heard.0 + SILENCE_MS_MAX)))
            }
        };
        let waits = [link, self.retry_at, self.flush.not_before];
        let alarm = waits.into_iter().flatten().min();
        if alarm != self.wake_at {
            self.wake_at = alarm;
            self.out.extend(alarm.map(Output::WakeAt));
        }
    }
}
