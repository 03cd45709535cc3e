//! What must be installed before anything can be built or tested, and how to get it.

mod apt;
mod browser;
mod node;
pub mod python;
mod trunk;
mod wasm_bindgen;
mod wasm_target;

pub use browser::{chromium, require_chromium};

use crate::{failure::Outcome, place, step};
use std::process::Command;

/// Sets up what building the app takes.
pub fn for_building() -> Outcome {
    wasm_target::require()?;
    trunk::require()?;
    wasm_bindgen::require()
}

/// Sets up what driving a browser takes.
pub fn for_browser() -> Outcome {
    node::require()?;
    python::require()?;
    require_chromium()
}

/// Returns the version a tool of ours reports, such as `trunk 0.21.14`.
fn installed(tool: &str) -> Option<String> {
    step::ask(Command::new(place::tools().join("bin").join(tool)).arg("--version"))
}

/// Installs a tool beside the build, in a debug build because that takes a third of the time.
fn install(krate: &str, version: &str, extra: &[&str]) -> Outcome {
    let words = format!("installing {krate} {version} into target/tools (once, a few minutes)");
    let mut command = step::cargo();
    command.args(["install", krate, "--version", version, "--debug", "--force", "--root"]);
    command.arg(place::tools()).args(extra);
    step::run(&words, &mut command).map_err(|failure| {
        failure.remedy(format!(
            "crates.io must be reachable; by hand: cargo install {krate} --version {version} --root target/tools"
        ))
    })
}
