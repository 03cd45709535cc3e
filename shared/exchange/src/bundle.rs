//! Rows as they stood in their files, brought together account by account.

use crate::{kind::Kind, reason::Fault};
use domain::id::AccountId;

/// A row as it stood in its file, waiting for its account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedRow {
    pub kind: Kind,
    pub line: u64,
    pub cells: Vec<String>,
}

/// Every row of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    pub account: AccountId,
    pub rows: Vec<StagedRow>,
}

/// A row or cell that was not taken, as the report tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    pub file: String,
    pub line: u64,
    pub fault: Told,
    pub cells: Vec<String>,
}

/// What became of what the report tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Taken,
    AlreadyHere,
    RowRefused,
    CellLeftOut,
    /// Taken, and worth a look.
    Flagged,
}

impl Outcome {
    const WORDS: [(Self, &str); 5] = [
        (Self::Taken, "taken"),
        (Self::AlreadyHere, "already here"),
        (Self::RowRefused, "row refused"),
        (Self::CellLeftOut, "cell left out"),
        (Self::Flagged, "taken, to be looked at"),
    ];

    /// Returns the words of the report.
    pub fn words(self) -> &'static str {
        let found = Self::WORDS.iter().find(|(outcome, _)| *outcome == self);
        found.map_or("", |(_, words)| words)
    }

    /// Reads the words of the report.
    pub fn of_words(words: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, known)| *known == words).map(|(outcome, _)| *outcome)
    }
}

/// What the report says is the matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub outcome: Outcome,
    pub column: String,
    pub value: String,
    pub reason: String,
}

impl Told {
    /// Puts a fault into the words of the report.
    pub fn of(fault: &Fault, outcome: Outcome) -> Self {
        let Fault { column, value, reason } = fault;
        let (column, value) = (column.clone(), value.clone());
        Self { outcome, column, value, reason: reason.to_string() }
    }
}
