//! `cargo xtask test`: everything that must hold, from spelling to a killed browser page.
//!
//! One thing failing does not hide the next, except what cannot run without it. The last line
//! counts every test and every check.

mod count;
mod tally;

use crate::{attack, build, bundle, check, failure::*, place, setup, sim, step};
use std::{
    fs,
    process::{Command, ExitCode},
};
use tally::Tally;

const SIM_SEED: u64 = 1;
const SIM_DEVICE_YEARS: u32 = 50;

#[derive(clap::Args)]
pub struct Arguments {
    /// Leave out what needs a browser.
    #[arg(long)]
    no_browser: bool,
}

pub fn test(arguments: &Arguments) -> ExitCode {
    let mut tally = Tally::default();
    tally.check("formatting", || step::run("checking the formatting", &mut fmt()));
    tally.check("clippy of the kills", || {
        step::run("clippy on the relay with places to die at", &mut clippy_kills())
    });
    tally.check("clippy", || step::run("clippy on everything native", &mut clippy_native()));
    if tally.check("tools for the app", setup::for_building) {
        tally.check("clippy in the browser", || {
            step::run("clippy on the app, for the browser", &mut clippy_wasm())
        });
    }
    dependencies(&mut tally);
    native(&mut tally);
    tally.check("kills", check::kills_once);
    let mut world = None;
    let released = tally.check("release build", || {
        build::relay_and_sim()?;
        world = Some(sim::begin(SIM_SEED, SIM_DEVICE_YEARS)?);
        Ok(())
    });
    if released {
        tally.check("attack", attack::short);
        tally.check("planted bugs", || sim::planted(SIM_SEED, None));
    }
    if released && !arguments.no_browser {
        browser(&mut tally);
    }
    if let Some(world) = world {
        tally.check("sim", || world.finish());
    }
    tally.finish()
}

/// Judges the dependencies by `deny.toml`, where the tool for it is installed.
fn dependencies(tally: &mut Tally) {
    if step::ask(step::cargo().args(["deny", "--version"])).is_none() {
        eprintln!("\n▸ judging the dependencies\n  skipped: cargo install cargo-deny --locked");
        return;
    }
    tally.check("dependencies", || {
        step::run("judging the dependencies", step::cargo().args(["deny", "check"]))
    });
}

fn native(tally: &mut Tally) {
    let mut counts = count::Counts::default();
    let outcome = step::watch("native tests", &mut native_tests(), |line| counts.take(line));
    tally.tests("native tests", counts, outcome);
}

fn browser(tally: &mut Tally) {
    let built = tally.check("release build of the app", build::app);
    if built {
        tally.check("size of the app", bundle::require_small);
    }
    let ready = built && tally.check("tools for the browser", setup::for_browser);
    if !ready {
        return;
    }
    let mut counts = count::Counts::default();
    let outcome = browser_tests().and_then(|mut command| {
        step::watch("browser tests", &mut command, |line| counts.take(line))
    });
    tally.tests("browser tests", counts, outcome);
    for name in check::IN_EVERY_TEST {
        tally.check(name.words(), || step::run(name.words(), &mut check::script(name)?));
    }
}

fn fmt() -> Command {
    let mut command = step::cargo();
    command.args(["fmt", "--all", "--check"]);
    command
}

fn clippy_native() -> Command {
    let mut command = step::cargo();
    command.args(["clippy", "--workspace", "--exclude", "app", "--all-targets"]);
    command.args(["--", "-D", "warnings"]);
    command
}

fn clippy_kills() -> Command {
    let mut command = step::cargo();
    command.args(["clippy", "-p", "server", "--features", "failpoints", "--lib", "--bin", "kills"]);
    command.args(["--", "-D", "warnings"]);
    command
}

fn clippy_wasm() -> Command {
    let mut command = step::cargo();
    command.args(["clippy", "-p", "app", "--all-targets", "--target", "wasm32-unknown-unknown"]);
    command.args(["--", "-D", "warnings"]);
    command
}

/// Returns nextest where it is installed, because it is faster, and cargo's own runner elsewhere.
fn native_tests() -> Command {
    let mut command = step::cargo();
    let nextest = step::ask(step::cargo().args(["nextest", "--version"])).is_some();
    command.args(if nextest { &["nextest", "run"][..] } else { &["test"][..] });
    command.args(["--workspace", "--no-fail-fast"]);
    command.env("CARGO_TERM_COLOR", "never");
    command
}

/// Returns Node over the scripts that lie directly in `tests/browser`; the checks lie deeper.
fn browser_tests() -> Outcome<Command> {
    let folder = place::tests().join("browser");
    let entries = fs::read_dir(&folder)
        .map_err(|cause| Failure::new(format!("listing {}", folder.display()), cause))?;
    let mut scripts: Vec<_> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "mjs"))
        .collect();
    scripts.sort();
    let mut command = check::node()?;
    command.args(["--test", "--test-concurrency=1", "--test-reporter=tap"]).args(scripts);
    Ok(command)
}
