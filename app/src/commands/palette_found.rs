//! What the palette offers for a text: commands first, then accounts, the people there, and deals,
//! found by the search the list of accounts uses. Pure.

use super::{COMMANDS, Command};
use crate::language::texts::Texts;
use domain::{
    configuration::Configuration,
    filter::{Filter, Reader},
    id::{AccountId, PersonId, ViewId},
    row::AccountRow,
};
use search::{Index, Sort, fold};

/// Rows looked at, and lines shown, at most.
const ROWS_MAX: usize = 40;
const LINES_MAX: usize = 30;

#[derive(Clone)]
pub enum Found {
    Command(&'static Command),
    Account(AccountId, String),
    /// Somebody at an account.
    Person(AccountId, String, String),
    Deal(AccountId, String, String),
    View(ViewId, String),
}

/// Returns the commands whose words hold every word of the text.
pub fn commands(text: &str, texts: &'static Texts) -> Vec<Found> {
    let text = fold(text);
    let fits = |command: &&Command| {
        let words = fold(&format!("{} {}", (command.words)(texts), (command.kind)(texts)));
        text.split_whitespace().all(|term| words.contains(term))
    };
    COMMANDS.iter().filter(fits).map(Found::Command).collect()
}

/// Returns the views a person is offered whose name fits.
pub fn views(configuration: &Configuration, person: PersonId, text: &str) -> Vec<Found> {
    let text = fold(text);
    let views = configuration.views_for(person).into_iter();
    let fits = |name: &str| {
        let name = fold(name);
        text.split_whitespace().all(|term| name.contains(term))
    };
    let views = views.filter(|(_, view)| fits(&view.name));
    views.map(|(id, view)| Found::View(id, view.name.clone())).collect()
}

/// Returns the accounts that fit, each followed by who and what in it fits.
pub fn records(rows: &[AccountRow], index: &Index, text: &str, reader: Reader) -> Vec<Found> {
    let folded = fold(text);
    let fits = |words: &str| {
        let words = fold(words);
        folded.split_whitespace().all(|term| words.contains(term))
    };
    let filter = Filter { text: text.to_owned(), ..Filter::default() };
    let hits = index.find(rows, &filter, reader, Sort::Name);
    let hits = hits.into_iter().take(ROWS_MAX);
    let mut found = Vec::new();
    for row in hits.filter_map(|place| rows.get(place as usize)) {
        let people = row.people.iter().filter(|name| **name != row.name && fits(name));
        let deals = row.deals.iter().filter(|deal| fits(&deal.name));
        found.push(Found::Account(row.id, row.name.clone()));
        found.extend(people.map(|name| Found::Person(row.id, name.clone(), row.name.clone())));
        found.extend(deals.map(|deal| Found::Deal(row.id, deal.name.clone(), row.name.clone())));
        if found.len() >= LINES_MAX {
            break;
        }
    }
    found.truncate(LINES_MAX);
    found
}

/// Returns the accounts that fit, and nothing else.
pub fn accounts(rows: &[AccountRow], index: &Index, text: &str, reader: Reader) -> Vec<Found> {
    let filter = Filter { text: text.to_owned(), ..Filter::default() };
    let hits = index.find(rows, &filter, reader, Sort::LastActivity).into_iter().take(LINES_MAX);
    let row = |place: u32| rows.get(place as usize);
    hits.filter_map(row).map(|row| Found::Account(row.id, row.name.clone())).collect()
}
