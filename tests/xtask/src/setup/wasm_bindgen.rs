//! The tool that writes the app's JavaScript; it must match the library in `Cargo.lock` exactly.

use crate::{failure::*, place};
use std::fs;

pub fn require() -> Outcome {
    let version = locked_version()?;
    if super::installed("wasm-bindgen").is_some_and(|found| found.contains(&version)) {
        return Ok(());
    }
    // Not --locked: the lock file it is published with names crates that no longer build.
    super::install("wasm-bindgen-cli", &version, &[])
}

/// Returns the version of the library that `Cargo.lock` names.
fn locked_version() -> Outcome<String> {
    let path = place::root().join("Cargo.lock");
    let text = fs::read_to_string(&path).map_err(|cause| {
        Failure::new("reading Cargo.lock", cause).remedy("git checkout Cargo.lock")
    })?;
    find_version(&text)
        .ok_or_else(|| Failure::new("reading Cargo.lock", "it names no wasm-bindgen"))
}

fn find_version(lock: &str) -> Option<String> {
    let (_, after) = lock.split_once("name = \"wasm-bindgen\"\nversion = \"")?;
    after.split_once('"').map(|(version, _)| version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::find_version;

    #[test]
    fn the_library_is_told_from_its_neighbours() {
        let lock = "name = \"wasm-bindgen-macro\"\nversion = \"9\"\n\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(find_version(lock).as_deref(), Some("0.2.130"));
        assert_eq!(find_version("name = \"other\"\nversion = \"1\"\n"), None);
    }
}
