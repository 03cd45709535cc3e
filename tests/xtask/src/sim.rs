//! `cargo xtask sim`: the seeded world, in a release build.

use crate::{build, failure::*, place, step};
use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

#[derive(clap::Args)]
pub struct Arguments {
    /// What the world grows from; the same seed gives the same world.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How long to run, in years of one device.
    #[arg(long, default_value_t = 50)]
    device_years: u32,
    /// Plant each deliberate bug in turn instead, and see that the world catches it.
    #[arg(long)]
    planted: bool,
    /// Where to write the one object that says what happened.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

pub fn sim(arguments: &Arguments) -> Outcome {
    if arguments.planted {
        return planted(arguments.seed, arguments.json.as_deref());
    }
    build::sim()?;
    let mut command = world(arguments.seed, arguments.device_years);
    command.args(json(arguments.json.as_deref()));
    step::run(&words(arguments.seed, arguments.device_years), &mut command)
        .map_err(|failure| failure.remedy(again(arguments.seed, arguments.device_years)))
}

/// Runs the world with each deliberate bug in turn; fails when one is not caught.
pub fn planted(seed: u64, file: Option<&Path>) -> Outcome {
    build::planted()?;
    let mut command = step::command(place::planted());
    command.args(["--seed", &seed.to_string()]).args(json(file));
    step::run("planting bugs in the machines, one at a time", &mut command).map_err(|failure| {
        failure.remedy(format!("again: cargo xtask sim --planted --seed {seed}"))
    })
}

fn json(file: Option<&Path>) -> Vec<std::ffi::OsString> {
    let file = file.map(|file| std::path::absolute(file).unwrap_or_else(|_| file.to_owned()));
    file.map(|file| vec!["--json".into(), file.into()]).unwrap_or_default()
}

/// A world that runs while other things do: it keeps one core busy for minutes.
pub struct Running {
    seed: u64,
    device_years: u32,
    child: Child,
}

/// Starts the world as it was built; fails later, in [`Running::finish`].
pub fn begin(seed: u64, device_years: u32) -> Outcome<Running> {
    let words = words(seed, device_years);
    eprintln!("\n▸ {words}, beside what follows");
    world(seed, device_years)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map(|child| Running { seed, device_years, child })
        .map_err(|cause| Failure::new(words, cause))
}

impl Running {
    /// Waits for the end; fails when anything was lost, diverged, unaccounted for or looping.
    pub fn finish(self) -> Outcome {
        let words = words(self.seed, self.device_years);
        eprintln!("\n▸ waiting for the seeded world");
        let output = self.child.wait_with_output().map_err(|cause| Failure::new(&words, cause))?;
        eprint!("{}", String::from_utf8_lossy(&output.stdout));
        eprint!("{}", String::from_utf8_lossy(&output.stderr));
        if output.status.success() {
            return Ok(());
        }
        Err(Failure::new(words, output.status).remedy(again(self.seed, self.device_years)))
    }
}

fn world(seed: u64, device_years: u32) -> Command {
    let mut command = step::command(place::sim());
    command.args(["--seed", &seed.to_string(), "--device-years", &device_years.to_string()]);
    command
}

fn words(seed: u64, device_years: u32) -> String {
    format!("running {device_years} device-years from seed {seed}")
}

fn again(seed: u64, device_years: u32) -> String {
    format!("again: cargo xtask sim --seed {seed} --device-years {device_years}")
}
