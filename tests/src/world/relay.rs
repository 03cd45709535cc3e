//! The relay of the world: the machine of `sync`, the gate of `documents`, a store that can fail.

use crate::world::store::{Classes, Store};
use documents::{
    class::Class as Kind,
    document::Document,
    gate::{self, Rejection},
    genesis, snapshot, succession,
};
use domain::{id::PersonId as Colleague, row::PROJECTOR_VERSION, time::Timestamp};
use std::collections::BTreeMap;
use sync::{
    change,
    id::*,
    relay::{
        Relay,
        input::{RelayInput, Succession},
        output::*,
    },
    verdict::Reason,
};

pub const EPOCH: Epoch = Epoch([9; 16]);

/// The relay process, or its disk while the process is down.
pub struct RelayNode {
    pub machine: Option<Relay>,
    /// Counts the lives of the process; what was asked for in another life is void.
    pub life: u64,
    pub store: Store,
    /// The store as somebody put it by.
    pub backup: Store,
    /// Commits in the open transaction.
    pub open: Vec<Commit>,
    loaded: BTreeMap<DocumentId, Document>,
    /// A document that cannot be loaded.
    pub poisoned: Option<DocumentId>,
    pub skew_ms: i64,
    gate: Gate,
}

/// How much of the gate the relay of a world has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// All of it, as the relay that is shipped.
    Whole,
    /// What can be taken in and read is taken; the rest goes through the whole gate. More than half
    /// of a world's time goes into packing and unpacking what its own devices have authored, and
    /// the attack tries that better.
    Lenient,
}

impl RelayNode {
    pub fn new(gate: Gate) -> Self {
        Self {
            gate,
            machine: None,
            life: 0,
            store: Store::new(EPOCH),
            backup: Store::new(EPOCH),
            open: Vec::new(),
            loaded: BTreeMap::new(),
            poisoned: None,
            skew_ms: 0,
        }
    }

    pub fn start(&mut self) {
        self.life += 1;
        self.machine = Some(Relay::new(self.store.start(genesis::SCHEMA, classes())));
    }

    /// The process dies: what was not committed is gone.
    pub fn crash(&mut self) {
        self.machine = None;
        self.open.clear();
        self.loaded.clear();
    }

    /// Makes what is open durable; returns documents that read otherwise since they were begun anew.
    pub fn commit(&mut self) -> (Vec<CommitId>, Vec<DocumentId>) {
        let commits = std::mem::take(&mut self.open);
        let mut changed = Vec::new();
        for commit in &commits {
            let begun = commit.rows.iter().find(|row| row.begins > self.store.begins(row.document));
            let begun = begun.map(|row| (row.document, row.class));
            let before = begun.and_then(|(document, class)| self.open(document, class));
            self.store.apply(commit);
            let after = begun.and_then(|(document, class)| self.open(document, class));
            let same = match (&before, &after) {
                (Some(before), Some(after)) => before.reads_as(after).unwrap_or(false),
                _ => begun.is_none(),
            };
            changed.extend(begun.filter(|_| !same).map(|(document, _)| document));
        }
        (commits.iter().map(|commit| commit.commit).collect(), changed)
    }

    pub fn roll_back(&mut self) -> Vec<CommitId> {
        std::mem::take(&mut self.open).iter().map(|commit| commit.commit).collect()
    }

    pub fn forget(&mut self, document: DocumentId) {
        self.loaded.remove(&document);
    }

    /// Opens a document as it is stored and about to be.
    pub fn open(&self, document: DocumentId, class: Class) -> Option<Document> {
        let begins = self.begins(document);
        let open = self.open.iter().flat_map(|commit| &commit.entries);
        let open = open.filter(|entry| entry.document == document);
        let changes = self.store.changes(document).chain(open);
        let changes = changes.filter(|entry| entry.sequence >= begins).map(|entry| &entry.change);
        Document::open(Kind::from_number(class.0)?, document.0, changes).ok()
    }

    /// Returns where a document begins, as it is stored and about to be.
    fn begins(&self, document: DocumentId) -> Sequence {
        let mut rows = self.open.iter().rev().flat_map(|commit| &commit.rows);
        let open = rows.find(|row| row.document == document).map(|row| row.begins);
        open.unwrap_or_else(|| self.store.begins(document))
    }

    /// Makes a new beginning of what is durable; says why when it would not read the same.
    pub fn begin_anew(
        &self,
        document: DocumentId,
        class: Class,
        (life, now): ([u8; 16], i64),
    ) -> Result<Succession, String> {
        let kind = Kind::from_number(class.0).ok_or("a class nobody knows")?;
        let changes = self.store.changes(document).map(|entry| &entry.change);
        let stands = Document::open(kind, document.0, changes).map_err(|why| why.to_string())?;
        let begun = succession::begin(&stands, life, Timestamp(now));
        let begun = begun.map_err(|why| why.to_string())?;
        let row = self.store.rows.get(&document).cloned().ok_or("a document without a row")?;
        let changes = begun.changes.into_iter();
        let changes = changes.map(|(person, change)| (PersonId(person.0), change.bytes));
        Ok(Succession { row, changes: changes.collect() })
    }

