//! Python, which makes the books of customers that are larger than the fixture.

use crate::{failure::*, step};

/// Returns the name Python goes by here, installing it where that can be done.
pub fn require() -> Outcome<&'static str> {
    if let Some(found) = find() {
        return Ok(found);
    }
    let elsewhere = "see https://www.python.org; books of 1000 customers or fewer need none";
    super::apt::install("looking for Python 3", &["python3"], elsewhere)?;
    find().ok_or_else(|| Failure::new("looking for Python 3", "not found").remedy(elsewhere))
}

fn find() -> Option<&'static str> {
    ["python3", "python"].into_iter().find(|name| {
        step::ask(step::command(name).arg("--version"))
            .is_some_and(|version| version.starts_with("Python 3."))
    })
}
