//! Questions to a workspace's file.

use super::{
    StorageFailure,
    entry::{ActorRecord, Limit},
    failpoint, schema, while_attempting,
};
use rusqlite::{Connection, OptionalExtension, params};
use std::path::Path;
use sync::{frame::RowItem, id::*};

/// One connection's view of a workspace: what is durable, or what its own open transaction adds.
#[derive(Debug)]
pub struct Reader {
    pub(super) connection: Connection,
}

impl Reader {
    pub(super) fn open(log: &Path) -> Result<Self, StorageFailure> {
        Ok(Self { connection: schema::open_reader(log)? })
    }

    /// Holds on to what is durable now, so that several questions are of one moment; returns the
    /// sequence number of the last entry.
    pub fn hold(&self) -> Result<Sequence, StorageFailure> {
        self.connection
            .execute_batch("BEGIN")
            .and_then(|()| {
                self.connection.query_row("SELECT sequence FROM head", [], |row| row.get(0))
            })
            .map(sequence)
            .map_err(while_attempting("read where the log stands"))
    }

    /// Says whether anything was ever appended for the document.
    pub fn has_document(&self, document: DocumentId) -> Result<bool, StorageFailure> {
        failpoint::reach("look for a document")?;
        self.connection
            .prepare_cached("SELECT 1 FROM document WHERE id = ?1")
            .and_then(|mut query| query.exists([&document.0[..]]))
            .map_err(while_attempting("look for a document"))
    }

    /// Returns the row of a document.
    pub fn row(&self, document: DocumentId) -> Result<Option<RowItem>, StorageFailure> {
        failpoint::reach("read a row")?;
        self.connection
            .prepare_cached(&format!("SELECT {ITEM} FROM document WHERE id = ?1"))
            .and_then(|mut query| query.query_row([&document.0[..]], row_item).optional())
            .map_err(while_attempting("read a row"))
    }

    /// Returns the rows of a scope that changed after `cursor`, in order of sequence.
    pub fn rows_after(
        &self,
        scope: Scope,
        cursor: Sequence,
        limit: Limit,
    ) -> Result<Vec<RowItem>, StorageFailure> {
        let rows = format!(
            "SELECT {ITEM} FROM document WHERE scope = ?1 AND sequence > ?2 ORDER BY sequence"
        );
        failpoint::reach("read rows")?;
        self.connection
            .prepare_cached(&rows)
            .and_then(|mut query| {
                let rows = query.query_map(params![scope.0, number(cursor)], row_item)?;
                page(rows, limit, |item| item.row.len())
            })
            .map_err(while_attempting("read rows"))
    }

    /// Hands every row of a scope to `visit`, one at a time.
    pub fn each_row(
        &self,
        scope: Scope,
        mut visit: impl FnMut(RowItem),
    ) -> Result<(), StorageFailure> {
        failpoint::reach("read every row")?;
        self.connection
            .prepare(&format!("SELECT {ITEM} FROM document WHERE scope = ?1"))
            .and_then(|mut query| {
                query.query_map([scope.0], row_item)?.try_for_each(|row| row.map(&mut visit))
            })
            .map_err(while_attempting("read every row"))
    }

    /// Returns some documents after `after`, by id, whose rows another projector made.
    pub fn rows_of_other_projectors(
        &self,
        version: u16,
        after: DocumentId,
        limit: Limit,
    ) -> Result<Vec<RowItem>, StorageFailure> {
        let rows =
            format!("SELECT {ITEM} FROM document WHERE version <> ?1 AND id > ?2 ORDER BY id");
        self.connection
            .prepare_cached(&rows)
            .and_then(|mut query| {
                let rows = query.query_map(params![version, &after.0[..]], row_item)?;
                page(rows, limit, |item| item.row.len())
            })
            .map_err(while_attempting("look for rows of another projector"))
    }

    /// Returns how many documents a scope has.
    pub fn documents(&self, scope: Scope) -> Result<u64, StorageFailure> {
        failpoint::reach("count documents")?;
        self.connection
            .query_row("SELECT count(*) FROM document WHERE scope = ?1", [scope.0], |row| {
                row.get::<_, i64>(0)
            })
            .map(i64::unsigned_abs)
            .map_err(while_attempting("count documents"))
    }

    /// Returns the changes of a document after a sequence number, oldest first: those it is made of,
    /// and none from before it was begun anew.
    pub fn changes(
        &self,
        document: DocumentId,
        after: Sequence,
        limit: Limit,
    ) -> Result<Vec<(Sequence, Vec<u8>)>, StorageFailure> {
        const CHANGES: &str = "SELECT sequence, change FROM log
            WHERE document = ?1 AND sequence > ?2 AND sequence >=
                coalesce((SELECT max(begins) FROM lineage WHERE document = ?1), 0)
            ORDER BY sequence";
        failpoint::reach("read changes")?;
        self.connection
            .prepare_cached(CHANGES)
            .and_then(|mut query| {
                let changes = query.query_map(params![&document.0[..], number(after)], |row| {
                    Ok((sequence(row.get(0)?), row.get::<_, Vec<u8>>(1)?))
                })?;
                page(changes, limit, |(_, change)| change.len())
            })
            .map_err(while_attempting("read changes"))
    }

