//! `tessera export`: a workspace's customers as files in the plain style, as import reads them.
//!
//! Ids are Tessera's own, so that bringing an export in again finds everything where it is; what
//! an account was called elsewhere stands in a column of its own. No cell begins with what a
//! spreadsheet takes for a formula. One account is in memory at a time.

use crate::{
    import::workspace::{self, Unclear},
    relay::answers::SCOPE,
    storage::{StorageFailure, entry::Limit, home::Home, store::Store},
};
use documents::{
    class::{CONFIGURATION_ID, Class},
    document::Document,
    malformed::Malformed,
};
use domain::id::AccountId;
use exchange::{
    kind::Kind,
    names::Names,
    sheets::{SheetFailure, Sheets},
    written,
};
use std::{
    collections::BTreeMap,
    fmt, fs, io,
    path::{Path, PathBuf},
};
use sync::id::{DocumentId, Sequence};

/// What `tessera export` is told.
#[derive(Debug, Clone, clap::Args)]
pub struct ExportArgs {
    /// The workspace to write out [default: the only one there is]
    #[arg(long, env = "TESSERA_WORKSPACE", value_name = "NAME")]
    pub workspace: Option<String>,
    /// Folder to write into; it must be new or empty
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
pub enum ExportFailure {
    #[error(transparent)]
    Workspace(#[from] Unclear),
    #[error("there is no workspace {0:?}")]
    NoWorkspace(String),
    #[error("{} is not empty", .0.display())]
    NotEmpty(PathBuf),
    #[error("could not write {}", path.display())]
    File {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error(transparent)]
    Sheet(#[from] SheetFailure),
    #[error(transparent)]
    Storage(#[from] StorageFailure),
    #[error("could not read the configuration")]
    Configuration(#[source] Malformed),
}

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exported {
    /// Rows by file, without headings.
    pub rows: BTreeMap<String, u64>,
    /// Files without a feature yet, as they were brought in.
    pub kept: Vec<String>,
    /// Accounts that could not be read, and why; everything else was written.
    pub unreadable: Vec<(AccountId, Malformed)>,
}

/// Writes a workspace of the data directory out.
pub fn run(data: &Path, args: &ExportArgs) -> Result<Exported, ExportFailure> {
    let home = Home::open(data)?;
    let name = workspace::meant(&home, args.workspace.as_deref())?;
    let workspace = home.workspace(&name)?.ok_or(ExportFailure::NoWorkspace(name))?;
    let store = home.open_store(&workspace)?;
    write_out(&store, &args.out)
}

/// Writes an open workspace out.
pub fn write_out(store: &Store, folder: &Path) -> Result<Exported, ExportFailure> {
    make_empty(folder)?;
    let configuration = open(store, Class::Configuration, CONFIGURATION_ID)?
        .and_then(|document| document.configuration())
        .map_err(ExportFailure::Configuration)?;
    let names = Names::of(&configuration);
    let mut sheets = Sheets::new(create(folder)?)?;
    let mut unreadable = Vec::new();
    for account in accounts(store)? {
        let read = open(store, Class::Account, account.0)?.and_then(|document| document.account());
        let note = open(store, Class::Note, account.note().0)?.and_then(|document| document.note());
        match read.and_then(|account| Ok((account, note?))) {
            Ok((account, _)) if account.withdrawn => {}
            Ok((account, note)) => written::write(&mut sheets, &names, &account, &note.text)?,
            Err(malformed) => unreadable.push((account, malformed)),
        }
    }
    let mut rows = BTreeMap::new();
    for (kind, (file, count)) in sheets.finish()? {
        file.sync_all().map_err(|source| SheetFailure { kind, source })?;
        rows.insert(name_of(kind), count);
    }
    Ok(Exported { rows, kept: hand_back(store, folder)?, unreadable })
}

fn create(folder: &Path) -> Result<Vec<(Kind, fs::File)>, SheetFailure> {
    let create = |kind| {
        let file = fs::File::create(folder.join(name_of(kind)));
        file.map(|file| (kind, file)).map_err(|source| SheetFailure { kind, source })
    };
    Kind::ALL.into_iter().map(create).collect()
}

fn name_of(kind: Kind) -> String {
    format!("{}.csv", kind.stem())
}

impl fmt::Display for Exported {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (file, rows) in &self.rows {
            writeln!(out, "{file:<24}{rows:>15}")?;
        }
        for file in &self.kept {
            writeln!(out, "{file:<24}      as it was brought in")?;
        }
        for (account, malformed) in &self.unreadable {
            writeln!(out, "account {account} could not be read: {malformed}")?;
        }
        write!(out, "{} files written", self.rows.len() + self.kept.len())
    }
}

type Opened = Result<Document, Malformed>;

fn open(store: &Store, class: Class, id: [u8; 16]) -> Result<Opened, StorageFailure> {
    let changes = store.changes(DocumentId(id), Sequence(0), Limit::ALL)?;
    Ok(Document::open(class, id, changes.into_iter().map(|(_, change)| change)))
}

fn accounts(store: &Store) -> Result<Vec<AccountId>, StorageFailure> {
    let mut accounts = Vec::new();
    store.durable().each_row(SCOPE, |row| {
        if row.class.0 == Class::Account as u8 {
            accounts.push(AccountId(row.document.0));
        }
    })?;
    Ok(accounts)
}

fn make_empty(folder: &Path) -> Result<(), ExportFailure> {
    let failed = |source| ExportFailure::File { path: folder.to_owned(), source };
    fs::create_dir_all(folder).map_err(failed)?;
    match fs::read_dir(folder).map_err(failed)?.next() {
        Some(_) => Err(ExportFailure::NotEmpty(folder.to_owned())),
        None => Ok(()),
    }
}

/// Hands back files kept with the workspace; those named as a sheet of ours go into a folder.
fn hand_back(store: &Store, folder: &Path) -> Result<Vec<String>, ExportFailure> {
    let mut names = Vec::new();
    for kept in store.kept_files()? {
        let name = if folder.join(&kept.name).exists() {
            format!("kept/{}", kept.name)
        } else {
            kept.name.clone()
        };
        let path = folder.join(&name);
        let failed = |source| ExportFailure::File { path: path.clone(), source };
        fs::create_dir_all(path.parent().unwrap_or(folder)).map_err(failed)?;
        let mut file = fs::File::create(&path).map_err(failed)?;
        io::copy(&mut store.read_kept_file(&kept.name)?, &mut file).map_err(failed)?;
        names.push(name);
    }
    Ok(names)
}
