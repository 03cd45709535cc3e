//! A relay with a store in memory and a gate that dislikes what it is told to.

use crate::{
    change,
    frame::{self, ByeReason, Down, Form, PushItem, Up},
    id::*,
    relay::{Relay, Start, input::*, output::*},
    verdict::{Reason, Verdict},
};
use automerge::{ActorId as Author, AutoCommit, ROOT, transaction::Transactable};
use std::collections::BTreeMap;

pub const EPOCH: Epoch = Epoch([7; 16]);
const CLASS: Class = Class(1);
const NOW: Time = Time(1_000_000);

pub struct Bench {
    pub relay: Relay,
    pub entries: Vec<Entry>,
    pub rows: BTreeMap<DocumentId, StoredRow>,
    pub open: Vec<Commit>,
    pub sent: Vec<(u64, Down)>,
    pub bytes_sent: usize,
    pub undrained: BTreeMap<u64, usize>,
    pub closed: Vec<(u64, Option<ByeReason>)>,
    /// Places in a judged batch that are refused.
    pub dislikes: Vec<usize>,
    /// Places in a judged batch the gate does not come to.
    pub unsettled: Vec<usize>,
    /// Places in a judged batch whose document cannot be read.
    pub unreadable: Vec<usize>,
    pub row_bytes: usize,
    /// Documents a snapshot was asked of.
    pub snapshots: Vec<DocumentId>,
    /// How documents were asked of storage.
    pub forms: Vec<Form>,
}

/// Returns changes of one person to a document of their own.
pub fn author(person: u8, count: u8) -> Vec<Vec<u8>> {
    written(person, count, "value")
}

/// Returns another change with the same actor and number.
pub fn other(person: u8) -> Vec<Vec<u8>> {
    written(person, 1, "other")
}

fn written(person: u8, count: u8, text: &str) -> Vec<Vec<u8>> {
    let mut document = AutoCommit::new().with_actor(Author::from(vec![person; 32]));
    for number in 0..count {
        document.put(ROOT, "key", format!("{text} {number}")).unwrap();
        document.commit();
    }
    document.get_changes(&[]).iter().map(|change| change.raw_bytes().to_vec()).collect()
}

fn item(change: &[u8]) -> PushItem {
    let actor = change::scan(change).map(|scanned| scanned.actor.0[0]).unwrap_or(1);
    PushItem {
        document: DocumentId([actor; 16]),
        class: CLASS,
        change: change.to_vec().into(),
        edit: vec![1].into(),
        device_time: NOW,
    }
}

pub fn kind(down: &Down) -> &'static str {
    match down {
        Down::Welcome { .. } => "welcome",
        Down::Rows { .. } => "rows",
        Down::Changes { .. } => "changes",
        Down::Verdicts { .. } => "verdicts",
        Down::Pong => "pong",
        Down::Bye { .. } => "bye",
    }
}

impl Bench {
    pub fn new() -> Self {
        let start = Start::empty(EPOCH, 1, [(CLASS, Vec::new())].into());
        Self {
            relay: Relay::new(start),
            entries: Vec::new(),
            rows: BTreeMap::new(),
            open: Vec::new(),
            sent: Vec::new(),
            bytes_sent: 0,
            undrained: BTreeMap::new(),
            closed: Vec::new(),
            dislikes: Vec::new(),
            unsettled: Vec::new(),
            unreadable: Vec::new(),
            row_bytes: 10,
            snapshots: Vec::new(),
            forms: Vec::new(),
        }
    }

    /// Returns a relay that was put back, with nothing in its log.
    pub fn put_back() -> Self {
        let mut bench = Self::new();
        let mut start = Start::empty(EPOCH, 1, [(CLASS, Vec::new())].into());
        start.lives = vec![(Epoch([1; 16]), Sequence(4)), (Epoch([2; 16]), Sequence(0))];
        bench.relay = Relay::new(start);
        bench
    }

    /// Offers changes in the name of somebody.
    pub fn offer(&mut self, connection: u64, person: u8, changes: &[Vec<u8>]) {
        let items = changes.iter().map(|change| item(change)).collect();
        let author = Some(PersonId([person; 16]));
        self.frame(connection, &Up::Push { batch: 1, items, author });
    }

    pub fn greeted(connection: u64) -> Self {
        let mut bench = Self::new();
        bench.greet(connection);
        bench
    }

    pub fn greet(&mut self, connection: u64) {
        self.open(connection);
        self.hello(connection, None, 0, 1);
        self.sent.clear();
    }

    pub fn open(&mut self, connection: u64) {
        let person = PersonId([connection as u8; 16]);
        let principal = Principal { person, device: None };
        self.hear(RelayInput::Opened { connection: Connection(connection), principal });
    }

    pub fn hello(&mut self, connection: u64, epoch: Option<Epoch>, cursor: u64, schema: u16) {
        let (device, cursor) = (DeviceId([connection as u8; 16]), Sequence(cursor));
        let (digest, clock) = (crate::digest::EMPTY, NOW);
        let hello =
            Up::Hello { device, epoch, cursor, digest, clock, unsent: 0, schema, lineages: None };
        self.frame(connection, &hello);
    }

    pub fn frame(&mut self, connection: u64, up: &Up) {
        let bytes = frame::encode(up);
        self.hear(RelayInput::Frame { connection: Connection(connection), bytes });
    }

