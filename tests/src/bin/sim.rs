//! Runs the seeded world and says what it found.

use std::{process::ExitCode, time::Instant};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let place = arguments.iter().position(|argument| argument == name)?;
        arguments.get(place + 1).cloned()
    };
    let number = |name: &str, otherwise: u64| {
        value(name).and_then(|text| text.parse().ok()).unwrap_or(otherwise)
    };
    let (seed, device_years) = (number("--seed", 1), number("--device-years", 1) as u32);
    let begun = Instant::now();
    let report = match value("--world").and_then(|world| world.parse().ok()) {
        Some(world) => tests::world::one(seed, world),
        None => tests::world::run(seed, device_years),
    };
    let json = report.to_json();
    println!("{json}");
    eprintln!("seed {seed}: {device_years} device-years in {:.1?}", begun.elapsed());
    for trouble in &report.troubles {
        eprintln!("{trouble}");
    }
    if let Some(file) = value("--json")
        && let Err(error) = std::fs::write(&file, json + "\n")
    {
        eprintln!("cannot write {file}: {error}");
        return ExitCode::FAILURE;
    }
    if report.is_sound() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
