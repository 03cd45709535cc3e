//! Plays an attack in processes of their own, so that one that dies is seen and counted.

use peak_alloc::PeakAlloc;
use std::{
    cell::Cell,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Command, ExitCode, Stdio},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};
use tests::attack::{
    block::{self, FRAME_MIB_MAX, Memory},
    report::Report,
};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Frames in one block.
const BLOCK_FRAMES: u64 = 400;
/// Panics so far; the gate keeps those of the parser to itself.
static PANICS: AtomicU64 = AtomicU64::new(0);

struct Measured {
    begun_mib: Cell<f64>,
}

impl Memory for Measured {
    fn begin(&self) {
        MEMORY.reset_peak_usage();
        self.begun_mib.set(f64::from(MEMORY.current_usage_as_mb()));
    }

    fn peak_mib(&self) -> f64 {
        (f64::from(MEMORY.peak_usage_as_mb()) - self.begun_mib.get()).max(0.0)
    }

    fn panics(&self) -> u64 {
        PANICS.load(Ordering::Relaxed)
    }
}

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let place = arguments.iter().position(|argument| argument == name)?;
        arguments.get(place + 1).cloned()
    };
    let number = |name: &str, otherwise: u64| {
        value(name).and_then(|text| text.parse().ok()).unwrap_or(otherwise)
    };
    let seed = number("--seed", 1);
    if let Some(first) = value("--from").and_then(|text| text.parse().ok()) {
        play(seed, first, number("--to", first), number("--block-frames", BLOCK_FRAMES));
        return ExitCode::SUCCESS;
    }
    let begun = Instant::now();
    let report = attack(seed, number("--frames", 10_000));
    let json = report.to_json();
    println!("{json}");
    eprintln!("seed {seed}: {} frames in {:.1?}", report.frames, begun.elapsed());
    report.troubles.iter().take(20).for_each(|trouble| eprintln!("{trouble}"));
    if let Some(file) = value("--json")
        && let Err(error) = std::fs::write(&file, json + "\n")
    {
        eprintln!("cannot write {file}: {error}");
        return ExitCode::FAILURE;
    }
    if report.is_sound(FRAME_MIB_MAX) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Plays blocks one after another, each told of in one line.
fn play(seed: u64, first: u64, last: u64, frames: u64) {
    let tell = std::env::var_os("TESSERA_ATTACK_TRACE").is_some();
    std::panic::set_hook(Box::new(move |panic| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        if tell {
            eprintln!("{panic}");
        }
    }));
    let memory = Measured { begun_mib: Cell::new(0.0) };
    for number in first..=last {
        let mut report = block::play(seed, number, frames, &folder(number), &memory);
        report.peak_rss_mib = peak_rss_mib();
        for trouble in &mut report.troubles {
            trouble.insert_str(0, &format!("seed {seed} block {number} "));
        }
        println!("{}", report.to_line());
    }
}

/// Returns a place for a block's workspace: in memory where there is one, because what is tried
/// here is not the disk.
fn folder(number: u64) -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    let base = if memory.is_dir() { memory } else { std::env::temp_dir() };
    base.join(format!("tessera-attack-{}-{number}", std::process::id()))
}

/// Shares the blocks out among as many processes as the machine has cores.
fn attack(seed: u64, frames: u64) -> Report {
    let (block_frames, blocks) = (frames.min(BLOCK_FRAMES), frames.div_ceil(BLOCK_FRAMES));
    let threads = std::thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    let total = Mutex::new(Report::default());
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (total, each) = (&total, blocks.div_ceil(threads));
            let (first, end) = (thread * each, ((thread + 1) * each).min(blocks));
            scope.spawn(move || {
                let mut next = first;
                while next < end {
                    let found = share(seed, &mut next, end, block_frames);
                    let mut total = total.lock().unwrap_or_else(PoisonError::into_inner);
                    *total = std::mem::take(&mut *total).with(found);
                }
            });
        }
    });
    total.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Has a process play blocks until the end or its own; a process that dies has died of the block
/// it was at, and the next one goes on after that.
fn share(seed: u64, next: &mut u64, end: u64, block_frames: u64) -> Report {
    let mut report = Report::default();
    let died = |next: u64, why: String| Report {
        aborts: 1,
        troubles: vec![format!("seed {seed} block {next}: the process died: {why}")],
        ..Report::default()
    };
    let child = std::env::current_exe().and_then(|program| {
        Command::new(program)
            .args(["--seed", &seed.to_string(), "--from", &next.to_string()])
            .args(["--to", &(end - 1).to_string(), "--block-frames", &block_frames.to_string()])
            .stdout(Stdio::piped())
            .spawn()
    });
    let mut child = match child {
        Ok(child) => child,
        Err(failure) => {
            *next = end;
            return died(*next, failure.to_string());
        }
    };
    for line in child.stdout.take().into_iter().flat_map(|out| BufReader::new(out).lines()) {
        let Some(block) = line.ok().as_deref().and_then(Report::from_line) else { continue };
        report = report.with(block);
        *next += 1;
    }
    match child.wait() {
        Ok(status) if status.success() && *next == end => report,
        outcome => {
            let found = report.with(died(*next, format!("{outcome:?}")));
            *next += 1;
            found
        }
    }
}

/// Returns the largest this process has been, where the system tells.
fn peak_rss_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kib.unwrap_or(0.0) / 1024.0
}
