//! The list of files the service worker keeps, and the version that tells one build from another.

use crate::failure::*;
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
};

const WORKER: &str = "sw.js";
const LIST: &str = "/*PRECACHE*/[]";
const VERSION: &str = "/*VERSION*/\"\"";

/// Writes list and version into the service worker.
pub fn fill(site: &Path, files: &[PathBuf]) -> Outcome {
    let kept: Vec<&PathBuf> = files.iter().filter(|file| *file != Path::new(WORKER)).collect();
    let addresses: Vec<String> = kept.iter().map(|file| address(file)).collect();
    let worker = fs::read_to_string(site.join(WORKER))
        .map_err(|cause| Failure::new("reading the service worker", cause))?;
    let version = version(site, &kept, &worker)?;
    let filled = filled(&worker, &addresses, &version).ok_or_else(|| {
        Failure::new("filling the service worker", format!("{WORKER} lacks {LIST} or {VERSION}"))
            .remedy("this is a finished build already; build the app again")
    })?;
    fs::write(site.join(WORKER), filled)
        .map_err(|cause| Failure::new("writing the service worker", cause))
}

/// Returns what a browser asks for to get a file.
fn address(file: &Path) -> String {
    let parts: Vec<_> = file.iter().map(|part| part.to_string_lossy()).collect();
    format!("/{}", parts.join("/"))
}

/// Returns a name that changes when any file does.
fn version(site: &Path, files: &[&PathBuf], worker: &str) -> Outcome<String> {
    let mut hash = Sha256::new();
    hash.update(worker);
    for file in files {
        let bytes = fs::read(site.join(file))
            .map_err(|cause| Failure::new(format!("reading {}", file.display()), cause))?;
        hash.update(address(file));
        hash.update(Sha256::digest(&bytes));
    }
    Ok(hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

fn filled(worker: &str, addresses: &[String], version: &str) -> Option<String> {
    let list = serde_json::to_string(addresses).ok()?;
    let both = worker.contains(LIST) && worker.contains(VERSION);
    both.then(|| worker.replace(LIST, &list).replace(VERSION, &format!("\"{version}\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_kept_under_the_address_a_browser_asks_for() {
        assert_eq!(address(Path::new("index.html")), "/index.html");
        assert_eq!(address(Path::new("icons/192.png")), "/icons/192.png");
    }

    #[test]
    fn list_and_version_stand_where_the_template_has_its_marks() {
        let template = "const FILES = /*PRECACHE*/[]; const VERSION = /*VERSION*/\"\";";
        let text = filled(template, &["/index.html".into(), "/a.js".into()], "12ab");
        assert_eq!(
            text.as_deref(),
            Some("const FILES = [\"/index.html\",\"/a.js\"]; const VERSION = \"12ab\";")
        );
    }

    #[test]
    fn a_worker_without_marks_is_told_and_not_shipped() {
        assert_eq!(filled("const FILES = [];", &[], "1"), None);
    }
}
