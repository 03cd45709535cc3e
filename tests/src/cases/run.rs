//! Goes through a folder of cases, each an `.in.json` beside its `.out.json`.

use super::{answer, compare::differences};
use serde_json::Value;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A case and how its answer differed.
pub struct Run {
    /// Model and case, such as `funnel/by_hand`.
    pub name: String,
    pub differences: Vec<String>,
}

/// Returns the inputs of every case below a folder, in order of their names.
pub fn inputs(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.append(&mut inputs(&path)?);
        } else if path.to_string_lossy().ends_with(".in.json") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Answers the case of an input and compares it with what is expected.
pub fn run(input: &Path, data: &Path) -> io::Result<Run> {
    let case = read(input)?;
    let expected = read(&expectation(input))?;
    Ok(judge(&case, &expected, &answer(&case, data)))
}

/// Compares an answer with what is expected.
pub fn judge(case: &Value, expected: &Value, answer: &Value) -> Run {
    let part = |name: &str| expected.get(name).unwrap_or(&Value::Null);
    let word = |name: &str| case.get(name).and_then(Value::as_str).unwrap_or_default();
    Run {
        name: format!("{}/{}", word("model"), word("case")),
        differences: differences(part("expected"), answer, part("tolerance")),
    }
}

/// Returns where the expected answer to an input lies.
pub fn expectation(input: &Path) -> PathBuf {
    PathBuf::from(input.to_string_lossy().replace(".in.json", ".out.json"))
}

/// Reads a JSON file.
pub fn read(file: &Path) -> io::Result<Value> {
    Ok(serde_json::from_slice(&fs::read(file)?)?)
}
