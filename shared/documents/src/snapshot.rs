//! Snapshots: a document in one piece that stands for many changes.
//!
//! Only the relay makes them. One is believed when, loaded again, it is what the changes make: the
//! same changes byte for byte, the same heads, the same value, the same row. The changes stay.

use crate::{document::Document, malformed::Malformed};

/// Where a chunk says what it is, after four bytes that mark it and four of checksum.
const KIND_AT: usize = 8;
/// The kind of a chunk that is a document.
const DOCUMENT: u8 = 0;
const MARK: &[u8] = &[0x85, 0x6f, 0x4a, 0x83];

/// Why a snapshot is not what the changes make.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsound {
    #[error("the snapshot cannot be loaded again")]
    Unreadable(#[from] Malformed),
    #[error("the snapshot ends in other heads")]
    OtherHeads,
    #[error("the snapshot holds other changes")]
    OtherChanges,
    #[error("the snapshot reads to another value")]
    OtherValue,
}

/// Says whether bytes are a snapshot, and not a change.
pub fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(MARK) && bytes.get(KIND_AT) == Some(&DOCUMENT)
}

/// Makes a snapshot of a document that was opened from its changes, and holds it against them.
pub fn make(replayed: &Document) -> Result<Vec<u8>, Unsound> {
    let bytes = replayed.pack();
    verify(replayed, &bytes)?;
    Ok(bytes)
}

/// Holds a snapshot against the document its changes make.
pub fn verify(replayed: &Document, bytes: &[u8]) -> Result<(), Unsound> {
    let loaded = Document::unpack(replayed.class, replayed.id, bytes)?;
    if loaded.automerge.get_heads() != replayed.automerge.get_heads() {
        return Err(Unsound::OtherHeads);
    }
    let changes = |document: &Document| {
        let mut changes = document.changes();
        changes.sort_unstable_by_key(|change| change.hash);
        changes
    };
    if changes(&loaded) != changes(replayed) {
        return Err(Unsound::OtherChanges);
    }
    let same_value = loaded.automerge.hydrate(None) == replayed.automerge.hydrate(None);
    if same_value && loaded.row()? == replayed.row()? { Ok(()) } else { Err(Unsound::OtherValue) }
}
