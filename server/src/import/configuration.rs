//! The people, territories and stages a book speaks of, written into the configuration before any
//! account names them.

use super::{ImportFailure, context::Context, identity::Identity};
use crate::{
    people,
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
    configuration::{Configuration, Person},
    edit::{ConfigurationEdit, Edit},
    id::PersonId,
    pipeline::default_stages,
    row::PROJECTOR_VERSION,
    time::Timestamp,
};
use std::collections::{BTreeSet, HashMap};
use sync::id::{self, ChangeHash, DeviceId, DocumentId, Sequence, Time};

/// How many people, territories and stages go into one change.
const EDITS_MAX: usize = 500;

/// What a book speaks of that belongs to the whole workspace.
#[derive(Debug, Default)]
pub struct Mentioned {
    /// Names of owners.
    pub people: BTreeSet<String>,
    /// Codes of territories.
    pub territories: BTreeSet<String>,
}

/// Returns what rows are read against before anything is known of the book.
pub fn context(store: &Store, workspace: &str) -> Result<Context, ImportFailure> {
    let configuration = read(store)?.1;
    let mut stages: Vec<_> = configuration.pipeline().into_iter().cloned().collect();
    if stages.is_empty() {
        stages = default_stages();
    }
    let identity = Identity::of(workspace);
    Ok(Context { identity, people: by_name(&configuration), stages })
}

/// Writes into the configuration what it lacks, and returns the people by name.
pub fn bring_in(
    store: &mut Store,
    workspace: &str,
    mentioned: &Mentioned,
    (actor, now): (Actor, Timestamp),
) -> Result<HashMap<String, PersonId>, ImportFailure> {
    let (mut document, configuration) = read(store)?;
    let edits = missing(&configuration, workspace, mentioned);
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
    Ok(by_name(&document.configuration()?))
}

fn read(store: &Store) -> Result<(Document, Configuration), ImportFailure> {
    let stored = store.changes(DocumentId(CONFIGURATION_ID), Sequence(0), Limit::ALL)?;
    let changes = stored.into_iter().map(|(_, change)| change);
    let document = Document::open(Class::Configuration, CONFIGURATION_ID, changes)?;
    let configuration = document.configuration()?;
    Ok((document, configuration))
}

fn missing(configuration: &Configuration, workspace: &str, mentioned: &Mentioned) -> Vec<Edit> {
    let stages = if configuration.stages.is_empty() { default_stages() } else { Vec::new() };
    let known = by_name(configuration);
    let people = mentioned.people.iter().filter(|name| !known.contains_key(*name));
    let people = people.map(|name| (people::owner_id(workspace, name), name.clone()));
    let people = people.filter(|(id, _)| !configuration.people.contains_key(id));
    let people =
        people.map(|(id, name)| ConfigurationEdit::SetPerson(id, Person { name, left: None }));
    let territories = mentioned.territories.iter();
    let territories = territories.filter(|code| !configuration.territories.contains_key(*code));
    let territories =
        territories.map(|code| ConfigurationEdit::SetTerritory(code.clone(), code.clone()));
    let stages = stages.into_iter().map(ConfigurationEdit::SetStage);
    stages.chain(people).chain(territories).map(Edit::Configuration).collect()
}

/// Returns the people by name; where two share one, neither is found by it.
fn by_name(configuration: &Configuration) -> HashMap<String, PersonId> {
    let mut people = HashMap::new();
    let mut shared = BTreeSet::new();
    for (id, person) in &configuration.people {
        if people.insert(person.name.clone(), *id).is_some() {
            shared.insert(person.name.clone());
        }
    }
    people.retain(|name, _| !shared.contains(name));
    people
}
