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

/// What the report says is the matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub whole_row: bool,
    pub column: String,
    pub value: String,
    pub reason: String,
}

impl Told {
    /// Puts a fault into the words of the report.
    pub fn of(fault: &Fault, whole_row: bool) -> Self {
        let Fault { column, value, reason } = fault;
        let (column, value) = (column.clone(), value.clone());
        Self { whole_row, column, value, reason: reason.to_string() }
    }
}
