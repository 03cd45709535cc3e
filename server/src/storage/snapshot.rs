//! Documents in one piece, beside the changes they stand for.
//!
//! A snapshot is only ever a shorter way to what the log holds. One that is not what was written
//! down counts as none, and the log's changes are read.

use super::{
    StorageFailure, failpoint,
    reader::{Reader, number, sequence},
    store::Store,
    while_attempting,
};
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};
use sync::id::{DocumentId, Sequence};

/// A document in one piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The last entry of the document in it; every one before is in it, too.
    pub sequence: Sequence,
    pub packed: Vec<u8>,
}

impl Reader {
    /// Returns the snapshot of a document, if there is one that is as it was written down.
    pub fn snapshot(&self, document: DocumentId) -> Result<Option<Snapshot>, StorageFailure> {
        const SNAPSHOT: &str = "SELECT sequence, sha256, packed FROM snapshot WHERE document = ?1";
        let attempt = "read a snapshot";
        failpoint::reach(attempt)?;
        let found = self
            .connection
            .prepare_cached(SNAPSHOT)
            .and_then(|mut query| {
                let found = query.query_row([&document.0[..]], |row| {
                    let snapshot =
                        Snapshot { sequence: sequence(row.get(0)?), packed: row.get(2)? };
                    Ok((row.get::<_, [u8; 32]>(1)?, snapshot))
                });
                found.optional()
            })
            .map_err(while_attempting(attempt))?;
        let Some((written_down, snapshot)) = found else { return Ok(None) };
        if written_down == <[u8; 32]>::from(Sha256::digest(&snapshot.packed)) {
            return Ok(Some(snapshot));
        }
        tracing::error!(%document, "a snapshot is damaged; the changes are read");
        Ok(None)
    }

    /// Returns how many changes of a document follow its snapshot, counting no further than `max`.
    pub fn tail(&self, document: DocumentId, max: u64) -> Result<u64, StorageFailure> {
        const TAIL: &str = "SELECT count(*) FROM (
            SELECT 1 FROM log WHERE document = ?1 AND sequence > max(
                coalesce((SELECT sequence FROM snapshot WHERE document = ?1), 0),
                coalesce((SELECT max(begins) - 1 FROM lineage WHERE document = ?1), 0)) LIMIT ?2)";
        let attempt = "count what follows a snapshot";
        failpoint::reach(attempt)?;
        self.connection
            .prepare_cached(TAIL)
            .and_then(|mut query| {
                query.query_row(params![&document.0[..], max.cast_signed()], |row| row.get(0))
            })
            .map(i64::unsigned_abs)
            .map_err(while_attempting(attempt))
    }
}

impl Store {
    /// Keeps a snapshot in the place of the one before. In a transaction of its own.
    pub fn keep_snapshot(
        &mut self,
        document: DocumentId,
        snapshot: &Snapshot,
    ) -> Result<(), StorageFailure> {
        const KEEP: &str = "INSERT INTO snapshot VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (document) DO UPDATE SET sequence = excluded.sequence,
                sha256 = excluded.sha256, packed = excluded.packed";
        let attempt = "keep a snapshot";
        self.begin()?;
        let kept = failpoint::reach(attempt).and_then(|()| {
            let digest = <[u8; 32]>::from(Sha256::digest(&snapshot.packed));
            let values =
                params![&document.0[..], number(snapshot.sequence), digest, snapshot.packed];
            self.connection()
                .prepare_cached(KEEP)
                .and_then(|mut keep| keep.execute(values))
                .map_err(while_attempting(attempt))
        });
        if let Err(failure) = kept {
            self.roll_back();
            return Err(failure);
        }
        self.commit()
    }
}