    pub fn push(&mut self, connection: u64, changes: &[Vec<u8>]) {
        let items = changes.iter().map(|change| item(change)).collect();
        self.frame(connection, &Up::Push { batch: 1, items, author: None });
    }

    pub fn drain(&mut self, connection: u64) {
        let bytes = self.undrained.remove(&connection).unwrap_or(0);
        self.hear(RelayInput::Drained { connection: Connection(connection), bytes });
    }

    /// Makes everything asked for durable, and returns the verdicts that came of it.
    pub fn commit(&mut self) -> Vec<(u64, Vec<Verdict>)> {
        self.commit_raw();
        self.verdicts()
    }

    pub fn commit_raw(&mut self) {
        for commit in std::mem::take(&mut self.open) {
            self.entries.extend(commit.entries);
            self.rows.extend(commit.rows.into_iter().map(|row| (row.document, row)));
            self.hear(RelayInput::Committed(commit.commit));
        }
    }

    /// Makes everything asked for durable at once, and says so in one word.
    pub fn commit_together(&mut self) {
        let commits = std::mem::take(&mut self.open);
        let last = commits.last().expect("something was asked for").commit;
        for commit in commits {
            self.entries.extend(commit.entries);
            self.rows.extend(commit.rows.into_iter().map(|row| (row.document, row)));
        }
        self.hear(RelayInput::Committed(last));
    }

    pub fn fail(&mut self) {
        let commits = std::mem::take(&mut self.open);
        self.hear(RelayInput::CommitFailed(commits[0].commit));
    }

    /// Takes the verdicts out of what was sent.
    pub fn verdicts(&mut self) -> Vec<(u64, Vec<Verdict>)> {
        let verdicts = |(to, down): (u64, Down)| match down {
            Down::Verdicts { items, .. } => {
                Some((to, items.into_iter().map(|item| item.verdict).collect()))
            }
            _ => None,
        };
        self.sent.drain(..).filter_map(verdicts).collect()
    }

    pub fn hear(&mut self, input: RelayInput) {
        for output in self.relay.handle(NOW, input) {
            self.carry_out(output);
        }
    }

    fn carry_out(&mut self, output: RelayOutput) {
        match output {
            RelayOutput::Load { load, query } => {
                if let Query::Changes { form, .. } = query {
                    self.forms.push(form);
                }
                let loaded = self.answer(&query);
                self.hear(RelayInput::Loaded { load, loaded });
            }
            RelayOutput::Judge { judgement, changes, .. } => {
                let verdict = |place| match place {
                    place if self.dislikes.contains(&place) => Err(Reason::NotPermitted),
                    place if self.unsettled.contains(&place) => Err(Reason::Rate),
                    place if self.unreadable.contains(&place) => Err(Reason::Unreadable),
                    _ => Ok(()),
                };
                let verdicts = (0..changes.len()).map(verdict).collect();
                let row = vec![changes.len() as u8; self.row_bytes];
                self.hear(RelayInput::Judged { judgement, verdicts, row, version: 1 });
            }
            RelayOutput::Commit(commit) => self.open.push(commit),
            RelayOutput::Send { connection, bytes } => {
                self.bytes_sent += bytes.len();
                *self.undrained.entry(connection.0).or_default() += bytes.len();
                self.sent.push((connection.0, frame::decode(&bytes).unwrap()));
            }
            RelayOutput::Close { connection, reason } => self.closed.push((connection.0, reason)),
            RelayOutput::Snapshot { document, .. } => self.snapshots.push(document),
            RelayOutput::Forget(_) | RelayOutput::WakeAt(_) => (),
        }
    }

    fn answer(&self, query: &Query) -> Loaded {
        match query {
            Query::Causality { document, hashes, .. } => {
                let mine = || self.entries.iter().filter(|entry| entry.document == *document);
                let known = mine().filter(|entry| hashes.contains(&entry.hash));
                let binding = |entry: &Entry| {
                    let (person, device) = (entry.person, entry.device);
                    let sequence = entry.actor_sequence;
                    (entry.actor.clone(), Binding { person, device, sequence })
                };
                Loaded::Causality {
                    document: self.rows.get(document).cloned(),
                    known: known.map(|entry| (entry.hash, entry.sequence)).collect(),
                    actors: mine().map(binding).collect(),
                    tail: mine().count() as u64,
                }
            }
            Query::Rows { after, .. } => {
                let mut rows: Vec<_> =
                    self.rows.values().filter(|row| row.sequence > *after).cloned().collect();
                rows.sort_by_key(|row| row.sequence);
                Loaded::Rows { rows, end: true }
            }
            Query::Changes { document, after, kept, .. } => {
                let begins = self.rows.get(document).map_or(Sequence(0), |row| row.begins);
                let after = changes_after(*after, *kept, begins);
                let after = after.unwrap_or(Sequence(u64::MAX));
                let mine = self.entries.iter().filter(|entry| entry.document == *document);
                let later = mine.filter(|entry| entry.sequence > after);
                let changes = later.map(|entry| (entry.sequence, entry.change.clone())).collect();
                Loaded::Changes { class: Some(CLASS), changes, end: true, begins }
            }
        }
    }
}
