//! The relay's driver: carries out what the machine asks for, commits in groups, dies, comes back.

use crate::world::{World, event::Event, relay::is_disliked};
use sync::{
    frame::{self, ByeReason, Down},
    id::*,
    relay::{input::*, output::*},
    verdict::{Reason, Verdict},
};

impl World {
    pub fn relay_hears(&mut self, life: u64, input: RelayInput) {
        if life != self.relay.life {
            return;
        }
        let now = Time(self.now + self.relay.skew_ms);
        let Some(machine) = &mut self.relay.machine else { return };
        let outputs = machine.handle(now, input);
        let last = self.may_break_off(outputs.len());
        for (number, output) in outputs.into_iter().enumerate() {
            if last == Some(number) {
                return self.relay_dies();
            }
            if life == self.relay.life && self.relay.machine.is_some() {
                self.carry_out(output);
            }
        }
    }

    fn carry_out(&mut self, output: RelayOutput) {
        let life = self.relay.life;
        match output {
            RelayOutput::Load { load, query } if self.dice.chance(1_000) => {
                let delay = self.dice.between(1, 50);
                self.agenda.at(self.now + delay, Event::RelayReads(life, load, query));
            }
            RelayOutput::Load { load, query } => self.relay_reads(life, load, &query),
            RelayOutput::Judge { judgement, document, class, author, changes } => {
                let answer = if self.faults && self.dice.chance(20) {
                    self.report.fault("gate failed");
                    RelayInput::JudgeFailed { judgement }
                } else {
                    self.relay.judge(judgement, (document, class), author, &changes)
                };
                let delay = if self.dice.chance(1_000) { self.dice.between(1, 30) } else { 0 };
                self.agenda.at(self.now + delay, Event::RelayHears(life, answer));
            }
            RelayOutput::Commit(commit) => {
                self.relay.open.push(commit);
                if self.relay.open.len() == 1 {
                    let delay = self.dice.between(1, 400);
                    self.agenda.at(self.now + delay, Event::RelayCommits(life));
                }
            }
            RelayOutput::Snapshot { document, class } => {
                let delay = self.dice.between(0, 2_000);
                self.agenda.at(self.now + delay, Event::RelaySnapshots(life, document, class));
            }
            RelayOutput::Forget(document) => self.relay.forget(document),
            RelayOutput::Send { connection, bytes } => {
                self.note_acknowledgements(&bytes);
                self.watch_rows(&bytes);
                self.send_down(connection.0, bytes);
            }
            RelayOutput::Close { connection, .. } => {
                let soon = self.now + self.dice.between(0, 1_000);
                self.agenda.at(soon, Event::DeviceHangsUp(connection.0));
            }
            RelayOutput::WakeAt(time) => {
                let at = (time.0 - self.relay.skew_ms).max(self.now);
                self.agenda.at(at, Event::RelayTicks(life, time.0));
            }
        }
    }

    /// The relay has time to make a snapshot, and now and then a disk that damages it.
    pub fn relay_snapshots(&mut self, life: u64, document: DocumentId, class: Class) {
        let unreadable = self.relay.poisoned == Some(document);
        if life != self.relay.life || self.relay.machine.is_none() || unreadable {
            return;
        }
        match self.relay.make_snapshot(document, class) {
            Ok(()) => self.report.fault("snapshot made"),
            Err(why) => {
                self.report.divergences += 1;
                self.report.trouble(format!("no snapshot of {document}: {why}"));
            }
        }
        if self.faults && self.dice.chance(500) {
            let at = self.dice.roll() as usize;
            if self.relay.store.damage(document, at) {
                self.report.fault("snapshot damaged");
            }
        }
        self.begin_anew(document, class);
    }

    /// The relay begins a document anew, now and then.
    fn begin_anew(&mut self, document: DocumentId, class: Class) {
        if !self.successions || !self.dice.chance(3_000) {
            return;
        }
        let (life, now) = (self.dice.id(), self.now + self.relay.skew_ms);
        match self.relay.begin_anew(document, class, (life, now)) {
            // A relay has to take its own changes, too, should they be offered again.
            Ok(one) if one.changes.iter().any(|(_, change)| is_disliked(change)) => (),
            Ok(succession) => {
                self.report.fault("begun anew");
                let life = self.relay.life;
                self.relay_hears(life, RelayInput::Begun(succession));
            }
            Err(why) => {
                self.report.divergences += 1;
                self.report.trouble(format!("no new beginning of {document}: {why}"));
            }
        }
    }

