//! The count of what passed and failed, and the last line.

use super::count::Counts;
use crate::failure::*;
use std::process::ExitCode;

#[derive(Default)]
pub struct Tally {
    passed: u32,
    failed: Vec<String>,
    /// Tests that failed inside a group, beyond the group's own name.
    failed_inside: u32,
}

impl Tally {
    /// Counts one check; returns whether it passed.
    pub fn check(&mut self, name: &str, run: impl FnOnce() -> Outcome) -> bool {
        match run() {
            Ok(()) => self.passed += 1,
            Err(failure) => {
                eprintln!("{failure}");
                self.failed.push(name.to_owned());
                return false;
            }
        }
        true
    }

    /// Counts a group of tests by the runner's own figures.
    pub fn tests(&mut self, name: &str, counts: Counts, outcome: Outcome) {
        self.passed += counts.passed;
        match outcome {
            Ok(()) if counts.passed > 0 => {}
            Ok(()) => self.failed.push(format!("{name}: none was run")),
            Err(failure) => {
                eprintln!("{failure}");
                self.failed.push(format!("{name}: {} failed", counts.failed.max(1)));
                self.failed_inside += counts.failed.saturating_sub(1);
            }
        }
    }

    /// Says what failed; the last line is the count.
    pub fn finish(self) -> ExitCode {
        eprintln!();
        for name in &self.failed {
            eprintln!("✗ {name}");
        }
        let failed = self.failed.len() as u32 + self.failed_inside;
        println!("{} passed, {failed} failed", self.passed);
        if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
