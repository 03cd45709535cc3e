//! The log as it stands, and what has been asked to be committed on top of it.

use crate::{
    frame::VerdictItem,
    id::*,
    planted::{self, Planted},
    relay::{input::*, output::*},
    verdict::{Reason, Verdict},
};
use std::collections::{HashMap, VecDeque};

/// What is true at one place in the log.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    pub sequence: Sequence,
    pub digest: Digest,
    pub documents: u64,
}

/// The answer to a push, kept until it may be given.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub connection: Connection,
    pub batch: u64,
    pub items: Vec<VerdictItem>,
}

pub struct Log {
    durable: Mark,
    in_flight: VecDeque<InFlight>,
    last_commit: u64,
}

/// A commit that is not durable yet.
pub struct InFlight {
    pub commit: CommitId,
    pub to: Mark,
    pub rows: Vec<StoredRow>,
    pub answers: Vec<Answer>,
    /// Documents a snapshot of which is due once this is durable.
    pub due: Vec<(DocumentId, Class)>,
    hashes: HashMap<(DocumentId, ChangeHash), Sequence>,
    actors: HashMap<(DocumentId, ActorId), Binding>,
}

impl Log {
    pub fn new(durable: Mark) -> Self {
        Self { durable, in_flight: VecDeque::new(), last_commit: 0 }
    }

    /// Returns what is durable.
    pub fn durable(&self) -> Mark {
        self.durable
    }

    /// Returns what will be durable when everything asked for is.
    pub fn tail(&self) -> Mark {
        self.in_flight.back().map_or(self.durable, |last| last.to)
    }

    /// Adds entries, in order, with the rows they leave, each beside the row it replaces.
    pub fn append(
        &mut self,
        entries: Vec<Entry>,
        rows: Vec<(Option<StoredRow>, StoredRow)>,
        due: Vec<(DocumentId, Class)>,
        answers: Vec<Answer>,
    ) -> Commit {
        let from = self.tail();
        let mut to = from;
        to.sequence = entries.last().map_or(from.sequence, |entry| entry.sequence);
        for (before, after) in &rows {
            match before {
                Some(_) if planted::is(Planted::SumKeepsOldRows) => (),
                Some(row) => to.digest = to.digest.without(row.document, row.sequence, &row.row),
                None => to.documents += 1,
            }
            to.digest = to.digest.with(after.document, after.sequence, &after.row);
        }
        let rows: Vec<_> = rows.into_iter().map(|(_, after)| after).collect();
        self.last_commit += 1;
        let commit = CommitId(self.last_commit);
        let mut hashes = HashMap::new();
        let mut actors = HashMap::new();
        for entry in &entries {
            hashes.insert((entry.document, entry.hash), entry.sequence);
            let (person, device) = (entry.person, entry.device);
            let binding = Binding { person, device, sequence: entry.actor_sequence };
            actors.insert((entry.document, entry.actor.clone()), binding);
        }
        let in_flight = InFlight { commit, to, rows: rows.clone(), answers, due, hashes, actors };
        self.in_flight.push_back(in_flight);
        Commit { commit, entries, rows }
    }

    /// Returns the answer at once when nothing is in flight, else keeps it until that is durable.
    pub fn answer(&mut self, answer: Answer) -> Option<Answer> {
        match self.in_flight.back_mut() {
            Some(last) => {
                last.answers.push(answer);
                None
            }
            None => Some(answer),
        }
    }

    /// Takes the next commit that `Committed(upto)` makes durable.
    pub fn settle(&mut self, upto: CommitId) -> Option<InFlight> {
        self.in_flight.front().filter(|next| next.commit <= upto)?;
        let settled = self.in_flight.pop_front()?;
        self.durable = settled.to;
        Some(settled)
    }

    /// Gives up a commit and everything after it, and returns the answers and documents concerned.
    pub fn void(&mut self, from: CommitId) -> (Vec<Answer>, Vec<DocumentId>) {
        let first = self.in_flight.partition_point(|commit| commit.commit < from);
        let (mut answers, mut documents) = (Vec::new(), Vec::new());
        for void in self.in_flight.drain(first..) {
            documents.extend(void.rows.iter().map(|row| row.document));
            answers.extend(void.answers);
        }
        if planted::is(Planted::FailedCommitReceived) {
            return (answers, documents);
        }
        for item in answers.iter_mut().flat_map(|answer: &mut Answer| &mut answer.items) {
            *item =
                VerdictItem { verdict: Verdict::NotYet(Reason::NotStored), after: None, ..*item };
        }
        (answers, documents)
    }

    pub fn sequence_of(&self, document: DocumentId, hash: ChangeHash) -> Option<Sequence> {
        self.in_flight.iter().find_map(|commit| commit.hashes.get(&(document, hash)).copied())
    }

    pub fn binding(&self, document: DocumentId, actor: &ActorId) -> Option<Binding> {
        let key = (document, actor.clone());
        self.in_flight.iter().rev().find_map(|commit| commit.actors.get(&key).copied())
    }

    pub fn row(&self, document: DocumentId) -> Option<&StoredRow> {
        let mut rows = self.in_flight.iter().rev().flat_map(|commit| &commit.rows);
        rows.find(|row| row.document == document)
    }
}
