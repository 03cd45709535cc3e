//! The people, territories and stages a book speaks of: the configuration has them before any
//! account names them.

use crate::{field, kind::Kind, people, reading::Reading};
use domain::{
    configuration::{Configuration, Person},
    edit::{ConfigurationEdit, Edit},
    id::PersonId,
    pipeline::default_stages,
};
use std::collections::{BTreeMap, BTreeSet};

/// What a book speaks of that belongs to the whole workspace.
#[derive(Debug, Default)]
pub struct Mentioned {
    /// Names of owners.
    pub people: BTreeSet<String>,
    /// Codes of territories.
    pub territories: BTreeSet<String>,
}

impl Mentioned {
    /// Returns the edits that add to the configuration what it lacks.
    pub fn missing(&self, configuration: &Configuration, workspace: &str) -> Vec<Edit> {
        let stages = if configuration.stages.is_empty() { default_stages() } else { Vec::new() };
        let known = people_by_name(configuration);
        let people = self.people.iter().filter(|name| !known.contains_key(*name));
        let people = people.map(|name| (people::owner_id(workspace, name), name.clone()));
        let people = people.filter(|(id, _)| !configuration.people.contains_key(id));
        let people = people.map(|(id, name)| {
            ConfigurationEdit::SetPerson(id, Person { name, ..Person::default() })
        });
        let territories = self.territories.iter();
        let territories = territories.filter(|code| !configuration.territories.contains_key(*code));
        let territories =
            territories.map(|code| ConfigurationEdit::SetTerritory(code.clone(), code.clone()));
        let stages = stages.into_iter().map(ConfigurationEdit::SetStage);
        stages.chain(people).chain(territories).map(Edit::Configuration).collect()
    }

    /// Notes who and where a row speaks of.
    pub fn note(&mut self, kind: Kind, reading: &Reading<'_>) {
        let (person, territories): (&str, &[&str]) = match kind {
            Kind::Accounts => ("owner", &["territory", "country"]),
            Kind::Leads => ("", &["country"]),
            Kind::Deals => ("owner", &[]),
            Kind::StageHistory => ("changed_by", &[]),
            Kind::Activities => ("by", &[]),
            Kind::Tasks => ("assignee", &[]),
            _ => return,
        };
        let name = reading.text(person).and_then(|name| field::line(name).ok());
        if let Some(name) = name.filter(|name| name.parse::<PersonId>().is_err())
            && !self.people.contains(&name)
        {
            self.people.insert(name);
        }
        let told = territories.iter().find_map(|column| Some((*column, reading.text(column)?)));
        let code = told.and_then(|(column, text)| match column {
            "country" => field::country(text).ok(),
            _ => field::line(text).ok(),
        });
        if let Some(code) = code
            && !self.territories.contains(&code)
        {
            self.territories.insert(code);
        }
    }
}

/// Returns the people by name; where two share one, neither is found by it.
pub fn people_by_name(configuration: &Configuration) -> BTreeMap<String, PersonId> {
    let mut people = BTreeMap::new();
    let mut shared = BTreeSet::new();
    for (id, person) in &configuration.people {
        if people.insert(person.name.clone(), *id).is_some() {
            shared.insert(person.name.clone());
        }
    }
    people.retain(|name, _| !shared.contains(name));
    people
}
