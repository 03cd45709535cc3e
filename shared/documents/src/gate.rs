//! Whether pushed changes may join a document: the shadow step of the relay's gate.

use crate::{actor::Actor, document, document::Document, genesis, malformed::Malformed, policy};
use automerge::{Change, ReadDoc};
use domain::id::PersonId;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The most operations of one document. Every judgement saves and loads the whole of it.
pub const DOCUMENT_OPERATIONS_MAX: u64 = 200_000;
/// The most operations that one judgement may go through while it looks for what is wrong in a
/// batch. The first change of a batch is settled however much that takes.
const SEARCH_OPERATIONS_MAX: u64 = 400_000;
/// What trying a batch costs beside its operations, as operations.
const TRIAL_OPERATIONS: u64 = 1_000;

/// Why a change may not join.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    #[error("the change cannot be parsed")]
    Malformed,
    #[error("the change is not written the canonical way")]
    NotCanonical,
    #[error("the document with the change in it cannot be saved and loaded to the same value")]
    Poison,
    #[error("the change writes where its author may not")]
    NotPermitted,
    #[error("the actor is not the author's")]
    ActorMismatch,
    #[error("the change builds on one that is not here, or was rejected")]
    MissingDependency,
    #[error("the document would be larger than a document may be")]
    TooLarge,
    #[error(
        "looking for what is wrong in the batch took too long; the change may be offered again"
    )]
    Unsettled,
}

/// Judges changes of one person to one document, in order, on a copy: parse, canonical encoding,
/// actor, paths, apply, save, load, compare. Bisects when the batch as a whole fails. Those
/// accepted are in the returned document. The search for what is wrong ends at a bounded cost, and
/// then leaves the rest of the batch unsettled.
///
/// Sizes and counts are to be bounded before: what is in a change is unpacked here.
pub fn judge(
    document: &Document,
    author: PersonId,
    changes: &[Vec<u8>],
) -> Result<(Document, Vec<Result<(), Rejection>>), Malformed> {
    let empty = document.class.layout_hashes();
    if !document.heads().iter().all(|head| empty.contains(head)) {
        document.row()?;
    }
    let mut verdicts = vec![Ok(()); changes.len()];
    let mut sound = Vec::new();
    let mut operations = document.operations();
    for (place, bytes) in changes.iter().enumerate() {
        match calmly(|| inspect(document, author, bytes), Rejection::Malformed) {
            Ok(change) if operations + change.len() as u64 > DOCUMENT_OPERATIONS_MAX => {
                verdicts[place] = Err(Rejection::TooLarge);
            }
            Ok(change) => {
                operations += change.len() as u64;
                sound.push((place, change));
            }
            Err(rejection) => verdicts[place] = Err(rejection),
        }
    }
    let mut search =
        Search { verdicts: &mut verdicts, left: SEARCH_OPERATIONS_MAX, settled: false };
    let document = search.admit(document, &sound);
    Ok((document, verdicts))
}

/// Looks at a change by itself.
fn inspect(document: &Document, author: PersonId, bytes: &[u8]) -> Result<Change, Rejection> {
    let change = document::read(bytes).map_err(|_| Rejection::Malformed)?;
    let actor = change.actor_id().to_bytes();
    if actor == genesis::ACTOR || Actor::from_bytes(actor).map(|one| one.person) != Some(author) {
        return Err(Rejection::ActorMismatch);
    }
    let written = change.decode();
    if change.message().is_some() || !change.extra_bytes().is_empty() {
        return Err(Rejection::NotPermitted);
    }
    let permitted = |operation| policy::permits(document.class, operation);
    if !written.operations.iter().all(permitted) || !policy::takes_turns(&written) {
        return Err(Rejection::NotPermitted);
    }
    if change.raw_bytes() != bytes || Change::from(written).raw_bytes() != bytes {
        return Err(Rejection::NotCanonical);
    }
    Ok(change)
}

/// Looks for the changes of a batch that may not join, at a bounded cost.
struct Search<'v> {
    verdicts: &'v mut [Result<(), Rejection>],
    /// How many operations may still be gone through.
    left: u64,
    /// Whether any change of the batch has its verdict.
    settled: bool,
}

impl Search<'_> {
    /// Takes in the changes together if that goes well, otherwise half by half, otherwise not.
    fn admit(&mut self, document: &Document, changes: &[(usize, Change)]) -> Document {
        if changes.is_empty() {
            return document.clone();
        }
        if self.settled && self.left == 0 {
            for (place, _) in changes {
                self.verdicts[*place] = Err(Rejection::Unsettled);
            }
            return document.clone();
        }
        let added: u64 = changes.iter().map(|(_, change)| change.len() as u64).sum();
        self.left = self.left.saturating_sub(document.operations() + added + TRIAL_OPERATIONS);
        match (calmly(|| shadow(document, changes), Rejection::Poison), changes) {
            (Ok(document), _) => {
                self.settled = true;
                document
            }
            (Err(rejection), [(place, _)]) => {
                self.settled = true;
                self.verdicts[*place] = Err(rejection);
                document.clone()
            }
            (Err(_), _) => {
                let (first, second) = changes.split_at(changes.len() / 2);
                let document = self.admit(document, first);
                self.admit(&document, second)
            }
        }
    }
}

/// Applies the changes to a copy, and sees that it can be saved, loaded and read to the same value.
fn shadow(document: &Document, changes: &[(usize, Change)]) -> Result<Document, Rejection> {
    let mut copy = document.clone();
    let applied = copy.apply(changes.iter().map(|(_, change)| change.clone()).collect());
    applied.map_err(|_| Rejection::Poison)?;
    if !copy.automerge.get_missing_deps(&[]).is_empty() {
        return Err(Rejection::MissingDependency);
    }
    let again = Document::unpack(copy.class, copy.id, &copy.pack());
    let again = again.map_err(|_| Rejection::Poison)?;
    let same_heads = again.automerge.get_heads() == copy.automerge.get_heads();
    if !same_heads || again.automerge.hydrate(None) != copy.automerge.hydrate(None) {
        return Err(Rejection::Poison);
    }
    for (_, change) in changes {
        let kept = again.automerge.get_change_by_hash(&change.hash());
        if kept.is_none_or(|kept| kept.raw_bytes() != change.raw_bytes()) {
            return Err(Rejection::Poison);
        }
        if change.start_op().get() != operations_before(&again, change) + 1 {
            return Err(Rejection::NotCanonical);
        }
    }
    match (copy.row(), again.row()) {
        (Ok(row), Ok(row_again)) if row == row_again => Ok(copy),
        _ => Err(Rejection::Poison),
    }
}

/// Returns how far operations were counted in what the change builds on.
fn operations_before(document: &Document, change: &Change) -> u64 {
    let counted = |hash| document.automerge.get_change_meta_by_hash(hash).map(|one| one.max_op);
    change.deps().iter().filter_map(counted).max().unwrap_or(0)
}

/// Runs a step over foreign bytes. A panic in it is the bytes' fault, and ends there.
fn calmly<T>(
    step: impl FnOnce() -> Result<T, Rejection>,
    otherwise: Rejection,
) -> Result<T, Rejection> {
    catch_unwind(AssertUnwindSafe(step)).unwrap_or(Err(otherwise))
}
