//! `tessera import`: a folder of files becomes accounts and what belongs to them.
//!
//! Every row is read exactly or told; nothing is guessed and nothing is replaced in silence. Rows
//! go by the same edits as the app's. Three steps: rows are staged by account ([`stage`],
//! [`staging`]), each account's rows become edits (`exchange`) and changes ([`author`],
//! [`pool`]), and these are appended to the log in large transactions ([`append`]). Ids are derived from those
//! of the book, so that bringing it in twice adds nothing twice.
//!
//! A row whose needed cell cannot be read is refused; any other cell that cannot be read is left
//! out of its row. Both are told with file, line, column, value and reason, and the report holds
//! the row as it stood.

pub mod append;
pub mod author;
pub mod configuration;
pub mod folder;
pub mod keep;
pub mod pool;
pub mod progress;
pub mod report;
pub mod stage;
pub mod staging;
pub mod workspace;

use crate::{
    clock,
    storage::{StorageFailure, home::Home, store::Store},
};
use author::Author;
use documents::{
    actor::{Actor, RELAY},
    malformed::Malformed,
};
use domain::{refusal::Refusal, time::Timestamp};
use exchange::{mention::Mentioned, summary::Summary};
use progress::Voice;
use stage::Stager;
use staging::Staging;
use std::{
    io,
    path::{Path, PathBuf},
};
use workspace::Unclear;

/// What `tessera import` is told.
#[derive(Debug, Clone, clap::Args)]
pub struct ImportArgs {
    /// Folder with the files: accounts.csv, contacts.csv, deals.csv and so on, with headings
    /// as Tessera, HubSpot or Salesforce write them
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The workspace to bring them into, made when it is new [default: the only one there is, or
    /// "main"]
    #[arg(long, env = "TESSERA_WORKSPACE", value_name = "NAME")]
    pub workspace: Option<String>,
    /// A file to write every row and cell into that was not taken, and why
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

/// Why an import stopped. What was appended before stands, and is found when it is begun again.
#[derive(Debug, thiserror::Error)]
pub enum ImportFailure {
    #[error("could not read {}", path.display())]
    File {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("there is no file to bring in: {}", .0.display())]
    Nothing(PathBuf),
    #[error(transparent)]
    Workspace(#[from] Unclear),
    #[error("could not stage the rows")]
    Staging(#[from] rusqlite::Error),
    #[error(transparent)]
    Storage(#[from] StorageFailure),
    #[error("could not write the configuration")]
    Configuration(#[source] Refusal),
    #[error("could not read a document")]
    Document(#[from] Malformed),
    #[error("could not write the report {}", path.display())]
    Report {
        path: PathBuf,
        #[source]
        source: csv::Error,
    },
}

/// Brings a folder into a workspace of the data directory, telling how far it has come.
pub fn run(data: &Path, args: &ImportArgs) -> Result<Summary, ImportFailure> {
    let home = Home::open(data)?;
    let name = workspace::meant(&home, args.workspace.as_deref())?;
    if !args.folder.is_dir() {
        let path = args.folder.clone();
        return Err(ImportFailure::File { path, source: io::ErrorKind::NotADirectory.into() });
    }
    let workspace = home.make_workspace(&name, entropy()?)?;
    let mut store = home.open_store(&workspace)?;
    let book = Book { folder: &args.folder, report: args.report.as_deref(), voice: Voice::Aloud };
    let summary = bring_in(&mut store, &workspace.name, &book)?;
    if book.report.is_none() && !summary.untaken.is_empty() {
        eprint!("not taken:\n{}", summary.tell_untaken());
    }
    Ok(summary)
}

/// A folder to bring in.
#[derive(Debug, Clone, Copy)]
pub struct Book<'a> {
    pub folder: &'a Path,
    pub report: Option<&'a Path>,
    pub voice: Voice,
}

/// Brings a folder into an open workspace.
pub fn bring_in(
    store: &mut Store,
    workspace: &str,
    book: &Book<'_>,
) -> Result<Summary, ImportFailure> {
    let staging = Staging::open()?;
    let mut context = configuration::context(store, workspace)?;
    let mentioned = Mentioned::default();
    let mut stager = Stager { staging: &staging, context: &context, mentioned };
    let (layouts, mut files) = folder::read(store, book, &mut stager)?;
    let mentioned = stager.mentioned;
    let (actor, now) = (Actor { person: RELAY, life: entropy()? }, Timestamp(clock::now().0));
    context.people = configuration::bring_in(store, workspace, &mentioned, (actor, now))?;
    let author = Author { layouts, context, actor, now };
    let appended = append::append(store, &staging, &author, (&mut files, book.voice))?;
    if let Some(path) = book.report {
        report::write(&staging, path)?;
    }
    let untaken = report::first_lines(&staging)?;
    let append::Appended { accounts, documents } = appended;
    Ok(Summary { files, accounts, documents, untaken })
}

fn entropy() -> Result<[u8; 16], ImportFailure> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(StorageFailure::Entropy)?;
    Ok(bytes)
}
