//! Keeps the configuration in step with who may sign in: the relay is an author too.

use crate::{
    clock,
    relay::{answers::SCOPE, shadow},
    storage::{
        StorageFailure,
        entry::{Entry, Row},
        people,
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
    pipeline::default_stages,
    row::PROJECTOR_VERSION,
    time::Timestamp,
};
use sync::id::{self, ChangeHash, DeviceId, DocumentId};

/// Writes into the configuration what it lacks: the stages a workspace begins with, and everyone
/// who may sign in. A configuration that cannot be read is left alone and said so in the log.
pub fn bring_in(store: &mut Store, people: &[people::Person]) -> Result<(), StorageFailure> {
    let id = DocumentId(CONFIGURATION_ID);
    let read = shadow::open(store, id, Class::Configuration)
        .and_then(|document| Ok((document.configuration()?, document)));
    let (configuration, mut document) = match read {
        Ok(read) => read,
        Err(shadow::NotJudged::Storage(failure)) => return Err(failure),
        Err(failure) => {
            tracing::error!(%failure, "the configuration is left as it is");
            return Ok(());
        }
    };
    let edits = missing(&configuration, people);
    if edits.is_empty() {
        return Ok(());
    }
    author(store, &mut document, id, &edits)
}

fn missing(configuration: &Configuration, people: &[people::Person]) -> Vec<Edit> {
    let stages = if configuration.stages.is_empty() { default_stages() } else { Vec::new() };
    let stages = stages.into_iter().map(ConfigurationEdit::SetStage);
    let unknown = people.iter().filter(|person| !configuration.people.contains_key(&person.id));
    let people = unknown.map(|person| {
        let known = Person { name: person.name.clone(), left: None };
        ConfigurationEdit::SetPerson(person.id, known)
    });
    stages.chain(people).map(Edit::Configuration).collect()
}

fn author(
    store: &mut Store,
    document: &mut Document,
    id: DocumentId,
    edits: &[Edit],
) -> Result<(), StorageFailure> {
    let mut life = [0; 16];
    getrandom::fill(&mut life).map_err(StorageFailure::Entropy)?;
    let actor = Actor { person: RELAY, life };
    let now = clock::now();
    let written = document
        .author(actor, Timestamp(now.0), edits)
        .map_err(|refusal| refusal.to_string())
        .and_then(|change| Ok((change, document.row().map_err(|failure| failure.to_string())?)));
    let (change, row) = match written {
        Ok(written) => written,
        Err(failure) => {
            tracing::error!(failure, "the configuration is left as it is");
            return Ok(());
        }
    };
    let entry = Entry {
        document: id,
        class: id::Class(Class::Configuration as u8),
        scope: SCOPE,
        hash: ChangeHash(change.hash),
        actor: actor.to_bytes().to_vec(),
        actor_sequence: 1,
        person: id::PersonId(RELAY.0),
        device: DeviceId([0; 16]),
        schema: genesis::SCHEMA,
        device_time: now,
        relay_time: now,
        edit: minicbor::to_vec(edits).expect("writing to memory cannot fail"),
        change: change.bytes,
    };
    let (class, version) = (entry.class, PROJECTOR_VERSION);
    store.append(&[entry], &[Row { document: id, class, scope: SCOPE, version, row }]).map(drop)
}
