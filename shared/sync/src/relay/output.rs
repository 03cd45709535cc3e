//! Everything a relay can ask for, in order.

use crate::{
    frame::{ByeReason, Form},
    id::*,
    relay::input::Connection,
};

/// What is to be done, in this order.
pub type RelayOutputs = Vec<RelayOutput>;

#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub enum RelayOutput {
    /// Read, and answer `Loaded` or `LoadFailed`.
    ///
    /// `Rows` and `Changes` are answered from what is durable: never from an open transaction.
    /// `Causality` may be answered from either.
    Load { load: LoadId, query: Query },
    /// Judge the changes in order on the document with everything stored or asked to be committed
    /// in it, and answer `Judged` or `JudgeFailed`.
    Judge {
        judgement: JudgementId,
        document: DocumentId,
        class: Class,
        author: PersonId,
        changes: Vec<Vec<u8>>,
    },
    /// Write all of it, then answer `Committed` or `CommitFailed`. Several commits may share one
    /// transaction; they become durable in the order asked for, or not at all.
    Commit(Commit),
    /// Make a snapshot of the document from what is durable, when there is time. One that is not
    /// what the changes make is not kept, nor is any change ever dropped for it. No answer.
    Snapshot { document: DocumentId, class: Class },
    /// Drop the loaded copy of the document: it holds changes that will not be stored.
    Forget(DocumentId),
    /// Send a frame, and say `Drained` when it has left.
    Send { connection: Connection, bytes: Vec<u8> },
    /// Close the socket once what was sent before has left; the reason has been said in a frame.
    Close { connection: Connection, reason: Option<ByeReason> },
    /// Call with `Tick` no later than this.
    WakeAt(Time),
}

/// Names a question to storage until it is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LoadId(pub u64);

/// Names a judgement until it is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JudgementId(pub u64);

/// Names a commit until it is durable. Later commits have larger numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitId(pub u64);

/// A question to storage.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// What is known of a document, of changes to it and of actors in it.
    Causality { document: DocumentId, hashes: Vec<ChangeHash>, actors: Vec<ActorId> },
    /// Rows of a scope whose sequence is after `after`, in order of sequence, until their bytes
    /// pass `bytes_max` (at least one, when there is one).
    Rows { scope: Scope, after: Sequence, bytes_max: usize },
    /// Changes of a document after `after`, in order of sequence, until their bytes pass
    /// `bytes_max` (at least one, when there is one). Where the form allows it, the first may be a
    /// snapshot later than `after`, in the place of everything up to its own.
    Changes {
        document: DocumentId,
        after: Sequence,
        /// Where what the device keeps begins, when it says; see [`changes_after`].
        kept: Option<Sequence>,
        form: Form,
        bytes_max: usize,
    },
}

/// Returns the place after which a device is to have changes of a document whose present history
/// begins at `begins` (at nothing, when it was never begun anew), or nothing when there are none it
/// could take (rules H3, H4).
pub fn changes_after(
    after: Sequence,
    kept: Option<Sequence>,
    begins: Sequence,
) -> Option<Sequence> {
    let beginning = Sequence(begins.0.saturating_sub(1));
    match kept {
        Some(kept) if kept != begins => Some(beginning),
        Some(_) => Some(after),
        // A release that knows of no new beginnings may begin with one, and go on from one.
        None if after == Sequence(0) || after >= begins => Some(after.max(beginning)),
        None => None,
    }
}

/// What is to become durable together.
#[derive(Debug, Clone, PartialEq)]
pub struct Commit {
    pub commit: CommitId,
    /// In order of sequence, without gaps.
    pub entries: Vec<Entry>,
    /// The new row of each document touched; it takes the place of the one before.
    pub rows: Vec<StoredRow>,
}

/// One record of the workspace log.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub sequence: Sequence,
    pub document: DocumentId,
    pub class: Class,
    pub scope: Scope,
    pub hash: ChangeHash,
    pub actor: ActorId,
    pub actor_sequence: u64,
    pub person: PersonId,
    pub device: DeviceId,
    /// The newest schema the device writes.
    pub schema: u16,
    pub device_time: Time,
    pub relay_time: Time,
    pub edit: Vec<u8>,
    pub change: Vec<u8>,
}

/// A row as the relay keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRow {
    pub document: DocumentId,
    pub class: Class,
    pub scope: Scope,
    /// The last entry of the document.
    pub sequence: Sequence,
    pub version: u16,
    pub row: Vec<u8>,
    /// Where the present history of the document begins in the log; 0 when it was never begun anew.
    pub begins: Sequence,
}
