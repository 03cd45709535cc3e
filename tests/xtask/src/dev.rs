//! `cargo xtask dev`: the quick loop. Trunk rebuilds and reloads; a debug relay answers behind it.

use crate::{book, build, failure::*, place, setup, step};

#[derive(clap::Args)]
pub struct Arguments {
    /// The port of the page; the relay takes the next one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

pub fn dev(arguments: &Arguments) -> Outcome {
    setup::for_building()?;
    let relay = format!("127.0.0.1:{}", arguments.port + 1);
    step::run("building the relay", step::cargo().args(["build", "-p", "server"]))?;
    let mut command = step::command(place::target().join("debug/tessera"));
    command.args(["serve", "--listen", &relay, "--data"]).arg(place::root().join("data/dev"));
    command.arg("--site").arg(place::site()).arg("--demo").arg(book::of_accounts(100)?);
    let mut child = command.spawn().map_err(|cause| Failure::new("starting the relay", cause))?;
    let outcome = step::run(
        &format!("serving http://127.0.0.1:{}", arguments.port),
        build::trunk()
            .args(["serve", "--port", &arguments.port.to_string()])
            .args([&format!("--proxy-backend=http://{relay}/api"), "--proxy-ws=true"]),
    );
    // The relay ends with the loop it was started for.
    let _ = child.kill().and_then(|()| child.wait());
    outcome
}
