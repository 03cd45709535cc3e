//! The choices of a workspace: its people, territories and stages, in words.

use crate::{
    language::{format, names, texts},
    ui::select::Choice,
};
use domain::{account::LifecycleStage, configuration::Configuration, id::PersonId};

/// Returns the colleagues who have not left, by name, after the given words for nobody; of those who
/// have, the one it is now.
pub fn people(configuration: &Configuration, nobody: &str, now: Option<PersonId>) -> Vec<Choice> {
    let here = |id| {
        let person = configuration.people.get(&id);
        now == Some(id) || person.is_some_and(|person| person.left != Some(true))
    };
    listed(configuration, nobody, here)
}

/// Returns everybody, those who have left too, after the given words: what is theirs can be found.
pub fn everybody(configuration: &Configuration, words: &str) -> Vec<Choice> {
    listed(configuration, words, |_| true)
}

fn listed(
    configuration: &Configuration,
    first: &str,
    offered: impl Fn(PersonId) -> bool,
) -> Vec<Choice> {
    let people = configuration.people.keys().filter(|id| offered(**id));
    let named = |id: &PersonId| (id.to_string(), names::person(configuration, Some(*id)));
    let mut people: Vec<_> = people.map(named).collect();
    format::sort_by_name(&mut people, |person| &person.1);
    people.insert(0, (String::new(), first.to_owned()));
    people
}

pub fn territories(configuration: &Configuration, none: &str) -> Vec<Choice> {
    let known = configuration.territories.iter();
    let mut territories: Vec<_> = known.map(|(code, name)| (code.clone(), name.clone())).collect();
    format::sort_by_name(&mut territories, |territory| &territory.1);
    territories.insert(0, (String::new(), none.to_owned()));
    territories
}

pub fn life_cycle() -> Vec<Choice> {
    let stages = LifecycleStage::ALL.into_iter();
    stages.map(|stage| (stage_code(stage), names::stage(stage).to_owned())).collect()
}

pub fn stage_code(stage: LifecycleStage) -> String {
    (stage as u8).to_string()
}

pub fn stage_from(code: &str) -> Option<LifecycleStage> {
    LifecycleStage::ALL.into_iter().find(|stage| stage_code(*stage) == code)
}

/// Returns the person of a choice; nothing for nobody.
pub fn person_from(code: &str) -> Option<PersonId> {
    code.parse().ok()
}

/// Returns the words for consent, as choices.
pub fn consent() -> Vec<Choice> {
    [None, Some(true), Some(false)]
        .map(|given| (consent_code(given).to_owned(), names::consent(given).to_owned()))
        .into()
}

pub fn consent_code(given: Option<bool>) -> &'static str {
    match given {
        None => "",
        Some(true) => "yes",
        Some(false) => "no",
    }
}

pub fn consent_from(code: &str) -> Option<bool> {
    match code {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// Returns text typed in a form: nothing when it is blank.
pub fn typed(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Returns the words for no choice made.
pub fn not_set() -> Choice {
    (String::new(), texts().words.not_set.to_owned())
}
