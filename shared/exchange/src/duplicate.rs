//! Customers and people that look like others: flagged for a person to look at, never merged.
//!
//! Two customers look alike when they share an e-mail address; or a web address, and one name holds
//! the other; or the name, and somebody with the same telephone. Names are held together without
//! legal form, case and punctuation. The later one is flagged.

use crate::{fold, kind::Kind, reading::Reading};
use domain::{account::Account, id::AccountId};
use std::{
    collections::{BTreeMap, BTreeSet},
    vec,
};

/// Where something stands: in a line of a file, or here already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Here(AccountId),
    Line(u64),
}

/// Where an account stands of which only people are known.
const NOWHERE: Place = Place::Line(0);

/// A row that looks like another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Likeness {
    pub kind: Kind,
    pub line: u64,
    pub like: Place,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Host(String),
    Email(String),
    Phone(String),
}

impl Key {
    /// Returns what a telephone of somebody says: a switchboard is shared by many.
    fn phone(text: &str, name: &str) -> Option<Self> {
        fold::phone(text).map(|digits| Self::Phone(format!("{digits} {name}")))
    }
}

#[derive(Debug)]
struct Party {
    place: Place,
    name: String,
    keys: BTreeSet<Key>,
    people: Vec<Human>,
}

#[derive(Debug)]
struct Human {
    place: Place,
    name: String,
    email: Option<String>,
}

/// Everybody known so far.
#[derive(Debug, Default)]
pub struct Parties {
    parties: BTreeMap<AccountId, Party>,
}

impl Parties {
    /// Takes in an account that is here already.
    pub fn know(&mut self, account: &Account) {
        let place = Place::Here(account.id);
        let website = account.profile.get(&domain::account::ProfileField::Website);
        let mut party = Party::new(place, &account.name, website.map(String::as_str));
        for contact in account.contacts.values() {
            let values = || contact.points.values().map(|point| point.value.as_str());
            let email = values().find(|value| value.contains('@'));
            party.add(place, (&contact.given_name, &contact.family_name), email, None);
            let name = fold::person(&contact.given_name, &contact.family_name);
            party.keys.extend(values().filter_map(|value| Key::phone(value, &name)));
        }
        self.parties.insert(account.id, party);
    }

    /// Takes in a row of accounts or contacts; other rows say nothing of who it is.
    pub fn read(&mut self, account: AccountId, (kind, line): (Kind, u64), reading: &Reading<'_>) {
        let text = |column| reading.text(column);
        let here = self.parties.get(&account).is_some_and(|party| party.is_here());
        match kind {
            Kind::Accounts if !here => {
                let name = text("name").unwrap_or_default();
                let fresh = Party::new(Place::Line(line), name, text("domain"));
                // Contacts may have been read before their account.
                let before = self.parties.insert(account, fresh);
                if let (Some(party), Some(before)) = (self.parties.get_mut(&account), before) {
                    party.keys.extend(before.keys);
                    party.people.extend(before.people);
                }
            }
            Kind::Contacts => {
                let unnamed = || Party::new(NOWHERE, "", None);
                let party = self.parties.entry(account).or_insert_with(unnamed);
                let name = |column| text(column).unwrap_or_default();
                let names = (name("first_name"), name("last_name"));
                party.add(Place::Line(line), names, text("email"), text("phone"));
            }
            _ => {}
        }
    }

    /// Begins to compare everybody with everybody.
    pub fn compare(&self) -> Comparison<'_> {
        // People whose account is in no row belong to nobody yet.
        let parties = || self.parties.values().filter(|party| party.place != NOWHERE);
        Comparison {
            by_key: BTreeMap::new(),
            to_be_keyed: parties().collect::<Vec<_>>().into_iter(),
            to_be_compared: parties().collect::<Vec<_>>().into_iter(),
            found: Vec::new(),
        }
    }

    /// Returns every row that looks like an earlier one or like something that is here.
    pub fn likenesses(&self) -> Vec<Likeness> {
        let mut comparison = self.compare();
        while !comparison.go_on(usize::MAX) {}
        comparison.found()
    }
}

/// A comparison under way, which goes on by so many at a time.
pub struct Comparison<'a> {
    by_key: BTreeMap<&'a Key, Vec<&'a Party>>,
    to_be_keyed: vec::IntoIter<&'a Party>,
    to_be_compared: vec::IntoIter<&'a Party>,
    found: Vec<Likeness>,
}

