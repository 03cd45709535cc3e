//! Whether changes to one document come in the order they build on each other (rules G1 to G6).

use crate::{
    change::Scanned,
    id::*,
    planted::{self, Planted},
    relay::{gate::Stored, input::Binding, log::Log, output::StoredRow, push::Author},
    verdict::{Reason, Verdict},
};
use std::collections::{HashMap, HashSet};

/// What is known of a document before a batch.
pub struct Known {
    pub document: DocumentId,
    /// The row before the batch, asked to be committed or stored.
    pub before: Option<StoredRow>,
    /// How many changes follow the document's snapshot.
    pub tail: u64,
    sequences: HashMap<ChangeHash, Sequence>,
    actors: HashMap<ActorId, Binding>,
    genesis: Vec<ChangeHash>,
}

/// Where one change of a batch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Already in the log.
    Stored(Sequence),
    /// Takes its place when the gate lets it.
    Next,
    Refused(Reason),
    NotYet(Reason),
}

impl Standing {
    /// Returns the verdict, unless it is still to be found.
    pub fn verdict(self) -> Option<Verdict> {
        match self {
            Self::Stored(sequence) => Some(Verdict::Received(sequence)),
            Self::Next => None,
            Self::Refused(reason) => Some(Verdict::Refused(reason)),
            Self::NotYet(reason) => Some(Verdict::NotYet(reason)),
        }
    }
}

impl Known {
    /// Puts together what storage had and what is in flight.
    pub fn new(
        document: DocumentId,
        (stored, known, actors, tail): Stored,
        log: &Log,
        genesis: Vec<ChangeHash>,
        scanned: &[&Scanned],
    ) -> Self {
        let mut sequences: HashMap<_, _> = known.into_iter().collect();
        let mut bindings: HashMap<_, _> = actors.into_iter().collect();
        for change in scanned {
            for hash in change.dependencies.iter().chain([&change.hash]) {
                if let Some(sequence) = log.sequence_of(document, *hash) {
                    sequences.insert(*hash, sequence);
                }
            }
            if let Some(binding) = log.binding(document, &change.actor) {
                bindings.insert(change.actor.clone(), binding);
            }
        }
        let before = log.row(document).cloned().or(stored);
        Self { document, before, tail, sequences, actors: bindings, genesis }
    }

    /// Returns where the present history of the document begins.
    pub fn begins(&self) -> Sequence {
        self.before.as_ref().map_or(Sequence(0), |row| row.begins)
    }

    /// Returns the device an actor writes on, as far as it is known.
    pub fn device(&self, actor: &ActorId, author: Author) -> DeviceId {
        let bound = self.actors.get(actor).map(|bound| bound.device);
        author.device.or(bound).unwrap_or(SOME_DEVICE)
    }

    /// Returns where each change stands, in order. `judged` says what the gate found of each, once
    /// it has been asked; before, every change that may take its place is taken to.
    pub fn standings(
        &self,
        changes: &[&Scanned],
        author: Author,
        lineages: bool,
        judged: &HashMap<ChangeHash, Result<(), Reason>>,
    ) -> Vec<Standing> {
        let mut batch =
            Batch { taken: HashSet::new(), refused: HashSet::new(), written: HashMap::new() };
        let mut standings = Vec::new();
        for change in changes {
            let standing = match self.standing(change, (author, lineages), &batch) {
                Standing::Next => match judged.get(&change.hash) {
                    Some(Err(reason @ (Reason::Rate | Reason::Unreadable))) => {
                        Standing::NotYet(*reason)
                    }
                    Some(Err(reason)) => Standing::Refused(*reason),
                    Some(Ok(())) | None => Standing::Next,
                },
                known => known,
            };
            match standing {
                Standing::Next => {
                    batch.taken.insert(change.hash);
                    batch.written.insert(change.actor.clone(), change.sequence);
                }
                Standing::Refused(_) => {
                    batch.refused.insert(change.hash);
                }
                Standing::Stored(_) | Standing::NotYet(_) => (),
            }
            standings.push(standing);
        }
        standings
    }

    fn standing(
        &self,
        change: &Scanned,
        (author, lineages): (Author, bool),
        batch: &Batch,
    ) -> Standing {
        if let Some(sequence) = self.sequences.get(&change.hash)
            && !planted::is(Planted::EnteredTwice)
        {
            return Standing::Stored(*sequence);
        }
        if batch.taken.contains(&change.hash) {
            return Standing::NotYet(Reason::NotStored);
        }
        if change.dependencies.iter().any(|hash| batch.refused.contains(hash)) {
            return Standing::Refused(Reason::DependencyRefused);
        }
        let past = |hash| self.sequences.get(hash).is_some_and(|place| *place < self.begins());
        if change.dependencies.iter().any(past) {
            return match lineages {
                true => Standing::Refused(Reason::DependencyRefused),
                false => Standing::NotYet(Reason::NewerSchema),
            };
        }
        let here = |hash: &ChangeHash| {
            self.sequences.contains_key(hash)
                || batch.taken.contains(hash)
                || self.genesis.contains(hash)
        };
        if !change.dependencies.iter().all(here) && !planted::is(Planted::CausalitySkipped) {
            return Standing::NotYet(Reason::MissingDependency);
        }
        let binding = self.actors.get(&change.actor);
        if binding.is_some_and(|bound| !is_bound_to(bound, author)) {
            return Standing::Refused(Reason::ActorMismatch);
        }
        let stored = binding.map_or(0, |bound| bound.sequence);
        let last = batch.written.get(&change.actor).copied().unwrap_or(stored);
        match change.sequence.cmp(&(last + 1)) {
            _ if planted::is(Planted::CausalitySkipped) || planted::is(Planted::EnteredTwice) => {
                Standing::Next
            }
            std::cmp::Ordering::Equal => Standing::Next,
            std::cmp::Ordering::Less => Standing::Refused(Reason::ActorMismatch),
            std::cmp::Ordering::Greater => Standing::NotYet(Reason::MissingDependency),
        }
    }
}

/// An actor is one person's on one device, as far as the device is known.
fn is_bound_to(bound: &Binding, author: Author) -> bool {
    let same = |device| bound.device == device || bound.device == SOME_DEVICE;
    bound.person == author.person && author.device.is_none_or(same)
}

/// What the changes of a batch seen so far add to what is known.
struct Batch {
    taken: HashSet<ChangeHash>,
    refused: HashSet<ChangeHash>,
    written: HashMap<ActorId, u64>,
}
