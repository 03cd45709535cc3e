//! Measures the relay before a crowd of tablets. One figure a line: name, value, unit. The relay runs
//! in a process of its own; both are on this machine, with no TLS and no radio between them.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
    time::{Duration, Instant},
};
use tests::crowd::{
    CrowdFailure,
    gathering::{Gathering, Tally},
    process::{Process, cpu_seconds, sockets_kib},
    tablet::Tablet,
    timing::Timing,
};

const WORKSPACES: u8 = 20;
/// Tablets of the work that is timed.
const AT_WORK: u32 = 1_000;
const RATE: u32 = 500;
const FLAT_OUT_WRITERS: usize = 64;
const FLAT_OUT: Duration = Duration::from_secs(10);
/// One in so many reads nothing.
const SLOW_ONE_IN: usize = 100;
/// The most that try to get in at the same moment, but in a storm.
const AT_THE_DOOR: usize = 64;
const FLUSHES: u32 = 200;
const SETTLE: Duration = Duration::from_secs(2);

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let place = arguments.iter().position(|argument| argument == name)?;
        arguments.get(place + 1).cloned()
    };
    let number = |name: &str, otherwise: u32| {
        value(name).and_then(|text| text.parse().ok()).unwrap_or(otherwise)
    };
    let Some(relay) = value("--relay").map(PathBuf::from) else {
        eprintln!("--relay PROGRAM says which relay is to be measured");
        return ExitCode::FAILURE;
    };
    let tablets = number("--tablets", 10_000);
    let long = Duration::from_secs(u64::from(number("--seconds", 60)));
    open_as_many_files_as_allowed();
    tell("the disk's own flush, p50", flush().per_mille(500), "ms");
    let outcome = async {
        work(&relay, long).await?;
        idle_and_storm(&relay, tablets).await
    };
    match outcome.await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

/// Edits as fast as they are taken, then so many a second, then the same beside slow readers.
async fn work(relay: &Path, long: Duration) -> Result<(), CrowdFailure> {
    let process = Process::start(relay, WORKSPACES).await?;
    let all = tablets(&process, AT_WORK).await?;
    let mut crowd = Gathering::of(all, AT_THE_DOOR).await?;
    let fast = crowd.flat_out(FLAT_OUT_WRITERS, FLAT_OUT).await;
    tell("durable acknowledgements", fast.durable.count() as f64 / fast.seconds, "1/s");
    tell("a durable acknowledgement, flat out, p50", fast.durable.per_mille(500), "ms");

    let writers = AT_WORK as usize - AT_WORK as usize / SLOW_ONE_IN;
    // Each has an account before its edits are timed.
    crowd.steady(writers, RATE, Duration::from_secs_f64(writers as f64 / f64::from(RATE))).await;
    let (cpu, own) = (process.cpu_seconds(), cpu_seconds("self"));
    let even = crowd.steady(writers, RATE, long).await;
    timed("at 500 edits/s", &even);
    tell("relay at 500 edits/s", (process.cpu_seconds() - cpu) / even.seconds, "cores");
    tell("tablets at 500 edits/s", (cpu_seconds("self") - own) / even.seconds, "cores");

    let before = process.memory_kib();
    crowd.deafen(AT_WORK as usize / SLOW_ONE_IN, long * 2).await;
    let beside = crowd.steady(writers, RATE, long).await;
    timed("beside slow readers", &beside);
    tell("memory beside slow readers", process.memory_kib() / before, "times that before");
    tell("still on the line beside slow readers", crowd.present() as f64, "tablets");
    Ok(())
}

/// Ten thousand that do nothing, and all of them at once after the relay was killed.
async fn idle_and_storm(relay: &Path, number: u32) -> Result<(), CrowdFailure> {
    let mut process = Process::start(relay, WORKSPACES).await?;
    let all = tablets(&process, number).await?;
    // One of each workspace has been there, so that what is counted is tablets alone.
    let first = Gathering::of(tablets(&process, u32::from(WORKSPACES)).await?, AT_THE_DOOR).await?;
    first.leave().await;
    let (memory, sockets) = (process.memory_kib(), sockets_kib());
    let mut crowd = Gathering::of(all, AT_THE_DOOR).await?;
    tokio::time::sleep(SETTLE).await;
    let each = f64::from(number);
    tell("idle connections", crowd.present() as f64, "tablets");
    tell("memory of an idle connection", (process.memory_kib() - memory) / each, "KiB");
    tell("the system's for both ends", (sockets_kib() - sockets) / each, "KiB");

    let busy = crowd.steady(200, 100, Duration::from_secs(5)).await;
    tell("edits before the kill", busy.durable.count() as f64, "edits");
    process.kill_and_start().await?;
    let scattered = crowd.leave().await;
    let promised: u64 = scattered.iter().map(|tablet| tablet.acknowledged).sum();
    let begun = Instant::now();
    let crowd = Gathering::of(scattered, number as usize).await?;
    tell("reconnect storm, all have all", begun.elapsed().as_secs_f64(), "s");
    tell("memory in the storm at most", process.memory_kib_max() / 1024.0, "MiB");
    let mut lost = 0;
    for mut tablet in crowd.leave().await.into_iter().filter(|tablet| tablet.acknowledged > 0) {
        let mut socket = tablet.arrive().await?;
        lost += tablet.acknowledged.saturating_sub(tablet.stored(&mut socket).await?);
    }
    tell("acknowledged before the kill", promised as f64, "edits");
    tell("lost in the storm", lost as f64, "edits");
    Ok(())
}

async fn tablets(process: &Process, number: u32) -> Result<Vec<Tablet>, CrowdFailure> {
    let mut visitors = Vec::new();
    for workspace in 0..WORKSPACES {
        visitors.push(process.sign_in(workspace).await?);
    }
    let visitors = visitors.iter().cycle();
    Ok((0..number)
        .zip(visitors)
        .map(|(number, visitor)| Tablet::new(number, visitor.clone(), process.address))
        .collect())
}

fn timed(when: &str, tally: &Tally) {
    for (name, part) in [("p50", 500), ("p99", 990), ("p99.9", 999), ("slowest", 1000)] {
        tell(&format!("{when}, {name}"), tally.durable.per_mille(part), "ms");
    }
    tell(&format!("{when}, sent"), tally.sent as f64, "edits");
    let unanswered = tally.sent.saturating_sub(tally.durable.count());
    tell(&format!("{when}, not acknowledged"), unanswered as f64, "edits");
}

fn tell(name: &str, value: f64, unit: &str) {
    println!("{name}\t{value:.2}\t{unit}");
}

/// Times what no durable acknowledgement can be quicker than: a page written and flushed.
fn flush() -> Timing {
    let mut timing = Timing::default();
    let path = std::env::temp_dir().join(format!("tessera-crowd-flush-{}", std::process::id()));
    if let Ok(mut file) = File::create(&path) {
        for _ in 0..FLUSHES {
            let begun = Instant::now();
            if file.write_all(&[7; 4096]).and_then(|()| file.sync_data()).is_ok() {
                timing.add(begun.elapsed());
            }
        }
    }
    // One that stays is in a folder for such things.
    let _ = std::fs::remove_file(path);
    timing
}

/// The relay inherits it. What the system does not allow shows as tablets that never get in.
fn open_as_many_files_as_allowed() {
    let most = getrlimit(Resource::Nofile).maximum;
    let _ = setrlimit(Resource::Nofile, Rlimit { current: most, maximum: most });
}
