//! The shape of the code: which crate may name which, and how long a file may grow.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The arrows there are. A new one needs a decision page before it is added here.
const ARROWS: [(&str, &[&str]); 8] = [
    ("shared/domain", &[]),
    ("shared/analytics", &["domain"]),
    ("shared/search", &["domain"]),
    ("shared/documents", &["domain"]),
    ("shared/exchange", &["domain"]),
    ("shared/sync", &[]),
    ("app", &["analytics", "documents", "domain", "exchange", "search", "sync"]),
    ("server", &["analytics", "documents", "domain", "exchange", "sync"]),
];

/// The wall for a source file, in lines.
const FILE_LINES_MAX: usize = 500;
/// What the median source file stays under, in lines.
const FILE_LINES_MEDIAN_MAX: usize = 120;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn ours(manifest: &str) -> BTreeSet<String> {
    let names: BTreeSet<_> = [
        "domain",
        "documents",
        "sync",
        "exchange",
        "analytics",
        "search",
        "app",
        "server",
        "tests",
    ]
    .into_iter()
    .collect();
    let manifest: toml::Table = manifest.parse().expect("a manifest");
    let tables = ["dependencies", "build-dependencies"];
    tables
        .iter()
        .filter_map(|table| manifest.get(*table)?.as_table())
        .flat_map(|table| table.keys())
        .filter(|name| names.contains(name.as_str()))
        .cloned()
        .collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() && !path.ends_with("node_modules") && !path.ends_with("target") {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn every_source() -> BTreeMap<PathBuf, String> {
    let mut found = Vec::new();
    for folder in ["shared", "app", "server", "tests"] {
        sources(&root().join(folder), &mut found);
    }
    found
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a readable source file");
            (path, text)
        })
        .collect()
}

#[test]
fn arrows_between_crates_are_the_ones_on_the_map() {
    for (crate_path, allowed) in ARROWS {
        let manifest = fs::read_to_string(root().join(crate_path).join("Cargo.toml"));
        let allowed = allowed.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(ours(&manifest.expect("a manifest")), allowed, "arrows of {crate_path}");
    }
}

#[test]
fn deliberate_bugs_are_in_nothing_that_is_shipped() {
    let sync = fs::read_to_string(root().join("shared/sync/Cargo.toml")).expect("a manifest");
    let sync: toml::Table = sync.parse().expect("a manifest");
    let features = sync["features"].as_table().expect("features");
    assert!(features.contains_key("planted") && !features.contains_key("default"));
    let named = |path: &str| {
        let manifest = fs::read_to_string(root().join(path).join("Cargo.toml"));
        manifest.expect("a manifest").contains("planted")
    };
    let shipped = ARROWS.iter().map(|(path, _)| *path).filter(|path| *path != "shared/sync");
    let naming: Vec<_> = shipped.chain([""]).filter(|path| named(path)).collect();
    assert!(naming.is_empty(), "{naming:?} can turn deliberate bugs on");
    let tests = fs::read_to_string(root().join("tests/Cargo.toml")).expect("a manifest");
    let tests: toml::Table = tests.parse().expect("a manifest");
    assert!(!tests["features"].as_table().expect("features").contains_key("default"));
}

#[test]
fn no_source_file_grows_past_the_wall() {
    let long: Vec<_> = every_source()
        .into_iter()
        .filter(|(_, text)| text.lines().count() > FILE_LINES_MAX)
        .map(|(path, _)| path)
        .collect();
    assert!(long.is_empty(), "longer than {FILE_LINES_MAX} lines: {long:?}");
}

#[test]
fn the_median_source_file_is_short() {
    let mut lengths: Vec<_> =
        every_source().into_values().map(|text| text.lines().count()).collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median <= FILE_LINES_MEDIAN_MAX, "the median file has {median} lines");
}

#[test]
fn modules_live_beside_their_folders() {
    let misplaced: Vec<_> =
        every_source().into_keys().filter(|path| path.ends_with("mod.rs")).collect();
    assert!(misplaced.is_empty(), "{misplaced:?}");
}

#[test]
fn every_source_file_says_what_it_is() {
    let silent: Vec<_> = every_source()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//!") && !text.trim().is_empty())
        .map(|(path, _)| path)
        .collect();
    assert!(silent.is_empty(), "no module comment: {silent:?}");
}