impl<'a> Comparison<'a> {
    /// Goes on by up to so many; says whether everybody has been compared.
    pub fn go_on(&mut self, parties_max: usize) -> bool {
        if self.to_be_keyed.len() > 0 {
            for party in self.to_be_keyed.by_ref().take(parties_max) {
                for key in &party.keys {
                    self.by_key.entry(key).or_default().push(party);
                }
            }
            return false;
        }
        for _ in 0..parties_max {
            let Some(party) = self.to_be_compared.next() else { return true };
            self.compare(party);
        }
        self.to_be_compared.len() == 0
    }

    /// Returns every row found so far to look like an earlier one or like something that is here.
    pub fn found(self) -> Vec<Likeness> {
        self.found
    }

    fn compare(&mut self, party: &'a Party) {
        let Place::Line(line) = party.place else { return };
        let near = party.keys.iter().filter_map(|key| self.by_key.get(key)).flatten();
        let like = near.filter(|other| other.place < party.place && other.is_like(party));
        let Some(like) = like.min_by_key(|other| other.place) else { return };
        self.found.push(Likeness { kind: Kind::Accounts, line, like: like.place });
        self.found.extend(party.people_like(like));
    }
}

impl Party {
    fn new(place: Place, name: &str, website: Option<&str>) -> Self {
        let host = website.map(fold::host).filter(|host| !host.is_empty()).map(Key::Host);
        let keys = host.into_iter().collect();
        Self { place, name: fold::company(name), keys, people: Vec::new() }
    }

    fn is_here(&self) -> bool {
        matches!(self.place, Place::Here(_))
    }

    fn add(
        &mut self,
        place: Place,
        (given, family): (&str, &str),
        email: Option<&str>,
        phone: Option<&str>,
    ) {
        let email = email.map(|email| email.trim().to_lowercase());
        let email = email.filter(|email| email.contains('@'));
        self.keys.extend(email.clone().map(Key::Email));
        let name = fold::person(given, family);
        self.keys.extend(phone.and_then(|phone| Key::phone(phone, &name)));
        self.people.push(Human { place, name, email });
    }

    /// Says whether two parties that share a key are probably one.
    fn is_like(&self, other: &Self) -> bool {
        let shared = |of: fn(&Key) -> bool| self.keys.intersection(&other.keys).any(of);
        let within = |one: &str, other: &str| !one.is_empty() && other.contains(one);
        let named_alike = || within(&self.name, &other.name) || within(&other.name, &self.name);
        let same_name = || !self.name.is_empty() && self.name == other.name;
        shared(|key| matches!(key, Key::Email(_)))
            || (shared(|key| matches!(key, Key::Host(_))) && named_alike())
            || (shared(|key| matches!(key, Key::Phone(_))) && same_name())
    }

    fn people_like(&self, other: &Self) -> Vec<Likeness> {
        let mut found = Vec::new();
        for human in &self.people {
            let Place::Line(line) = human.place else { continue };
            let like = other.people.iter().find(|one| {
                one.name == human.name || (human.email.is_some() && one.email == human.email)
            });
            found.extend(like.map(|like| Likeness {
                kind: Kind::Contacts,
                line,
                like: like.place,
            }));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::heading::{Layout, Meaning};

    fn read(parties: &mut Parties, account: u8, kind: Kind, line: u64, cells: &[&str]) {
        let headings = match kind {
            Kind::Accounts => "account_id,name,domain,created_at",
            _ => "contact_id,account_id,first_name,last_name,email,phone",
        };
        let headings = headings.split(',').map(str::to_owned).collect();
        let layout = Layout::new(kind, String::new(), headings, Meaning::AsNamed).unwrap();
        parties.read(AccountId([account; 16]), (kind, line), &Reading::new(&layout, &cells));
    }

    #[test]
    fn a_company_entered_twice_is_flagged_with_its_people() {
        let mut parties = Parties::default();
        read(&mut parties, 2, Kind::Contacts, 3, &["D", "B", "Иванова", "Анна", "", ""]);
        read(&mut parties, 1, Kind::Accounts, 2, &["A", "ООО «Торг»", "torg.example", ""]);
        read(&mut parties, 2, Kind::Accounts, 3, &["B", "ТОРГ", "torg.example", ""]);
        read(&mut parties, 1, Kind::Contacts, 2, &["C", "A", "Анна", "Иванова", "a@b", ""]);
        let like = |kind| Likeness { kind, line: 3, like: Place::Line(2) };
        assert_eq!(parties.likenesses(), [like(Kind::Accounts), like(Kind::Contacts)]);
    }

    #[test]
    fn a_name_alone_makes_no_duplicate() {
        let mut parties = Parties::default();
        read(&mut parties, 1, Kind::Accounts, 2, &["A", "North Foods", "north.example", ""]);
        read(&mut parties, 2, Kind::Accounts, 3, &["B", "North Foods", "foods.example", ""]);
        assert_eq!(parties.likenesses(), []);
    }
}
