//! Makes rows of an older projector anew, before a workspace is served.
//!
//! A row keeps its place in the log; what the rows add up to changes, and so every device finds
//! that it has to read them again.

use crate::{
    relay::shadow,
    storage::{StorageFailure, entry::Limit, store::Store},
};
use documents::class::Class;
use domain::row::PROJECTOR_VERSION;
use sync::{frame::RowItem, id::DocumentId};

/// How many rows are made anew in one transaction.
const ROWS_MAX: usize = 1_000;

/// Makes the rows of other projectors anew and returns how many. A document that cannot be read
/// keeps its row, and the log says so.
pub fn bring_up(store: &mut Store) -> Result<u64, StorageFailure> {
    let (mut after, mut made) = (DocumentId([0; 16]), 0);
    loop {
        let limit = Limit::items(ROWS_MAX);
        let items = store.written().rows_of_other_projectors(PROJECTOR_VERSION, after, limit)?;
        let Some(last) = items.last() else { break };
        after = last.document;
        let rows: Vec<_> = items.iter().filter_map(|item| project(store, item)).collect();
        store.project_again(&rows, PROJECTOR_VERSION)?;
        made += rows.len() as u64;
        tracing::info!(rows = made, "made the rows of an older release anew");
    }
    Ok(made)
}

fn project(store: &Store, item: &RowItem) -> Option<(DocumentId, Vec<u8>)> {
    let class = Class::from_number(item.class.0)?;
    let row = shadow::open(store, item.document, class)
        .map_err(|failure| failure.to_string())
        .and_then(|document| document.row().map_err(|failure| failure.to_string()));
    match row {
        Ok(row) => Some((item.document, row)),
        Err(failure) => {
            tracing::error!(document = ?item.document, failure, "an old row is left as it is");
            None
        }
    }
}
