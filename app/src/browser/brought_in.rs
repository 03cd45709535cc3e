//! Which edits a person has brought in here from files: the hashes of their changes, nothing else.
//!
//! An edit from a file is made again as a new change, so nothing else would tell that the same file
//! is being brought in a second time.

use std::{collections::HashSet, fmt::Display};
use web_sys::Storage;

/// How many are remembered: more than a tablet ever has unsent.
const REMEMBERED_MAX: usize = 20_000;

/// Returns what was brought in for somebody.
pub fn known(whose: &str) -> HashSet<String> {
    read(whose).split_whitespace().map(str::to_owned).collect()
}

/// Remembers what was brought in for somebody.
pub fn remember(whose: &str, hashes: impl IntoIterator<Item = impl Display>) {
    let mut all: Vec<String> = read(whose).split_whitespace().map(str::to_owned).collect();
    all.extend(hashes.into_iter().map(|hash| hash.to_string()));
    let recent = all.split_off(all.len().saturating_sub(REMEMBERED_MAX));
    if let Some(storage) = storage() {
        // Not remembered, an edit may be made twice; it is not lost.
        let _ = storage.set_item(&key(whose), &recent.join(" "));
    }
}

fn read(whose: &str) -> String {
    storage().and_then(|storage| storage.get_item(&key(whose)).ok().flatten()).unwrap_or_default()
}

fn key(whose: &str) -> String {
    format!("tessera.brought-in.{whose}")
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
