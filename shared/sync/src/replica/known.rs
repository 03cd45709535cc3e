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
    /// Where what is kept here begins in the log; 0 when the document was never begun anew.
    pub begins: Sequence,
    /// Where the relay last said that the document begins.
    pub told: Sequence,
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
        let (begins, told) = (Sequence(0), Sequence(0));
        Self { class, row: None, held: None, held_bytes: 0, begins, told }
    }

    pub fn restore(record: RowRecord) -> Self {
        let RowRecord { class, sequence, version, row, held, held_bytes, begins, .. } = record;
        let row = Some(RelayRow { sequence, version, bytes: row });
        let (held_bytes, begins) = (held_bytes.unwrap_or(0), begins.unwrap_or_default());
        Self { class, row, held, held_bytes, begins, told: begins }
    }

    /// Returns whether the relay has told of entries that are not kept here.
    pub fn is_behind(&self) -> bool {
        self.row.as_ref().is_some_and(|row| self.held.is_none_or(|held| held < row.sequence))
    }

    /// Lets go of what is known to be kept here: storage says what is.
    pub fn forget_held(&mut self) {
        (self.held, self.held_bytes) = (None, 0);
        (self.begins, self.told) = (Sequence(0), Sequence(0));
    }

    /// Returns the last entry kept here.
    pub fn held_up_to(&self) -> Sequence {
        self.held.unwrap_or_default()
    }
}
