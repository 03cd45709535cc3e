//! `cargo xtask bench NAME`: figures, in one shape for every measurement.

mod gate;
mod import;
mod relay;
mod screens;
mod size;
mod start;
mod told;

use crate::failure::*;
use screens::Screen;
use serde_json::{Value, json};
use std::{fs, path::PathBuf};

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    name: Name,
    /// Where to write the figures as well as printing them.
    #[arg(long, value_name = "FILE", global = true)]
    json: Option<PathBuf>,
}

#[derive(clap::Subcommand)]
enum Name {
    /// What judging a change costs at the relay.
    Gate,
    /// Durable acknowledgements, idle connections, slow readers, and a storm after a kill.
    Relay {
        /// How many tablets do nothing, and come back at once.
        #[arg(long, default_value_t = 10_000)]
        tablets: u32,
        /// How long each kind of timed work goes on.
        #[arg(long, default_value_t = 60)]
        seconds: u32,
    },
    /// What the app weighs.
    Size,
    /// Cold start from the browser's own storage, with no line, until the list answers a key.
    Start {
        /// Sizes of the book, leads counted in.
        #[arg(long, value_delimiter = ',', default_value = "1000,10000,100000")]
        accounts: Vec<u32>,
    },
    /// The list of accounts: opened, filtered, paged through, and after one account changed.
    List(Screens),
    /// The board: opened, searched, filtered, and after one account changed.
    Board(Screens),
    /// What is typed into the search, letter by letter.
    Search(Screens),
    /// The sales dashboard: opened, and after one account changed; natively as well.
    Kpi(Screens),
    /// The dashboards over accounts: at first and after one account changed, natively and in the
    /// browser; the size of rows; a fit of BG/NBD to everybody who bought.
    Analytics(Screens),
    /// A book brought in on a tablet with no line, and the longest task on the way.
    BringIn {
        /// Rows of the files, half of them accounts.
        #[arg(long, value_delimiter = ',', default_value = "10000")]
        rows: Vec<u32>,
        /// Take the builds that are there.
        #[arg(long)]
        no_build: bool,
    },
    /// How fast `tessera import` takes a book in, and in how much memory.
    Import {
        /// Sizes of the book, leads counted in.
        #[arg(long, value_delimiter = ',', default_value = "1000,100000")]
        accounts: Vec<u32>,
    },
}

#[derive(clap::Args)]
struct Screens {
    /// Sizes of the book, leads counted in.
    #[arg(long, value_delimiter = ',', default_value = "1000,10000,100000")]
    accounts: Vec<u32>,
    /// Take the builds that are there.
    #[arg(long)]
    no_build: bool,
}

/// One measured number.
pub struct Figure {
    pub name: String,
    pub value: f64,
    pub unit: String,
}

impl Figure {
    pub fn new(name: impl Into<String>, value: f64, unit: impl Into<String>) -> Figure {
        Figure { name: name.into(), value, unit: unit.into() }
    }

    fn to_json(&self) -> Value {
        json!({ "name": self.name, "value": self.value, "unit": self.unit })
    }
}

pub fn bench(arguments: &Arguments) -> Outcome {
    let (name, figures) = match &arguments.name {
        Name::Gate => ("gate", gate::measure()?),
        Name::Relay { tablets, seconds } => ("relay", relay::measure(*tablets, *seconds)?),
        Name::Size => ("size", size::measure()?),
        Name::Start { accounts } => ("start", start::measure(accounts)?),
        Name::List(of) => ("list", screens::measure(Screen::List, &of.accounts, of.no_build)?),
        Name::Board(of) => ("board", screens::measure(Screen::Board, &of.accounts, of.no_build)?),
        Name::Search(of) => {
            ("search", screens::measure(Screen::Search, &of.accounts, of.no_build)?)
        }
        Name::Kpi(of) => ("kpi", screens::measure(Screen::Kpi, &of.accounts, of.no_build)?),
        Name::Analytics(of) => {
            ("analytics", screens::measure(Screen::Analytics, &of.accounts, of.no_build)?)
        }
        Name::BringIn { rows, no_build } => ("bring-in", screens::bring_in(rows, *no_build)?),
        Name::Import { accounts } => ("import", import::measure(accounts)?),
    };
    let figures: Vec<Value> = figures.iter().map(Figure::to_json).collect();
    let text = format!("{:#}\n", json!({ "bench": name, "figures": figures }));
    print!("{text}");
    match &arguments.json {
        None => Ok(()),
        Some(file) => fs::write(file, text)
            .map_err(|cause| Failure::new(format!("writing {}", file.display()), cause)),
    }
}
