//! Everything a replica can ask for, in order.

use crate::{
    id::*,
    input::{RebuildId, Ticket},
    record::*,
    verdict::Reason,
};

/// What is to be done, in this order.
pub type Outputs = Vec<Output>;

#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub enum Output {
    /// Something a screen may show has changed.
    Show(Shown),
    /// Write all of it in one transaction, then answer `Stored` or `StoreFailed`. Where a lead is
    /// given, the transaction is to look whether storage still names it, and to write nothing when
    /// it does not; the answer then is `Deposed`.
    Store { ticket: Ticket, durability: Durability, lead: Option<Lead>, writes: Vec<Write> },
    /// Send a frame.
    Send(Vec<u8>),
    /// Close the socket.
    Close(CloseReason),
    /// Open the socket, in the tab that may; answer `Connected` or `Closed`.
    Connect,
    /// Load the document without what was refused and without these edits, that is its
    /// acknowledged changes and the other unsent ones; make these edits again on it, each as one
    /// change under a fresh actor, and answer `Rebuilt`. An edit that is refused now is left out of
    /// the answer. Open copies of the document are to be loaded again, even when no edit is named.
    Rebuild {
        rebuild: RebuildId,
        document: DocumentId,
        class: Class,
        edits: Vec<(PendingKey, Vec<u8>)>,
    },
    /// Project the document with everything unsent in it, and answer `Projected`.
    Project { document: DocumentId, class: Class },
    /// Read the acknowledged changes of the document that are kept here, each after those it builds
    /// on and with who made it, and answer `Offered`.
    Offer { document: DocumentId, class: Class },
    /// Tell the other tabs to read these again.
    Tell { documents: Vec<DocumentId>, pending: Vec<PendingKey> },
    /// Call with `Tick` no later than this.
    WakeAt(Time),
}

/// How sure a write must be before it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// What a person entered: flushed.
    Strict,
    /// What the relay can send again.
    Relaxed,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Write {
    Position(Position),
    Row(RowRecord),
    /// Adds changes to the acknowledged part of a document; one already there is left alone.
    Changes {
        document: DocumentId,
        changes: Vec<Vec<u8>>,
    },
    /// Forgets the acknowledged part of a document.
    Evict(DocumentId),
    Pending(PendingRecord),
    RemovePending(PendingKey),
    /// Forgets every row: the relay is to send them again.
    ForgetRows,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    Edit {
        key: PendingKey,
        document: DocumentId,
        state: EditState,
    },
    /// The row lists are to show now.
    Row {
        document: DocumentId,
        class: Class,
        row: Vec<u8>,
    },
    /// The document has no row any more: it was only ever here, and was refused.
    RowGone(DocumentId),
    /// Every row is to be forgotten.
    RowsForgotten,
    /// Changes now stored, to be taken into the open copy of the document, if there is one.
    Changes {
        document: DocumentId,
        class: Class,
        changes: Vec<Vec<u8>>,
    },
    /// The whole document is now kept here, as far as the relay has it.
    Here(DocumentId),
    Line(Line),
    /// The edits the relay has not acknowledged.
    Outbox {
        unsent: u32,
        since: Option<Time>,
    },
}

/// The state an edit is visibly in, at all times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditState {
    /// Being written down; not yet safe.
    Saving,
    OnThisTablet,
    Received,
    Waiting(Reason),
    Refused(Reason),
    /// Storage failed; the edit lives in memory only.
    NotSaved,
}

/// How the replica stands with the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Offline,
    /// The relay speaks another version of the protocol: nothing leaves until one of both is brought
    /// up to date.
    OtherVersion,
    Greeting,
    /// Rows still to come: the cursor and the head.
    CatchingUp {
        cursor: Sequence,
        head: Sequence,
    },
    UpToDate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CloseReason {
    Silent,
    Malformed,
    Refused,
    /// The relay takes whoever is here for somebody else.
    OtherPerson,
    /// Another tab speaks with the relay now.
    Deposed,
}