    /// Returns the changes a document was made of when the log had come to `until`.
    pub fn changes_then(
        &self,
        document: DocumentId,
        until: Sequence,
    ) -> Result<Vec<Vec<u8>>, StorageFailure> {
        const BEGAN: &str =
            "SELECT coalesce(max(begins), 0) FROM lineage WHERE document = ?1 AND ends <= ?2";
        const CHANGES: &str = "SELECT change FROM log
            WHERE document = ?1 AND sequence BETWEEN ?3 AND ?2 AND sequence <
                coalesce((SELECT min(begins) FROM lineage WHERE document = ?1 AND begins > ?3),
                    ?2 + 1)
            ORDER BY sequence";
        let document = &document.0[..];
        let began = self.connection.prepare_cached(BEGAN).and_then(|mut query| {
            query.query_row(params![document, number(until)], |row| row.get::<_, i64>(0))
        });
        began
            .and_then(|began| {
                let mut query = self.connection.prepare_cached(CHANGES)?;
                let parameters = params![document, number(until), began];
                query.query_map(parameters, |row| row.get(0))?.collect()
            })
            .map_err(while_attempting("read the changes of then"))
    }

    /// Returns where a change of a document stands in the log.
    pub fn sequence_of(
        &self,
        document: DocumentId,
        hash: ChangeHash,
    ) -> Result<Option<Sequence>, StorageFailure> {
        failpoint::reach("look for a change")?;
        self.connection
            .prepare_cached("SELECT sequence FROM change_by_hash WHERE document = ?1 AND hash = ?2")
            .and_then(|mut query| {
                query
                    .query_row(params![&document.0[..], &hash.0[..]], |row| {
                        Ok(sequence(row.get(0)?))
                    })
                    .optional()
            })
            .map_err(while_attempting("look for a change"))
    }

    /// Says whether anybody but an actor of that life, whoever it was, wrote in the document.
    pub fn is_written_by_others(
        &self,
        document: DocumentId,
        life: &[u8; 16],
    ) -> Result<bool, StorageFailure> {
        self.connection
            .prepare_cached("SELECT 1 FROM actor WHERE document = ?1 AND substr(actor, 17) != ?2")
            .and_then(|mut query| query.exists(params![&document.0[..], life]))
            .map_err(while_attempting("look for other actors"))
    }

    /// Returns whose an actor of a document is and where it stands.
    pub fn actor(
        &self,
        document: DocumentId,
        actor: &[u8],
    ) -> Result<Option<ActorRecord>, StorageFailure> {
        const ACTOR: &str =
            "SELECT person, device, last FROM actor WHERE document = ?1 AND actor = ?2";
        failpoint::reach("look for an actor")?;
        self.connection
            .prepare_cached(ACTOR)
            .and_then(|mut query| {
                query
                    .query_row(params![&document.0[..], actor], |row| {
                        Ok(ActorRecord {
                            person: PersonId(row.get(0)?),
                            device: DeviceId(row.get(1)?),
                            last: row.get::<_, i64>(2)?.unsigned_abs(),
                        })
                    })
                    .optional()
            })
            .map_err(while_attempting("look for an actor"))
    }
}

/// The columns of a row, and where its document was begun anew.
const ITEM: &str = "id, class, sequence, version, row,
    (SELECT max(begins) FROM lineage WHERE document = id)";

fn row_item(row: &rusqlite::Row<'_>) -> rusqlite::Result<RowItem> {
    Ok(RowItem {
        document: DocumentId(row.get(0)?),
        class: Class(row.get(1)?),
        sequence: sequence(row.get(2)?),
        version: row.get(3)?,
        row: row.get::<_, Vec<u8>>(4)?.into(),
        begins: row.get::<_, Option<i64>>(5)?.map(sequence),
    })
}

fn page<T>(
    items: impl Iterator<Item = rusqlite::Result<T>>,
    limit: Limit,
    bytes_of: impl Fn(&T) -> usize,
) -> rusqlite::Result<Vec<T>> {
    let mut taken = Vec::new();
    let mut bytes = 0_usize;
    for item in items {
        let item = item?;
        bytes = bytes.saturating_add(bytes_of(&item));
        if !taken.is_empty() && (taken.len() >= limit.items_max || bytes > limit.bytes_max) {
            break;
        }
        taken.push(item);
    }
    Ok(taken)
}

/// Returns a sequence number as SQLite keeps it.
pub(super) fn number(sequence: Sequence) -> i64 {
    sequence.0 as i64
}

/// Reads a sequence number as SQLite keeps it.
pub(super) fn sequence(number: i64) -> Sequence {
    Sequence(number.unsigned_abs())
}
