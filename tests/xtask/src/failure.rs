//! What went wrong, and what a person can do about it.

use std::fmt;

pub type Outcome<T = ()> = Result<T, Failure>;

#[derive(Debug)]
pub struct Failure {
    attempted: String,
    cause: String,
    remedy: String,
}

impl Failure {
    /// Tells what was attempted and why it did not happen.
    pub fn new(attempted: impl Into<String>, cause: impl fmt::Display) -> Failure {
        Failure { attempted: attempted.into(), cause: cause.to_string(), remedy: String::new() }
    }

    /// Adds what to do about it.
    pub fn remedy(mut self, remedy: impl Into<String>) -> Failure {
        self.remedy = remedy.into();
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "✗ {}: {}", self.attempted, self.cause)?;
        if !self.remedy.is_empty() {
            write!(out, "\n  → {}", self.remedy)?;
        }
        Ok(())
    }
}
