//! Who has a database in this browser, and who is at work now: ids and names, nothing else.

use serde::{Deserialize, Serialize};
use web_sys::Storage;

const KEY: &str = "tessera.known";

/// A person whose workspace is kept here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownPerson {
    pub workspace: String,
    pub workspace_name: String,
    pub person: String,
    pub person_name: String,
    /// Whether the person is at work: opens without asking, line or no line.
    pub at_work: bool,
}

/// Returns who is at work in this browser.
pub fn at_work() -> Option<KnownPerson> {
    read().into_iter().find(|known| known.at_work)
}

/// Notes that the person is at work, and nobody else.
pub fn begin_work(person: KnownPerson) {
    let mut all = read();
    all.retain(|known| (&known.workspace, &known.person) != (&person.workspace, &person.person));
    all.iter_mut().for_each(|known| known.at_work = false);
    all.push(KnownPerson { at_work: true, ..person });
    write(&all);
}

/// Notes that nobody is at work.
pub fn end_work() {
    let mut all = read();
    all.iter_mut().for_each(|known| known.at_work = false);
    write(&all);
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn read() -> Vec<KnownPerson> {
    let text = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

fn write(all: &[KnownPerson]) {
    let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(all)) else { return };
    // Without it the next start asks for the password again; nothing of the work depends on it.
    let _ = storage.set_item(KEY, &text);
}
