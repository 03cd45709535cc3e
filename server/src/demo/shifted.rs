//! A copy of a book with every date moved by whole days, so that the book ends yesterday.
//!
//! A cell that is a day or a point in time as a whole is moved; dates inside of prose are words.
//! The copy is kept until the book is in: a first start that was cut off goes on with the same days.

use domain::time::Day;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Returns a folder with the book moved, made in `place` unless it is there already; a book that
/// does not say on which day it ends is returned as it is.
pub fn make(book: &Path, place: &Path, today: Day) -> io::Result<PathBuf> {
    let Some(last_day) = last_day(book) else { return Ok(book.to_owned()) };
    let done = place.join("demo-book");
    if done.is_dir() {
        return Ok(done);
    }
    let unfinished = place.join("demo-book.unfinished");
    if unfinished.is_dir() {
        fs::remove_dir_all(&unfinished)?;
    }
    fs::create_dir(&unfinished)?;
    let days = today.0 - 1 - last_day.0;
    for file in fs::read_dir(book)? {
        let path = file?.path();
        let name = path.file_name().unwrap_or_default();
        if path.extension().is_some_and(|extension| extension == "csv") {
            move_file(&path, &unfinished.join(name), days)?;
        }
    }
    fs::rename(&unfinished, &done)?;
    Ok(done)
}

/// Takes the copy away again.
pub fn remove(place: &Path) -> io::Result<()> {
    match fs::remove_dir_all(place.join("demo-book")) {
        Err(failure) if failure.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

fn last_day(book: &Path) -> Option<Day> {
    let manifest = fs::read(book.join("manifest.json")).ok()?;
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).ok()?;
    manifest.get("last_day")?.as_str()?.parse().ok()
}

fn move_file(from: &Path, to: &Path, days: i32) -> io::Result<()> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(from)?;
    let mut writer = csv::WriterBuilder::new().flexible(true).from_path(to)?;
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record)? {
        writer.write_record(record.iter().map(|cell| moved(cell, days)))?;
    }
    writer.flush()
}

/// Returns the cell with its date moved, or as it is where it is no date.
fn moved(cell: &[u8], days: i32) -> Vec<u8> {
    const DAY_BYTES: usize = 10;
    let as_it_is = || cell.to_vec();
    let Some((day, rest)) = cell.split_at_checked(DAY_BYTES) else { return as_it_is() };
    let is_time = rest.first() == Some(&b'T') && rest.len() > 5 && rest[1].is_ascii_digit();
    if !(rest.is_empty() || is_time) {
        return as_it_is();
    }
    let day = std::str::from_utf8(day).ok().and_then(|day| day.parse::<Day>().ok());
    let Some(day) = day else { return as_it_is() };
    let mut moved = Day(day.0 + days).to_string().into_bytes();
    moved.extend_from_slice(rest);
    moved
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn only_a_cell_that_is_a_date_is_moved() {
        let check = |cell: &str, expected: &str| {
            assert_eq!(String::from_utf8(moved(cell.as_bytes(), 2)).unwrap(), expected);
        };
        check("2024-12-31", "2025-01-02");
        check("2024-02-27T22:05:00Z", "2024-02-29T22:05:00Z");
        for same in ["", "12.5", "2024-12-31 or so", "2024-13-01", "Заметка от 2024-12-31", "x"]
        {
            check(same, same);
        }
    }
}
