//! Everything that can happen to a replica.

use crate::{
    id::*,
    record::{PendingRecord, Position, RowRecord},
};

#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// A person edited a document here; `documents` has authored the change.
    Edited(Authored),
    /// The socket is open.
    Connected,
    /// The socket is gone, or was never there.
    Closed,
    /// A frame arrived.
    Frame(Vec<u8>),
    /// The writes of that ticket are durable.
    Stored(Ticket),
    /// The writes of that ticket did not happen.
    StoreFailed(Ticket),
    /// Another tab leads now: storage names it, or the browser has taken the lead away. Everything
    /// storage has follows as `Reread`.
    Deposed,
    /// Somebody wants the whole document here.
    Wanted(DocumentId),
    /// What is kept here of a document does not open, and nothing unsent is to blame.
    Unreadable(DocumentId),
    /// The answer to `Output::Rebuild`.
    Rebuilt { rebuild: RebuildId, document: DocumentId, authored: Vec<(PendingKey, Authored)> },
    /// The answer to `Output::Project`: the row of the document with everything unsent in it.
    Projected { document: DocumentId, row: Vec<u8> },
    /// The answer to `Output::Offer`; nothing when the document cannot be read now.
    Offered { document: DocumentId, changes: Option<Vec<(PersonId, Vec<u8>)>> },
    /// Another tab stored this; it was read again from storage, with the epoch it is of.
    Reread {
        epoch: Option<Epoch>,
        rows: Vec<RowRecord>,
        pending: Vec<PendingRecord>,
        gone: Vec<PendingKey>,
    },
    /// This tab is to speak with the relay, in the place of another: everything storage has, read
    /// again after this lead was named in it.
    Promoted {
        lead: Option<Lead>,
        position: Option<Position>,
        rows: Vec<RowRecord>,
        pending: Vec<PendingRecord>,
        gone: Vec<PendingKey>,
    },
    /// A person has dealt with a refused edit and lets go of it.
    Discarded(PendingKey),
    /// The time asked for has come.
    Tick,
}

/// A change made on this device, with the edit it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Authored {
    pub document: DocumentId,
    pub class: Class,
    pub hash: ChangeHash,
    pub change: Vec<u8>,
    pub edit: Vec<u8>,
    /// The row of the document with the change in it.
    pub row: Vec<u8>,
}

/// Names one asking for a document to be loaded again; it may be asked for anew before the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RebuildId(pub u64);

/// Names a set of writes until they are durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);
