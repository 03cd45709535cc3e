//! The report of what was not taken: one line a row or cell, with the row as it stood.

use super::{ImportFailure, staging::Staging};
use csv::Writer;
use exchange::{bundle::Reported, cell};
use std::{fmt::Write as _, fs::File, path::Path};

/// How many lines are told of a book for which no report was asked.
const LINES_MAX: u32 = 20;
/// A cell may hold a page of text; its beginning tells which one it is.
const VALUE_CHARS_MAX: usize = 60;

const HEADINGS: [&str; 7] = ["file", "line", "column", "value", "reason", "outcome", "row"];

/// Writes the report in the order of files and lines.
pub fn write(staging: &Staging, path: &Path) -> Result<(), ImportFailure> {
    let failed = |source: csv::Error| ImportFailure::Report { path: path.to_owned(), source };
    let file = File::create(path).map_err(|source| failed(source.into()))?;
    let mut report = Writer::from_writer(file);
    report.write_record(HEADINGS).map_err(failed)?;
    staging.reported(u32::MAX, |reported| {
        let outcome = reported.fault.outcome.words();
        let line = reported.line.to_string();
        let row = one_cell(&reported.cells).map_err(failed)?;
        let texts = [
            &reported.file,
            &line,
            &reported.fault.column,
            &reported.fault.value,
            &reported.fault.reason,
            outcome,
            &row,
        ];
        let cells = texts.map(cell::defuse);
        report.write_record(cells.iter().map(|cell| cell.as_bytes())).map_err(failed)
    })?;
    report.flush().map_err(|source| failed(source.into()))
}

/// Returns the first of what was not taken, a sentence each.
pub fn first_lines(staging: &Staging) -> Result<Vec<String>, ImportFailure> {
    let mut lines = Vec::new();
    staging.reported(LINES_MAX, |reported| {
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

fn one_cell(cells: &[String]) -> Result<String, csv::Error> {
    let mut row = Writer::from_writer(Vec::new());
    row.write_record(cells)?;
    let bytes = row.into_inner().map_err(|failure| csv::Error::from(failure.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).trim_end().to_owned())
}
