//! The relay's part: it judges what is pushed, orders it, keeps it, acknowledges it, and only then
//! tells the others.
//!
//! One `Relay` serves one workspace. Its driver may hold several commits in one transaction: it
//! opens one at the first `Commit`, keeps handing in what is waiting, commits, and then says
//! `Committed`. Nothing of a commit leaves before that.

mod causality;
mod feed;
mod gate;
pub mod input;
mod log;
pub mod output;
mod page;
mod peer;
mod push;
mod succession;

use crate::{
    digest,
    frame::{self, ByeReason, Down, MalformedFrame, PUSH_ITEMS_MAX, Up, Want},
    id::*,
    planted::{self, Planted},
};
use input::{Connection, Principal, RelayInput};
use log::{Log, Mark};
use output::{RelayOutput, RelayOutputs};
use peer::{BACKLOG_BYTES_MAX, Feed, Greeted, PUSHES_MAX, Peer, SILENCE_MS_MAX, WANTS_MAX};
pub use push::EDIT_BYTES_MAX;
use push::{Author, Judging, Push};
use std::collections::{BTreeMap, VecDeque};

/// What a relay knows of its workspace when it starts.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    pub epoch: Epoch,
    /// The last sequence number given.
    pub head: Sequence,
    /// The digest over the rows of the workspace; see [`crate::digest`].
    pub digest: Digest,
    /// How many documents have a row.
    pub documents: u64,
    /// The newest document schema this release reads.
    pub schema: u16,
    /// The classes this release knows, with the hashes of their genesis changes, which every
    /// device has and which are in no log.
    pub classes: BTreeMap<Class, Vec<ChangeHash>>,
    /// The lives of the log before this one, each with the head at which it was taken up again from
    /// a backup, oldest first.
    pub lives: Vec<(Epoch, Sequence)>,
    /// How many changes may follow the snapshot of a document before the next is due.
    pub tail_max: u64,
}

/// How many changes follow a snapshot before the next is made: loading that many costs a device
/// about a millisecond, and making one costs the relay as much for each hundred there are.
pub const TAIL_MAX: u64 = 64;

impl Start {
    /// Returns the start of a workspace nobody has written in.
    pub fn empty(epoch: Epoch, schema: u16, classes: BTreeMap<Class, Vec<ChangeHash>>) -> Self {
        let (head, digest) = (Sequence(0), digest::EMPTY);
        Self {
            epoch,
            head,
            digest,
            documents: 0,
            schema,
            classes,
            lives: Vec::new(),
            tail_max: TAIL_MAX,
        }
    }
}

/// The relay of one workspace.
pub struct Relay {
    epoch: Epoch,
    schema: u16,
    classes: BTreeMap<Class, Vec<ChangeHash>>,
    lives: Vec<(Epoch, Sequence)>,
    tail_max: u64,
    log: Log,
    peers: BTreeMap<Connection, Peer>,
    pushes: VecDeque<Push>,
    judging: Option<Judging>,
    /// The last number given to a load or a judgement.
    asked: u64,
    now: Time,
    out: RelayOutputs,
}

impl Relay {
    pub fn new(start: Start) -> Self {
        let Start { epoch, head, digest, documents, schema, classes, lives, tail_max } = start;
        Self {
            epoch,
            schema,
            classes,
            lives,
            tail_max,
            log: Log::new(Mark { sequence: head, digest, documents }),
            peers: BTreeMap::new(),
            pushes: VecDeque::new(),
            judging: None,
            asked: 0,
            now: Time(0),
            out: Vec::new(),
        }
    }

