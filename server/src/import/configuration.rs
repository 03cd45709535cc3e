//! The people, territories and stages a book speaks of, written into the configuration before any
//! account names them.

use super::ImportFailure;
use crate::{
    relay::answers::SCOPE,
    storage::{
        entry::{Entry, Limit, Row},
        store::Store,
    },
};
use documents::{
    actor::{Actor, RELAY},
    class::{CONFIGURATION_ID, Class},
    document::Document,
    genesis,
};
use domain::{
    configuration::Configuration, edit::Edit, id::PersonId, row::PROJECTOR_VERSION, time::Timestamp,
};
use exchange::{
    context::Context,
    mention::{self, Mentioned},
};
use std::collections::BTreeMap;
use sync::id::{self, ChangeHash, DeviceId, DocumentId, Sequence, Time};

/// How many people, territories and stages go into one change.
const EDITS_MAX: usize = 500;

/// Returns what rows are read against before anything is known of the book.
pub fn context(store: &Store, workspace: &str) -> Result<Context, ImportFailure> {
    Ok(Context::of(&read(store)?, workspace))
}

/// Writes into the configuration what it lacks, and returns the people by name.
pub fn bring_in(
    store: &mut Store,
    workspace: &str,
    mentioned: &Mentioned,
    author: (Actor, Timestamp),
) -> Result<BTreeMap<String, PersonId>, ImportFailure> {
    let edits = mentioned.missing(&read(store)?, workspace);
    write(store, (CONFIGURATION_ID, Class::Configuration), &edits, author)?;
    Ok(mention::people_by_name(&read(store)?))
}

/// Writes edits into one of the documents every device has.
pub fn write(
    store: &mut Store,
    (document_id, class): ([u8; 16], Class),
    edits: &[Edit],
    (actor, now): (Actor, Timestamp),
) -> Result<(), ImportFailure> {
    let mut document = open(store, (document_id, class))?;
    for (edits, actor_sequence) in edits.chunks(EDITS_MAX).zip(1..) {
        let change = document.author(actor, now, edits).map_err(ImportFailure::Configuration)?;
        let entry = Entry {
            document: DocumentId(document_id),
            class: id::Class(class as u8),
            scope: SCOPE,
            hash: ChangeHash(change.hash),
            actor: actor.to_bytes().to_vec(),
            actor_sequence,
            person: id::PersonId(RELAY.0),
            device: DeviceId([0; 16]),
            schema: genesis::SCHEMA,
            device_time: Time(now.0),
            relay_time: Time(now.0),
            edit: minicbor::to_vec(edits).expect("writing to memory cannot fail"),
            change: change.bytes,
        };
        let row = Row {
            document: entry.document,
            class: entry.class,
            scope: SCOPE,
            version: PROJECTOR_VERSION,
            row: document.row()?,
        };
        store.append(&[entry], &[row])?;
    }
    Ok(())
}

/// Reads the configuration as it stands.
pub fn read(store: &Store) -> Result<Configuration, ImportFailure> {
    Ok(open(store, (CONFIGURATION_ID, Class::Configuration))?.configuration()?)
}

fn open(store: &Store, (id, class): ([u8; 16], Class)) -> Result<Document, ImportFailure> {
    let stored = store.changes(DocumentId(id), Sequence(0), Limit::ALL)?;
    let changes = stored.into_iter().map(|(_, change)| change);
    Ok(Document::open(class, id, changes)?)
}
