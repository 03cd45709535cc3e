//! What became of a book, file by file.

use crate::{bundle::Outcome, fate::Count};
use domain::id::BatchId;
use std::fmt;

/// What became of a book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    pub files: Vec<FileSummary>,
    /// How many accounts have rows of the book.
    pub accounts: u64,
    /// How many documents were written to.
    pub documents: u64,
    /// What undoes it.
    pub batch: Option<BatchId>,
    /// The first rows and cells that were not taken, in words.
    pub untaken: Vec<String>,
}

/// What became of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileSummary {
    pub name: String,
    /// How many rows it has, without the heading.
    pub rows: u64,
    pub taken: u64,
    pub already_here: u64,
    pub refused: u64,
    /// Rows of a file kept with the workspace until there is a feature for it.
    pub kept: u64,
    /// Cells left out of rows that were taken.
    pub left_out: u64,
    /// Rows taken that look like another.
    pub flagged: u64,
    pub remark: Remark,
}

/// What else is to be said of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Remark {
    #[default]
    None,
    /// It is not customers' data.
    Skipped,
    /// Kept under this name.
    Kept(String),
    /// The very same file was kept before, under this name.
    KeptBefore(String),
    /// Taken, and kept whole as well, for columns with no place yet.
    AlsoKept { name: String, columns: Vec<String> },
    /// Nothing of it could be taken.
    Refused(String),
}

impl Summary {
    /// Returns how many rows the book has.
    pub fn rows(&self) -> u64 {
        self.files.iter().map(|file| file.rows).sum()
    }

    /// Returns how many rows and cells were not taken.
    pub fn untaken_count(&self) -> u64 {
        self.files.iter().map(|file| file.refused + file.left_out + file.flagged).sum()
    }

    /// Returns what was not taken, a line each, and where the rest can be had.
    pub fn tell_untaken(&self) -> String {
        let mut told = self.untaken.iter().map(|line| format!("  {line}\n")).collect::<String>();
        let more = self.untaken_count().saturating_sub(self.untaken.len() as u64);
        if more > 0 {
            told += &format!("  and {more} more; --report FILE writes every one of them\n");
        }
        told
    }

    /// Returns the summary of a file.
    pub fn file(&self, name: &str) -> Option<&FileSummary> {
        self.files.iter().find(|file| file.name == name)
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head =
            ["rows", "taken", "already here", "refused", "kept", "cells left out", "flagged"];
        write!(out, "{:<24}", "file")?;
        head.iter().try_for_each(|word| write!(out, "{word:>15}"))?;
        writeln!(out)?;
        for file in &self.files {
            write!(out, "{:<24}", file.name)?;
            for number in file.numbers() {
                write!(out, "{number:>15}")?;
            }
            writeln!(out, "  {}", file.remark)?;
        }
        write!(out, "{} accounts, {} documents written", self.accounts, self.documents)?;
        match self.batch.filter(|_| self.documents > 0) {
            Some(batch) => write!(out, "; to take all of it back: tessera import --undo {batch}"),
            None => Ok(()),
        }
    }
}

impl FileSummary {
    /// Counts one thing that is told of a row.
    pub fn add(&mut self, outcome: Outcome) {
        let mut count = Count::default();
        count.add(outcome);
        self.taken += count.taken;
        self.already_here += count.already_here;
        self.refused += count.refused;
        self.left_out += count.left_out;
        self.flagged += count.flagged;
    }

    fn numbers(&self) -> [u64; 7] {
        [
            self.rows,
            self.taken,
            self.already_here,
            self.refused,
            self.kept,
            self.left_out,
            self.flagged,
        ]
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Skipped => write!(out, "skipped: not customers' data"),
            Self::Kept(name) => write!(out, "kept as {name} until there is a feature for it"),
            Self::KeptBefore(name) => write!(out, "kept before as {name}"),
            Self::AlsoKept { name, columns } => {
                write!(out, "also kept whole as {name}, for {}", columns.join(", "))
            }
            Self::Refused(reason) => write!(out, "refused: {reason}"),
        }
    }
}
