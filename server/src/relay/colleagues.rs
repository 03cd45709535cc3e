//! Keeps the configuration in step with who may sign in: the relay is an author too.
//!
//! Before a workspace is served its store is written directly; afterwards the relay pushes what it
//! has to say through its own door, as every device does.

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
    id::PersonId,
    pipeline::default_stages,
    row::PROJECTOR_VERSION,
    time::Timestamp,
};
use sync::{
    digest,
    frame::{self, PushItem, Up},
    id::{self, ChangeHash, DeviceId, DocumentId, Time},
    relay::input::{Connection, Principal, RelayInput},
};

/// The configuration document.
const ID: DocumentId = DocumentId(CONFIGURATION_ID);
const CLASS: id::Class = id::Class(Class::Configuration as u8);
/// The device the relay itself writes from.
const DEVICE: DeviceId = DeviceId([0; 16]);

/// The relay's own connection, which no socket's number reaches.
const OWN: Connection = Connection(u64::MAX);

/// Writes into the configuration what it lacks: the stages a workspace begins with, and everyone
/// who may sign in. A configuration that cannot be read is left alone, and the log says so.
pub fn bring_in(store: &mut Store, people: &[people::Person]) -> Result<(), StorageFailure> {
    let people: Vec<_> = people.iter().map(|person| (person.id, &*person.name)).collect();
    let Some(news) = News::of(store, &people)? else { return Ok(()) };
    let row =
        Row { document: ID, class: CLASS, scope: SCOPE, version: PROJECTOR_VERSION, row: news.row };
    let entries: Vec<_> =
        news.changes.into_iter().zip(1..).map(|(change, place)| change.entry(place)).collect();
    store.append(&entries, &[row]).map(drop)
}

/// Returns what the relay says at its own door for the configuration to know a colleague; nothing
/// when it does.
pub fn introduce(
    store: &Store,
    person: PersonId,
    name: &str,
) -> Result<Vec<RelayInput>, StorageFailure> {
    let Some(news) = News::of(store, &[(person, name)])? else { return Ok(Vec::new()) };
    let items: Vec<_> = news.changes.into_iter().map(Written::item).collect();
    let hello = Up::Hello {
        device: DEVICE,
        epoch: Some(store.epoch()),
        cursor: store.head(),
        digest: digest::EMPTY,
        clock: clock::now(),
        unsent: items.len() as u32,
        schema: genesis::SCHEMA,
        lineages: None,
    };
    let (connection, person) = (OWN, id::PersonId(RELAY.0));
    let frame = |up: &Up| RelayInput::Frame { connection, bytes: frame::encode(up) };
    Ok(vec![
        RelayInput::Opened { connection, principal: Principal { person, device: Some(DEVICE) } },
        frame(&hello),
        frame(&Up::Push { batch: 0, items, author: None }),
        RelayInput::Closed { connection },
    ])
}

/// What the configuration lacks, as changes to it.
struct News {
    changes: Vec<Written>,
    /// The configuration's row with them.
    row: Vec<u8>,
}

struct Written {
    hash: [u8; 32],
    change: Vec<u8>,
    edit: Vec<u8>,
    actor: Actor,
    at: Time,
}

impl News {
    fn of(store: &Store, people: &[(PersonId, &str)]) -> Result<Option<Self>, StorageFailure> {
        let mut life = [0; 16];
        getrandom::fill(&mut life).map_err(StorageFailure::Entropy)?;
        let actor = Actor { person: RELAY, life };
        match shadow::open(store, ID, Class::Configuration)
            .map_err(|failure| failure.to_string())
            .and_then(|document| write(document, people, actor))
        {
            Ok(news) => Ok(news),
            Err(failure) => {
                tracing::error!(failure, "the configuration is left as it is");
                Ok(None)
            }
        }
    }
}

fn write(
    mut document: Document,
    people: &[(PersonId, &str)],
    actor: Actor,
) -> Result<Option<News>, String> {
    let configuration = document.configuration().map_err(|failure| failure.to_string())?;
    let at = clock::now();
    let mut changes = Vec::new();
    for edit in missing(&configuration, people) {
        let edit = Edit::Configuration(edit);
        let change = document
            .author(actor, Timestamp(at.0), std::slice::from_ref(&edit))
            .map_err(|refusal| refusal.to_string())?;
        let edit = edit.encode();
        changes.push(Written { hash: change.hash, change: change.bytes, edit, actor, at });
    }
    let row = document.row().map_err(|failure| failure.to_string())?;
    Ok((!changes.is_empty()).then_some(News { changes, row }))
}

fn missing(
    configuration: &Configuration,
    people: &[(PersonId, &str)],
) -> impl Iterator<Item = ConfigurationEdit> {
    let stages = if configuration.stages.is_empty() { default_stages() } else { Vec::new() };
    let unknown = people.iter().filter(|(id, _)| !configuration.people.contains_key(id));
    let people = unknown.map(|(id, name)| {
        let person = Person { name: (*name).to_owned(), ..Person::default() };
        ConfigurationEdit::SetPerson(*id, person)
    });
    stages.into_iter().map(ConfigurationEdit::SetStage).chain(people)
}

impl Written {
    fn entry(self, actor_sequence: u64) -> Entry {
        Entry {
            document: ID,
            class: CLASS,
            scope: SCOPE,
            hash: ChangeHash(self.hash),
            actor: self.actor.to_bytes().to_vec(),
            actor_sequence,
            person: id::PersonId(RELAY.0),
            device: DEVICE,
            schema: genesis::SCHEMA,
            device_time: self.at,
            relay_time: self.at,
            edit: self.edit,
            change: self.change,
        }
    }

    fn item(self) -> PushItem {
        PushItem {
            document: ID,
            class: CLASS,
            change: self.change.into(),
            edit: self.edit.into(),
            device_time: self.at,
        }
    }
}
