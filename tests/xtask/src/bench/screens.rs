//! What one waits for on a screen. The browser does the measuring, see
//! `tests/browser/bench/screens.mjs`; what the dashboard counts is measured natively as well.

use super::{Figure, start};
use crate::{book, build, check, failure::*, place, setup, step};

/// A screen that is measured.
#[derive(Clone, Copy, PartialEq)]
pub enum Screen {
    List,
    Board,
    Search,
    Kpi,
    Analytics,
}

pub fn measure(screen: Screen, sizes: &[u32], no_build: bool) -> Outcome<Vec<Figure>> {
    setup::for_browser()?;
    if !no_build {
        build::everything()?;
    }
    let mut figures = Vec::new();
    for size in sizes {
        let book = book::of_rows(*size)?;
        let mut command = check::node()?;
        command.arg("browser/bench/screens.mjs").arg(screen.code()).arg(&book);
        let mut last = String::new();
        let words = format!("{} with {size} accounts", screen.code());
        step::watch(&words, &mut command, |line| last = line.to_owned())?;
        figures.extend(start::read(&last, *size)?);
        if matches!(screen, Screen::Kpi | Screen::Analytics) {
            figures.extend(native(screen, &book, *size)?);
        }
    }
    Ok(figures)
}

/// Measures bringing files of so many rows in on a tablet.
pub fn bring_in(sizes: &[u32], no_build: bool) -> Outcome<Vec<Figure>> {
    setup::for_browser()?;
    if !no_build {
        build::everything()?;
    }
    let mut figures = Vec::new();
    for size in sizes {
        let mut command = check::node()?;
        command.arg("browser/bench/bring_in.mjs").arg(size.to_string());
        let mut last = String::new();
        let words = format!("bringing {size} rows in on a tablet");
        step::watch(&words, &mut command, |line| last = line.to_owned())?;
        figures.extend(start::read(&last, *size)?);
    }
    Ok(figures)
}

fn native(screen: Screen, book: &std::path::Path, size: u32) -> Outcome<Vec<Figure>> {
    build::tools_of_tests()?;
    let mut command = step::command(place::root().join("target/release").join(screen.code()));
    command.arg(book);
    let mut last = String::new();
    step::watch("counting natively", &mut command, |line| last = line.to_owned())?;
    start::read(&last, size)
}

impl Screen {
    fn code(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Board => "board",
            Self::Search => "search",
            Self::Kpi => "kpi",
            Self::Analytics => "analytics",
        }
    }
}