    /// Takes in one thing that happened and returns what is to be done, in order.
    pub fn handle(&mut self, now: Time, input: RelayInput) -> RelayOutputs {
        self.now = now;
        match input {
            RelayInput::Opened { connection, principal } => self.opened(connection, principal),
            RelayInput::Frame { connection, bytes } => self.frame(connection, &bytes),
            RelayInput::Drained { connection, bytes } => self.drained(connection, bytes),
            RelayInput::Closed { connection } => {
                self.peers.remove(&connection);
            }
            RelayInput::Loaded { load, loaded } => self.loaded(load, Some(loaded)),
            RelayInput::LoadFailed { load } => self.loaded(load, None),
            RelayInput::Judged { judgement, verdicts, row, version } => {
                self.judged(judgement, Some((verdicts, row, version)));
            }
            RelayInput::JudgeFailed { judgement } => self.judged(judgement, None),
            RelayInput::Committed(commit) => self.committed(commit),
            RelayInput::CommitFailed(commit) => self.commit_failed(commit),
            RelayInput::Begun(succession) => self.succeed(succession),
            RelayInput::ShuttingDown => self.part_with_all(|_| true, Some(ByeReason::ShuttingDown)),
            RelayInput::Tick => self.tick(),
        }
        std::mem::take(&mut self.out)
    }

    fn opened(&mut self, connection: Connection, principal: Principal) {
        self.peers.insert(connection, Peer::new(principal, self.now));
        self.out.push(RelayOutput::WakeAt(Time(self.now.0 + SILENCE_MS_MAX)));
    }

    fn tick(&mut self) {
        let silent_since = self.now.0 - SILENCE_MS_MAX;
        self.part_with_all(|peer| peer.heard.0 <= silent_since, None);
        if let Some(first) = self.peers.values().map(|peer| peer.heard).min() {
            self.out.push(RelayOutput::WakeAt(Time(first.0 + SILENCE_MS_MAX)));
        }
    }

    fn drained(&mut self, connection: Connection, bytes: usize) {
        if let Some(peer) = self.peers.get_mut(&connection) {
            peer.backlog = peer.backlog.saturating_sub(bytes);
            self.pump(connection);
        }
    }

    fn frame(&mut self, connection: Connection, bytes: &[u8]) {
        let Some(peer) = self.peers.get_mut(&connection) else { return };
        peer.heard = self.now;
        match frame::decode(bytes) {
            Ok(up) => self.heard(connection, up),
            Err(MalformedFrame::UnknownVersion(_)) => {
                self.part_with(connection, Some(ByeReason::UnknownVersion));
            }
            Err(MalformedFrame::TooLarge) => {
                self.part_with(connection, Some(ByeReason::TooLarge));
            }
            Err(MalformedFrame::Empty | MalformedFrame::Content) => {
                self.part_with(connection, Some(ByeReason::Malformed));
            }
        }
    }

    fn heard(&mut self, connection: Connection, up: Up) {
        let Some(peer) = self.peers.get_mut(&connection) else { return };
        let principal = peer.principal;
        match (up, &mut peer.greeted) {
            (Up::Hello { device, epoch, cursor, schema, lineages, .. }, None) => {
                if principal.device.is_some_and(|bound| bound != device) {
                    return self.part_with(connection, Some(ByeReason::OutOfTurn));
                }
                let lineages = lineages.unwrap_or(false);
                self.greet(connection, (device, schema, lineages), epoch, cursor);
            }
            (Up::Push { batch, items, author: offered }, Some(greeted)) => {
                if items.len() > PUSH_ITEMS_MAX {
                    return self.part_with(connection, Some(ByeReason::TooLarge));
                }
                if greeted.pushes >= PUSHES_MAX {
                    return self.part_with(connection, Some(ByeReason::OutOfTurn));
                }
                greeted.pushes += 1;
                let (device, schema, lineages) = (greeted.device, greeted.schema, greeted.lineages);
                let author = match offered {
                    None => Author { person: principal.person, device: Some(device) },
                    Some(person) => Author { person, device: None },
                };
                // Another's work is taken from a device only where it may have been lost.
                let restored = !self.lives.is_empty();
                if offered.is_some_and(|person| person != principal.person) && !restored {
                    return self.put_off(connection, batch, &items);
                }
                let push = Push { connection, author, schema, lineages, batch, items };
                self.pushes.push_back(push);
                self.judge_next();
            }
            (Up::Pull { wants }, Some(greeted)) => {
                if greeted.wants.len() + wants.len() > WANTS_MAX {
                    return self.part_with(connection, Some(ByeReason::OutOfTurn));
                }
                for want in wants {
                    if !greeted.wants.contains(&want) {
                        greeted.wants.push_back(want);
                    }
                }
                self.pump(connection);
            }
            (Up::More { cursor }, Some(greeted)) => {
                greeted.feed = Feed::Behind(cursor);
                self.pump(connection);
            }
            (Up::Ping, Some(_)) => self.send(connection, &Down::Pong),
            _ => self.part_with(connection, Some(ByeReason::OutOfTurn)),
        }
    }

