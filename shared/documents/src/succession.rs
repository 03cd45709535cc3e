//! A new beginning for a document with a long history: its present state as few changes.
//!
//! Only the relay begins one. The new beginning builds on the layouts alone, so it and what is written
//! after it are a document without what was before. It reads the same: a field that several people
//! set at once still holds the value of each, under their name and at their time, until a person
//! chooses.
//!
//! What is at one key goes over as it is, whether this release knows it or not. A document that has
//! something in another shape than documents have keeps its history.

mod step;
mod writer;
mod written;

use crate::{
    document::{Change, Document},
    malformed::Malformed,
};
use domain::{id::PersonId, time::Timestamp};

/// Why a document is not given a new beginning.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotBegun {
    #[error("the document holds something in another shape than documents have: {0}")]
    Shape(String),
    #[error("the new beginning cannot be read")]
    Unreadable(#[from] Malformed),
    #[error("the new beginning reads to another value")]
    OtherValue,
}

/// A new beginning: its changes, each with who it is of, in an order in which each builds on earlier
/// ones; and the document they make.
#[derive(Clone)]
pub struct Beginning {
    pub changes: Vec<(PersonId, Change)>,
    pub document: Document,
}

/// Makes the new beginning of a document and sees that it reads the same. `life` is random.
pub fn begin(stands: &Document, life: [u8; 16], now: Timestamp) -> Result<Beginning, NotBegun> {
    let changes = writer::state_of(stands, life, now)?;
    let bytes = changes.iter().map(|(_, change)| &change.bytes);
    let document = Document::open(stands.class, stands.id, bytes)?;
    verify(stands, &document)?;
    Ok(Beginning { changes, document })
}

/// Sees that a beginning reads as the document it succeeds, from its packed form too.
fn verify(stands: &Document, begun: &Document) -> Result<(), NotBegun> {
    let again = Document::unpack(begun.class, begun.id, &begun.pack())?;
    for document in [begun, &again] {
        if document.row()? != stands.row()? || !stands.reads_as(document)? {
            return Err(NotBegun::OtherValue);
        }
    }
    Ok(())
}
