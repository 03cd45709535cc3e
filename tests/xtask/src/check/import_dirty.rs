//! A dirty book is brought in, every row of it accounted for, and taken back without a trace.
//!
//! A clean book of the same customers is there before, so that the dirty one adds to accounts that
//! stand as well as making new ones. Rows are counted here, apart from the program's own count.

use crate::{build, failure::*, place, setup, step};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

const WORDS: &str = "a dirty book is brought in, accounted for and taken back";
/// One in so many customers of the dirty book is there before.
const BEFORE_SHARE: u32 = 20;
const REFUSED: &str = "row refused";
const LEFT_OUT: &str = "cell left out";
const FLAGGED: &str = "taken, to be looked at";

/// A row of the report: file, line, column, value, reason, outcome, the row as it stood.
type Told = Vec<String>;

/// Runs the check; prints JSON.
pub fn check(accounts: u32, seed: u64, json: Option<&Path>) -> Outcome {
    build::relay()?;
    let desk = Desk::clean()?;
    let clean = desk.book((accounts / BEFORE_SHARE).max(1), seed, "clean")?;
    let dirty = desk.book(accounts, seed, "dirty")?;
    desk.tessera(&["import"], &[&clean])?;
    let before = desk.export("before")?;
    let report = desk.place("report.csv");
    let summary =
        desk.tessera(&["import", "--dates", "day-first", "--report"], &[&report, &dirty])?;
    let batch = summary.split_whitespace().last().unwrap_or_default().to_owned();
    let told = rows_of(&report)?;
    let undone = desk.tessera(&["import", "--undo", &batch], &[])?;
    let after = desk.export("after")?;
    let same = before == after;
    let counted = Counted::of(&dirty, &summary, &told)?;
    let duplicates = duplicates(&dirty, &told)?;
    let holds = counted.unexplained == 0 && same && duplicates.holds();
    let answer = json!({
        "check": "import-dirty", "accounts": accounts, "seed": seed,
        "rows": counted.rows, "taken": counted.taken, "already_here": counted.already_here,
        "kept": counted.kept, "refused": counted.refused, "flagged": counted.flagged,
        "cells_left_out": reasons(&told, LEFT_OUT), "refused_by_reason": reasons(&told, REFUSED),
        "unexplained": counted.unexplained, "files": counted.files,
        "duplicates": duplicates.to_json(),
        "undone": undone.trim().lines().last(), "export_after_undo_is_the_same": same,
        "holds": holds,
    });
    let text = serde_json::to_string_pretty(&answer).unwrap_or_default();
    println!("{text}");
    if let Some(file) = json {
        fs::write(file, text).map_err(|cause| Failure::new("writing the answer", cause))?;
    }
    if holds { Ok(()) } else { Err(Failure::new(WORDS, "it does not hold, see above")) }
}

/// The folder the check works in.
struct Desk(PathBuf);

impl Desk {
    fn clean() -> Outcome<Self> {
        let folder = place::target().join("checks/import-dirty");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).map_err(|cause| Failure::new("making a folder", cause))?;
        Ok(Self(folder))
    }

    fn place(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn book(&self, accounts: u32, seed: u64, name: &str) -> Outcome<PathBuf> {
        let folder = self.place(name);
        let mut command = step::command(setup::python::require()?);
        command.arg("tests/book/make_crm_data.py");
        command.args(["--accounts", &accounts.to_string(), "--seed", &seed.to_string(), "--out"]);
        command.arg(&folder).arg("--quiet");
        if name == "dirty" {
            command.arg("--dirty");
        }
        step::run(&format!("making a {name} book of {accounts} customers"), &mut command)?;
        Ok(folder)
    }

    fn tessera(&self, words: &[&str], paths: &[&Path]) -> Outcome<String> {
        let mut command = step::command(place::relay());
        command.args(words).args(paths).args(["--workspace", "check", "--data"]);
        command.arg(self.place("data"));
        let output = command.output().map_err(|cause| Failure::new(words.join(" "), cause))?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() {
            return Ok(text);
        }
        Err(Failure::new(words.join(" "), String::from_utf8_lossy(&output.stderr)))
    }

    /// Returns the bytes of every file of an export.
    fn export(&self, name: &str) -> Outcome<BTreeMap<String, Vec<u8>>> {
        let folder = self.place(name);
        self.tessera(&["export", "--out"], &[&folder])?;
        let mut files = BTreeMap::new();
        read_under(&folder, &mut files)
            .map_err(|cause| Failure::new("reading an export", cause))?;
        Ok(files.into_iter().map(|(path, bytes)| (name_under(&folder, &path), bytes)).collect())
    }
}

