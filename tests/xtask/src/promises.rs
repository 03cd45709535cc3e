//! `cargo xtask promises`: what Tessera promises, each with the test that can fail, the bugs planted to
//! show that it would, and the figures of the last run, written to `docs/promises.md`.
//!
//! Figures are never typed in: each is read from the JSON a command has written, kept in
//! `tests/figures`. A test writes the page again and compares.

mod figures;
mod sheet;

use crate::{failure::*, place};
use figures::Figures;
use sheet::{Promise, SHEET};
use std::{
    fs,
    path::{Path, PathBuf},
};

#[derive(clap::Args)]
pub struct Arguments {
    /// A folder of JSON files that commands have written with `--json`, each named for its command
    /// as the page says: taken over before the page is written.
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
}

pub fn promises(arguments: &Arguments) -> Outcome {
    if let Some(folder) = &arguments.from {
        take_over(folder)?;
    }
    let page = page(&Figures::read(&kept())?)?;
    fs::write(written(), page)
        .map_err(|cause| Failure::new(format!("writing {}", written().display()), cause))
}

/// Copies the figures of a run to where they are kept.
fn take_over(folder: &Path) -> Outcome {
    for run in SHEET.iter().map(|promise| promise.run) {
        let file = format!("{run}.json");
        let from = folder.join(&file);
        if from.is_file() {
            fs::copy(&from, kept().join(file))
                .map_err(|cause| Failure::new(format!("taking over {}", from.display()), cause))?;
        }
    }
    Ok(())
}

fn page(figures: &Figures) -> Outcome<String> {
    let mut page = String::from(HEAD);
    for promise in SHEET {
        page.push_str(&section(promise, figures)?);
    }
    Ok(page)
}

fn section(promise: &Promise, figures: &Figures) -> Outcome<String> {
    let tests: Vec<_> =
        promise.tests.iter().map(|(file, name)| format!("`{name}` in `{file}`")).collect();
    let planted = if promise.planted.is_empty() {
        "none yet".to_owned()
    } else {
        let names: Vec<_> = promise.planted.iter().map(|name| format!("`{name}`")).collect();
        names.join(", ")
    };
    let found = figures.fill(promise.run, promise.figure)?;
    Ok(format!(
        "\n## {}\n\n- **Shown by** `cargo xtask {}`\n- **Tests** {}\n- **Planted** {planted}\n\
         - **Figures** {found}\n",
        promise.words,
        promise.command,
        tests.join("; "),
    ))
}

fn kept() -> PathBuf {
    place::tests().join("figures")
}

fn written() -> PathBuf {
    place::root().join("docs/promises.md")
}

const HEAD: &str = "# Promises

Each promise has a command that can fail. A bug named as planted breaks the promise in the machines: \
`cargo xtask sim --planted` puts each in on purpose, and the seeded world has to catch it. The figures are those of the last run that was \
recorded, on a machine of two cores, over loopback, without TLS and without a radio; \
`cargo xtask promises` writes this page from them, and nobody else does.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_what_the_recorded_figures_say() {
        let page = page(&Figures::read(&kept()).expect("figures")).expect("a page");
        let written = fs::read_to_string(written()).expect("the page");
        assert!(page == written, "docs/promises.md differs: run `cargo xtask promises`");
    }

    #[test]
    fn every_test_and_planted_bug_of_the_sheet_exists() {
        let planted = fs::read_to_string(place::root().join("shared/sync/src/planted.rs"));
        let planted = planted.expect("the planted bugs");
        for promise in SHEET {
            assert!(!promise.tests.is_empty(), "{}: no test", promise.words);
            for (file, name) in promise.tests {
                let text = fs::read_to_string(place::root().join(file)).unwrap_or_default();
                assert!(text.contains(name), "{}: no {name} in {file}", promise.words);
            }
            for name in promise.planted {
                let there = planted.lines().any(|line| line.trim() == format!("{name},"));
                assert!(there, "{}: no planted bug {name}", promise.words);
            }
        }
    }

    #[test]
    fn every_recorded_run_is_one_of_the_sheet() {
        for entry in fs::read_dir(kept()).expect("the figures") {
            let name = entry.expect("an entry").path();
            let name = name.file_stem().map(|name| name.to_string_lossy().into_owned());
            let name = name.unwrap_or_default();
            assert!(SHEET.iter().any(|promise| promise.run == name), "whose is {name}?");
        }
    }
}
