//! Bytes on the wire. The first byte of every frame is the protocol version.

use crate::{id::*, verdict::Verdict};
use minicbor::{Decode, Encode, bytes::ByteVec};

/// The version this crate speaks.
pub const PROTOCOL_VERSION: u8 = 1;
/// The largest frame either side sends or takes, in bytes.
pub const FRAME_BYTES_MAX: usize = 1 << 20;
/// The most changes in one push.
pub const PUSH_ITEMS_MAX: usize = 256;

/// Device to relay.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub enum Up {
    /// The first frame of a connection.
    #[n(0)]
    Hello {
        #[n(0)]
        device: DeviceId,
        /// Nothing when the device has never met this relay.
        #[n(1)]
        epoch: Option<Epoch>,
        #[n(2)]
        cursor: Sequence,
        #[n(3)]
        digest: Digest,
        #[n(4)]
        clock: Time,
        /// How many edits the device has not had acknowledged.
        #[n(5)]
        unsent: u32,
        /// The newest document schema the device writes.
        #[n(6)]
        schema: u16,
        /// Whether the device takes a document that was begun anew; see rule H4.
        #[n(7)]
        lineages: Option<bool>,
    },
    #[n(1)]
    Push {
        #[n(0)]
        batch: u64,
        #[n(1)]
        items: Vec<PushItem>,
        /// Who made the changes, when they are offered to a relay that may have lost them; without
        /// it they are new, and of whoever is connected.
        #[n(2)]
        author: Option<PersonId>,
    },
    /// Asks for the changes of documents after the given sequences.
    #[n(2)]
    Pull {
        #[n(0)]
        wants: Vec<Want>,
    },
    /// Asks for the page of rows after a cursor whose rows are stored.
    #[n(3)]
    More {
        #[n(0)]
        cursor: Sequence,
    },
    #[n(4)]
    Ping,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct PushItem {
    #[n(0)]
    pub document: DocumentId,
    #[n(1)]
    pub class: Class,
    #[n(2)]
    pub change: ByteVec,
    /// The typed edit the change was made from.
    #[n(3)]
    pub edit: ByteVec,
    #[n(4)]
    pub device_time: Time,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Want {
    #[n(0)]
    pub document: DocumentId,
    #[n(1)]
    pub after: Sequence,
    /// How the changes may come; a device that does not say takes each by itself.
    #[n(2)]
    pub form: Option<Form>,
    /// Where what the device keeps of the document begins in the log; a device that does not say
    /// knows of no new beginnings.
    #[n(3)]
    pub begins: Option<Sequence>,
}

/// How a device takes the changes of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Form {
    /// Each by itself.
    #[n(0)]
    Changes,
    /// The first of them may be a snapshot, which stands for all up to its place in the log.
    #[n(1)]
    Snapshot,
}

/// Relay to device.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub enum Down {
    /// The answer to `Hello`.
    #[n(0)]
    Welcome {
        #[n(0)]
        epoch: Epoch,
        #[n(1)]
        head: Sequence,
        #[n(2)]
        clock: Time,
        /// The digest of the scope at the head; see rule D2.
        #[n(3)]
        digest: Digest,
        #[n(4)]
        person: PersonId,
        /// How many documents the scope has.
        #[n(5)]
        documents: u64,
        /// Up to where this log is the one the device has read, when it has read an earlier life
        /// of it.
        #[n(6)]
        shared: Option<Sequence>,
    },
    /// The rows that changed after `from`, each once, up to `to`.
    #[n(1)]
    Rows {
        #[n(0)]
        from: Sequence,
        #[n(1)]
        to: Sequence,
        /// Whether the device is to ask for more.
        #[n(2)]
        more: bool,
        #[n(3)]
        items: Vec<RowItem>,
        /// The digest of the scope at `to`, when `to` is the head.
        #[n(4)]
        digest: Option<Digest>,
    },
    #[n(2)]
    Changes {
        #[n(0)]
        document: DocumentId,
        #[n(1)]
        class: Class,
        #[n(2)]
        after: Sequence,
        #[n(3)]
        to: Sequence,
        #[n(4)]
        changes: Vec<ByteVec>,
        /// Whether the relay has nothing later than `to` for now.
        #[n(5)]
        last: bool,
        /// Where the document was begun anew: what the device keeps from before is no part of it.
        #[n(6)]
        begins: Option<Sequence>,
    },
    #[n(3)]
    Verdicts {
        #[n(0)]
        batch: u64,
        #[n(1)]
        items: Vec<VerdictItem>,
    },
    #[n(4)]
    Pong,
    /// Said before the relay closes a connection.
    #[n(5)]
    Bye {
        #[n(0)]
        reason: ByeReason,
    },
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct RowItem {
    #[n(0)]
    pub document: DocumentId,
    #[n(1)]
    pub class: Class,
    /// The last entry of the document the row includes.
    #[n(2)]
    pub sequence: Sequence,
    #[n(3)]
    pub version: u16,
    #[n(4)]
    pub row: ByteVec,
    /// Where the document was begun anew, when it was.
    #[n(5)]
    pub begins: Option<Sequence>,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct VerdictItem {
    #[n(0)]
    pub hash: ChangeHash,
    #[n(1)]
    pub verdict: Verdict,
    /// The document's entry before this one, of a change just received: 0 when it is the first.
    /// A device that holds the document up to there holds it up to this one. Of a change refused for
    /// what it builds on: where the document was begun anew.
    #[n(2)]
    pub after: Option<Sequence>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum ByeReason {
    #[n(0)]
    Malformed,
    #[n(1)]
    UnknownVersion,
    #[n(2)]
    TooLarge,
    #[n(3)]
    OutOfTurn,
    #[n(4)]
    TooSlow,
    #[n(5)]
    SignedOut,
    #[n(6)]
    ShuttingDown,
}

/// Why bytes are not a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MalformedFrame {
    #[error("the frame is empty")]
    Empty,
    #[error("the frame speaks protocol version {0}")]
    UnknownVersion(u8),
    #[error("the frame is larger than {FRAME_BYTES_MAX} bytes")]
    TooLarge,
    #[error("the frame's content cannot be read")]
    Content,
}

/// Returns the bytes of a frame.
pub fn encode<F: Encode<()>>(frame: &F) -> Vec<u8> {
    let mut bytes = vec![PROTOCOL_VERSION];
    minicbor::encode(frame, &mut bytes).expect("writing to memory cannot fail");
    bytes
}

/// Reads a frame, all of it.
pub fn decode<'b, F: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<F, MalformedFrame> {
    if bytes.len() > FRAME_BYTES_MAX {
        return Err(MalformedFrame::TooLarge);
    }
    let (version, body) = bytes.split_first().ok_or(MalformedFrame::Empty)?;
    if *version != PROTOCOL_VERSION {
        return Err(MalformedFrame::UnknownVersion(*version));
    }
    let mut decoder = minicbor::Decoder::new(body);
    let frame = decoder.decode().map_err(|_| MalformedFrame::Content)?;
    if decoder.position() == body.len() { Ok(frame) } else { Err(MalformedFrame::Content) }
}
