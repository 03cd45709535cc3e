//! `cargo xtask check NAME`: one acceptance check, mostly in a real browser against a real relay.

mod import_dirty;
mod native;
mod oracle;

use crate::{book, build, failure::*, place, setup, step};
use clap::ValueEnum;
use std::{path::PathBuf, process::Command};

#[derive(clap::Args)]
pub struct Arguments {
    name: Name,
    /// Where to write the check's JSON as well as printing it.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Take the builds that are there.
    #[arg(long)]
    no_build: bool,
    /// How often a check repeats its fault.
    #[arg(long, value_name = "N")]
    times: Option<u32>,
    /// How many customers a made book has, where the check makes one.
    #[arg(long, default_value_t = 1000)]
    accounts: u32,
    /// What a made book is made from.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Handed to the check, such as `-- --seed 7`.
    #[arg(last = true)]
    rest: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Name {
    /// Two people edit one account with no line and come back.
    TwoTablets,
    /// The page is killed right after an edit is on this tablet.
    KillPage,
    /// The whole browser is killed right after an edit is on this tablet, again and again.
    BrowserKill,
    /// Five tabs edit while tabs are frozen, closed and crashed.
    Tabs,
    /// The browser clears the tablet's storage.
    Wiped,
    /// The browser's database is put back to an older state.
    Rollback,
    /// A hundred thousand accounts in one list.
    BigBook,
    /// Every screen, light and dark, in three languages, in the eyes of axe-core.
    Axe,
    /// The board under a finger: swipes scroll; handle, long press and menu move.
    Touch,
    /// Every number of the dashboard, and what a second computation makes of the book's files.
    Dashboard,
    /// The same for the dashboards over accounts.
    Dashboards,
    /// What a tablet saves and what the relay answers, at the same place of the log.
    SameNumbers,
    /// Ten thousand edits, counted on and counted anew; needs no browser.
    Incremental,
    /// The screenshots of the README.
    Shots,
    /// Every case of `analytics` against the answer others found; needs no browser.
    Oracle,
    /// The same for the sales models alone.
    OracleSales,
    /// The relay is killed at every place, and again while it recovers; needs no browser.
    Kills,
    /// A document is damaged on the relay's disk; needs no browser.
    PoisonDocument,
    /// A dirty book is brought in, accounted for and taken back; needs no browser.
    ImportDirty,
}

/// The checks that are part of `cargo xtask test`.
pub const IN_EVERY_TEST: [Name; 8] = [
    Name::TwoTablets,
    Name::KillPage,
    Name::BigBook,
    Name::Touch,
    Name::Dashboard,
    Name::Dashboards,
    Name::SameNumbers,
    Name::Axe,
];
pub use native::kills_once;

pub fn check(arguments: &Arguments) -> Outcome {
    if let Name::Oracle | Name::OracleSales = arguments.name {
        return oracle::check(arguments.name, arguments.json.as_deref(), &arguments.rest);
    }
    if arguments.name == Name::Kills {
        return native::kills(arguments.json.as_deref(), &arguments.rest);
    }
    if arguments.name == Name::PoisonDocument {
        return native::poison_document(arguments.json.as_deref());
    }
    if arguments.name == Name::Incremental {
        return native::incremental();
    }
    if arguments.name == Name::ImportDirty {
        return import_dirty::check(arguments.accounts, arguments.seed, arguments.json.as_deref());
    }
    setup::for_browser()?;
    if !arguments.no_build {
        build::everything()?;
    }
    let mut command = script(arguments.name)?;
    if let Some(times) = arguments.times {
        command.args(["--times", &times.to_string()]);
    }
    command.args(&arguments.rest);
    if let Some(file) = &arguments.json {
        let file = std::path::absolute(file).unwrap_or_else(|_| file.clone());
        command.env("TESSERA_TEST_JSON", file);
    }
    step::run(arguments.name.words(), &mut command)
}

/// Returns the check's script, told what was built and where.
pub fn script(name: Name) -> Outcome<Command> {
    let value = name.to_possible_value().map(|value| value.get_name().to_owned());
    let mut command = node()?;
    command.arg(format!("browser/checks/{}.mjs", value.unwrap_or_default()));
    if name == Name::BigBook {
        command.env("TESSERA_TEST_BIG_BOOK", book::of_rows(100_000)?);
    }
    Ok(command)
}

/// Returns Node at the browser tests, told what was built and where.
pub fn node() -> Outcome<Command> {
    let mut command = step::command("node");
    command.current_dir(place::tests());
    command.env("TESSERA_TEST_RELAY", place::relay()).env("TESSERA_TEST_SITE", place::site());
    command.env("TESSERA_TEST_BOOK", book::of_accounts(100)?);
    command.env("TESSERA_TEST_BOOK_1000", book::of_accounts(1000)?);
    command.env("TESSERA_TEST_SCREENSHOTS", place::root().join("docs/screenshots"));
    if let Some(chromium) = setup::chromium() {
        command.env("TESSERA_CHROMIUM", chromium);
    }
    Ok(command)
}

impl Name {
    pub fn words(self) -> &'static str {
        match self {
            Name::TwoTablets => "two tablets with no line edit one account",
            Name::KillPage => "the page is killed while somebody works",
            Name::BrowserKill => "the whole browser is killed while somebody works",
            Name::Tabs => "five tabs, frozen, closed and crashed",
            Name::Wiped => "the browser clears the tablet's storage",
            Name::Rollback => "the browser's database is put back to an older state",
            Name::BigBook => "a hundred thousand accounts in one list",
            Name::Oracle => "every case of analytics against the answer others found",
            Name::OracleSales => "the sales cases against the answers others found",
            Name::Axe => "every screen can be used by everybody",
            Name::PoisonDocument => "a document is damaged on the relay's disk",
            Name::Kills => "the relay is killed at every place, and again while it recovers",
            Name::ImportDirty => "a dirty book is brought in, accounted for and taken back",
            Name::Touch => "the board under a finger",
            Name::Dashboard => "every number of the dashboard, counted a second time",
            Name::Dashboards => {
                "every number of the dashboards over accounts, counted a second time"
            }
            Name::SameNumbers => "the numbers of a tablet and of the relay at one place of the log",
            Name::Incremental => "ten thousand edits, counted on and counted anew",
            Name::Shots => "taking the screenshots of the README",
        }
    }
}
