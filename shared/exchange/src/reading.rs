//! One row being read: what it needs, what it may have, and what had to be left out.

use crate::{
    calendar, cell,
    form::Form,
    heading::Layout,
    reason::{Fault, Reason},
};
use domain::time::{Day, Timestamp};

/// The cells of a row.
pub trait Cells {
    fn cell(&self, place: usize) -> Option<&str>;
}

impl Cells for Vec<String> {
    fn cell(&self, place: usize) -> Option<&str> {
        self.get(place).map(String::as_str)
    }
}

impl Cells for &[&str] {
    fn cell(&self, place: usize) -> Option<&str> {
        self.get(place).copied()
    }
}

/// A row being read column by column.
pub struct Reading<'a> {
    layout: &'a Layout,
    cells: &'a dyn Cells,
    /// Cells left out so far; the rest of their row is taken.
    pub left_out: Vec<Fault>,
}

impl<'a> Reading<'a> {
    pub fn new(layout: &'a Layout, cells: &'a dyn Cells) -> Self {
        Self { layout, cells, left_out: Vec::new() }
    }

    /// Returns the text of a cell without the space around it; nothing when there is none.
    pub fn text(&self, column: &str) -> Option<&'a str> {
        Some(self.prose(column)?.trim()).filter(|text| !text.is_empty())
    }

    /// Returns the text of a cell as it stands; nothing when there is none.
    pub fn prose(&self, column: &str) -> Option<&'a str> {
        let cells = self.cells;
        let text = cells.cell(self.layout.place(column)?)?;
        Some(cell::read(text)).filter(|text| !text.is_empty())
    }

    /// Reads a cell the row means nothing without.
    pub fn needed<T>(
        &self,
        column: &str,
        read: impl FnOnce(&str) -> Result<T, Reason>,
    ) -> Result<T, Fault> {
        let text = self.text(column).ok_or_else(|| self.fault(column, Reason::Missing))?;
        read(text).map_err(|reason| self.fault(column, reason))
    }

    /// Reads a cell the row may do without; one that cannot be read is left out and told.
    pub fn optional<T>(
        &mut self,
        column: &str,
        read: impl FnOnce(&str) -> Result<T, Reason>,
    ) -> Option<T> {
        match read(self.text(column)?) {
            Ok(value) => Some(value),
            Err(reason) => {
                self.leave_out(column, reason);
                None
            }
        }
    }

    /// Reads a point in time the row means nothing without.
    pub fn needed_timestamp(&self, column: &str) -> Result<Timestamp, Fault> {
        self.needed(column, |text| calendar::timestamp(text, &self.layout.form))
    }

    /// Reads a point in time the row may do without.
    pub fn optional_timestamp(&mut self, column: &str) -> Option<Timestamp> {
        let form = self.form();
        self.optional(column, |text| calendar::timestamp(text, &form))
    }

    /// Reads a day the row may do without.
    pub fn optional_day(&mut self, column: &str) -> Option<Day> {
        let form = self.form();
        self.optional(column, |text| calendar::day(text, &form))
    }

    /// Returns how the file is written.
    pub fn form(&self) -> Form {
        self.layout.form
    }

    /// Tells that a cell was left out.
    pub fn leave_out(&mut self, column: &str, reason: Reason) {
        self.left_out.push(self.fault(column, reason));
    }

    /// Returns what is the matter with a cell, in the words of the file.
    pub fn fault(&self, column: &str, reason: Reason) -> Fault {
        let value = self.layout.place(column).and_then(|place| self.cells.cell(place));
        let value = value.unwrap_or_default().to_owned();
        let heading = match self.layout.heading(column) {
            "" => column,
            heading => heading,
        };
        Fault { column: heading.to_owned(), value, reason }
    }
}
