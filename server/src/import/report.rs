//! The report of what became of each row, and of the cells left out, with the row as it stood.

use super::{
    ImportFailure,
    staging::{Staging, Telling},
};
use exchange::{
    bundle::{Reported, Told},
    outcome_file::{Line, OutcomeFile},
};
use std::{fmt::Write as _, fs::File, path::Path};

/// How many lines are told of a book for which no report was asked.
const LINES_MAX: u32 = 20;
/// A cell may hold a page of text; its beginning tells which one it is.
const VALUE_CHARS_MAX: usize = 60;

/// Writes the report in the order of files and lines.
pub fn write(staging: &Staging, path: &Path) -> Result<(), ImportFailure> {
    let failed = |source: csv::Error| ImportFailure::Report { path: path.to_owned(), source };
    let file = File::create(path).map_err(|source| failed(source.into()))?;
    let mut report = OutcomeFile::new(file).map_err(failed)?;
    staging.reported((Telling::EveryRow, u32::MAX), |reported| {
        let Told { outcome, column, value, reason } = &reported.fault;
        let (file, line, cells) = (reported.file.as_str(), reported.line, &reported.cells);
        let outcome = *outcome;
        report.write(Line { file, line, column, value, reason, outcome, cells }).map_err(failed)
    })?;
    report.finish().map(drop).map_err(failed)
}

/// Returns the first of what was not taken, a sentence each.
pub fn first_lines(staging: &Staging) -> Result<Vec<String>, ImportFailure> {
    let mut lines = Vec::new();
    staging.reported((Telling::Troubled, LINES_MAX), |reported| {
        lines.push(sentence(&reported));
        Ok::<_, ImportFailure>(())
    })?;
    Ok(lines)
}

/// Quotes what stood there, because a cell may hold what a terminal would obey.
fn sentence(reported: &Reported) -> String {
    let Reported { file, line, fault, .. } = reported;
    let mut sentence = format!("{file}, line {line}");
    if !fault.column.is_empty() {
        let value: String = fault.value.chars().take(VALUE_CHARS_MAX).collect();
        let _ = write!(sentence, ", column {:?}, {value:?}", fault.column);
    }
    let outcome = fault.outcome.words();
    let _ = write!(sentence, ": {} ({outcome})", fault.reason);
    sentence
}
