//! Answers questions put to `analytics`: one, or a folder of them with their expected answers.
//!
//! `case --case FILE --data DIR` prints the answer, one JSON object.
//! `case --cases FOLDER --data DIR [--models A,B] [--check NAME]` compares every case of a folder
//! and prints how many passed.

use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};
use tests::cases::{answer, run};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let place = arguments.iter().position(|argument| argument == name)?;
        arguments.get(place + 1).cloned()
    };
    let data = value("--data").map(PathBuf::from).unwrap_or_default();
    let models = value("--models").map(|models| models.split(',').map(str::to_owned).collect());
    let done = match (value("--case"), value("--cases")) {
        (Some(file), _) => run::read(Path::new(&file)).map(|case| (answer(&case, &data), true)),
        (None, Some(folder)) => {
            let name = value("--check").unwrap_or_else(|| "oracle".to_owned());
            all(Path::new(&folder), &data, models).map(|tally| tally.told(&name))
        }
        (None, None) => {
            eprintln!("case --case FILE | --cases FOLDER [--models A,B], and --data DIR");
            return ExitCode::FAILURE;
        }
    };
    match done {
        Ok((shown, sound)) => {
            println!("{shown:#}");
            if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("reading the cases: {error}");
            ExitCode::FAILURE
        }
    }
}

/// How many cases there were, and those that failed with what differed.
#[derive(Default)]
struct Tally {
    cases: usize,
    failed: Vec<Value>,
}

impl Tally {
    fn told(self, check: &str) -> (Value, bool) {
        let sound = self.cases > 0 && self.failed.is_empty();
        let passed = self.cases - self.failed.len();
        let shown =
            json!({ "check": check, "cases": self.cases, "passed": passed, "failed": self.failed });
        (shown, sound)
    }
}

fn all(folder: &Path, data: &Path, models: Option<Vec<String>>) -> std::io::Result<Tally> {
    let mut tally = Tally::default();
    for input in run::inputs(folder)? {
        let case = run::read(&input)?;
        let model = case.get("model").and_then(Value::as_str).unwrap_or_default();
        if models.as_ref().is_some_and(|models| !models.iter().any(|one| one == model)) {
            continue;
        }
        let found = run::run(&input, data)?;
        tally.cases += 1;
        if !found.differences.is_empty() {
            tally.failed.push(json!({ "case": found.name, "differences": found.differences }));
        }
    }
    Ok(tally)
}
