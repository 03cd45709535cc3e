//! `cargo xtask dev`: the quick loop. Trunk rebuilds and reloads; a debug relay answers behind it.

use crate::{book, build, failure::*, place, setup, step};

/// Where Trunk looks for a relay; `Trunk.toml` says the same.
const RELAY: &str = "127.0.0.1:8080";
/// Where Trunk serves the app, by the very name the relay is told there.
const PAGE: &str = "http://127.0.0.1:8081";

pub fn dev() -> Outcome {
    setup::for_building()?;
    step::run("building the relay", step::cargo().args(["build", "-p", "server"]))?;
    let mut command = step::command(place::target().join("debug/tessera"));
    command.args(["serve", "--listen", RELAY, "--data"]).arg(place::root().join("data/dev"));
    command.arg("--demo").arg(book::of_accounts(100)?);
    let mut relay = command.spawn().map_err(|cause| Failure::new("starting the relay", cause))?;
    eprintln!("\n▸ the app is going to be at {PAGE}; the relay behind it prints its own address");
    let outcome = step::run("rebuilding and reloading on every save", build::trunk().arg("serve"));
    // The relay ends with the loop it was started for.
    let _ = relay.kill().and_then(|()| relay.wait());
    outcome
}
