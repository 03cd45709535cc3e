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
