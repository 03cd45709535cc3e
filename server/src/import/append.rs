//! Accounts from the staging table through the workers into the log.

use super::{
    ImportFailure,
    author::{Author, Authored, Job},
    pool,
    progress::{Progress, Voice},
    staging::Staging,
};
use crate::storage::{
    entry::{Entry, Limit, Row},
    store::Store,
};
use exchange::{
    book::Flags, bundle::Bundle, draft::Outcome, fate, kind::Kind, summary::FileSummary,
};
use std::cell::RefCell;
use sync::id::{DocumentId, Sequence};

/// How many entries one transaction holds, a few more at most.
const ENTRIES_MAX: usize = 4_000;
/// How many bytes of changes one transaction holds, a few more at most.
const BYTES_MAX: usize = 16 << 20;

/// How much there was to write.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Appended {
    pub accounts: u64,
    pub documents: u64,
}

/// Writes every staged account and counts what became of each row.
pub fn append(
    store: &mut Store,
    staging: &Staging,
    author: &Author,
    (files, flags, voice): (&mut [FileSummary], &Flags, Voice),
) -> Result<Appended, ImportFailure> {
    let mut progress = Progress::begin(voice, "writing", "accounts");
    let writer = RefCell::new(Writer { store, entries: Vec::new(), rows: Vec::new(), bytes: 0 });
    let mut appended = Appended::default();
    let mut take = |authored: Authored| -> Result<(), ImportFailure> {
        let refused = |outcome: &Outcome| matches!(outcome, Outcome::Refused(_));
        appended.accounts += u64::from(!authored.outcomes.iter().all(refused));
        appended.documents += authored.rows.len() as u64;
        tell(staging, author, (files, flags), &authored)?;
        progress.add(1);
        writer.borrow_mut().put(authored.entries, authored.rows)
    };
    pool::run(author, &mut take, |pool| {
        staging.walk(|bundle| {
            let job = writer.borrow().job(bundle)?;
            pool.give(job)
        })
    })?;
    writer.borrow_mut().flush()?;
    progress.end();
    Ok(appended)
}

/// Holds entries until there are enough for a transaction.
struct Writer<'a> {
    store: &'a mut Store,
    entries: Vec<Entry>,
    rows: Vec<Row>,
    bytes: usize,
}

impl Writer<'_> {
    /// Adds what stands of the account to its rows.
    fn job(&self, bundle: Bundle) -> Result<Job, ImportFailure> {
        let document = DocumentId(bundle.account.0);
        let stands = if self.store.has_document(document)? {
            self.store.changes(document, Sequence(0), Limit::ALL)?
        } else {
            Vec::new()
        };
        let stands = stands.into_iter().map(|(_, change)| change).collect();
        let note_stands = self.store.has_document(DocumentId(bundle.account.note().0))?;
        Ok(Job { bundle, stands, note_stands })
    }

    fn put(&mut self, entries: Vec<Entry>, rows: Vec<Row>) -> Result<(), ImportFailure> {
        self.bytes += entries.iter().map(|entry| entry.change.len()).sum::<usize>();
        self.entries.extend(entries);
        self.rows.extend(rows);
        let full = self.entries.len() >= ENTRIES_MAX || self.bytes >= BYTES_MAX;
        if full { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), ImportFailure> {
        if !self.entries.is_empty() {
            self.store.append(&self.entries, &self.rows)?;
        }
        self.entries.clear();
        self.rows.clear();
        self.bytes = 0;
        Ok(())
    }
}

/// Counts and reports what became of an account's rows.
fn tell(
    staging: &Staging,
    author: &Author,
    (files, flags): (&mut [FileSummary], &Flags),
    authored: &Authored,
) -> Result<(), ImportFailure> {
    let Authored { bundle, outcomes, left_out, .. } = authored;
    let mut written = Ok(());
    fate::tell(bundle, outcomes, left_out, flags, |row, fate| {
        let file = summary_of(files, author, row.kind);
        file.add(fate.outcome);
        if written.is_ok() {
            let cells: Vec<_> = row.cells.iter().map(String::as_str).collect();
            let told = (fate.fault.as_ref(), fate.outcome);
            written = staging.report((&file.name, row.line), told, &cells);
        }
    });
    Ok(written?)
}

fn summary_of<'f>(
    files: &'f mut [FileSummary],
    author: &Author,
    kind: Kind,
) -> &'f mut FileSummary {
    let name = &author.layouts[&kind].file;
    files.iter_mut().find(|file| file.name == *name).expect("every staged row came from a file")
}
