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
pub mod likeness;
pub mod pool;
pub mod progress;
pub mod report;
pub mod stage;
pub mod staging;
pub mod undo;
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
use domain::{
    id::{AccountId, BatchId},
    refusal::Refusal,
    time::Timestamp,
};
use exchange::{
    encoding::Encoding,
    form::{Answers, Comma, DayOrder},
    mention::Mentioned,
    summary::Summary,
};
use progress::Voice;
use stage::Stager;
use staging::{Staging, Telling};
use std::{
    fmt, io,
    path::{Path, PathBuf},
};
use undo::Undone;
use workspace::Unclear;

/// What `tessera import` is told.
#[derive(Debug, Clone, clap::Args)]
pub struct ImportArgs {
    /// Folder with the files: accounts.csv, contacts.csv, deals.csv and so on, with headings
    /// as Tessera, HubSpot or Salesforce write them
    #[arg(value_name = "DIR", required_unless_present = "undo")]
    pub folder: Option<PathBuf>,
    /// The workspace to bring them into, made when it is new [default: the only one there is, or
    /// "main"]
    #[arg(long, env = "TESSERA_WORKSPACE", value_name = "NAME")]
    pub workspace: Option<String>,
    /// A file to write into what became of every row, and why it or a cell of it was not taken
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Take back everything an earlier import brought in, by the number it told; an account
    /// somebody worked on since keeps it. The relay must not be running
    #[arg(long, value_name = "BATCH", conflicts_with = "folder")]
    pub undo: Option<String>,
    /// Which comes first where days are written with slashes, as in 3/4/2025; without an answer
    /// such a day is refused when it can be read in two ways
    #[arg(long, value_enum, value_name = "ORDER")]
    pub dates: Option<Dates>,
    /// What a lone comma before three digits is, as in 1,200
    #[arg(long, value_enum, value_name = "MEANING")]
    pub comma: Option<CommaMeaning>,
    /// The encoding of the files, where it cannot be told from their bytes: windows-1251, gb18030
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<Encoding>,
}

/// An answer to which comes first.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum Dates {
    DayFirst,
    MonthFirst,
}

/// An answer to what a comma is.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum CommaMeaning {
    Decimal,
    Thousands,
}

fn encoding(name: &str) -> Result<Encoding, String> {
    let known = || Encoding::ALL.map(Encoding::label).join(", ");
    Encoding::of_label(name).ok_or_else(|| format!("the encodings are {}", known()))
}

impl ImportArgs {
    fn answers(&self) -> Answers {
        let slashes = self.dates.map(|dates| match dates {
            Dates::DayFirst => DayOrder::DayFirst,
            Dates::MonthFirst => DayOrder::MonthFirst,
        });
        let comma = self.comma.map(|comma| match comma {
            CommaMeaning::Decimal => Comma::Decimal,
            CommaMeaning::Thousands => Comma::Thousands,
        });
        Answers { encoding: self.encoding, delimiter: None, slashes, comma }
    }
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
    #[error("{0:?} is not the number of an import, which is 32 hexadecimal digits")]
    NoBatch(String),
    #[error("there is no workspace {0:?}")]
    NoWorkspace(String),
    #[error("could not take an import back")]
    Undo(#[source] Refusal),
    #[error("could not read a document")]
    Document(#[from] Malformed),
    #[error("could not write the report {}", path.display())]
    Report {
        path: PathBuf,
        #[source]
        source: csv::Error,
    },
}

/// What the command did.
#[derive(Debug)]
pub enum Done {
    BroughtIn(Summary),
    Undone(Undone),
}

impl fmt::Display for Done {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BroughtIn(summary) => summary.fmt(out),
            Self::Undone(undone) => undone.fmt(out),
        }
    }
}

/// Brings a folder into a workspace of the data directory, telling how far it has come, or takes
/// an earlier import back.
pub fn run(data: &Path, args: &ImportArgs) -> Result<Done, ImportFailure> {
    let home = Home::open(data)?;
    let name = workspace::meant(&home, args.workspace.as_deref())?;
    if let Some(batch) = &args.undo {
        let batch = batch.parse().map_err(|_| ImportFailure::NoBatch(batch.clone()))?;
        let workspace = home.workspace(&name)?.ok_or(ImportFailure::NoWorkspace(name))?;
        return Ok(Done::Undone(undo::undo(&mut home.open_store(&workspace)?, batch)?));
    }
    let folder = args.folder.clone().unwrap_or_default();
    if !folder.is_dir() {
        return Err(ImportFailure::File {
            path: folder,
            source: io::ErrorKind::NotADirectory.into(),
        });
    }
    let workspace = home.make_workspace(&name, entropy()?)?;
    let mut store = home.open_store(&workspace)?;
    let report = args.report.as_deref();
    let book = Book { folder: &folder, report, answers: args.answers(), voice: Voice::Aloud };
    let summary = bring_in(&mut store, &workspace.name, &book)?;
    if book.report.is_none() && !summary.untaken.is_empty() {
        eprint!("to be looked at:\n{}", summary.tell_untaken());
    }
    Ok(Done::BroughtIn(summary))
}

/// A folder to bring in.
#[derive(Debug, Clone, Copy)]
pub struct Book<'a> {
    pub folder: &'a Path,
    pub report: Option<&'a Path>,
    /// What is said of how the files are written.
    pub answers: Answers,
    pub voice: Voice,
}

/// Brings a folder into an open workspace.
pub fn bring_in(
    store: &mut Store,
    workspace: &str,
    book: &Book<'_>,
) -> Result<Summary, ImportFailure> {
    let telling = if book.report.is_some() { Telling::EveryRow } else { Telling::Troubled };
    let staging = Staging::open(telling)?;
    let (actor, now) = (Actor { person: RELAY, life: entropy()? }, Timestamp(clock::now().0));
    let batch = BatchId(actor.life);
    let mut context = configuration::context(store, workspace)?;
    for withdrawn in likeness::withdrawn(store)? {
        context.identity.avoid(AccountId(withdrawn.0));
    }
    let mentioned = Mentioned::default();
    let mut stager = Stager { staging: &staging, context: &context, mentioned };
    let (layouts, mut files) = folder::read(store, (book, batch), &mut stager)?;
    let mentioned = stager.mentioned;
    let flags = likeness::find(store, &staging, &layouts)?;
    context.people = configuration::bring_in(store, workspace, &mentioned, (actor, now))?;
    let author = Author { layouts, context, actor, now };
    let appended = append::append(store, &staging, &author, (&mut files, &flags, book.voice))?;
    if let Some(path) = book.report {
        report::write(&staging, path)?;
    }
    let untaken = report::first_lines(&staging)?;
    let append::Appended { accounts, documents } = appended;
    Ok(Summary { files, accounts, documents, batch: Some(batch), untaken })
}

fn entropy() -> Result<[u8; 16], ImportFailure> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(StorageFailure::Entropy)?;
    Ok(bytes)
}
