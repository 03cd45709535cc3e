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
use domain::{configuration::Configuration, id::PersonId, row::PROJECTOR_VERSION, time::Timestamp};
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
    Ok(Context::of(&read(store)?.1, workspace))
}

/// Writes into the configuration what it lacks, and returns the people by name.
pub fn bring_in(
    store: &mut Store,
    workspace: &str,
    mentioned: &Mentioned,
    (actor, now): (Actor, Timestamp),
) -> Result<BTreeMap<String, PersonId>, ImportFailure> {
    let (mut document, configuration) = read(store)?;
    let edits = mentioned.missing(&configuration, workspace);
    for (edits, actor_sequence) in edits.chunks(EDITS_MAX).zip(1..) {
        let change = document.author(actor, now, edits).map_err(ImportFailure::Configuration)?;
        let entry = Entry {
            document: DocumentId(CONFIGURATION_ID),
            class: id::Class(Class::Configuration as u8),
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
    Ok(mention::people_by_name(&document.configuration()?))
}

fn read(store: &Store) -> Result<(Document, Configuration), ImportFailure> {
    let stored = store.changes(DocumentId(CONFIGURATION_ID), Sequence(0), Limit::ALL)?;
    let changes = stored.into_iter().map(|(_, change)| change);
    let document = Document::open(Class::Configuration, CONFIGURATION_ID, changes)?;
    let configuration = document.configuration()?;
    Ok((document, configuration))
}
