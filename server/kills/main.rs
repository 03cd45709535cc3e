//! The check of kills: the relay's process is killed at every place of a scripted workload, and
//! again while it recovers; storage fails at every call. What was acknowledged must be there.
//!
//! What is killed is the process, with SIGKILL: the system's own buffers survive it. That a flush
//! reaches the disk is SQLite's and the disk's to hold; that it was asked for is verified at start.
//!
//! [`script`] is the work, [`oracle`] says what must hold afterwards, [`campaign`] kills.

mod campaign;
mod oracle;
mod script;

use server::storage::failpoint::{self, Fault, Plan};
use std::{path::PathBuf, process::ExitCode};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let place = arguments.iter().position(|argument| argument == name)?;
        arguments.get(place + 1).cloned()
    };
    let number = |name: &str| value(name).and_then(|text| text.parse::<u64>().ok());
    match value("--work") {
        Some(folder) => work(&PathBuf::from(folder), number("--at"), value("--fault")),
        None => check(number("--pairs").unwrap_or(2_200), value("--json")),
    }
}

/// Works in a folder, until done or dead.
fn work(folder: &std::path::Path, at: Option<u64>, fault: Option<String>) -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_max_level(tracing::Level::WARN)
        .init();
    if let Some(at) = at {
        let fault = match fault.as_deref() {
            Some("full") => Fault::DiskFull,
            Some("unreadable") => Fault::Unreadable,
            _ => Fault::Kill,
        };
        failpoint::arm(Plan { at, fault });
    }
    let outcome = script::run(folder, &mut |news| println!("{news}"));
    if failpoint::has_failed() {
        println!("failed");
    }
    println!("points {}", failpoint::reached());
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn check(pairs: u64, json: Option<String>) -> ExitCode {
    let report = match campaign::run(pairs) {
        Ok(report) => report,
        Err(failure) => {
            eprintln!("{failure}");
            return ExitCode::FAILURE;
        }
    };
    let text = report.to_json();
    println!("{text}");
    report.troubles.iter().take(20).for_each(|trouble| eprintln!("{trouble}"));
    if let Some(file) = json
        && let Err(failure) = std::fs::write(&file, text + "\n")
    {
        eprintln!("cannot write {file}: {failure}");
        return ExitCode::FAILURE;
    }
    if report.is_sound(pairs) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
