//! Checks that need no browser: the relay killed at every place, a document damaged on its disk.

use crate::{failure::*, place, step};
use std::{path::Path, process::Command};

/// Kills the relay at every place and at two thousand pairs of places.
pub fn kills(json: Option<&Path>, rest: &[String]) -> Outcome {
    let mut command = program_of_kills()?;
    if let Some(file) = json {
        command.arg("--json").arg(std::path::absolute(file).unwrap_or_else(|_| file.to_owned()));
    }
    step::run("killing the relay at every place, and again while it recovers", command.args(rest))
}

/// Kills the relay at every place, once: what every run of the tests does.
pub fn kills_once() -> Outcome {
    let mut command = program_of_kills()?;
    step::run("killing the relay at every place", command.args(["--pairs", "0"]))
}

/// Damages a document on the relay's disk, and has every other one served and written in. Prints
/// what was counted, for each way of damaging one.
pub fn poison_document(json: Option<&Path>) -> Outcome {
    let mut command = step::cargo();
    command.args(["test", "-p", "server", "--test", "relay", "poison::"]);
    command.args(["--", "--nocapture", "--test-threads=1"]);
    let mut counted = Vec::new();
    step::watch("a document is damaged on the relay's disk", &mut command, |line| {
        let found = line.find("{\"documents\"").map(|place| line[place..].trim().to_owned());
        counted.extend(found);
    })?;
    let text = format!("[{}]\n", counted.join(","));
    print!("{text}");
    let Some(file) = json else { return Ok(()) };
    std::fs::write(file, text)
        .map_err(|cause| Failure::new(format!("writing {}", file.display()), cause))
}

/// Edits accounts ten thousand times, and counts every dashboard on and anew.
pub fn incremental() -> Outcome {
    let mut command = step::cargo();
    command.args(["test", "--release", "-p", "analytics", "--lib"]);
    command.arg("ten_thousand_edits_counted_on_give_what_counting_anew_gives");
    step::run("ten thousand edits, counted on and counted anew", &mut command)
}

/// Builds the relay with places to die at, which the shipped one does not have.
fn program_of_kills() -> Outcome<Command> {
    let mut build = step::cargo();
    build.args(["build", "-p", "server", "--features", "failpoints", "--bin", "kills"]);
    step::run("building the relay with places to die at", &mut build)?;
    Ok(step::command(place::debugged("kills")))
}
