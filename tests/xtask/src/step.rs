//! Running another program: shown before it starts, timed when it ends, explained when it fails.

use crate::{failure::*, place};
use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// Returns a command that runs at the top of the repository with its own tools on PATH.
pub fn command(program: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program.as_ref());
    command.current_dir(place::root()).env("PATH", place::path());
    // Trunk reads NO_COLOR as its own yes-or-no option and stops at other values.
    command.env_remove("NO_COLOR");
    command
}

/// Returns the cargo this program was started by.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").map_or("cargo".into(), std::path::PathBuf::from))
}

/// Runs a command, its output going straight to the person.
pub fn run(words: &str, command: &mut Command) -> Outcome {
    announce(words, command);
    let started = Instant::now();
    let status = command.status().map_err(|cause| not_started(words, command, cause))?;
    finish(words, started.elapsed(), status)
}

/// Runs a command, showing each line it writes and handing it on as well.
pub fn watch(words: &str, command: &mut Command, mut line: impl FnMut(&str)) -> Outcome {
    announce(words, command);
    let started = Instant::now();
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|cause| not_started(words, command, cause))?;
    let (sender, lines) = mpsc::channel();
    read_in_background(child.stdout.take(), sender.clone());
    read_in_background(child.stderr.take(), sender);
    for text in lines {
        eprintln!("{text}");
        line(&text);
    }
    let status = child.wait().map_err(|cause| Failure::new(words, cause))?;
    finish(words, started.elapsed(), status)
}

fn read_in_background(stream: Option<impl Read + Send + 'static>, sender: mpsc::Sender<String>) {
    let Some(stream) = stream else { return };
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
}

/// Returns what a command prints, or nothing when it cannot be run or fails.
pub fn ask(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn announce(words: &str, command: &Command) {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let arguments: Vec<_> = command.get_args().map(|each| each.to_string_lossy()).collect();
    eprintln!("\n▸ {words}\n  {} {}", program.to_string_lossy(), arguments.join(" "));
}

fn finish(words: &str, took: Duration, status: std::process::ExitStatus) -> Outcome {
    if status.success() {
        eprintln!("  done in {:.1} s", took.as_secs_f64());
        return Ok(());
    }
    Err(Failure::new(words, format!("{status}")).remedy("the reason is in the lines above"))
}

fn not_started(words: &str, command: &Command, cause: std::io::Error) -> Failure {
    let program = command.get_program().to_string_lossy().into_owned();
    Failure::new(words, format!("`{program}` could not be started ({cause})"))
        .remedy(format!("install `{program}` and try again"))
}