    /// Remembers what the relay says it has; it must have it now, and at the end.
    fn note_acknowledgements(&mut self, bytes: &[u8]) {
        if bytes.get(2) != Some(&VERDICTS) {
            return;
        }
        let Ok(Down::Verdicts { items, .. }) = frame::decode(bytes) else { return };
        for item in items {
            self.watch_verdict(item.hash, &item.verdict);
            if let Verdict::Received(sequence) = item.verdict {
                self.ledger.acknowledged.insert((sequence, item.hash));
                if !self.relay.store.is_at(sequence, item.hash) {
                    self.report.lost += 1;
                    self.report.trouble(format!("acknowledged before durable: {}", item.hash));
                }
            } else {
                self.report.fault(match item.verdict {
                    Verdict::Refused(Reason::NotPermitted) => "refused",
                    Verdict::Refused(Reason::DependencyRefused) => "refused with another",
                    Verdict::NotYet(_) => "put off",
                    _ => "refused oddly",
                });
            }
        }
    }

    pub fn relay_reads(&mut self, life: u64, load: LoadId, query: &Query) {
        let answer = if self.faults && self.dice.chance(20) {
            self.report.fault("relay could not read");
            RelayInput::LoadFailed { load }
        } else {
            RelayInput::Loaded { load, loaded: self.relay.store.answer(query) }
        };
        self.relay_hears(life, answer);
    }

    /// The open transaction ends: durable and told, durable and not told, or not at all.
    pub fn relay_commits(&mut self, life: u64) {
        if life != self.relay.life || self.relay.machine.is_none() {
            return;
        }
        if self.faults && self.dice.chance(200) {
            self.report.fault("commit failed");
            let commits = self.relay.roll_back();
            for commit in commits.into_iter().take(1) {
                self.relay_hears(life, RelayInput::CommitFailed(commit));
            }
            return;
        }
        let (commits, changed) = self.relay.commit();
        for document in changed {
            self.report.divergences += 1;
            self.report.trouble(format!("{document} reads otherwise since it was begun anew"));
        }
        if self.faults && self.dice.chance(50) {
            self.report.fault("relay died after commit");
            return self.relay_dies();
        }
        let together = self.dice.chance(5_000);
        for (place, commit) in commits.iter().enumerate() {
            if !together || place + 1 == commits.len() {
                self.relay_hears(life, RelayInput::Committed(*commit));
            }
        }
    }

    pub fn relay_ticks(&mut self, life: u64, _at: i64) {
        self.relay_hears(life, RelayInput::Tick);
    }

    pub fn relay_dies(&mut self) {
        if self.relay.machine.is_none() || !self.faults {
            return;
        }
        self.report.fault("relay died");
        self.relay.crash();
        self.relay.skew_ms = self.dice.between(-HOURS_OFF, HOURS_OFF);
        for number in self.wires.keys().copied().collect::<Vec<_>>() {
            if let Some(wire) = self.wires.get_mut(&number) {
                (wire.up, wire.down) = (false, false);
            }
            // Some devices are told, some find out.
            if self.dice.chance(6_000) {
                let soon = self.now + self.dice.between(0, 3_000);
                self.agenda.at(soon, Event::DeviceHangsUp(number));
            }
        }
        let back = self.now + self.dice.between(100, 120_000);
        self.agenda.at(back, Event::RelayBegins);
    }

    /// A stranger with a session sends rubbish: that connection ends with a reason, no other does.
    pub fn rogue(&mut self) {
        self.report.fault("rubbish");
        let length = self.dice.between(0, 200);
        let mut bytes: Vec<u8> = (0..length).map(|_| self.dice.roll() as u8).collect();
        if let Some(version) = bytes.first_mut().filter(|_| self.dice.chance(5_000)) {
            *version = frame::PROTOCOL_VERSION;
        }
        self.lives += 1;
        let connection = Connection(self.lives);
        let principal = Principal { person: PersonId([66; 16]), device: None };
        let now = Time(self.now + self.relay.skew_ms);
        let Some(machine) = &mut self.relay.machine else { return };
        let _ = machine.handle(now, RelayInput::Opened { connection, principal });
        let outputs = machine.handle(now, RelayInput::Frame { connection, bytes });
        let said = outputs.iter().any(|output| match output {
            RelayOutput::Send { connection: to, bytes } => {
                let bye = frame::decode::<Down>(bytes);
                *to == connection && matches!(bye, Ok(Down::Bye { reason }) if is_apt(reason))
            }
            _ => false,
        });
        let closed = outputs.iter().all(|output| match output {
            RelayOutput::Send { connection: to, .. } => *to == connection,
            RelayOutput::Close { connection: closed, .. } => *closed == connection,
            _ => false,
        });
        if !said || !closed {
            self.report.divergences += 1;
            self.report.trouble(format!("rubbish was answered with {outputs:?}"));
        }
    }
}

/// The number of `Down::Verdicts`, where a frame says what it is.
const VERDICTS: u8 = 3;
const HOURS_OFF: i64 = 3 * 3_600_000;

fn is_apt(reason: ByeReason) -> bool {
    use ByeReason as Reason;
    matches!(reason, Reason::Malformed | Reason::UnknownVersion | Reason::OutOfTurn)
}
