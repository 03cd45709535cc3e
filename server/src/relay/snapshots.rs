//! Making snapshots, and opening documents by them.
//!
//! A snapshot is made from the changes as they lie on the disk, read again for it, and held against
//! them before it is kept. Whoever meets one that does not open reads the changes.

use crate::{
    relay::shadow::NotJudged,
    storage::{StorageFailure, entry::Limit, reader::Reader, snapshot::Snapshot, store::Store},
};
use documents::{class::Class, document::Document, malformed::Malformed, snapshot};
use std::panic::{AssertUnwindSafe, catch_unwind};
use sync::{
    id::{self, DocumentId, Sequence},
    relay,
};

/// How many changes may follow the snapshot of a document. Where places to die at are looked for,
/// few, so that a short script comes by.
pub const TAIL_MAX: u64 = if cfg!(feature = "failpoints") { 4 } else { relay::TAIL_MAX };

/// Why there is no snapshot.
#[derive(Debug, thiserror::Error)]
pub enum NotMade {
    #[error("could not read the changes, or keep the snapshot")]
    Storage(#[from] StorageFailure),
    #[error("the document as stored cannot be read")]
    Malformed(#[from] Malformed),
    #[error("the snapshot is not what the changes make")]
    Unsound(#[from] snapshot::Unsound),
    #[error("this release knows no class {0}")]
    UnknownClass(u8),
    #[error("making it ended in a panic")]
    Panicked,
}

/// Makes the snapshot of a document anew; returns the document, if there is one.
pub fn make(
    store: &mut Store,
    id: DocumentId,
    class: id::Class,
) -> Result<Option<Document>, NotMade> {
    let class = Class::from_number(class.0).ok_or(NotMade::UnknownClass(class.0))?;
    let changes = store.durable().changes(id, Sequence(0), Limit::ALL)?;
    let Some((sequence, _)) = changes.last() else { return Ok(None) };
    let sequence = *sequence;
    let made = catch_unwind(AssertUnwindSafe(|| {
        let changes = changes.iter().map(|(_, change)| change);
        let replayed = Document::open(class, id.0, changes)?;
        Ok::<_, NotMade>((snapshot::make(&replayed)?, replayed))
    }));
    let (packed, replayed) = made.map_err(|_| NotMade::Panicked)??;
    store.keep_snapshot(id, &Snapshot { sequence, packed })?;
    Ok(Some(replayed))
}

/// Opens a document with everything a reader sees of it: by its snapshot, else by its changes.
pub fn open(reader: &Reader, id: DocumentId, class: Class) -> Result<Document, NotJudged> {
    if let Some(Snapshot { sequence, packed }) = reader.snapshot(id)? {
        let later = reader.changes(id, sequence, Limit::ALL)?;
        let chunks = std::iter::once(packed).chain(later.into_iter().map(|(_, change)| change));
        let opened = catch_unwind(AssertUnwindSafe(|| Document::open(class, id.0, chunks)));
        match opened {
            Ok(Ok(document)) => return Ok(document),
            _ => tracing::error!(document = %id, "a snapshot does not open; the changes are read"),
        }
    }
    let changes = reader.changes(id, Sequence(0), Limit::ALL)?;
    Ok(Document::open(class, id.0, changes.into_iter().map(|(_, change)| change))?)
}