    /// Welcomes a device. Its feed begins where it stands, unless it stands in another log: then
    /// it has to begin again, and says so.
    fn greet(
        &mut self,
        connection: Connection,
        (device, schema, lineages): (DeviceId, u16, bool),
        epoch: Option<Epoch>,
        cursor: Sequence,
    ) {
        let Mark { sequence: head, digest, documents } = self.log.durable();
        let ours = match epoch {
            None => cursor == Sequence(0),
            Some(epoch) => epoch == self.epoch && cursor <= head,
        };
        let feed = match ours {
            false => Feed::Paused,
            true if cursor == head || planted::is(Planted::BehindTakenForLive) => Feed::Live(head),
            true => Feed::Behind(cursor),
        };
        let shared = self.shared(epoch);
        let Some(peer) = self.peers.get_mut(&connection) else { return };
        let wants: VecDeque<Want> = VecDeque::new();
        let (pushes, pulling) = (0, None);
        let greeted = Greeted { device, schema, lineages, feed, pushes, wants, pulling };
        peer.greeted = Some(greeted);
        let (person, epoch, clock) = (peer.principal.person, self.epoch, self.now);
        let welcome = Down::Welcome { epoch, head, clock, digest, person, documents, shared };
        self.send(connection, &welcome);
        self.pump(connection);
    }

    /// Returns up to where an earlier life of the log is this one too.
    fn shared(&self, epoch: Option<Epoch>) -> Option<Sequence> {
        let life = self.lives.iter().position(|(life, _)| Some(*life) == epoch)?;
        self.lives[life..].iter().map(|(_, head)| *head).min()
    }

    fn send(&mut self, connection: Connection, down: &Down) {
        self.send_encoded(connection, frame::encode(down));
    }

    fn send_encoded(&mut self, connection: Connection, bytes: Vec<u8>) {
        let Some(peer) = self.peers.get_mut(&connection) else { return };
        peer.backlog += bytes.len();
        let too_slow = peer.backlog > BACKLOG_BYTES_MAX;
        self.out.push(RelayOutput::Send { connection, bytes });
        if too_slow && self.peers.remove(&connection).is_some() {
            self.out.push(RelayOutput::Close { connection, reason: Some(ByeReason::TooSlow) });
        }
    }

    /// Says why, closes, and forgets the connection. What it pushed goes its way.
    fn part_with(&mut self, connection: Connection, reason: Option<ByeReason>) {
        if let Some(reason) = reason {
            self.send(connection, &Down::Bye { reason });
        }
        if self.peers.remove(&connection).is_some() {
            self.out.push(RelayOutput::Close { connection, reason });
        }
    }

    fn part_with_all(&mut self, which: impl Fn(&Peer) -> bool, reason: Option<ByeReason>) {
        let which = self.peers.iter().filter(|(_, peer)| which(peer));
        for connection in which.map(|(connection, _)| *connection).collect::<Vec<_>>() {
            self.part_with(connection, reason);
        }
    }

    fn next_number(&mut self) -> u64 {
        self.asked += 1;
        self.asked
    }
}

#[cfg(test)]
mod tests;
