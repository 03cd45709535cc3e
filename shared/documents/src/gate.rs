//! Whether pushed changes may join a document: the shadow step of the relay's gate.

use crate::{document::Document, malformed::Malformed};
use domain::id::PersonId;

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
}

/// Judges changes of one person to one document, in order, on a copy: parse, canonical encoding,
/// actor, paths, apply, save, load, compare. Bisects when the batch as a whole fails. Those
/// accepted are in the returned document.
pub fn judge(
    _document: &Document,
    _author: PersonId,
    _changes: &[Vec<u8>],
) -> Result<(Document, Vec<Result<(), Rejection>>), Malformed> {
    unimplemented!()
}
