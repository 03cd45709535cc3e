//! Trunk builds the app.

use crate::failure::Outcome;

const VERSION: &str = "0.21.14";

pub fn require() -> Outcome {
    if super::installed("trunk").is_some_and(|found| found == format!("trunk {VERSION}")) {
        return Ok(());
    }
    super::install("trunk", VERSION, &["--locked"])
}
