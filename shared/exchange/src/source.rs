//! One CSV file, row by row: its delimiter and headings found, its faults told, nothing kept.

#[cfg(feature = "decoders")]
use crate::{decode::Utf8, form::Answers};
use crate::{form::Form, reason::Reason};
use csv::{ByteRecord, Reader, ReaderBuilder, Terminator};
#[cfg(feature = "decoders")]
use std::io::BufRead as _;
use std::{
    cell::Cell,
    io::{self, BufReader, Read},
    rc::Rc,
};

/// The longest row taken, so that a quote nobody closed cannot fill the memory.
const ROW_BYTES_MAX: u64 = 8 << 20;

/// An open CSV file.
pub struct Source<R: Read> {
    pub headings: Vec<String>,
    pub form: Form,
    rows: Reader<RowGuard<R>>,
    record: ByteRecord,
    since_row: Rc<Cell<u64>>,
    /// How many lines the reader's count is behind: where they end in CR LF it counts the second
    /// half with the row after.
    behind: u64,
    ended: bool,
}

/// One row, or why it cannot be read.
pub struct Scanned<'a> {
    pub line: u64,
    pub cells: Result<Vec<&'a str>, Reason>,
    record: &'a ByteRecord,
}

impl Scanned<'_> {
    /// Returns the cells as well as they can be shown, for a report.
    pub fn shown(&self) -> Vec<String> {
        self.record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()
    }
}

/// An open file in any encoding.
#[cfg(feature = "decoders")]
pub type FileSource<R> = Source<Utf8<BufReader<R>>>;

#[cfg(feature = "decoders")]
impl<R: Read> FileSource<R> {
    /// Looks at the beginning of a file to tell how it is written, and reads its headings.
    pub fn new(file: R, answers: &Answers) -> io::Result<Self> {
        let mut file = BufReader::with_capacity(256 * 1024, file);
        let form = Form::of(file.fill_buf()?, answers);
        let form = form.map_err(|unclear| io::Error::new(io::ErrorKind::InvalidData, unclear))?;
        Self::of_text(Utf8::new(file, form.encoding)?, form)
    }
}

impl<R: Read> Source<R> {
    /// Reads a file that has been put into UTF-8 already, and its headings.
    pub fn of_text(text: R, form: Form) -> io::Result<Self> {
        let text = BufReader::with_capacity(256 * 1024, text);
        let since_row = Rc::new(Cell::new(0));
        let guard = RowGuard { text, since_row: since_row.clone() };
        let mut rows = ReaderBuilder::new()
            .delimiter(form.delimiter)
            .flexible(true)
            .has_headers(false)
            .terminator(Terminator::CRLF)
            .buffer_capacity(64 * 1024)
            .from_reader(guard);
        let mut record = ByteRecord::new();
        rows.read_byte_record(&mut record)?;
        since_row.set(0);
        let headings = record.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned());
        let headings = headings.collect();
        let within = record.iter().flatten().filter(|byte| **byte == b'\n').count() as u64;
        let behind = (2 + within).saturating_sub(rows.position().line()).min(1);
        Ok(Self { form, headings, rows, record, since_row, behind, ended: false })
    }

    /// Reads the next row; nothing when there are no more.
    pub fn read_row(&mut self) -> io::Result<Option<Scanned<'_>>> {
        if self.ended {
            return Ok(None);
        }
        self.since_row.set(0);
        let line = self.rows.position().line() + self.behind;
        match self.rows.read_byte_record(&mut self.record) {
            Ok(false) => return Ok(None),
            Ok(true) => {}
            Err(failure) => {
                self.ended = true;
                if !is_too_long(&failure) {
                    return Err(failure.into());
                }
                self.record.clear();
                let cells = Err(Reason::RowTooLong(ROW_BYTES_MAX));
                return Ok(Some(Scanned { line, cells, record: &self.record }));
            }
        }
        let line = self.record.position().map_or(line, |position| position.line() + self.behind);
        let cells = cells(&self.record, self.headings.len());
        Ok(Some(Scanned { line, cells, record: &self.record }))
    }
}

fn is_too_long(failure: &csv::Error) -> bool {
    match failure.kind() {
        csv::ErrorKind::Io(source) => source.kind() == io::ErrorKind::FileTooLarge,
        _ => false,
    }
}

fn cells(record: &ByteRecord, expected: usize) -> Result<Vec<&str>, Reason> {
    if record.len() != expected {
        return Err(Reason::CellCount { found: record.len(), expected });
    }
    let cells: Result<Vec<_>, _> = record.iter().map(std::str::from_utf8).collect();
    cells.map_err(|_| Reason::NotText)
}

struct RowGuard<R> {
    text: BufReader<R>,
    since_row: Rc<Cell<u64>>,
}

impl<R: Read> Read for RowGuard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.text.read(buffer)?;
        let since_row = self.since_row.get() + read as u64;
        self.since_row.set(since_row);
        if since_row > ROW_BYTES_MAX {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, lines: &[u64]) {
        let mut source = Source::of_text(text.as_bytes(), Form::PLAIN).unwrap();
        let mut told = Vec::new();
        while let Some(row) = source.read_row().unwrap() {
            told.push(row.line);
        }
        assert_eq!(told, lines, "{text:?}");
    }

    #[test]
    fn a_row_is_told_by_the_line_it_begins_in_however_lines_end() {
        check("a,b\n1,2\n3,\"4\n5\"\n6,7\n", &[2, 3, 5]);
        check("a,b\r\n1,2\r\n3,\"4\n5\"\r\n6,7\r\n", &[2, 3, 5]);
        check("a,\"b\nb\"\r\n1,2\r\n3,4", &[3, 4]);
        check("a,\"b\nb\"\n1,2\n3,4", &[3, 4]);
    }
}
