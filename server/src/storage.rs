//! What the relay keeps: one SQLite file per workspace, and one for who may sign in.
//!
//! [`home`] finds the files, [`people`] and [`sessions`] say who may sign in and who has, [`store`]
//! is one workspace's log, [`entry`] what goes into it, [`reader`] what can be asked of it,
//! [`snapshot`] documents in one piece, [`kept`] holds files without a feature yet, [`schema`] the tables, [`failpoint`] the places where a
//! check lets things go wrong.

pub mod entry;
pub mod failpoint;
pub mod home;
pub mod kept;
pub mod lineage;
pub mod people;
pub mod reader;
pub mod schema;
pub mod sessions;
pub mod snapshot;
pub mod store;

use std::path::{Path, PathBuf};

/// The world saying no while something was to be kept or found.
#[derive(Debug, thiserror::Error)]
pub enum StorageFailure {
    #[error("could not {attempted}")]
    Database {
        attempted: &'static str,
        #[source]
        source: rusqlite::Error,
    },
    #[error("could not {attempted} {}", path.display())]
    File {
        attempted: &'static str,
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{} is in use by another Tessera; stop it first", .0.display())]
    InUse(PathBuf),
    #[error("the relay is stopping")]
    Stopping,
    #[error("the database would not be durable: {pragma} is {found}, not {wanted}")]
    NotDurable { pragma: &'static str, found: String, wanted: &'static str },
    #[error("the database was written by a newer Tessera (schema {found}, this one knows {known})")]
    NewerSchema { found: i64, known: i64 },
    #[error("could not start a thread")]
    Thread(#[source] std::io::Error),
    #[error("could not draw random numbers")]
    Entropy(#[source] getrandom::Error),
    #[error("{0:?} cannot name a file")]
    FileName(String),
    #[error("somebody signs in as {0:?} already")]
    LoginTaken(String),
    #[error("somebody in this workspace is called {0:?} already; add what tells them apart")]
    NameTaken(String),
    #[error("nobody signs in as {0:?}")]
    NoSuchLogin(String),
    #[error("the workspace's log was to continue at {wanted}, but stands at {found}")]
    OutOfSequence { wanted: u64, found: u64 },
}

impl StorageFailure {
    /// Says whether it is the disk, or the share of it a workspace may take, that is full.
    pub fn is_full(&self) -> bool {
        match self {
            Self::Database { source, .. } => {
                source.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
            }
            Self::File { source, .. } => source.kind() == std::io::ErrorKind::StorageFull,
            _ => false,
        }
    }
}

/// Names what was being attempted when SQLite failed.
pub(crate) fn while_attempting(
    attempted: &'static str,
) -> impl FnOnce(rusqlite::Error) -> StorageFailure {
    move |source| StorageFailure::Database { attempted, source }
}

/// Names what was being done to which file when it failed.
pub(crate) fn on_file(
    attempted: &'static str,
    path: &Path,
) -> impl FnOnce(std::io::Error) -> StorageFailure {
    let path = path.to_owned();
    move |source| StorageFailure::File { attempted, path, source }
}
