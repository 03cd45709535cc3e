//! The cases of `analytics`, answered by the program `case` as people get it.

use super::Name;
use crate::{failure::*, place, step};
use std::{fs, path::Path};

/// The models a sales dashboard is made of.
const SALES: &str = "funnel,pipeline,channel,import_kpi";

/// Runs every case kept here, or those of `-- --cases FOLDER --data DIR`; prints JSON.
pub fn check(name: Name, json: Option<&Path>, rest: &[String]) -> Outcome {
    let mut build = step::cargo();
    build.args(["build", "--release", "--package", "tests", "--bin", "case"]);
    step::run("building the program that answers cases", &mut build)?;
    let fixtures = place::tests().join("fixtures");
    let mut command = step::command(place::case());
    command.args(rest);
    if rest.is_empty() {
        command.arg("--cases").arg(fixtures.join("cases"));
        command.arg("--data").arg(fixtures.join("case-data"));
    }
    match name {
        Name::OracleSales => command.args(["--check", "oracle-sales", "--models", SALES]),
        _ => command.args(["--check", "oracle"]),
    };
    let output = command.output().map_err(|cause| Failure::new(name.words(), cause))?;
    let text = String::from_utf8_lossy(&output.stdout);
    print!("{text}");
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    if let Some(file) = json {
        fs::write(file, text.as_bytes())
            .map_err(|cause| Failure::new(format!("writing {}", file.display()), cause))?;
    }
    if output.status.success() {
        return Ok(());
    }
    Err(Failure::new(name.words(), output.status).remedy("what differs is in the lines above"))
}
