//! How fast a book is taken in: rows of CSV a second, and the most memory the program held.

use super::Figure;
use crate::{book, build, failure::*, place, step};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, ExitStatus},
    thread,
    time::{Duration, Instant},
};

/// How often the program's memory is looked at; its high-water mark is kept by the system.
const LOOK_EVERY: Duration = Duration::from_millis(20);

pub fn measure(sizes: &[u32]) -> Outcome<Vec<Figure>> {
    build::relay()?;
    let mut figures = Vec::new();
    for size in sizes {
        let book = book::of_rows(*size)?;
        let rows = count_rows(&book)?;
        let data = place::root().join(format!("target/bench/import-{size}"));
        let _ = fs::remove_dir_all(&data);
        let mut command = step::command(place::relay());
        command.args(["import", "--workspace", "bench", "--data"]).arg(&data).arg(&book);
        eprintln!("\n▸ taking in {rows} rows of {size} accounts");
        let started = Instant::now();
        let child = command.spawn().map_err(|cause| Failure::new("starting the import", cause))?;
        let (status, memory_kilobytes) = await_end(child)?;
        if !status.success() {
            return Err(Failure::new("taking in a book", status));
        }
        let seconds = started.elapsed().as_secs_f64();
        figures.push(Figure::new(format!("{size} rows"), rows as f64, "count"));
        figures.push(Figure::new(format!("{size} time"), seconds, "s"));
        figures.push(Figure::new(format!("{size} rate"), rows as f64 / seconds, "rows/s"));
        if let Some(kilobytes) = memory_kilobytes {
            let megabytes = kilobytes as f64 / 1024.0;
            figures.push(Figure::new(format!("{size} peak memory"), megabytes, "MiB"));
        }
        let disk = weigh(&data) as f64 / 1_048_576.0;
        figures.push(Figure::new(format!("{size} on disk"), disk, "MiB"));
    }
    Ok(figures)
}

/// Waits for the program and returns its high-water mark, where the system tells it.
fn await_end(mut child: Child) -> Outcome<(ExitStatus, Option<u64>)> {
    let mut most = None;
    loop {
        most = high_water_kilobytes(child.id()).or(most);
        match child.try_wait() {
            Ok(Some(status)) => return Ok((status, most)),
            Ok(None) => thread::sleep(LOOK_EVERY),
            Err(cause) => return Err(Failure::new("waiting for the import", cause)),
        }
    }
}

fn high_water_kilobytes(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// Counts the lines below the headings; no cell of a clean book holds a line break.
fn count_rows(book: &Path) -> Outcome<usize> {
    let failed = |cause| Failure::new("counting the rows of a book", cause);
    let mut rows = 0;
    for entry in fs::read_dir(book).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|end| end == "csv") {
            let lines = BufReader::new(fs::File::open(path).map_err(failed)?).lines().count();
            rows += lines.saturating_sub(1);
        }
    }
    Ok(rows)
}

fn weigh(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries
        .flatten()
        .map(|entry| match entry.metadata() {
            Ok(found) if found.is_dir() => weigh(&entry.path()),
            Ok(found) => found.len(),
            Err(_) => 0,
        })
        .sum()
}
