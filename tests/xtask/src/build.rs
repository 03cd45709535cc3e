//! Building the app and the relay, each once and in one way, so that every command shares them.

use crate::{bundle, failure::*, place, setup, step};

/// Builds the app as people get it, precached and compressed.
pub fn app() -> Outcome {
    setup::for_building()?;
    let mut command = trunk();
    command.args(["build", "--release", "--dist"]).arg(place::site());
    step::run("building the app", &mut command)?;
    bundle::bundle()
}

/// Builds the relay for release.
pub fn relay() -> Outcome {
    step::run(
        "building the relay",
        step::cargo().args(["build", "--release", "-p", "server", "--bin", "tessera"]),
    )
}

/// Builds the seeded world for release.
pub fn sim() -> Outcome {
    step::run(
        "building the seeded world",
        step::cargo().args(["build", "--release", "-p", "tests", "--bin", "sim"]),
    )
}

/// Builds the programs that try the relay and the machines, for release.
pub fn tools_of_tests() -> Outcome {
    let mut command = step::cargo();
    command.args(["build", "--release", "-p", "tests", "--bins"]);
    step::run("building what tries the relay", &mut command)
}

/// Builds the seeded world with the machines' deliberate bugs in it. It is built by itself, because
/// a feature turned on for one package of a build is on for all of them.
pub fn planted() -> Outcome {
    step::run(
        "building the seeded world with bugs",
        step::cargo()
            .args(["build", "--release", "-p", "tests", "--bin", "planted"])
            .args(["--features", "planted"]),
    )
}

/// Builds all of them at once, so that what they share is built once.
pub fn relay_and_sim() -> Outcome {
    let mut command = step::cargo();
    command.args(["build", "--release", "-p", "server", "--bin", "tessera"]);
    command.args(["-p", "tests", "--bins"]);
    step::run("building the relay and what tries it", &mut command)
}

/// Builds everything a browser test needs.
pub fn everything() -> Outcome {
    relay()?;
    app()
}

/// Returns Trunk, told not to look for a newer one.
pub fn trunk() -> std::process::Command {
    let mut command = step::command(place::tools().join("bin/trunk"));
    command.env("TRUNK_SKIP_VERSION_CHECK", "true");
    command
}
