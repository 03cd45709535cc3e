//! Every file of a folder: staged, kept, skipped or refused, in the order kinds build on each
//! other.

use super::{Book, ImportFailure, keep, progress::Progress, stage::Stager};
use crate::storage::store::Store;
use domain::id::BatchId;
use exchange::{
    draft::Layouts,
    heading::{Layout, Meaning},
    kind::{Kind, Treatment},
    source::FileSource,
    summary::{FileSummary, Remark},
};
use std::{
    collections::HashSet,
    fs::{self, File},
    path::{Path, PathBuf},
};

/// Reads the whole folder.
pub fn read(
    store: &mut Store,
    (book, batch): (&Book<'_>, BatchId),
    stager: &mut Stager<'_>,
) -> Result<(Layouts, Vec<FileSummary>), ImportFailure> {
    let meaning = meaning_of(book.folder);
    let (mut layouts, mut files) = (Layouts::new(), Vec::new());
    for (path, treatment) in list(book.folder)? {
        let name = name_of(&path);
        let mut file = match treatment {
            Treatment::Taken(kind) => {
                let mut source = open(&path, book)?;
                let headings = source.headings.clone();
                match Layout::new(kind, name.clone(), headings, meaning) {
                    Ok(layout) => {
                        let layout = layout.written(source.form);
                        let mut progress =
                            Progress::begin(book.voice, format!("reading {name}"), "rows");
                        let mut file = stager.stage(&mut source, &layout, &mut progress)?;
                        progress.end();
                        if !layout.homeless.is_empty() {
                            file.remark = also_keep(store, &path, (&layout, batch))?;
                        }
                        layouts.insert(kind, layout);
                        file
                    }
                    Err(reason) => {
                        let rows = keep::count(&path, &book.answers)?.rows;
                        let remark = Remark::Refused(reason.to_string());
                        FileSummary { rows, refused: rows, remark, ..FileSummary::default() }
                    }
                }
            }
            Treatment::Kept => {
                let mut file = keep::count(&path, &book.answers)?;
                let kept = keep::keep(store, &path, batch)?;
                file.remark = match kept.before {
                    true => Remark::KeptBefore(kept.name),
                    false => Remark::Kept(kept.name),
                };
                file
            }
            Treatment::Skipped => FileSummary { remark: Remark::Skipped, ..FileSummary::default() },
        };
        file.name = name;
        files.push(file);
    }
    Ok((layouts, files))
}

/// Lists the files with what is done with each; a second file of a kind is kept, not taken.
fn list(folder: &Path) -> Result<Vec<(PathBuf, Treatment)>, ImportFailure> {
    let failed = |source| ImportFailure::File { path: folder.to_owned(), source };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    let mut kinds = HashSet::new();
    let mut files: Vec<_> = paths
        .into_iter()
        .map(|path| match Treatment::of(&path) {
            Treatment::Taken(kind) if !kinds.insert(kind) => (path, Treatment::Kept),
            treatment => (path, treatment),
        })
        .collect();
    files.sort_by_key(|(_, treatment)| match treatment {
        Treatment::Taken(kind) => *kind as usize,
        Treatment::Kept => Kind::ALL.len(),
        Treatment::Skipped => Kind::ALL.len() + 1,
    });
    let any = files.iter().any(|(_, treatment)| *treatment != Treatment::Skipped);
    if any { Ok(files) } else { Err(ImportFailure::Nothing(folder.to_owned())) }
}

/// Says whose meaning the headings have: a book that says it was made by the book maker has
/// borrowed headings over its own cells.
fn meaning_of(folder: &Path) -> Meaning {
    let manifest = fs::read(folder.join("manifest.json")).ok();
    let manifest =
        manifest.and_then(|text| serde_json::from_slice::<serde_json::Value>(&text).ok());
    let maker = manifest.as_ref().and_then(|manifest| manifest.get("generator")?.as_str());
    match maker {
        Some(maker) if maker.starts_with("make_crm_data") => Meaning::AsPlain,
        _ => Meaning::AsNamed,
    }
}

fn also_keep(
    store: &mut Store,
    path: &Path,
    (layout, batch): (&Layout, BatchId),
) -> Result<Remark, ImportFailure> {
    let name = keep::keep(store, path, batch)?.name;
    Ok(Remark::AlsoKept { name, columns: layout.homeless.clone() })
}

fn open(path: &Path, book: &Book<'_>) -> Result<FileSource<File>, ImportFailure> {
    let source = File::open(path).and_then(|file| FileSource::new(file, &book.answers));
    source.map_err(|source| ImportFailure::File { path: path.to_owned(), source })
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
