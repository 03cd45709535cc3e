//! What a relay wants to know, answered from its store.

use crate::{
    relay::snapshots::TAIL_MAX,
    storage::{
        StorageFailure,
        entry::{Entry, Limit, Row},
        reader::Reader,
        snapshot::Snapshot,
        store::Store,
    },
};
use documents::class;
use std::collections::BTreeMap;
use sync::{
    frame::{Form, RowItem},
    id::{ChangeHash, Class, DocumentId, Scope, Sequence},
    relay::{
        input::{Binding, Loaded},
        output::{self, Query, StoredRow, changes_after},
    },
};

/// The one scope there is for now.
pub const SCOPE: Scope = Scope(0);

/// Returns the classes this release knows, with the hashes of their constant changes.
pub fn classes() -> BTreeMap<Class, Vec<ChangeHash>> {
    let layouts = |class: class::Class| class.layout_hashes().into_iter().map(ChangeHash).collect();
    class::Class::ALL.into_iter().map(|class| (Class(class as u8), layouts(class))).collect()
}

/// Answers a question: what devices will see only from what is durable, the rest from what is
/// written.
pub fn answer(store: &Store, query: Query) -> Result<Loaded, StorageFailure> {
    match query {
        Query::Causality { document, hashes, actors } => {
            let written = store.written();
            let row = written.row(document)?.map(stored);
            let mut known = Vec::new();
            for hash in hashes {
                known.extend(written.sequence_of(document, hash)?.map(|place| (hash, place)));
            }
            let mut bound = Vec::new();
            for actor in actors {
                if let Some(found) = written.actor(document, &actor.0)? {
                    let (person, device) = (found.person, found.device);
                    bound.push((actor, Binding { person, device, sequence: found.last }));
                }
            }
            let tail = written.tail(document, TAIL_MAX)?;
            Ok(Loaded::Causality { document: row, known, actors: bound, tail })
        }
        Query::Rows { scope, after, bytes_max } => {
            let limit = Limit { items_max: usize::MAX, bytes_max };
            let rows = store.durable().rows_after(scope, after, limit)?;
            let last = rows.last().map_or(after, |row| row.sequence);
            let end = store.durable().rows_after(scope, last, Limit::items(1))?.is_empty();
            Ok(Loaded::Rows { rows: rows.into_iter().map(stored).collect(), end })
        }
        Query::Changes { document, after, kept, form, bytes_max } => {
            let row = store.durable().row(document)?;
            let class = row.as_ref().map(|row| Class(row.class.0));
            let begins = row.and_then(|row| row.begins).unwrap_or_default();
            let Some(after) = changes_after(after, kept, begins) else {
                return Ok(Loaded::Changes { class, changes: Vec::new(), end: true, begins });
            };
            let changes = changes(store.durable(), (document, after), form, bytes_max)?;
            let last = changes.last().map_or(after, |(place, _)| *place);
            let end = store.durable().changes(document, last, Limit::items(1))?.is_empty();
            Ok(Loaded::Changes { class, changes, end, begins })
        }
    }
}

/// Returns changes of a document after a place in the log, the first of them a snapshot where one
/// that is wanted, later than that place and not larger than a page is there.
fn changes(
    reader: &Reader,
    (document, after): (DocumentId, Sequence),
    form: Form,
    bytes_max: usize,
) -> Result<Vec<(Sequence, Vec<u8>)>, StorageFailure> {
    let limit = |bytes_max| Limit { items_max: usize::MAX, bytes_max };
    let snapshot = match form {
        Form::Snapshot => reader.snapshot(document)?,
        Form::Changes => None,
    };
    match snapshot.filter(|found| found.sequence > after && found.packed.len() <= bytes_max) {
        None => reader.changes(document, after, limit(bytes_max)),
        Some(Snapshot { sequence, packed }) => {
            let room = bytes_max - packed.len();
            let later = reader.changes(document, sequence, limit(room))?;
            Ok(std::iter::once((sequence, packed)).chain(later).collect())
        }
    }
}

/// Returns an entry as the store takes it; the store gives the number again.
pub fn entry(entry: output::Entry) -> Entry {
    Entry {
        document: entry.document,
        class: entry.class,
        scope: entry.scope,
        hash: entry.hash,
        actor: entry.actor.0,
        actor_sequence: entry.actor_sequence,
        person: entry.person,
        device: entry.device,
        schema: entry.schema,
        device_time: entry.device_time,
        relay_time: entry.relay_time,
        edit: entry.edit,
        change: entry.change,
    }
}

/// Returns a row as the store takes it.
pub fn row(row: StoredRow) -> Row {
    let StoredRow { document, class, scope, version, row, .. } = row;
    Row { document, class, scope, version, row }
}

/// Returns a row as the machine takes it.
pub fn stored(item: RowItem) -> StoredRow {
    let RowItem { document, class, sequence, version, row, begins } = item;
    let (scope, begins, row) = (SCOPE, begins.unwrap_or_default(), row.into());
    StoredRow { document, class, scope, sequence, version, row, begins }
}
