//! What was known at a place of the log: the rows as they stood then.
//!
//! A document nothing was written in since has its row; all others are read anew from their
//! changes up to that place, and so are rows of older projectors.

use crate::{
    relay::answers::SCOPE,
    storage::{StorageFailure, reader::Reader},
};
use documents::{class::Class, document::Document, malformed::Malformed};
use domain::{
    configuration::Configuration,
    row::{AccountRow, PROJECTOR_VERSION},
};
use sync::{frame::RowItem, id::Sequence};

/// Accounts and configuration at one place of the log.
pub struct Known {
    pub rows: Vec<AccountRow>,
    pub configuration: Configuration,
}

/// Reads what was known once the log had come to `sequence`.
pub fn known(reader: &Reader, sequence: Sequence) -> Result<Known, StorageFailure> {
    let mut items = Vec::new();
    reader.each_row(SCOPE, |item| {
        if matches!(class(&item), Some(Class::Account | Class::Configuration)) {
            items.push(item);
        }
    })?;
    let mut known = Known { rows: Vec::new(), configuration: Configuration::beginning() };
    for item in items {
        let Some(class) = class(&item) else { continue };
        let stands = item.sequence <= sequence && item.version == PROJECTOR_VERSION;
        let Some(row) =
            (if stands { Some(item.row.to_vec()) } else { then(reader, &item, class, sequence)? })
        else {
            continue;
        };
        match class {
            Class::Account => known.rows.extend(AccountRow::decode(&row)),
            _ => known.configuration = Configuration::decode(&row).unwrap_or_default(),
        }
    }
    // What was withdrawn is in no number.
    known.rows.retain(|row| row.withdrawn != Some(true));
    Ok(known)
}

fn class(item: &RowItem) -> Option<Class> {
    Class::from_number(item.class.0)
}

/// Returns the row a document had then; nothing where there was none yet, or nobody can read it.
fn then(
    reader: &Reader,
    item: &RowItem,
    class: Class,
    sequence: Sequence,
) -> Result<Option<Vec<u8>>, StorageFailure> {
    let changes = reader.changes_then(item.document, sequence)?;
    if changes.is_empty() {
        return Ok(None);
    }
    let row = Document::open(class, item.document.0, changes).and_then(|document| document.row());
    Ok(row.map_err(|failure: Malformed| skipped(item, &failure)).ok())
}

fn skipped(item: &RowItem, failure: &Malformed) {
    tracing::error!(document = %item.document, %failure, "left out of the numbers");
}
