//! `tessera import --undo`: everything one import brought in is taken back.
//!
//! Nothing is deleted: a mark in each account takes the import's part out of what is read. An
//! account somebody worked on since keeps what the import brought, and is named.

use super::{ImportFailure, entropy};
use crate::{
    clock,
    relay::answers::SCOPE,
    storage::{
        entry::{Entry, Limit, Row},
        store::Store,
    },
};
use documents::{
    actor::{Actor, RELAY},
    class::Class,
    document::Document,
    genesis,
};
use domain::{
    edit::{AccountEdit, Edit},
    id::{AccountId, BatchId},
    row::{AccountRow, PROJECTOR_VERSION},
    time::Timestamp,
};
use std::fmt;
use sync::id::{self, ChangeHash, DeviceId, DocumentId, Sequence, Time};

/// How many accounts one transaction takes back.
const ACCOUNTS_MAX: usize = 2_000;
/// The device an undo writes from.
const DEVICE: DeviceId = DeviceId(*b"tessera import\0\0");

/// What was taken back, and what was not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Undone {
    pub accounts: u64,
    /// Accounts somebody worked on since: they keep what the import brought.
    pub worked_on: Vec<(AccountId, String)>,
    /// Kept files let go of.
    pub files: Vec<String>,
}

/// Takes back what an import brought in.
pub fn undo(store: &mut Store, batch: BatchId) -> Result<Undone, ImportFailure> {
    let mut undone = Undone::default();
    let actor = Actor { person: RELAY, life: entropy()? };
    let now = Timestamp(clock::now().0);
    let (mut entries, mut rows) = (Vec::new(), Vec::new());
    for row in touched(store, batch)? {
        let mut document = open(store, Class::Account, row.id.0)?;
        let note_worked_on = is_note_worked_on(store, row.id, batch)?;
        if document.is_worked_on_since(batch) || note_worked_on {
            undone.worked_on.push((row.id, row.name));
            continue;
        }
        let edit = Edit::Account(AccountEdit::UndoImport(batch));
        let change = document.author(actor, now, std::slice::from_ref(&edit));
        let change = change.map_err(ImportFailure::Undo)?;
        entries.push(entry(row.id, (actor, now), &edit, change));
        rows.push(Row {
            document: DocumentId(row.id.0),
            class: id::Class(Class::Account as u8),
            scope: SCOPE,
            version: PROJECTOR_VERSION,
            row: document.row()?,
        });
        undone.accounts += 1;
        if entries.len() == ACCOUNTS_MAX {
            store.append(&entries, &rows)?;
            (entries, rows) = (Vec::new(), Vec::new());
        }
    }
    if !entries.is_empty() {
        store.append(&entries, &rows)?;
    }
    undone.files = store.forget_kept_files(batch)?;
    Ok(undone)
}

fn touched(store: &Store, batch: BatchId) -> Result<Vec<AccountRow>, ImportFailure> {
    let mut touched = Vec::new();
    store.durable().each_row(SCOPE, |row| {
        if row.class.0 == Class::Account as u8
            && let Some(row) = AccountRow::decode(&row.row)
            && row.imports.as_ref().is_some_and(|imports| imports.contains(&batch))
        {
            touched.push(row);
        }
    })?;
    Ok(touched)
}

fn open(store: &Store, class: Class, id: [u8; 16]) -> Result<Document, ImportFailure> {
    let changes = store.changes(DocumentId(id), Sequence(0), Limit::ALL)?;
    Ok(Document::open(class, id, changes.into_iter().map(|(_, change)| change))?)
}

/// Says whether anybody but the import wrote in the note.
fn is_note_worked_on(
    store: &Store,
    account: AccountId,
    batch: BatchId,
) -> Result<bool, ImportFailure> {
    let note = DocumentId(account.note().0);
    Ok(store.written().is_written_by_others(note, &batch.0)?)
}

fn entry(
    account: AccountId,
    (actor, now): (Actor, Timestamp),
    edit: &Edit,
    change: documents::document::Change,
) -> Entry {
    Entry {
        document: DocumentId(account.0),
        class: id::Class(Class::Account as u8),
        scope: SCOPE,
        hash: ChangeHash(change.hash),
        actor: actor.to_bytes().to_vec(),
        actor_sequence: 1,
        person: id::PersonId(RELAY.0),
        device: DEVICE,
        schema: genesis::SCHEMA,
        device_time: Time(now.0),
        relay_time: Time(now.0),
        edit: edit.encode(),
        change: change.bytes,
    }
}

impl fmt::Display for Undone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (account, name) in &self.worked_on {
            writeln!(out, "kept, because somebody worked on it since: {name:?} ({account})")?;
        }
        for file in &self.files {
            writeln!(out, "no longer kept: {file}")?;
        }
        write!(out, "{} accounts taken back, {} kept", self.accounts, self.worked_on.len())
    }
}
