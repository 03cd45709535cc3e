//! What a device keeps between one page load and the next.

use crate::{digest, id::*, verdict::Reason};
use minicbor::{Decode, Encode, bytes::ByteVec};
use std::collections::BTreeMap;

/// Where the replica stands in the log. Written in the same transaction as the rows it covers.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Position {
    #[n(0)]
    pub epoch: Option<Epoch>,
    #[n(1)]
    pub cursor: Sequence,
    #[n(2)]
    pub digest: Digest,
    /// Documents of which a relay put back from a backup may lack what is kept here.
    #[n(3)]
    pub to_offer: Option<BTreeMap<DocumentId, Class>>,
}

impl Position {
    /// Returns where a device stands that has never met a relay.
    pub fn nowhere() -> Self {
        Self { epoch: None, cursor: Sequence(0), digest: digest::EMPTY, to_offer: None }
    }
}

/// The latest row of a document, and how much of the document is kept here.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct RowRecord {
    #[n(0)]
    pub document: DocumentId,
    #[n(1)]
    pub class: Class,
    #[n(2)]
    pub sequence: Sequence,
    #[n(3)]
    pub version: u16,
    #[n(4)]
    pub row: ByteVec,
    /// Every entry of the document up to here is kept on this device; nothing means none.
    #[n(5)]
    pub held: Option<Sequence>,
    /// About how many bytes of changes that is.
    #[n(6)]
    pub held_bytes: Option<u64>,
    /// Where what is kept begins in the log, when the document was begun anew.
    #[n(7)]
    pub begins: Option<Sequence>,
}

/// An edit on its way: the typed edit, the change it made, and the row it leaves.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct PendingRecord {
    #[n(0)]
    pub key: PendingKey,
    #[n(1)]
    pub document: DocumentId,
    #[n(2)]
    pub class: Class,
    #[n(3)]
    pub hash: ChangeHash,
    #[n(4)]
    pub change: ByteVec,
    #[n(5)]
    pub edit: ByteVec,
    #[n(6)]
    pub at: Time,
    /// The row of the document with this edit in it; laid over the relay's until that catches up.
    #[n(7)]
    pub row: ByteVec,
    #[n(8)]
    pub state: PendingState,
}

/// Where an edit stands, as its record says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub enum PendingState {
    /// On this tablet, not acknowledged.
    #[n(0)]
    Unsent,
    /// Acknowledged; kept until a row at or past the sequence is stored.
    #[n(1)]
    Received(#[n(0)] Sequence),
    /// Refused, until a person has dealt with it. The change is no longer part of the document.
    #[n(2)]
    Refused(#[n(0)] Reason),
    /// Kept by the relay for a manager.
    #[n(3)]
    Held(#[n(0)] Reason),
}
