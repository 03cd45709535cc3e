//! A replica, what it asked for, and a relay's half of the conversation.

use crate::{
    change,
    frame::{self, Down, RowItem, Up, VerdictItem},
    id::*,
    input::{Authored, Input, RebuildId, Ticket},
    output::{EditState, Output, Shown, Write},
    record::PendingRecord,
    replica::{Replica, Start},
    verdict::Verdict,
};
use automerge::{ActorId as Author, AutoCommit, ROOT, transaction::Transactable};
use std::collections::VecDeque;

pub const DOCUMENT: DocumentId = DocumentId([5; 16]);
/// Who works here.
pub const PERSON: PersonId = PersonId([1; 16]);
pub const EPOCH: Epoch = Epoch([7; 16]);
const CLASS: Class = Class(1);

pub struct Bench {
    pub replica: Replica,
    pub now: i64,
    pub outputs: Vec<Output>,
    pub sent: Vec<Up>,
    waiting: VecDeque<Ticket>,
    /// The rebuild last asked for.
    pub rebuild: RebuildId,
    /// Where the relay has begun the document anew.
    pub begins: Option<Sequence>,
}

/// Returns the edit that made the n-th of a chain of changes, the same at every call.
pub fn authored(number: u8) -> Authored {
    written(1, number)
}

/// Returns an edit of another actor, building on nothing.
pub fn fresh(actor: u8) -> Authored {
    written(actor, 1)
}

fn written(actor: u8, number: u8) -> Authored {
    let mut document = AutoCommit::new().with_actor(Author::from(vec![actor; 32]));
    for step in 1..=number {
        document.put(ROOT, "key", i64::from(step)).unwrap();
        document.commit_with(automerge::transaction::CommitOptions::default().with_time(1));
    }
    let change = document.get_last_local_change().unwrap().raw_bytes().to_vec();
    Authored {
        document: DOCUMENT,
        class: CLASS,
        hash: change::scan(&change).unwrap().hash,
        change,
        edit: vec![number],
        row: vec![100 + number; 4],
    }
}

impl Bench {
    pub fn with_pending(pending: Vec<PendingRecord>) -> Self {
        Self::begin(pending, u64::MAX)
    }

    /// Returns a replica that keeps no document it is not asked for.
    pub fn without_room() -> Self {
        Self::begin(Vec::new(), 0)
    }

    fn begin(pending: Vec<PendingRecord>, pin_bytes: u64) -> Self {
        let replica = Replica::new(Start {
            device: DeviceId([1; 16]),
            person: PERSON,
            tab: 1,
            seed: 1,
            schema: 1,
            pin_bytes,
            lead: None,
            position: None,
            rows: Vec::new(),
            pending,
        });
        let (outputs, sent, waiting) = (Vec::new(), Vec::new(), VecDeque::new());
        let rebuild = RebuildId(0);
        let (now, begins) = (1_000_000_000_000, None);
        Self { replica, now, outputs, sent, waiting, rebuild, begins }
    }

    /// Returns a replica that has just been welcomed to a log with that head.
    pub fn welcomed(head: u64) -> Self {
        let mut bench = Self::with_pending(Vec::new());
        bench.welcome(head);
        bench.store();
        bench.stores();
        bench
    }

    pub fn welcome(&mut self, head: u64) {
        self.welcome_as(PERSON, head);
    }

    /// The relay takes whoever is at this device for that person.
    pub fn welcome_as(&mut self, person: PersonId, head: u64) {
        self.hand_in(Input::Connected);
        let (epoch, head, clock) = (EPOCH, Sequence(head), Time(0));
        let digest = crate::digest::EMPTY;
        self.down(&Down::Welcome {
            epoch,
            head,
            clock,
            digest,
            person,
            documents: 0,
            shared: None,
        });
    }

    pub fn hand_in(&mut self, input: Input) {
        for output in self.replica.handle(Time(self.now), input) {
            match &output {
                Output::Send(bytes) => self.sent.push(frame::decode(bytes).unwrap()),
                Output::Store { ticket, .. } => self.waiting.push_back(*ticket),
                Output::Rebuild { rebuild, .. } => self.rebuild = *rebuild,
                _ => (),
            }
            self.outputs.push(output);
        }
    }

    pub fn down(&mut self, down: &Down) {
        self.hand_in(Input::Frame(frame::encode(down)));
    }

    pub fn pass_ms(&mut self, time: i64) {
        self.now += time;
        self.hand_in(Input::Tick);
    }

    /// Answers the rebuild last asked for.
    pub fn rebuilt(&mut self, authored: Vec<(PendingKey, Authored)>) {
        self.answer(self.rebuild, authored);
    }

    /// Answers one of the rebuilds asked for.
    pub fn answer(&mut self, rebuild: RebuildId, authored: Vec<(PendingKey, Authored)>) {
        self.hand_in(Input::Rebuilt { rebuild, document: DOCUMENT, authored });
    }

