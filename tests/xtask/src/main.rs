//! Automation. Everything a newcomer or a build machine types begins with `cargo xtask`.
//!
//! One file a command; beside them `place` (where things are), `step` (running a program and
//! showing it), `setup` (what must be installed), `failure` (what to do about it).

mod attack;
mod bench;
mod book;
mod build;
mod bundle;
mod check;
mod dev;
mod failure;
mod fuzz;
mod parts;
mod place;
mod promises;
mod run;
mod setup;
mod sim;
mod step;
mod test;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Builds, runs and tests Tessera.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Sets up what is missing, builds everything and starts Tessera with a demo workspace.
    Run(run::Arguments),
    /// Sets up what is missing and runs every check there is; the last line counts them.
    Test(test::Arguments),
    /// Rebuilds and reloads on every save: debug builds, no service worker.
    Dev,
    /// Runs one named acceptance check in a real browser; prints JSON.
    Check(check::Arguments),
    /// Sends hostile frames to the relay, with honest work among them.
    Attack(attack::Arguments),
    /// Looks for inputs that break the gate or the machines, guided by what they reach.
    Fuzz(fuzz::Arguments),
    /// Runs the seeded world of devices, relay and faults.
    Sim(sim::Arguments),
    /// Measures one thing and writes its figures.
    Bench(bench::Arguments),
    /// Writes `docs/promises.md` from the figures of recorded runs.
    Promises(promises::Arguments),
    /// Cuts the app Trunk has just built into parts; called by Trunk.
    Parts,
    /// Finishes a built app: precache list, compressed copies, what it weighs.
    Bundle,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Test(arguments) => return test::test(&arguments),
        Command::Dev => dev::dev(),
        Command::Check(arguments) => check::check(&arguments),
        Command::Attack(arguments) => attack::attack(&arguments),
        Command::Fuzz(arguments) => fuzz::fuzz(&arguments),
        Command::Sim(arguments) => sim::sim(&arguments),
        Command::Bench(arguments) => bench::bench(&arguments),
        Command::Promises(arguments) => promises::promises(&arguments),
        Command::Parts => parts::cut(),
        Command::Bundle => bundle::bundle(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}
