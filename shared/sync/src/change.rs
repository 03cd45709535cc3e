//! The bounded pre-scan of a change: what can be said of it before Automerge may see it (rules P1
//! to P4).
//!
//! A change is one uncompressed Automerge chunk. Run-length columns let a hundred bytes stand for
//! a million operations, and compressed chunks inflate without limit, so everything here is
//! counted and nothing is allocated by a length the bytes only declare.

mod columns;
mod reader;

use crate::id::{ActorId, ChangeHash};
use reader::Reader;
use sha2::{Digest, Sha256};

/// The most bytes of one change.
pub const CHANGE_BYTES_MAX: usize = 256 << 10;
/// The most operations of one change.
pub const OPERATIONS_MAX: u64 = 20_000;
/// The most operations of all the changes of one push together: many small changes must not do
/// what one large change may not.
pub const PUSH_OPERATIONS_MAX: u64 = OPERATIONS_MAX;
/// The most changes one change builds on.
pub const DEPENDENCIES_MAX: u64 = 64;
/// The most actors a change names beside its own.
pub const OTHER_ACTORS_MAX: u64 = 64;
/// The most bytes of an actor's id.
pub const ACTOR_BYTES_MAX: u64 = 64;
/// The most bytes of a change's message; ours have none.
pub const MESSAGE_BYTES_MAX: u64 = 256;

/// How far a change's time may be from 1970, either way: until about the year 3000. Differences of
/// two such times are numbers, wherever Automerge takes them.
pub const TIME_MAX: i64 = 1 << 61;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const CHUNK_CHANGE: u8 = 1;

/// What a change says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scanned {
    pub hash: ChangeHash,
    pub actor: ActorId,
    /// The actor's own number for the change, from 1.
    pub sequence: u64,
    pub start_operation: u64,
    pub operations: u64,
    pub time: i64,
    pub dependencies: Vec<ChangeHash>,
}

/// Why bytes are not a change the relay would look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("the bytes are not one uncompressed change")]
    Malformed,
    #[error("the change is larger, or does more, than one change may")]
    TooLarge,
}

/// Reads what a change says of itself, all of it, within the limits above.
pub fn scan(bytes: &[u8]) -> Result<Scanned, Unfit> {
    if bytes.len() > CHANGE_BYTES_MAX {
        return Err(Unfit::TooLarge);
    }
    let mut chunk = Reader::new(bytes);
    let head = chunk.take(9)?;
    if head[..4] != MAGIC || head[8] != CHUNK_CHANGE {
        return Err(Unfit::Malformed);
    }
    let length = chunk.unsigned()?;
    let body = chunk.rest();
    if length != body.len() as u64 {
        return Err(Unfit::Malformed);
    }
    let hash = hash(body);
    if hash.0[..4] != head[4..8] {
        return Err(Unfit::Malformed);
    }
    scan_body(body, hash)
}

fn scan_body(body: &[u8], hash: ChangeHash) -> Result<Scanned, Unfit> {
    let mut reader = Reader::new(body);
    let count = reader.unsigned_up_to(DEPENDENCIES_MAX)?;
    let mut dependencies = Vec::new();
    for _ in 0..count {
        let hash = reader.take(32)?.try_into().expect("32 bytes were taken");
        dependencies.push(ChangeHash(hash));
    }
    let actor = actor(&mut reader)?;
    let sequence = reader.unsigned()?;
    let start_operation = reader.unsigned()?;
    let time = reader.signed()?;
    let message = reader.unsigned_up_to(MESSAGE_BYTES_MAX)?;
    reader.take(message as usize)?;
    for _ in 0..reader.unsigned_up_to(OTHER_ACTORS_MAX)? {
        self::actor(&mut reader)?;
    }
    let operations = columns::count(reader)?;
    let last = start_operation.checked_add(operations).ok_or(Unfit::Malformed)?;
    if time.unsigned_abs() > TIME_MAX.unsigned_abs() {
        return Err(Unfit::Malformed);
    }
    if sequence == 0 || start_operation == 0 || u32::try_from(last).is_err() {
        return Err(Unfit::Malformed);
    }
    Ok(Scanned { hash, actor, sequence, start_operation, operations, time, dependencies })
}

fn actor(reader: &mut Reader<'_>) -> Result<ActorId, Unfit> {
    let length = reader.unsigned_up_to(ACTOR_BYTES_MAX)?;
    Ok(ActorId(reader.take(length as usize)?.to_vec()))
}

/// Returns the hash Automerge names a change by: over its type, length and content.
fn hash(body: &[u8]) -> ChangeHash {
    let mut head = vec![CHUNK_CHANGE];
    reader::write_unsigned(&mut head, body.len() as u64);
    let mut hasher = Sha256::new();
    hasher.update(&head);
    hasher.update(body);
    ChangeHash(hasher.finalize().into())
}

#[cfg(test)]
mod tests;
