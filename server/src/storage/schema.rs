//! The tables, and a connection that is known to be durable.

use super::{StorageFailure, failpoint, while_attempting};
use rusqlite::{Connection, OpenFlags};
use std::{path::Path, time::Duration};

/// The shape of a workspace's file; a later one brings its own migration.
const WORKSPACE_VERSION: i64 = 1;
/// The shape of a workspace's file with a document in it that was begun anew. A relay that does not
/// know of new beginnings would take what was before for part of the document: it opens no such file.
pub(super) const WORKSPACE_VERSION_BEGUN: i64 = 2;
/// The shape of the file of workspaces, people and sessions.
const DIRECTORY_VERSION: i64 = 1;
/// How long a statement waits for another process before it fails.
const BUSY: Duration = Duration::from_secs(5);

/// How much of the write-ahead log stays on disk once a large import is in.
const JOURNAL_BYTES_KEPT: &str = "67108864";

const WORKSPACE: &str = "
CREATE TABLE head (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    epoch BLOB NOT NULL CHECK (length(epoch) = 16),
    sequence INTEGER NOT NULL
) STRICT;
CREATE TABLE log (
    sequence INTEGER PRIMARY KEY,
    document BLOB NOT NULL,
    class INTEGER NOT NULL,
    scope INTEGER NOT NULL,
    hash BLOB NOT NULL,
    actor BLOB NOT NULL,
    actor_sequence INTEGER NOT NULL,
    person BLOB NOT NULL,
    device BLOB NOT NULL,
    schema INTEGER NOT NULL,
    device_time INTEGER NOT NULL,
    relay_time INTEGER NOT NULL,
    edit BLOB NOT NULL,
    change BLOB NOT NULL
) STRICT;
CREATE INDEX log_by_document ON log (document, sequence);
CREATE TABLE change_by_hash (
    document BLOB NOT NULL,
    hash BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (document, hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE actor (
    document BLOB NOT NULL,
    actor BLOB NOT NULL,
    person BLOB NOT NULL,
    device BLOB NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (document, actor)
) STRICT, WITHOUT ROWID;
CREATE TABLE document (
    id BLOB PRIMARY KEY,
    class INTEGER NOT NULL,
    scope INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    version INTEGER NOT NULL,
    row BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX feed ON document (scope, sequence);
CREATE TABLE kept_file (
    name TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL,
    sha256 BLOB NOT NULL
) STRICT;
";

/// The lives of the log before this one, each with the head at which it was taken up from a backup.
/// Made where it is missing: a file of the first shape has had one life.
const LIVES: &str = "
CREATE TABLE IF NOT EXISTS life (
    number INTEGER PRIMARY KEY,
    epoch BLOB NOT NULL CHECK (length(epoch) = 16),
    head INTEGER NOT NULL
) STRICT;
";

/// Documents in one piece, each standing for its changes up to a place in the log. The changes stay.
/// Made where it is missing: a relay that does not know them serves the file as well without.
const SNAPSHOTS: &str = "
CREATE TABLE IF NOT EXISTS snapshot (
    document BLOB PRIMARY KEY,
    sequence INTEGER NOT NULL,
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    packed BLOB NOT NULL
) STRICT;
";

/// The new beginnings of documents: from where to where each lies in the log. Entries of the document
/// before the last one are kept, and are no part of it.
const LINEAGES: &str = "
CREATE TABLE IF NOT EXISTS lineage (
    document BLOB NOT NULL,
    begins INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    PRIMARY KEY (document, begins)
) STRICT, WITHOUT ROWID;
";

const DIRECTORY: &str = "
CREATE TABLE workspace (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    demo INTEGER NOT NULL
) STRICT;
CREATE TABLE person (
    login TEXT PRIMARY KEY,
    workspace BLOB NOT NULL REFERENCES workspace (id),
    person BLOB NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    UNIQUE (workspace, person)
) STRICT;
CREATE TABLE session (
    hash BLOB PRIMARY KEY,
    login TEXT NOT NULL REFERENCES person (login) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_by_login ON session (login);
";

/// Opens a workspace's file, making its tables when it is new.
pub(crate) fn open_workspace(path: &Path) -> Result<Connection, StorageFailure> {
    let versions = (WORKSPACE_VERSION, WORKSPACE_VERSION_BEGUN);
    let connection = open(path, WORKSPACE, versions)?;
    failpoint::reach("make the table of lives")?;
    connection.execute_batch(LIVES).map_err(while_attempting("make the table of lives"))?;
    failpoint::reach("make the table of snapshots")?;
    connection.execute_batch(SNAPSHOTS).map_err(while_attempting("make the table of snapshots"))?;
    failpoint::reach("make the table of new beginnings")?;
    let attempt = while_attempting("make the table of new beginnings");
    connection.execute_batch(LINEAGES).map_err(attempt)?;
    Ok(connection)
}

/// Opens a workspace's file for reading what is durable.
pub(crate) fn open_reader(path: &Path) -> Result<Connection, StorageFailure> {
    failpoint::reach("open the database for reading")?;
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .and_then(|connection| {
            connection.busy_timeout(BUSY)?;
            // A file no relay of today has opened yet has had no new beginnings.
            if !connection.table_exists(None, "lineage")? {
                connection.execute_batch(&LINEAGES.replace("TABLE", "TEMP TABLE"))?;
            }
            Ok(connection)
        })
        .map_err(while_attempting("open the database for reading"))
}

/// Opens the file of workspaces, people and sessions, making its tables when it is new.
pub(crate) fn open_directory(path: &Path) -> Result<Connection, StorageFailure> {
    open(path, DIRECTORY, (DIRECTORY_VERSION, DIRECTORY_VERSION))
}

/// Opens a file, making its tables of the first version when it is new; the second is the last known.
fn open(
    path: &Path,
    tables: &str,
    (version, known): (i64, i64),
) -> Result<Connection, StorageFailure> {
    failpoint::reach("open the database")?;
    let connection = Connection::open(path).map_err(while_attempting("open the database"))?;
    failpoint::reach("set the database's durability")?;
    make_durable(&connection)?;
    failpoint::reach("make the tables")?;
    let attempt = while_attempting("make the tables");
    lay_out(&connection, tables, version).map_err(attempt)?;
    let found = version_of(&connection).map_err(while_attempting("read the schema's version"))?;
    if found > known {
        return Err(StorageFailure::NewerSchema { found, known });
    }
    Ok(connection)
}

/// Sets what durability rests on and reads it back, because a pragma that cannot be obeyed is
/// passed over in silence.
fn make_durable(connection: &Connection) -> Result<(), StorageFailure> {
    let attempt = "set the database's durability";
    let set = |name, value| {
        connection.pragma_update(None, name, value).map_err(while_attempting(attempt))
    };
    connection.busy_timeout(BUSY).map_err(while_attempting(attempt))?;
    set("journal_mode", "WAL")?;
    set("synchronous", "FULL")?;
    set("foreign_keys", "ON")?;
    set("cache_size", "-65536")?;
    set("journal_size_limit", JOURNAL_BYTES_KEPT)?;
    for (pragma, wanted) in [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1")] {
        let found: String = connection
            .query_row(&format!("SELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}"), [], |row| {
                row.get(0)
            })
            .map_err(while_attempting("read the database's durability back"))?;
        if found != wanted {
            return Err(StorageFailure::NotDurable { pragma, found, wanted });
        }
    }
    Ok(())
}

fn lay_out(connection: &Connection, tables: &str, version: i64) -> rusqlite::Result<()> {
    if version_of(connection)? != 0 {
        return Ok(());
    }
    connection.execute_batch("BEGIN IMMEDIATE")?;
    // Another process may have made the tables between the look and the lock.
    if version_of(connection)? == 0 {
        failpoint::pass();
        connection.execute_batch(tables)?;
        failpoint::pass();
        connection.pragma_update(None, "user_version", version)?;
    }
    failpoint::pass();
    connection.execute_batch("COMMIT")
}

fn version_of(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("SELECT user_version FROM pragma_user_version", [], |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_that_would_not_be_durable_is_not_opened() {
        // A database in memory takes the pragma and keeps the journal it has.
        let connection = Connection::open_in_memory().unwrap();
        let failure = make_durable(&connection).unwrap_err();
        assert_eq!(
            failure.to_string(),
            "the database would not be durable: journal_mode is memory, not wal"
        );
    }
}
