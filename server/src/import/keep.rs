//! Files without a feature yet, and files with columns that have no place: kept whole.

use super::ImportFailure;
use crate::storage::store::Store;
use domain::id::BatchId;
use exchange::{form::Answers, source::FileSource, summary::FileSummary};
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// A file in the workspace's keeping.
pub struct Keeping {
    pub name: String,
    pub before: bool,
}

/// Keeps a file under its name, or under the next free one where another file has that name.
pub fn keep(store: &mut Store, path: &Path, batch: BatchId) -> Result<Keeping, ImportFailure> {
    let failed = |source| ImportFailure::File { path: path.to_owned(), source };
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let hash = hash(path).map_err(failed)?;
    for number in 1_u32.. {
        let name = if number == 1 { format!("{stem}.csv") } else { format!("{stem}-{number}.csv") };
        match store.kept_file(&name)? {
            Some(kept) if kept.sha256 == hash => return Ok(Keeping { name, before: true }),
            Some(_) => {}
            None => {
                store.keep_file(&name, File::open(path).map_err(failed)?)?;
                store.note_keeper(&name, batch)?;
                return Ok(Keeping { name, before: false });
            }
        }
    }
    unreachable!("there are more numbers than files")
}

/// Counts the rows of a file that is kept as it is.
pub fn count(path: &Path, answers: &Answers) -> Result<FileSummary, ImportFailure> {
    let failed = |source| ImportFailure::File { path: path.to_owned(), source };
    let mut source = FileSource::new(File::open(path).map_err(failed)?, answers).map_err(failed)?;
    let mut rows = 0;
    while source.read_row().map_err(failed)?.is_some() {
        rows += 1;
    }
    Ok(FileSummary { rows, kept: rows, ..FileSummary::default() })
}

fn hash(path: &Path) -> io::Result<[u8; 32]> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hash.finalize().into()),
            read => hash.update(&piece[..read]),
        }
    }
}
