//! Files kept with a workspace until a feature takes them in.

use super::{StorageFailure, home::make_folder, on_file, store::Store, while_attempting};
use domain::id::BatchId;
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File},
    io::{Read, Write},
};

/// A file kept with a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    pub name: String,
    pub bytes: u64,
    pub sha256: [u8; 32],
}

/// A workspace of an earlier release has no such table yet, and needs none to be opened.
const KEEPERS: &str = "CREATE TABLE IF NOT EXISTS kept_by (
    name TEXT PRIMARY KEY,
    batch BLOB NOT NULL CHECK (length(batch) = 16)
) STRICT;";

/// Whether the file was new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    Kept,
    /// The very same bytes were kept under this name before.
    AlreadyHere,
    /// Other bytes were kept under this name before; these have taken their place.
    Replaced,
}

impl Store {
    /// Keeps a file under its plain name, compressed, flushed before it counts.
    pub fn keep_file(
        &mut self,
        name: &str,
        mut reader: impl Read,
    ) -> Result<Keeping, StorageFailure> {
        if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\', '\0']) {
            return Err(StorageFailure::FileName(name.to_owned()));
        }
        make_folder(&self.kept)?;
        let partial = self.kept.join(".partial");
        let (bytes, sha256) =
            compress(&mut reader, &partial).map_err(on_file("write the kept file", &partial))?;
        let before = self.kept_file(name)?;
        if before.as_ref().is_some_and(|before| before.sha256 == sha256) {
            fs::remove_file(&partial).map_err(on_file("remove the file", &partial))?;
            return Ok(Keeping::AlreadyHere);
        }
        let path = self.kept.join(format!("{name}.gz"));
        fs::rename(&partial, &path).map_err(on_file("put in place the file", &path))?;
        File::open(&self.kept)
            .and_then(|folder| folder.sync_all())
            .map_err(on_file("flush the folder", &self.kept))?;
        self.connection()
            .execute(
                "INSERT INTO kept_file VALUES (?1, ?2, ?3)
                 ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes, sha256 = excluded.sha256",
                params![name, bytes as i64, &sha256[..]],
            )
            .map_err(while_attempting("note a kept file"))?;
        Ok(if before.is_some() { Keeping::Replaced } else { Keeping::Kept })
    }

    /// Notes the import a kept file came with.
    pub fn note_keeper(&mut self, name: &str, batch: BatchId) -> Result<(), StorageFailure> {
        self.connection()
            .execute_batch(KEEPERS)
            .and_then(|()| {
                let insert = "INSERT INTO kept_by VALUES (?1, ?2) ON CONFLICT DO NOTHING";
                self.connection().execute(insert, params![name, &batch.0[..]]).map(drop)
            })
            .map_err(while_attempting("note which import a file came with"))
    }

    /// Lets go of the files an import came with, and returns their names.
    pub fn forget_kept_files(&mut self, batch: BatchId) -> Result<Vec<String>, StorageFailure> {
        let attempting = || while_attempting("let go of kept files");
        let connection = self.connection();
        connection.execute_batch(KEEPERS).map_err(attempting())?;
        let names: Vec<String> = connection
            .prepare("SELECT name FROM kept_by WHERE batch = ?1 ORDER BY name")
            .and_then(|mut query| query.query_map([&batch.0[..]], |row| row.get(0))?.collect())
            .map_err(attempting())?;
        for name in &names {
            for statement in
                ["DELETE FROM kept_file WHERE name = ?1", "DELETE FROM kept_by WHERE name = ?1"]
            {
                connection.execute(statement, [name]).map_err(attempting())?;
            }
            let path = self.kept.join(format!("{name}.gz"));
            fs::remove_file(&path).map_err(on_file("remove the kept file", &path))?;
        }
        Ok(names)
    }

    /// Returns what is known of a kept file.
    pub fn kept_file(&self, name: &str) -> Result<Option<KeptFile>, StorageFailure> {
        self.connection()
            .query_row("SELECT name, bytes, sha256 FROM kept_file WHERE name = ?1", [name], kept)
            .optional()
            .map_err(while_attempting("look for a kept file"))
    }

    /// Returns every kept file, by name.
    pub fn kept_files(&self) -> Result<Vec<KeptFile>, StorageFailure> {
        self.connection()
            .prepare_cached("SELECT name, bytes, sha256 FROM kept_file ORDER BY name")
            .and_then(|mut query| query.query_map([], kept)?.collect())
            .map_err(while_attempting("list the kept files"))
    }

    /// Reads a kept file as it was.
    pub fn read_kept_file(&self, name: &str) -> Result<impl Read + use<>, StorageFailure> {
        let path = self.kept.join(format!("{name}.gz"));
        File::open(&path).map(GzDecoder::new).map_err(on_file("open the kept file", &path))
    }
}

fn compress(reader: &mut impl Read, path: &std::path::Path) -> std::io::Result<(u64, [u8; 32])> {
    let mut packed = GzEncoder::new(File::create(path)?, Compression::default());
    let mut hash = Sha256::new();
    let mut bytes = 0;
    let mut piece = vec![0; 64 * 1024];
    loop {
        let read = reader.read(&mut piece)?;
        if read == 0 {
            break;
        }
        hash.update(&piece[..read]);
        packed.write_all(&piece[..read])?;
        bytes += read as u64;
    }
    packed.finish()?.sync_all()?;
    Ok((bytes, hash.finalize().into()))
}

fn kept(row: &rusqlite::Row<'_>) -> rusqlite::Result<KeptFile> {
    Ok(KeptFile {
        name: row.get(0)?,
        bytes: row.get::<_, i64>(1)?.unsigned_abs(),
        sha256: row.get(2)?,
    })
}
