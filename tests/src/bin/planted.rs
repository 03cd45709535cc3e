//! Runs the seeded world with each deliberate bug of `sync` in turn, until it is caught.

use std::{fmt::Write as _, process::ExitCode, time::Instant};
use sync::planted;
use tests::world;

/// How many worlds a bug may hide in, unless told otherwise.
const WORLDS: u64 = 60;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let place = arguments.iter().position(|argument| argument == name)?;
        arguments.get(place + 1).cloned()
    };
    let number = |name: &str, otherwise: u64| {
        value(name).and_then(|text| text.parse().ok()).unwrap_or(otherwise)
    };
    let (seed, worlds) = (number("--seed", 1), number("--worlds", WORLDS));
    // A bug may well end in a panic, which is a way of being caught.
    std::panic::set_hook(Box::new(|_| ()));
    let begun = Instant::now();
    let mut faults = Vec::new();
    let mut caught = 0;
    for fault in planted::ALL.iter().copied() {
        if value("--fault").is_some_and(|name| name != format!("{fault:?}")) {
            continue;
        }
        planted::plant(Some(fault));
        let (days, found) = hunt(seed, worlds);
        caught += u64::from(found.is_some());
        let by = found.as_deref().unwrap_or("nothing");
        let by = by.replace(['"', '\\', '\n'], "'");
        let by: String = by.chars().take(160).collect();
        let years = days as f64 / 365.0;
        eprintln!("{fault:?}: {by}; {years:.1} device-years, {:.0?} so far", begun.elapsed());
        let mut one = String::new();
        let _ = write!(
            one,
            "{{\"fault\":\"{fault:?}\",\"caught\":{},\"by\":\"{by}\",\"device_years\":{years:.2}}}",
            found.is_some()
        );
        faults.push(one);
    }
    planted::plant(None);
    let planted = faults.len() as u64;
    let json = format!(
        "{{\"planted\":{planted},\"caught\":{caught},\"seed\":{seed},\"faults\":[{}]}}",
        faults.join(",")
    );
    println!("{json}");
    if let Some(file) = value("--json")
        && let Err(error) = std::fs::write(&file, json + "\n")
    {
        eprintln!("cannot write {file}: {error}");
        return ExitCode::FAILURE;
    }
    if caught == planted && planted > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Lives through worlds until one is not sound. Returns the device-days, and what was found.
fn hunt(seed: u64, worlds: u64) -> (u64, Option<String>) {
    let mut days = 0;
    for world in 0..worlds {
        let report = world::one(seed, world);
        days += report.device_days;
        if !report.is_sound() {
            return (days, Some(report.troubles.first().cloned().unwrap_or_default()));
        }
    }
    (days, None)
}
