//! Debian packages, when they are missing and we may install them.

use crate::{failure::*, step};
use std::process::Command;

/// Installs packages when root on Debian, and otherwise says how.
pub fn install(words: &str, packages: &[&str], elsewhere: &str) -> Outcome {
    let by_hand = format!("sudo apt-get install {}; elsewhere {elsewhere}", packages.join(" "));
    let apt = step::ask(Command::new("apt-get").arg("--version")).is_some();
    let root = step::ask(Command::new("id").arg("-u")).is_some_and(|user| user == "0");
    if !apt || !root {
        return Err(Failure::new(words, "not found").remedy(by_hand));
    }
    let failed = |failure: Failure| failure.remedy(by_hand.clone());
    step::run("refreshing the list of packages", step::command("apt-get").args(["-q", "update"]))
        .map_err(failed)?;
    let mut command = step::command("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command.args(["-qq", "install", "-y", "--no-install-recommends"]).args(packages);
    step::run(&format!("installing {}", packages.join(", ")), &mut command).map_err(failed)
}
