//! Who is at work in this browser: ids and names, in a small database beside the sealed ones.
//!
//! Written down for certain before a workspace opens, because with no line nothing else tells whose
//! sealed database is to be opened.

use super::{
    failure::StorageFailure,
    indexed_db::{
        Database, Flush,
        operation::{Keys, Operation},
    },
};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use web_sys::Storage;

const DATABASE: &str = "tessera.people";
const PEOPLE: &str = "people";
const AT_WORK: &[u8] = b"at work";
/// Where it was kept before, and the browser wrote it down some seconds late.
const KEPT_BEFORE: &str = "tessera.known";

/// A person whose workspace is kept here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownPerson {
    pub workspace: String,
    pub workspace_name: String,
    pub person: String,
    pub person_name: String,
}

#[derive(Deserialize)]
struct KnownBefore {
    #[serde(flatten)]
    person: KnownPerson,
    at_work: bool,
}

/// Returns who is at work in this browser: they open without asking, line or no line.
pub async fn at_work() -> Option<KnownPerson> {
    let kept = kept().await.ok().flatten();
    if kept.is_some() {
        return kept;
    }
    let before = kept_before()?;
    begin_work(&before).await;
    Some(before)
}

/// Notes that the person is at work, and nobody else; returns once it cannot be forgotten.
pub async fn begin_work(person: &KnownPerson) {
    let Ok(text) = serde_json::to_string(person) else { return };
    let value = JsValue::from_str(&text);
    note(Operation::Put { store: PEOPLE, key: AT_WORK.to_vec(), value }).await;
}

/// Notes that nobody is at work.
pub async fn end_work() {
    note(Operation::Remove { store: PEOPLE, key: AT_WORK.to_vec() }).await;
}

async fn note(operation: Operation) {
    let noted = async { people().await?.write(&[operation], Flush::ToDisk).await };
    // Not noted, the next start asks for the password again; nothing of the work depends on it.
    if let (Ok(()), Some(storage)) = (noted.await, local_storage()) {
        let _ = storage.remove_item(KEPT_BEFORE);
    }
}

async fn kept() -> Result<Option<KnownPerson>, StorageFailure> {
    let found = people().await?.read(PEOPLE, Keys::One(AT_WORK.to_vec())).await?;
    let text = found.first().and_then(|(_, value)| value.as_string());
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

fn kept_before() -> Option<KnownPerson> {
    let text = local_storage()?.get_item(KEPT_BEFORE).ok().flatten()?;
    let all: Vec<KnownBefore> = serde_json::from_str(&text).ok()?;
    all.into_iter().find(|known| known.at_work).map(|known| known.person)
}

async fn people() -> Result<Database, StorageFailure> {
    Database::open(DATABASE.to_owned(), &[PEOPLE]).await
}

fn local_storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