/// Reads every file of a folder, and of those in it: files that are kept stand in one of their own.
fn read_under(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_under(&path, files)?;
        } else {
            let bytes = fs::read(&path)?;
            files.insert(path, bytes);
        }
    }
    Ok(())
}

fn name_under(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_string_lossy().into_owned()
}

#[derive(Default)]
struct Counted {
    rows: u64,
    taken: u64,
    already_here: u64,
    refused: u64,
    kept: u64,
    flagged: u64,
    unexplained: u64,
    files: BTreeMap<String, Value>,
}

impl Counted {
    /// Holds the program's summary against the rows there are and the refusals that are told.
    fn of(book: &Path, summary: &str, told: &[Told]) -> Outcome<Self> {
        let mut counted = Self::default();
        for line in summary.lines() {
            let mut words = line.split_whitespace();
            let Some(file) = words.next().filter(|name| name.ends_with(".csv")) else { continue };
            let numbers: Vec<u64> = words.map_while(|word| word.parse().ok()).collect();
            let [_, taken, already_here, refused, kept, _, flagged] = numbers[..] else { continue };
            if line.contains("skipped:") {
                continue;
            }
            let rows = rows_of(&book.join(file))?.len() as u64;
            let is_told = |row: &&Told| row[0] == file && row[5] == REFUSED && !row[4].is_empty();
            let reasons = told.iter().filter(is_told).count() as u64;
            let unexplained = rows.abs_diff(taken + already_here + kept + reasons);
            counted.rows += rows;
            counted.taken += taken;
            counted.already_here += already_here;
            counted.refused += refused;
            counted.kept += kept;
            counted.flagged += flagged;
            counted.unexplained += unexplained;
            let file_told = json!({
                "rows": rows, "taken": taken, "already_here": already_here, "refused": refused,
                "kept": kept, "flagged": flagged, "unexplained": unexplained,
            });
            counted.files.insert(file.to_owned(), file_told);
        }
        Ok(counted)
    }
}

/// Counts what is told by reason; what a reason names of its row is left out of it.
fn reasons(told: &[Told], outcome: &str) -> BTreeMap<String, u64> {
    let mut reasons = BTreeMap::new();
    for row in told.iter().filter(|row| row[5] == outcome) {
        let kind = row[4].trim_end_matches(|letter: char| letter.is_ascii_digit()).to_owned();
        *reasons.entry(kind).or_insert(0) += 1;
    }
    reasons
}

struct Duplicates {
    known: BTreeSet<String>,
    flagged: BTreeSet<String>,
    refused: BTreeSet<String>,
}

/// Which share of what is flagged has to be a duplicate, and of the duplicates flagged.
const PRECISION_MIN: f64 = 0.95;
const RECALL_MIN: f64 = 0.9;

impl Duplicates {
    fn found(&self) -> f64 {
        self.flagged.intersection(&self.known).count() as f64
    }

    fn precision(&self) -> f64 {
        self.found() / self.flagged.len().max(1) as f64
    }

    /// Counts what was taken: a duplicate that was refused is told already.
    fn recall(&self) -> f64 {
        self.found() / self.known.difference(&self.refused).count().max(1) as f64
    }

    fn holds(&self) -> bool {
        self.precision() >= PRECISION_MIN && self.recall() >= RECALL_MIN
    }

    fn to_json(&self) -> Value {
        json!({
            "known": self.known.len(), "flagged": self.flagged.len(), "found": self.found(),
            "refused": self.known.intersection(&self.refused).count(),
            "precision": self.precision(), "recall": self.recall(),
        })
    }
}

/// Holds the flagged rows against the pairs the generator wrote down.
fn duplicates(book: &Path, told: &[Told]) -> Outcome<Duplicates> {
    let known = rows_of(&book.join("duplicates.csv"))?;
    let ids = |outcome: &str| {
        let rows = told.iter().filter(|row| row[5] == outcome);
        rows.filter_map(|row| row[6].split(',').next().map(str::to_owned)).collect()
    };
    Ok(Duplicates {
        known: known.into_iter().filter_map(|row| row.into_iter().next()).collect(),
        flagged: ids(FLAGGED),
        refused: ids(REFUSED),
    })
}

/// Reads the rows of a file, without its heading.
fn rows_of(path: &Path) -> Outcome<Vec<Vec<String>>> {
    let failed = |cause: csv::Error| Failure::new(format!("reading {}", path.display()), cause);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).map_err(failed)?;
    let rows = reader.records().map(|row| Ok(row?.iter().map(str::to_owned).collect()));
    rows.collect::<Result<_, csv::Error>>().map_err(failed)
}
