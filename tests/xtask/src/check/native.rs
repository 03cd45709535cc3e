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

/// Builds the relay with places to die at, which the shipped one does not have.
fn program_of_kills() -> Outcome<Command> {
    let mut build = step::cargo();
    build.args(["build", "-p", "server", "--features", "failpoints", "--bin", "kills"]);
    step::run("building the relay with places to die at", &mut build)?;
    Ok(step::command(place::debugged("kills")))
}
