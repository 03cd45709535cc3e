//! `cargo xtask fuzz`: inputs found by what they reach, with libFuzzer, on the stable compiler.

use crate::{failure::*, place, step};
use serde_json::json;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// What has the compiler count which code is reached, and what values are compared with.
const INSTRUMENTED: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
     -Cllvm-args=-sanitizer-coverage-pc-table \
     -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";
/// What one input may take: a frame costs less.
const MIB_MAX: u32 = 512;
const SECONDS_MAX: u32 = 5;
const BYTES_MAX: u32 = 8192;

#[derive(clap::Args)]
pub struct Arguments {
    /// How long to look for inputs.
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// Put the shortest inputs that reach everything into the corpus the tests replay.
    #[arg(long)]
    keep: bool,
    /// Where to write the one object that says what happened.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

pub fn fuzz(arguments: &Arguments) -> Outcome {
    let folder = place::target().join("fuzz");
    let (found, findings) = (folder.join("found"), folder.join("findings"));
    for folder in [&found, &findings] {
        fs::create_dir_all(folder)
            .map_err(|cause| Failure::new(format!("making {}", folder.display()), cause))?;
    }
    let mut seeds = step::cargo();
    seeds.args(["run", "--quiet", "-p", "fuzz", "--bin", "seeds", "--"]).arg(&found);
    step::run("writing what fuzzing begins with", &mut seeds)?;
    let program = build(&folder)?;
    let kept = place::root().join("tests/fuzz/corpus");
    let mut told = BTreeMap::new();
    let mut command = step::command(&program);
    command.arg(&found).arg(&kept);
    command.arg(format!("-max_total_time={}", arguments.seconds));
    command.arg(format!("-max_len={BYTES_MAX}"));
    command.args([format!("-rss_limit_mb={MIB_MAX}"), format!("-timeout={SECONDS_MAX}")]);
    command.args(["-print_final_stats=1", "-verbosity=1"]);
    command.arg(format!("-artifact_prefix={}/", findings.display()));
    let outcome = step::watch("looking for inputs that break something", &mut command, |line| {
        if let Some((name, value)) =
            line.strip_prefix("stat::").and_then(|rest| rest.split_once(':'))
        {
            told.insert(name.to_owned(), value.trim().parse::<u64>().unwrap_or(0));
        }
    });
    let findings = files(&findings);
    let report = json!({
        "executions": told.get("number_of_executed_units"),
        "seconds": arguments.seconds,
        "inputs": files(&found),
        "mib_max": told.get("peak_rss_mb"),
        "findings": findings,
    });
    println!("{report}");
    if let Some(file) = &arguments.json {
        fs::write(file, format!("{report}\n"))
            .map_err(|cause| Failure::new(format!("writing {}", file.display()), cause))?;
    }
    outcome.map_err(|failure| {
        failure.remedy(format!("the input is in {}", folder.join("findings").display()))
    })?;
    if arguments.keep { keep(&program, &found, &kept) } else { Ok(()) }
}

/// Builds everything in the program instrumented, apart from what runs while it is built.
fn build(folder: &Path) -> Outcome<PathBuf> {
    let host = step::ask(std::process::Command::new("rustc").args(["--print", "host-tuple"]));
    let host = host.unwrap_or_else(|| "x86_64-unknown-linux-gnu".to_owned());
    let mut command = step::cargo();
    command.env("RUSTFLAGS", INSTRUMENTED);
    command.args(["build", "--profile", "fuzz", "-p", "fuzz", "--bin", "fuzz"]);
    command.args(["--features", "guided", "--target", &host, "--target-dir"]).arg(folder);
    step::run("building what is fuzzed, instrumented", &mut command)?;
    Ok(folder.join(host).join("fuzz/fuzz"))
}

/// Puts into the corpus the fewest of the inputs found that reach all it does not.
fn keep(program: &Path, found: &Path, kept: &Path) -> Outcome {
    let mut command = step::command(program);
    command.args(["-set_cover_merge=1", "-use_counters=0"]);
    command.arg(format!("-max_len={BYTES_MAX}")).arg(kept).arg(found);
    step::run("keeping what reaches something of its own", &mut command)
}

fn files(folder: &Path) -> usize {
    fs::read_dir(folder).map_or(0, |entries| entries.flatten().count())
}
