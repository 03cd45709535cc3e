//! `cargo xtask attack`: hostile frames against the relay, in a release build.

use crate::{build, failure::*, place, step};
use std::{path::PathBuf, process::Command};

/// How many frames every run of the tests takes.
pub const TEST_FRAMES: u64 = 50_000;
const TEST_SEED: u64 = 1;

#[derive(clap::Args)]
pub struct Arguments {
    /// What the frames grow from; the same seed gives the same frames.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many frames.
    #[arg(long, default_value_t = 1_000_000)]
    frames: u64,
    /// Where to write the one object that says what happened.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

pub fn attack(arguments: &Arguments) -> Outcome {
    build::tools_of_tests()?;
    let mut command = program(arguments.seed, arguments.frames);
    if let Some(file) = &arguments.json {
        command.arg("--json").arg(std::path::absolute(file).unwrap_or_else(|_| file.clone()));
    }
    run(arguments.seed, arguments.frames, &mut command)
}

/// A short attack, as it was built.
pub fn short() -> Outcome {
    run(TEST_SEED, TEST_FRAMES, &mut program(TEST_SEED, TEST_FRAMES))
}

fn run(seed: u64, frames: u64, command: &mut Command) -> Outcome {
    step::run(&format!("{frames} hostile frames from seed {seed}"), command).map_err(|failure| {
        failure.remedy(format!("again: cargo xtask attack --seed {seed} --frames {frames}"))
    })
}

fn program(seed: u64, frames: u64) -> Command {
    let mut command = step::command(place::released("attack"));
    command.args(["--seed", &seed.to_string(), "--frames", &frames.to_string()]);
    command
}
