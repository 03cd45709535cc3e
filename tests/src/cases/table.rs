//! CSV files, column by column.

use analytics::reason::{Found, Reason};
use std::path::Path;

/// A file's rows.
pub struct Table {
    rows: Vec<csv::StringRecord>,
}

impl Table {
    pub fn open(file: &Path) -> Found<Self> {
        let mut reader = csv::Reader::from_path(file).map_err(|_| Reason::Malformed)?;
        let rows = reader.records().collect::<Result<_, _>>().map_err(|_| Reason::Malformed)?;
        Ok(Self { rows })
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns the column at a place, whatever its heading.
    pub fn at(&self, place: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |row| row.get(place).unwrap_or_default())
    }
}

/// Reads a decimal amount as whole hundredths.
pub fn hundredths(text: &str) -> Found<i64> {
    let (negative, digits) = match text.trim().strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.trim()),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part = part.trim_end_matches('0');
    if part.len() > 2 || !digits.bytes().any(|byte| byte.is_ascii_digit()) {
        return Err(Reason::Malformed);
    }
    let read = |text: &str| if text.is_empty() { Some(0) } else { text.parse::<i64>().ok() };
    let parts = read(whole).zip(read(&format!("{part:0<2}")));
    let (whole, part) = parts.ok_or(Reason::Malformed)?;
    let sum = whole.checked_mul(100).and_then(|whole| whole.checked_add(part));
    sum.map(|sum| if negative { -sum } else { sum }).ok_or(Reason::OutOfRange)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_to_the_cent() {
        assert_eq!(hundredths("29.33"), Ok(2933));
        assert_eq!(hundredths("-0.5"), Ok(-50));
        assert_eq!(hundredths("7"), Ok(700));
        assert_eq!(hundredths("1.005"), Err(Reason::Malformed));
        assert_eq!(hundredths(""), Err(Reason::Malformed));
    }
}
