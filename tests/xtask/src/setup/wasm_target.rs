//! The standard library for the browser.

use crate::{failure::*, step};
use std::path::Path;

const TARGET: &str = "wasm32-unknown-unknown";

pub fn require() -> Outcome {
    let sysroot =
        step::ask(step::command("rustc").args(["--print", "sysroot"])).ok_or_else(|| {
            Failure::new("looking for rustc", "not found").remedy("see https://rustup.rs")
        })?;
    if Path::new(&sysroot).join("lib/rustlib").join(TARGET).join("lib").is_dir() {
        return Ok(());
    }
    step::run(
        "adding the browser's target",
        step::command("rustup").args(["target", "add", TARGET]),
    )
    .map_err(|failure| {
        failure
            .remedy(format!("by hand: rustup target add {TARGET}, or the package of your system"))
    })
}