    /// Opens a document by its snapshot and what follows, as it is stored and about to be.
    fn open_shorter(&self, document: DocumentId, class: Class) -> Option<Document> {
        let begins = self.begins(document);
        let (sequence, packed) = self.store.snapshot(document).filter(|(at, _)| *at >= begins)?;
        let open = self.open.iter().flat_map(|commit| &commit.entries);
        let open = open.filter(|entry| entry.document == document);
        let later = self.store.changes(document).filter(|entry| entry.sequence > sequence);
        let later = later.chain(open).map(|entry| &entry.change);
        let chunks = std::iter::once(packed).chain(later);
        Document::open(Kind::from_number(class.0)?, document.0, chunks).ok()
    }

    /// Makes a snapshot of what is durable; says why when that is not what the changes make.
    pub fn make_snapshot(&mut self, document: DocumentId, class: Class) -> Result<(), String> {
        let kind = Kind::from_number(class.0).ok_or("a class nobody knows")?;
        let changes = self.store.changes(document).map(|entry| &entry.change);
        let replayed = Document::open(kind, document.0, changes).map_err(|why| why.to_string())?;
        let packed = snapshot::make(&replayed).map_err(|why| why.to_string())?;
        if let Some(sequence) = self.store.changes(document).last().map(|entry| entry.sequence) {
            self.store.keep_snapshot(document, sequence, packed);
        }
        Ok(())
    }

    pub fn judge(
        &mut self,
        judgement: JudgementId,
        (document, class): (DocumentId, Class),
        author: PersonId,
        changes: &[Vec<u8>],
    ) -> RelayInput {
        if self.poisoned == Some(document) {
            return RelayInput::JudgeFailed { judgement };
        }
        let mut verdicts: Vec<Result<(), Reason>> = changes
            .iter()
            .map(|change| if is_disliked(change) { Err(Reason::NotPermitted) } else { Ok(()) })
            .collect();
        let places: Vec<_> = (0..changes.len()).filter(|place| verdicts[*place].is_ok()).collect();
        let passed: Vec<_> = places.iter().map(|place| changes[*place].clone()).collect();
        let found = match self.gate {
            Gate::Whole => self.judge_whole((document, class), author, &passed),
            Gate::Lenient => self
                .take_in((document, class), &passed)
                .or_else(|| self.judge_whole((document, class), author, &passed)),
        };
        let Some((judged, found)) = found else { return RelayInput::JudgeFailed { judgement } };
        for (place, verdict) in places.into_iter().zip(found) {
            verdicts[place] = verdict.map_err(reason);
        }
        // A document whose every change is refused may not be one yet, and needs no row.
        let row = match verdicts.iter().any(Result::is_ok) {
            true => judged.row(),
            false => Ok(Vec::new()),
        };
        let Ok(row) = row else { return RelayInput::JudgeFailed { judgement } };
        self.loaded.insert(document, judged);
        RelayInput::Judged { judgement, verdicts, row, version: PROJECTOR_VERSION }
    }

    fn load(&mut self, (document, class): (DocumentId, Class)) -> Option<Document> {
        let loaded = self.loaded.remove(&document);
        let loaded = loaded.or_else(|| self.open_shorter(document, class));
        loaded.or_else(|| self.open(document, class))
    }

    fn judge_whole(
        &mut self,
        document: (DocumentId, Class),
        author: PersonId,
        changes: &[Vec<u8>],
    ) -> Option<Found> {
        let known = self.load(document)?;
        gate::judge(&known, Colleague(author.0), changes).ok()
    }

    /// Takes changes in as they are; nothing when that cannot be done.
    fn take_in(&mut self, document: (DocumentId, Class), changes: &[Vec<u8>]) -> Option<Found> {
        let mut known = self.load(document)?;
        known.take_in(changes).ok()?;
        Some((known, vec![Ok(()); changes.len()]))
    }
}

/// A document with what was accepted in it, and what was found of each change.
type Found = (Document, Vec<Result<(), Rejection>>);

/// The rule of this world nobody can know beforehand: one change in sixty-four is not permitted,
/// however often it is offered.
pub fn is_disliked(change: &[u8]) -> bool {
    change::scan(change).is_ok_and(|scanned| scanned.hash.0[31] % 64 == 0)
}

pub fn classes() -> Classes {
    let layouts = |kind: Kind| kind.layout_hashes().into_iter().map(ChangeHash).collect();
    Kind::ALL.into_iter().map(|kind| (Class(kind as u8), layouts(kind))).collect()
}

fn reason(rejection: Rejection) -> Reason {
    match rejection {
        Rejection::Malformed | Rejection::NotCanonical => Reason::Malformed,
        Rejection::Poison => Reason::Poison,
        Rejection::NotPermitted => Reason::NotPermitted,
        Rejection::ActorMismatch => Reason::ActorMismatch,
        Rejection::TooLarge => Reason::TooLarge,
        Rejection::Unsettled => Reason::Rate,
        Rejection::MissingDependency => Reason::DependencyRefused,
    }
}