    /// The oldest transaction becomes durable.
    pub fn store(&mut self) {
        if let Some(ticket) = self.waiting.pop_front() {
            self.hand_in(Input::Stored(ticket));
        }
    }

    /// The oldest transaction fails.
    pub fn fail(&mut self) {
        let ticket = self.waiting.pop_front().expect("a transaction");
        self.hand_in(Input::StoreFailed(ticket));
    }

    pub fn verdicts(&mut self, batch: u64, verdicts: Vec<Verdict>) {
        let hash = ChangeHash([0; 32]);
        let item = |verdict| VerdictItem { hash, verdict, after: None };
        let items = verdicts.into_iter().map(item).collect();
        self.down(&Down::Verdicts { batch, items });
    }

    /// A page with rows of the one document, each made of its sequence number.
    pub fn rows(&mut self, from: u64, to: u64, more: bool, sequences: &[u8]) {
        let item = |sequence: &u8| RowItem {
            document: DOCUMENT,
            class: CLASS,
            sequence: Sequence(u64::from(*sequence)),
            version: 1,
            row: vec![*sequence; 8].into(),
            begins: self.begins,
        };
        let items = sequences.iter().map(item).collect();
        let (from, to) = (Sequence(from), Sequence(to));
        self.down(&Down::Rows { from, to, more, items, digest: None });
    }

    pub fn rows_with(&mut self, from: u64, to: u64, digest: Option<Digest>) {
        let (from, to) = (Sequence(from), Sequence(to));
        self.down(&Down::Rows { from, to, more: false, items: Vec::new(), digest });
    }

    pub fn changes(&mut self, after: u64, to: u64, changes: &[Vec<u8>]) {
        let changes = changes.iter().map(|change| change.clone().into()).collect();
        let (after, to) = (Sequence(after), Sequence(to));
        let (document, class) = (DOCUMENT, CLASS);
        let (last, begins) = (true, self.begins);
        self.down(&Down::Changes { document, class, after, to, changes, last, begins });
    }

    /// Takes the pushes that were sent: batch and number of changes.
    pub fn pushes(&mut self) -> Vec<(u64, usize)> {
        self.take(|up| match up {
            Up::Push { batch, items, .. } => Some((*batch, items.len())),
            _ => None,
        })
    }

    pub fn pulled(&mut self) -> Vec<(DocumentId, Sequence)> {
        let pulls = self.take(|up| match up {
            Up::Pull { wants } => Some(wants.clone()),
            _ => None,
        });
        pulls.into_iter().flatten().map(|want| (want.document, want.after)).collect()
    }

    pub fn asked_for_more(&mut self) -> Vec<Sequence> {
        self.take(|up| match up {
            Up::More { cursor } => Some(*cursor),
            _ => None,
        })
    }

    fn take<T>(&mut self, which: impl Fn(&Up) -> Option<T>) -> Vec<T> {
        let taken = self.sent.iter().filter_map(&which).collect();
        self.sent.retain(|up| which(up).is_none());
        taken
    }

    /// Takes the states edits were shown in.
    pub fn states(&mut self) -> Vec<EditState> {
        self.shown(|shown| match shown {
            Shown::Edit { state, .. } => Some(*state),
            _ => None,
        })
    }

    /// Returns the row last shown.
    pub fn row(&mut self) -> Vec<u8> {
        let rows = self.shown(|shown| match shown {
            Shown::Row { row, .. } => Some(row.clone()),
            _ => None,
        });
        rows.last().cloned().expect("a row")
    }

    pub fn shows(&self, which: impl Fn(&Shown) -> bool) -> bool {
        self.outputs.iter().any(|output| matches!(output, Output::Show(shown) if which(shown)))
    }

    fn shown<T>(&mut self, which: impl Fn(&Shown) -> Option<T>) -> Vec<T> {
        let mut found = Vec::new();
        self.outputs.retain(|output| match output {
            Output::Show(shown) => match which(shown) {
                Some(value) => {
                    found.push(value);
                    false
                }
                None => true,
            },
            _ => true,
        });
        found
    }

    /// Takes the transactions asked for.
    pub fn stores(&mut self) -> Vec<Vec<Write>> {
        let mut found = Vec::new();
        self.outputs.retain(|output| match output {
            Output::Store { writes, .. } => {
                found.push(writes.clone());
                false
            }
            _ => true,
        });
        found
    }

    pub fn told(&self) -> Vec<PendingKey> {
        let told = self.outputs.iter().filter_map(|output| match output {
            Output::Tell { pending, .. } => Some(pending.clone()),
            _ => None,
        });
        told.flatten().collect()
    }

    /// Takes the rebuilds asked for.
    pub fn rebuilds(&mut self) -> Vec<Vec<(PendingKey, Vec<u8>)>> {
        let mut found = Vec::new();
        self.outputs.retain(|output| match output {
            Output::Rebuild { edits, .. } => {
                found.push(edits.clone());
                false
            }
            _ => true,
        });
        found
    }
}
