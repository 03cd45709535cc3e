//! The data directory: which workspaces there are, and where their files lie.

use super::{StorageFailure, on_file, reader::Reader, schema, store::Store, while_attempting};
use rusqlite::{Connection, OptionalExtension, params};
use std::{
    fmt::Write as _,
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};
use sync::id::Epoch;

/// The directory everything is kept in.
#[derive(Debug)]
pub struct Home {
    folder: PathBuf,
    pub(crate) directory: Connection,
}

/// A workspace as the directory knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    pub id: [u8; 16],
    pub name: String,
    /// Whether it has people whose password is public.
    pub demo: bool,
}

impl Home {
    /// Opens a data directory, making it when it is new.
    pub fn open(folder: &Path) -> Result<Self, StorageFailure> {
        make_folder(folder)?;
        let directory = schema::open_directory(&folder.join("relay.sqlite"))?;
        Ok(Self { folder: folder.to_owned(), directory })
    }

    /// Returns where everything is kept.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns every workspace, by name.
    pub fn workspaces(&self) -> Result<Vec<Workspace>, StorageFailure> {
        self.directory
            .prepare_cached("SELECT id, name, demo FROM workspace ORDER BY name")
            .and_then(|mut query| query.query_map([], workspace)?.collect())
            .map_err(while_attempting("list the workspaces"))
    }

    /// Returns the workspace of that name.
    pub fn workspace(&self, name: &str) -> Result<Option<Workspace>, StorageFailure> {
        self.directory
            .query_row("SELECT id, name, demo FROM workspace WHERE name = ?1", [name], workspace)
            .optional()
            .map_err(while_attempting("look for a workspace"))
    }

    /// Returns the workspace of that name, making it when it is new; `entropy` becomes its id.
    pub fn make_workspace(
        &self,
        name: &str,
        entropy: [u8; 16],
    ) -> Result<Workspace, StorageFailure> {
        self.directory
            .execute(
                "INSERT INTO workspace VALUES (?1, ?2, 0) ON CONFLICT (name) DO NOTHING",
                params![&entropy[..], name],
            )
            .map_err(while_attempting("make a workspace"))?;
        let made = self.workspace(name)?;
        Ok(made.unwrap_or_else(|| Workspace { id: entropy, name: name.to_owned(), demo: false }))
    }

    /// Marks a workspace as one with people whose password is public.
    pub fn mark_demo(&self, workspace: &Workspace) -> Result<(), StorageFailure> {
        self.directory
            .execute("UPDATE workspace SET demo = 1 WHERE id = ?1", [&workspace.id[..]])
            .map(drop)
            .map_err(while_attempting("mark the demo workspace"))
    }

    /// Opens a workspace for writing. Fails while another process has it open.
    pub fn open_store(&self, workspace: &Workspace) -> Result<Store, StorageFailure> {
        let folder = self.folder.join("workspaces").join(hexadecimal(&workspace.id));
        make_folder(&folder)?;
        let lock_path = folder.join("lock");
        let lock = File::create(&lock_path).map_err(on_file("make the lock", &lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StorageFailure::InUse(folder)),
            Err(TryLockError::Error(source)) => {
                return Err(on_file("take the lock", &lock_path)(source));
            }
        }
        Store::open(folder, fresh_epoch()?, lock)
    }

    /// Opens a workspace for reading, whoever writes it; nothing where it has no log yet.
    pub fn open_reader(&self, workspace: &Workspace) -> Result<Option<Reader>, StorageFailure> {
        let folder = self.folder.join("workspaces").join(hexadecimal(&workspace.id));
        let log = folder.join("log.sqlite");
        log.exists().then(|| Reader::open(&log)).transpose()
    }

    /// Takes note that everything here was put back from a backup: each workspace's log begins
    /// another life, and devices offer again what it lacks.
    pub fn begin_lives(&self) -> Result<(), StorageFailure> {
        for workspace in self.workspaces()? {
            let mut store = self.open_store(&workspace)?;
            store.begin_life(fresh_epoch()?)?;
            let (workspace, head) = (workspace.name, store.head().0);
            tracing::info!(workspace, head, "taken up from a backup; devices offer what it lacks");
        }
        Ok(())
    }
}

fn fresh_epoch() -> Result<Epoch, StorageFailure> {
    let mut epoch = [0; 16];
    getrandom::fill(&mut epoch).map_err(StorageFailure::Entropy)?;
    Ok(Epoch(epoch))
}

/// Makes a folder only its owner may look into: customers and sessions are in it.
pub(super) fn make_folder(folder: &Path) -> Result<(), StorageFailure> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(on_file("make the folder", folder))
}

fn workspace(row: &rusqlite::Row<'_>) -> rusqlite::Result<Workspace> {
    Ok(Workspace { id: row.get(0)?, name: row.get(1)?, demo: row.get(2)? })
}

/// Returns bytes as lower-case hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
