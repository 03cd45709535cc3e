//! What a device knows of one document.

use crate::{id::*, record::RowRecord};
use minicbor::bytes::ByteVec;

/// A document as the relay has told of it.
#[derive(Debug, Clone)]
pub struct Known {
    pub class: Class,
    /// Nothing while the relay has not told, or is telling again.
    pub row: Option<RelayRow>,
    /// Every entry of the document up to here is kept on this device.
    pub held: Option<Sequence>,
    pub held_bytes: u64,
}

/// The row the relay made.
#[derive(Debug, Clone)]
pub struct RelayRow {
    pub sequence: Sequence,
    pub version: u16,
    pub bytes: ByteVec,
}

impl Known {
    pub fn new(class: Class) -> Self {
        Self { class, row: None, held: None, held_bytes: 0 }
    }

    pub fn restore(record: RowRecord) -> Self {
        let RowRecord { class, sequence, version, row, held, held_bytes, .. } = record;
        let row = Some(RelayRow { sequence, version, bytes: row });
        Self { class, row, held, held_bytes: held_bytes.unwrap_or(0) }
    }

    /// Returns whether the relay has told of entries that are not kept here.
    pub fn is_behind(&self) -> bool {
        self.row.as_ref().is_some_and(|row| self.held.is_none_or(|held| held < row.sequence))
    }

    /// Returns the last entry kept here.
    pub fn held_up_to(&self) -> Sequence {
        self.held.unwrap_or_default()
    }
}
