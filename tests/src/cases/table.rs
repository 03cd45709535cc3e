//! CSV files, column by column, and which of their rows are meant.

use super::field::{as_text, maybe, text};
use analytics::reason::{Found, Reason};
use serde_json::Value;
use std::{collections::HashMap, path::Path};

/// A file's rows with the names of its columns.
pub struct Table {
    columns: HashMap<String, usize>,
    rows: Vec<csv::StringRecord>,
}

impl Table {
    pub fn open(file: &Path) -> Found<Self> {
        let mut reader = csv::Reader::from_path(file).map_err(|_| Reason::Malformed)?;
        let headings = reader.headers().map_err(|_| Reason::Malformed)?;
        let columns = headings.iter().map(str::to_owned).zip(0..).collect();
        let rows = reader.records().collect::<Result<_, _>>().map_err(|_| Reason::Malformed)?;
        Ok(Self { columns, rows })
    }

    /// Opens the file a case names, with only the rows it asks for by `where`.
    pub fn of(input: &Value, data: &Path) -> Found<Self> {
        let mut table = Self::open(&data.join(text(input, "file")?))?;
        for (column, wanted) in conditions(input.get("where").unwrap_or(&Value::Null))? {
            let place = table.place(&column)?;
            table.rows.retain(|row| row.get(place) == Some(&wanted));
        }
        Ok(table)
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns one column, from the first row to the last.
    pub fn column<'a>(&'a self, name: &str) -> Found<impl Iterator<Item = &'a str> + use<'a>> {
        Ok(self.at(self.place(name)?))
    }

    /// Returns the column the case calls by its own name under `columns`.
    pub fn named<'a>(
        &'a self,
        input: &Value,
        name: &str,
    ) -> Found<impl Iterator<Item = &'a str> + use<'a>> {
        let columns = input.get("columns").unwrap_or(&Value::Null);
        self.column(maybe(columns, name).map_or(Ok(name), as_text)?)
    }

    /// Returns the column at a place, whatever its heading.
    pub fn at(&self, place: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |row| row.get(place).unwrap_or_default())
    }

    fn place(&self, name: &str) -> Found<usize> {
        self.columns.get(name).copied().ok_or(Reason::Malformed)
    }
}

/// Reads conditions: one or several of column and value, or columns with their values.
fn conditions(asked: &Value) -> Found<Vec<(String, String)>> {
    match asked {
        Value::Null => Ok(Vec::new()),
        Value::Array(several) => {
            Ok(several.iter().map(conditions).collect::<Found<Vec<_>>>()?.concat())
        }
        Value::Object(one) if one.contains_key("column") => {
            let wanted = maybe(asked, "equals").or_else(|| maybe(asked, "value"));
            let wanted = word(wanted.ok_or(Reason::Malformed)?);
            Ok(vec![(text(asked, "column")?.to_owned(), wanted)])
        }
        Value::Object(several) => {
            Ok(several.iter().map(|(column, wanted)| (column.clone(), word(wanted))).collect())
        }
        _ => Err(Reason::Malformed),
    }
}

/// Returns a value as a CSV file would hold it.
pub fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
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
    use serde_json::json;

    #[test]
    fn decimals_are_read_to_the_cent() {
        assert_eq!(hundredths("29.33"), Ok(2933));
        assert_eq!(hundredths("-0.5"), Ok(-50));
        assert_eq!(hundredths("7"), Ok(700));
        assert_eq!(hundredths("1.005"), Err(Reason::Malformed));
        assert_eq!(hundredths(""), Err(Reason::Malformed));
    }

    #[test]
    fn a_condition_is_said_in_one_of_two_ways() {
        let one = conditions(&json!({ "column": "contract", "equals": 2 })).expect("conditions");
        assert_eq!(one, conditions(&json!({ "contract": "2" })).expect("conditions"));
        assert_eq!(conditions(&json!([one[0].0])), Err(Reason::Malformed));
    }
}
