//! What must hold once a workspace has been opened again and its devices have come back.

use crate::script;
use documents::{class::Class, document::Document};
use rusqlite::Connection;
use server::{
    relay::{answers::SCOPE, snapshots},
    storage::{entry::Limit, home::Home},
};
use std::{collections::BTreeMap, path::Path};
use sync::{
    change,
    id::{DocumentId, Sequence},
};

/// What was acknowledged, by hash, and the place it was promised.
pub type Acknowledged = BTreeMap<String, u64>;

/// Returns what is lost of what was acknowledged.
pub fn lost(folder: &Path, acknowledged: &Acknowledged) -> Result<Vec<String>, String> {
    let home = Home::open(folder).map_err(|failure| failure.to_string())?;
    let workspace = home.workspace(script::WORKSPACE).map_err(|failure| failure.to_string())?;
    let workspace = workspace.ok_or("the workspace is gone")?;
    let store = home.open_store(&workspace).map_err(|failure| failure.to_string())?;
    let mut lost = Vec::new();
    for item in script::everything() {
        let scanned = change::scan(&item.change).map_err(|failure| failure.to_string())?;
        let found = store.durable().sequence_of(item.document, scanned.hash);
        let found = found.map_err(|failure| failure.to_string())?;
        let promised = acknowledged.get(&scanned.hash.to_string()).copied();
        if promised.is_some() && promised != found.map(|place| place.0) {
            lost.push(format!("{} was promised {promised:?} and is at {found:?}", scanned.hash));
        }
        if found.is_none() {
            lost.push(format!("{} is nowhere, though every device came back", scanned.hash));
        }
    }
    let rows = store.durable().rows_after(SCOPE, Sequence(0), Limit::ALL);
    for row in rows.map_err(|failure| failure.to_string())? {
        lost.extend(unsound(&store, row.document, row.class.0, &row.row, row.sequence)?);
    }
    let head = store.head();
    drop(store);
    lost.extend(gaps(folder, head)?);
    Ok(lost)
}

/// Returns what is wrong with a document: its row must be what its changes make.
fn unsound(
    store: &server::storage::store::Store,
    id: DocumentId,
    class: u8,
    row: &[u8],
    sequence: Sequence,
) -> Result<Option<String>, String> {
    let changes = store.durable().changes(id, Sequence(0), Limit::ALL);
    let changes = changes.map_err(|failure| failure.to_string())?;
    let last = changes.last().map(|(place, _)| *place);
    let class = Class::from_number(class).ok_or("a class nobody knows")?;
    let document = Document::open(class, id.0, changes.into_iter().map(|(_, change)| change));
    let made = document.and_then(|document| document.row()).map_err(|failure| failure.to_string());
    let shorter = snapshots::open(store.durable(), id, class).map_err(|one| one.to_string())?;
    if shorter.row().ok().as_deref() != Some(row) {
        return Ok(Some(format!("by its snapshot {id} is another document")));
    }
    Ok(match made {
        Ok(made) if made == row && last == Some(sequence) => None,
        Ok(_) => Some(format!("the row of {id} is not what its changes make")),
        Err(failure) => Some(format!("{id} cannot be read: {failure}")),
    })
}

/// Returns what is wrong with the file as a whole.
fn gaps(folder: &Path, head: Sequence) -> Result<Option<String>, String> {
    let folders = std::fs::read_dir(folder.join("workspaces")).map_err(|one| one.to_string())?;
    for workspace in folders.flatten() {
        let file = Connection::open(workspace.path().join("log.sqlite"));
        let file = file.map_err(|failure| failure.to_string())?;
        let sound: String = file
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .map_err(|failure| failure.to_string())?;
        let (count, last): (u64, u64) = file
            .query_row("SELECT count(*), coalesce(max(sequence), 0) FROM log", [], |row| {
                Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get::<_, i64>(1)?.unsigned_abs()))
            })
            .map_err(|failure| failure.to_string())?;
        if sound != "ok" || count != last || last != head.0 {
            return Ok(Some(format!("{sound}; {count} entries up to {last}, head {}", head.0)));
        }
    }
    Ok(None)
}
