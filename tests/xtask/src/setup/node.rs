//! Node, and the packages of the browser tests.

use crate::{failure::*, place, step};
use std::fs;

const MAJOR_LEAST: u32 = 20;

pub fn require() -> Outcome {
    let (words, elsewhere) = ("looking for Node 20 or newer", "see https://nodejs.org");
    if !is_new_enough() {
        super::apt::install(words, &["nodejs", "npm"], elsewhere)?;
        // An older Debian has an older Node.
        if !is_new_enough() {
            let found = major().map_or("none".to_owned(), |major| format!("Node {major}"));
            return Err(Failure::new(words, format!("found {found}")).remedy(elsewhere));
        }
    }
    packages()
}

fn is_new_enough() -> bool {
    major().is_some_and(|major| major >= MAJOR_LEAST)
}

fn major() -> Option<u32> {
    let version = step::ask(step::command("node").arg("--version"))?;
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Installs exactly what the lock file names, unless that was done already.
fn packages() -> Outcome {
    let lock = fs::read_to_string(place::tests().join("package-lock.json"))
        .map_err(|cause| Failure::new("reading tests/package-lock.json", cause))?;
    let stamp = place::tests().join("node_modules/.installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let mut command = step::command("npm");
    command.current_dir(place::tests()).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    command.args(["ci", "--no-audit", "--no-fund"]);
    step::run("installing the browser tests' packages", &mut command).map_err(|failure| {
        failure.remedy("the npm registry must be reachable; by hand: npm ci in tests")
    })?;
    fs::write(&stamp, lock).map_err(|cause| Failure::new("noting what npm installed", cause))
}
