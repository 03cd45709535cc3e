//! The catalogue page tells the truth as far as a test can see: every row is there once, says how
//! far it is, and names only tests that exist.

use std::{collections::BTreeSet, fs, path::Path};

const STATES: [&str; 3] = ["*works*", "*part*", "*not yet*"];

struct Row {
    number: String,
    tests: Vec<String>,
    state: String,
}

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn rows() -> Vec<Row> {
    let page = fs::read_to_string(root().join("docs/catalogue.md")).expect("the catalogue");
    let lines = page.lines().filter(|line| {
        line.strip_prefix("| ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    });
    lines.map(row).collect()
}

fn row(line: &str) -> Row {
    let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [number, _, _, tests, state] = cells.as_slice() else {
        panic!("not five cells: {line}");
    };
    let tests = tests.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    Row { number: (*number).to_owned(), tests, state: (*state).to_owned() }
}

/// Returns whether the file has the test: a Rust function, or a browser test by its title.
fn exists(test: &str) -> bool {
    let Some((file, name)) = test.split_once("::") else { return false };
    let Ok(text) = fs::read_to_string(root().join(file)) else { return false };
    match file.rsplit_once('.') {
        Some((_, "rs")) => {
            let named = format!("fn {name}(");
            text.split("#[test]").skip(1).any(|after| after.trim_start().starts_with(&named))
                || text.split("::test]").skip(1).any(|after| {
                    after.trim_start().trim_start_matches("async ").starts_with(&named)
                })
        }
        Some((_, "mjs")) => text.contains(&format!("test(\"{name}\"")),
        _ => false,
    }
}

#[test]
fn the_catalogue_has_every_row_once() {
    let letters = ["18a", "18b", "18c", "18d"].map(str::to_owned);
    let all: BTreeSet<String> = (1..=135).map(|number| number.to_string()).chain(letters).collect();
    let rows = rows();
    assert_eq!(rows.len(), 139);
    assert_eq!(rows.into_iter().map(|row| row.number).collect::<BTreeSet<_>>(), all);
}

#[test]
fn every_row_says_how_far_it_is() {
    let odd: Vec<_> = rows()
        .into_iter()
        .filter(|row| !STATES.contains(&row.state.as_str()))
        .map(|row| row.number)
        .collect();
    assert!(odd.is_empty(), "{odd:?}");
}

#[test]
fn what_works_or_works_in_part_is_proven_by_a_test_that_exists() {
    for row in rows() {
        let proven = row.state == "*not yet*" || !row.tests.is_empty();
        assert!(proven, "row {} names no test", row.number);
        for test in &row.tests {
            assert!(exists(test), "row {} names a test that is not there: {test}", row.number);
        }
    }
}
