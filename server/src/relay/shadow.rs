//! Judging: pushed changes are tried on a copy of the document before anything is kept.

use crate::{
    relay::snapshots,
    storage::{StorageFailure, store::Store},
};
use documents::{
    class::Class,
    document::Document,
    gate::{self, Rejection},
    malformed::Malformed,
};
use domain::{id::PersonId, row::PROJECTOR_VERSION};
use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
};
use sync::{
    id::{self, DocumentId},
    verdict::Reason,
};

/// How many documents stay loaded. Opening one again costs a millisecond per hundred changes.
const DOCUMENTS_MAX: usize = 512;
/// How many operations those documents may hold together: large ones make way for others.
const OPERATIONS_MAX: u64 = 1_000_000;

/// The documents lately judged, kept loaded.
#[derive(Default)]
pub struct Shadow {
    documents: HashMap<DocumentId, Loaded>,
    /// What those hold together.
    operations: u64,
    judgements: u64,
}

struct Loaded {
    document: Document,
    /// The judgement that used it last.
    used: u64,
}

/// What was found of some changes.
pub struct Found {
    pub verdicts: Vec<Result<(), Reason>>,
    /// The row of the document with those accepted in it.
    pub row: Vec<u8>,
    pub version: u16,
}

/// Why nothing could be judged.
#[derive(Debug, thiserror::Error)]
pub enum NotJudged {
    #[error("could not read the document's changes")]
    Storage(#[from] StorageFailure),
    #[error("the document as stored cannot be read")]
    Malformed(#[from] Malformed),
    #[error("this release knows no class {0}")]
    UnknownClass(u8),
    #[error("judging ended in a panic")]
    Panicked,
}

impl Shadow {
    /// Judges changes in order on the document as it is written.
    pub fn judge(
        &mut self,
        store: &Store,
        id: DocumentId,
        class: id::Class,
        author: id::PersonId,
        changes: &[Vec<u8>],
    ) -> Result<Found, NotJudged> {
        let class = Class::from_number(class.0).ok_or(NotJudged::UnknownClass(class.0))?;
        let before = match self.take(id) {
            Some(document) => document,
            None => match open(store, id, class) {
                Ok(document) => document,
                Err(NotJudged::Malformed(failure)) => {
                    return Ok(unreadable(id, &failure, changes.len()));
                }
                Err(failure) => return Err(failure),
            },
        };
        // The gate guards its own steps; one it forgot must not take the workspace with it.
        let judged = catch_unwind(AssertUnwindSafe(|| {
            let (document, verdicts) = gate::judge(&before, PersonId(author.0), changes)?;
            let accepted = verdicts.iter().any(Result::is_ok);
            let row = if accepted { document.row()? } else { Vec::new() };
            Ok::<_, NotJudged>((document, verdicts, row))
        }));
        let (document, verdicts, row) = judged.map_err(|_| NotJudged::Panicked)??;
        self.keep(id, document);
        let verdicts = verdicts.into_iter().map(|verdict| verdict.map_err(reason)).collect();
        Ok(Found { verdicts, row, version: PROJECTOR_VERSION })
    }

    /// Drops the loaded copy of a document.
    pub fn forget(&mut self, id: DocumentId) {
        drop(self.take(id));
    }

    fn take(&mut self, id: DocumentId) -> Option<Document> {
        let loaded = self.documents.remove(&id)?;
        self.operations -= loaded.document.operations();
        Some(loaded.document)
    }

    fn keep(&mut self, id: DocumentId, document: Document) {
        self.judgements += 1;
        self.operations += document.operations();
        self.documents.insert(id, Loaded { document, used: self.judgements });
        while self.documents.len() > DOCUMENTS_MAX || self.operations > OPERATIONS_MAX {
            if self.documents.len() < 2 {
                return;
            }
            self.drop_older_half();
        }
    }

    /// Drops half at once, so that the search for the oldest is paid for rarely.
    fn drop_older_half(&mut self) {
        let mut uses: Vec<_> = self.documents.values().map(|loaded| loaded.used).collect();
        let middle = uses.len() / 2;
        let (_, median, _) = uses.select_nth_unstable(middle);
        let oldest_kept = *median;
        self.documents.retain(|_, loaded| loaded.used >= oldest_kept);
        self.operations = self.documents.values().map(|one| one.document.operations()).sum();
    }
}

/// Opens a document with everything written in it.
pub fn open(store: &Store, id: DocumentId, class: Class) -> Result<Document, NotJudged> {
    snapshots::open(store.written(), id, class)
}

/// Says of every change that its document cannot be read; the log says which one it is.
fn unreadable(id: DocumentId, failure: &Malformed, changes: usize) -> Found {
    tracing::error!(document = %id, %failure, "the document as stored cannot be read");
    let verdicts = vec![Err(Reason::Unreadable); changes];
    Found { verdicts, row: Vec::new(), version: PROJECTOR_VERSION }
}

fn reason(rejection: Rejection) -> Reason {
    match rejection {
        Rejection::Malformed | Rejection::NotCanonical => Reason::Malformed,
        Rejection::Poison => Reason::Poison,
        Rejection::NotPermitted => Reason::NotPermitted,
        Rejection::ActorMismatch => Reason::ActorMismatch,
        Rejection::TooLarge => Reason::TooLarge,
        // Not final: the machine says *not yet*.
        Rejection::Unsettled => Reason::Rate,
        // What was not there at all the machine has found out before.
        Rejection::MissingDependency => Reason::DependencyRefused,
    }
}
