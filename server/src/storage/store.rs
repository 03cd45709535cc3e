//! One workspace's log, documents' rows and actors, in one SQLite file with one writer.

use super::{
    StorageFailure,
    entry::{Entry, Limit, Row},
    failpoint,
    reader::{Reader, number, sequence},
    schema, while_attempting,
};
use rusqlite::{Connection, params};
use std::{fs::File, path::PathBuf};
use sync::{frame::RowItem, id::*};

/// The one writer of a workspace.
#[derive(Debug)]
pub struct Store {
    writer: Reader,
    durable: Reader,
    pub(super) kept: PathBuf,
    epoch: Epoch,
    head: Sequence,
    /// The head to return to when the open transaction is rolled back.
    head_durable: Sequence,
    /// Held while the store is open, so that no other process writes.
    _lock: File,
}

impl Store {
    /// Opens a workspace in its folder; `epoch` begins its log when there is none yet.
    pub(super) fn open(folder: PathBuf, epoch: Epoch, lock: File) -> Result<Self, StorageFailure> {
        let connection = schema::open_workspace(&folder.join("log.sqlite"))?;
        failpoint::reach("begin the log")?;
        connection
            .execute("INSERT INTO head VALUES (1, ?1, 0) ON CONFLICT DO NOTHING", [&epoch.0[..]])
            .map_err(while_attempting("begin the log"))?;
        failpoint::reach("read where the log stands")?;
        let (epoch, head) = connection
            .query_row("SELECT epoch, sequence FROM head", [], |row| {
                Ok((Epoch(row.get(0)?), sequence(row.get(1)?)))
            })
            .map_err(while_attempting("read where the log stands"))?;
        let durable = Reader { connection: schema::open_reader(&folder.join("log.sqlite"))? };
        let (writer, kept) = (Reader { connection }, folder.join("kept"));
        Ok(Self { writer, durable, kept, epoch, head, head_durable: head, _lock: lock })
    }

    /// Names this life of the log.
    pub fn epoch(&self) -> Epoch {
        self.epoch
    }

    /// Returns the lives of the log before this one, each with the head it ended at, oldest first.
    pub fn lives(&self) -> Result<Vec<(Epoch, Sequence)>, StorageFailure> {
        let attempt = "read the lives of the log";
        failpoint::reach(attempt)?;
        self.writer
            .connection
            .prepare_cached("SELECT epoch, head FROM life ORDER BY number")
            .and_then(|mut query| {
                let lives =
                    query.query_map([], |row| Ok((Epoch(row.get(0)?), sequence(row.get(1)?))))?;
                lives.collect()
            })
            .map_err(while_attempting(attempt))
    }

    /// Begins another life of the log where it stands: what devices have beyond that is not here.
    pub fn begin_life(&mut self, epoch: Epoch) -> Result<(), StorageFailure> {
        let attempt = "begin another life of the log";
        self.begin()?;
        let begun = failpoint::reach(attempt).and_then(|()| {
            let connection = &self.writer.connection;
            connection
                .execute("INSERT INTO life (epoch, head) SELECT epoch, sequence FROM head", [])
                .and_then(|_| connection.execute("UPDATE head SET epoch = ?1", [&epoch.0[..]]))
                .map_err(while_attempting(attempt))
        });
        match begun {
            Ok(_) => self.commit()?,
            Err(failure) => {
                self.roll_back();
                return Err(failure);
            }
        }
        self.epoch = epoch;
        Ok(())
    }

    /// Returns the sequence number of the last entry, in the open transaction too.
    pub fn head(&self) -> Sequence {
        self.head
    }

    /// Bounds what the workspace's file may take.
    pub fn limit_bytes(&self, bytes_max: u64) -> Result<(), StorageFailure> {
        let attempt = "bound the workspace's file";
        let page: u64 = self
            .writer
            .connection
            .query_row("SELECT page_size FROM pragma_page_size", [], |row| row.get::<_, i64>(0))
            .map_err(while_attempting(attempt))?
            .unsigned_abs();
        // The pragma answers with the bound in force, so it is a query.
        self.writer
            .connection
            .query_row(
                &format!("PRAGMA max_page_count = {}", (bytes_max / page.max(1)).max(1)),
                [],
                |_| Ok(()),
            )
            .map_err(while_attempting(attempt))
    }

    /// Returns the connection that writes.
    pub(super) fn connection(&self) -> &Connection {
        &self.writer.connection
    }

    /// Opens a transaction; nothing in it is durable before [`Store::commit`] returns.
    pub fn begin(&mut self) -> Result<(), StorageFailure> {
        failpoint::reach("begin a transaction")?;
        self.writer
            .connection
            .execute_batch("BEGIN IMMEDIATE")
            .map_err(while_attempting("begin a transaction"))
    }

    /// Makes the open transaction durable, or undoes all of it.
    pub fn commit(&mut self) -> Result<(), StorageFailure> {
        let attempt = "commit the transaction";
        let committed = failpoint::reach(attempt).and_then(|()| {
            self.writer.connection.execute_batch("COMMIT").map_err(while_attempting(attempt))
        });
        failpoint::pass();
        match committed {
            Ok(()) => self.head_durable = self.head,
            Err(_) => self.roll_back(),
        }
        committed
    }

