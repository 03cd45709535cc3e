//! Everything that can happen to a relay.

use crate::{id::*, relay::output::*, verdict::Reason};

#[derive(Debug, Clone, PartialEq)]
pub enum RelayInput {
    /// A socket of a signed-in person is open.
    Opened { connection: Connection, principal: Principal },
    /// A frame arrived.
    Frame { connection: Connection, bytes: Vec<u8> },
    /// So many bytes given out with `Send` have left for the socket.
    Drained { connection: Connection, bytes: usize },
    /// The socket is gone.
    Closed { connection: Connection },
    /// The answer to `Load`.
    Loaded { load: LoadId, loaded: Loaded },
    /// Storage could not be read.
    LoadFailed { load: LoadId },
    /// The answer to `Judge`: a verdict for each change, and the row of the document with those
    /// accepted in it, which does not matter when none is.
    Judged { judgement: JudgementId, verdicts: Vec<Result<(), Reason>>, row: Vec<u8>, version: u16 },
    /// The document as stored could not be opened; nothing was judged.
    JudgeFailed { judgement: JudgementId },
    /// This commit and every one asked for before it are durable.
    Committed(CommitId),
    /// This commit, and every one asked for after it so far, did not happen.
    CommitFailed(CommitId),
    /// A document is begun anew.
    Begun(Succession),
    /// The process is about to stop.
    ShuttingDown,
    /// The time asked for has come.
    Tick,
}

/// A new beginning of a document, made of what is durable.
#[derive(Debug, Clone, PartialEq)]
pub struct Succession {
    /// The row as it stands.
    pub row: StoredRow,
    /// What takes the place of everything before, each change after those it builds on, with who it
    /// is of.
    pub changes: Vec<(PersonId, Vec<u8>)>,
}

/// One socket, for as long as it is open. The driver never uses a number twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Connection(pub u64);

/// Who is at the other end, as the session says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Principal {
    pub person: PersonId,
    /// The device the session is bound to; without one the device named in `Hello` is taken.
    pub device: Option<DeviceId>,
}

/// What storage had.
#[derive(Debug, Clone, PartialEq)]
pub enum Loaded {
    Causality {
        /// Nothing when no entry of the document is stored.
        document: Option<StoredRow>,
        /// Those of the hashes asked for that are stored.
        known: Vec<(ChangeHash, Sequence)>,
        /// Those of the actors asked for that have written.
        actors: Vec<(ActorId, Binding)>,
        /// How many changes of the document follow its snapshot, or how many there are without one.
        /// Beyond what makes one due the number does not matter.
        tail: u64,
    },
    /// In order of sequence. `end` says that nothing lies after them.
    Rows { rows: Vec<StoredRow>, end: bool },
    /// In order of sequence. `end` says that nothing lies after them.
    Changes {
        class: Option<Class>,
        changes: Vec<(Sequence, Vec<u8>)>,
        end: bool,
        /// Where the present history of the document begins; 0 when it was never begun anew.
        begins: Sequence,
    },
}

/// Whose an actor is, and how far it has written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    pub person: PersonId,
    pub device: DeviceId,
    /// The actor's own sequence number of its last stored change.
    pub sequence: u64,
}
