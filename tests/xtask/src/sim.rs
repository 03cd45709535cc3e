//! `cargo xtask sim`: the seeded world, in a release build.

use crate::{failure::*, step};
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct Arguments {
    /// What the world grows from; the same seed gives the same world.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How long to run, in years of one device.
    #[arg(long, default_value_t = 50)]
    device_years: u32,
    /// Where to write the one object that says what happened.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

pub fn sim(arguments: &Arguments) -> Outcome {
    run(arguments.seed, arguments.device_years, arguments.json.as_deref())
}

/// Runs the world; fails when anything was lost, diverged, unaccounted for or looping.
pub fn run(seed: u64, device_years: u32, json: Option<&Path>) -> Outcome {
    let words = format!("running {device_years} device-years from seed {seed}");
    let mut command = step::cargo();
    command.args(["run", "--release", "-p", "tests", "--bin", "sim", "--"]);
    command.args(["--seed", &seed.to_string(), "--device-years", &device_years.to_string()]);
    if let Some(file) = json {
        command.arg("--json").arg(std::path::absolute(file).unwrap_or_else(|_| file.into()));
    }
    step::run(&words, &mut command).map_err(|failure| {
        failure
            .remedy(format!("again: cargo xtask sim --seed {seed} --device-years {device_years}"))
    })
}