    /// Undoes the open transaction, if there is one.
    pub fn roll_back(&mut self) {
        failpoint::pass();
        // SQLite undoes a transaction by itself after some failures; then there is none to end.
        if !self.writer.connection.is_autocommit()
            && let Err(failure) = self.writer.connection.execute_batch("ROLLBACK")
        {
            tracing::error!(%failure, "could not undo a transaction");
        }
        self.head = self.head_durable;
    }

    /// Appends entries in order and lays the rows of the documents they touch, all or nothing.
    /// A transaction of its own unless one is open; a failure undoes that one.
    pub fn append(&mut self, entries: &[Entry], rows: &[Row]) -> Result<Sequence, StorageFailure> {
        let alone = self.writer.connection.is_autocommit();
        if alone {
            self.begin()?;
        }
        match self.write(entries, rows) {
            Ok(head) => self.head = head,
            Err(failure) => {
                self.roll_back();
                return Err(failure);
            }
        }
        if alone {
            self.commit()?;
        }
        Ok(self.head)
    }

    /// Lays rows made anew in the place of those that stand, where they stand in the log.
    pub fn project_again(
        &mut self,
        rows: &[(DocumentId, Vec<u8>)],
        version: u16,
    ) -> Result<(), StorageFailure> {
        self.begin()?;
        let written = self
            .writer
            .connection
            .prepare_cached("UPDATE document SET version = ?2, row = ?3 WHERE id = ?1")
            .and_then(|mut update| {
                rows.iter().try_for_each(|(document, row)| {
                    update.execute(params![&document.0[..], version, row]).map(drop)
                })
            })
            .map_err(while_attempting("write rows made anew"));
        if written.is_err() {
            self.roll_back();
            return written;
        }
        self.commit()
    }

    fn write(&self, entries: &[Entry], rows: &[Row]) -> Result<Sequence, StorageFailure> {
        failpoint::reach("append to the log")?;
        let head = write_entries(&self.writer.connection, self.head, entries)
            .map_err(while_attempting("append to the log"))?;
        failpoint::reach("write rows")?;
        write_rows(&self.writer.connection, rows).map_err(while_attempting("write rows"))?;
        failpoint::reach("move the log's head")?;
        self.writer
            .connection
            .prepare_cached("UPDATE head SET sequence = ?1")
            .and_then(|mut update| update.execute([number(head)]))
            .map_err(while_attempting("move the log's head"))?;
        failpoint::pass();
        Ok(head)
    }

    /// Reads what is durable, and nothing of an open transaction.
    pub fn durable(&self) -> &Reader {
        &self.durable
    }

    /// Reads what is written, the open transaction too.
    pub fn written(&self) -> &Reader {
        &self.writer
    }

    /// Says whether anything was ever appended for the document.
    pub fn has_document(&self, document: DocumentId) -> Result<bool, StorageFailure> {
        self.writer.has_document(document)
    }

    /// Returns the row of a document.
    pub fn row(&self, document: DocumentId) -> Result<Option<RowItem>, StorageFailure> {
        self.writer.row(document)
    }

    /// Returns the rows of a scope that changed after `cursor`, in order of sequence.
    pub fn rows_after(
        &self,
        scope: Scope,
        cursor: Sequence,
        limit: Limit,
    ) -> Result<Vec<RowItem>, StorageFailure> {
        self.writer.rows_after(scope, cursor, limit)
    }

    /// Returns the changes of a document after a sequence number, oldest first.
    pub fn changes(
        &self,
        document: DocumentId,
        after: Sequence,
        limit: Limit,
    ) -> Result<Vec<(Sequence, Vec<u8>)>, StorageFailure> {
        self.writer.changes(document, after, limit)
    }
}

fn write_entries(
    connection: &Connection,
    head: Sequence,
    entries: &[Entry],
) -> rusqlite::Result<Sequence> {
    let mut log = connection.prepare_cached(
        "INSERT INTO log VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?;
    let mut hashes = connection.prepare_cached("INSERT INTO change_by_hash VALUES (?1, ?2, ?3)")?;
    let mut actors = connection.prepare_cached(
        "INSERT INTO actor VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (document, actor) DO UPDATE SET device = excluded.device, last = excluded.last",
    )?;
    let mut last = head;
    for entry in entries {
        last = Sequence(last.0 + 1);
        let document = &entry.document.0[..];
        failpoint::pass();
        log.execute(params![
            number(last),
            document,
            entry.class.0,
            entry.scope.0,
            &entry.hash.0[..],
            entry.actor,
            entry.actor_sequence as i64,
            &entry.person.0[..],
            &entry.device.0[..],
            entry.schema,
            entry.device_time.0,
            entry.relay_time.0,
            entry.edit,
            entry.change,
        ])?;
        failpoint::pass();
        hashes.execute(params![document, &entry.hash.0[..], number(last)])?;
        failpoint::pass();
        actors.execute(params![
            document,
            entry.actor,
            &entry.person.0[..],
            &entry.device.0[..],
            entry.actor_sequence as i64,
        ])?;
    }
    Ok(last)
}

fn write_rows(connection: &Connection, rows: &[Row]) -> rusqlite::Result<()> {
    let mut write = connection.prepare_cached(
        "INSERT INTO document VALUES (?1, ?2, ?3,
             (SELECT max(sequence) FROM log WHERE document = ?1), ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET scope = excluded.scope, sequence = excluded.sequence,
             version = excluded.version, row = excluded.row",
    )?;
    for row in rows {
        write.execute(params![
            &row.document.0[..],
            row.class.0,
            row.scope.0,
            row.version,
            row.row
        ])?;
    }
    Ok(())
}
