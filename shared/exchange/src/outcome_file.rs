//! The file that tells what became of rows: one line a row or cell, with the row as it stood.

use crate::{bundle::Outcome, cell};
use csv::Writer;
use std::io::Write;

const HEADINGS: [&str; 7] = ["file", "line", "column", "value", "reason", "outcome", "row"];

/// One line of the file.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    pub file: &'a str,
    pub line: u64,
    pub column: &'a str,
    pub value: &'a str,
    pub reason: &'a str,
    pub outcome: Outcome,
    pub cells: &'a [String],
}

/// Writes such a file, or more lines of one.
pub struct OutcomeFile<W: Write>(Writer<W>);

impl<W: Write> OutcomeFile<W> {
    /// Begins a file with its headings.
    pub fn new(out: W) -> Result<Self, csv::Error> {
        let mut file = Self::more(out);
        file.0.write_record(HEADINGS)?;
        Ok(file)
    }

    /// Goes on with a file that has its headings.
    pub fn more(out: W) -> Self {
        Self(Writer::from_writer(out))
    }

    /// Writes a line, no cell of it a formula.
    pub fn write(&mut self, line: Line<'_>) -> Result<(), csv::Error> {
        let (number, row) = (line.line.to_string(), one_cell(line.cells)?);
        let outcome = line.outcome.words();
        let texts = [line.file, &number, line.column, line.value, line.reason, outcome, &row];
        let cells = texts.map(cell::defuse);
        self.0.write_record(cells.iter().map(|cell| cell.as_bytes()))
    }

    /// Flushes everything and hands back what was written to.
    pub fn finish(self) -> Result<W, csv::Error> {
        self.0.into_inner().map_err(|failure| failure.into_error().into())
    }
}

fn one_cell(cells: &[String]) -> Result<String, csv::Error> {
    let mut row = Writer::from_writer(Vec::new());
    row.write_record(cells)?;
    let bytes = row.into_inner().map_err(|failure| csv::Error::from(failure.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_the_row_as_it_stood_and_no_formula() {
        let mut file = OutcomeFile::new(Vec::new()).unwrap();
        let cells = ["=1+1".to_owned(), "a,b".to_owned()];
        let outcome = Outcome::RowRefused;
        let (column, value, reason) = ("Email", "=cmd", "no");
        let file_name = "contacts.csv";
        let line = Line { file: file_name, line: 4, column, value, reason, outcome, cells: &cells };
        file.write(line).unwrap();
        let text = String::from_utf8(file.finish().unwrap()).unwrap();
        let expected = "file,line,column,value,reason,outcome,row\n\
                        contacts.csv,4,Email,'=cmd,no,row refused,\"'=1+1,\"\"a,b\"\"\"\n";
        assert_eq!(text, expected);
    }
}
