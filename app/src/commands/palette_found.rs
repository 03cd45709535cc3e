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

/// Returns the accounts that fit, with who and what in them fits: after an account whose own name
/// fits, before one that is found by them only.
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
        let account = Found::Account(row.id, row.name.clone());
        let people = row.people.iter().filter(|name| **name != row.name && fits(name));
        let people = people.map(|name| Found::Person(row.id, name.clone(), row.name.clone()));
        let deals = row.deals.iter().filter(|deal| fits(&deal.name));
        let deals = deals.map(|deal| Found::Deal(row.id, deal.name.clone(), row.name.clone()));
        let begins = found.len();
        found.extend(people.chain(deals));
        found.insert(if fits(&row.name) { begins } else { found.len() }, account);
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

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{id::DealId, row::DealRow, time::Day};

    fn check(text: &str, expected: &[&str]) {
        let deal = DealRow::new(DealId([1; 16]), "Ovens for Anna".to_owned());
        let people = vec!["Anna Orlova".to_owned(), "Ben Marsh".to_owned()];
        let account = AccountRow::new(AccountId([1; 16]), "North Foods".to_owned());
        let rows = [AccountRow { people, deals: vec![deal], ..account }];
        let letters = |letters: Vec<char>| letters.into_iter().map(|letter| vec![letter]).collect();
        let mut index = Index::new(letters);
        assert!(index.read_on(&rows, 1));
        let reader = Reader { person: PersonId([9; 16]), today: Day(20_000) };
        let found = records(&rows, &index, text, reader);
        let names = found.iter().map(|found| match found {
            Found::Account(_, name) | Found::Person(_, name, _) | Found::Deal(_, name, _) => name,
            Found::Command(_) | Found::View(..) => unreachable!("only records are looked for"),
        });
        assert_eq!(names.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn an_account_found_by_its_name_comes_before_who_is_there() {
        check("o", &["North Foods", "Anna Orlova", "Ovens for Anna"]);
    }

    #[test]
    fn a_person_comes_before_the_account_that_is_found_by_them_only() {
        check("anna", &["Anna Orlova", "Ovens for Anna", "North Foods"]);
    }
}
