//! The catalogue's names for the domain's own kinds and codes.

use super::texts;
use crate::language::texts::fill;
use domain::{
    account::{LifecycleStage, PartyType, ProfileField},
    activity::{ActivityKind, Direction},
    configuration::Configuration,
    contact::{self, Contact, ContactPointKind},
    enquiry::EnquiryStatus,
    id::PersonId,
    pipeline::StageId,
    refusal::Refusal,
};
use sync::{output::EditState, verdict::Reason};

pub fn stage(stage: LifecycleStage) -> &'static str {
    pick(&texts().account.stages, stage as usize)
}

pub fn party(party: PartyType) -> &'static str {
    pick(&texts().account.parties, party as usize)
}

pub fn field(field: ProfileField) -> &'static str {
    pick(&texts().account.fields, field as usize)
}

pub fn activity(kind: ActivityKind) -> &'static str {
    pick(&texts().timeline.kinds, kind as usize)
}

pub fn direction(direction: Direction) -> &'static str {
    pick(&texts().timeline.directions, direction as usize)
}

pub fn enquiry(status: EnquiryStatus) -> &'static str {
    pick(&texts().timeline.statuses, status as usize)
}

pub fn point(kind: ContactPointKind) -> &'static str {
    pick(&texts().people.kinds, kind as usize)
}

pub fn consent(given: Option<bool>) -> &'static str {
    let people = &texts().people;
    match given {
        Some(true) => people.consent_given,
        Some(false) => people.consent_refused,
        None => people.consent_unknown,
    }
}

/// Returns what people call a stage of the pipeline: its own name, the catalogue's, or its code.
pub fn deal_stage(configuration: &Configuration, stage: &StageId) -> String {
    const CODES: [&str; 6] = ["new", "qualified", "proposal", "negotiation", "won", "lost"];
    if let Some(named) = configuration.stages.get(stage).filter(|stage| !stage.name.is_empty()) {
        return named.name.clone();
    }
    match CODES.iter().position(|code| *code == stage.0) {
        Some(place) => pick(&texts().deals.stages, place).to_owned(),
        None => stage.0.clone(),
    }
}

pub fn person(configuration: &Configuration, person: Option<PersonId>) -> String {
    let words = &texts().words;
    let Some(person) = person else { return words.nobody.to_owned() };
    let known = configuration.people.get(&person);
    known.map_or_else(|| words.someone.to_owned(), |person| person.name.clone())
}

pub fn territory(configuration: &Configuration, code: &str) -> String {
    configuration.territories.get(code).cloned().unwrap_or_else(|| code.to_owned())
}

pub fn contact(known: &Contact) -> String {
    contact::full_name(&known.given_name, &known.family_name)
}

pub fn edit_state(state: EditState) -> String {
    let words = &texts().state;
    match state {
        EditState::Saving => words.saving.to_owned(),
        EditState::OnThisTablet => words.on_this_tablet.to_owned(),
        EditState::Received => words.received.to_owned(),
        EditState::Waiting(why) => format!("{}: {}", words.waiting, reason(why)),
        EditState::Refused(why) => format!("{}: {}", words.refused, reason(why)),
        EditState::NotSaved => words.not_saved.to_owned(),
    }
}

pub fn reason(reason: Reason) -> &'static str {
    let words = &texts().reason;
    match reason {
        Reason::Malformed => words.malformed,
        Reason::TooLarge => words.too_large,
        Reason::MissingDependency => words.missing_dependency,
        Reason::DependencyRefused => words.dependency_refused,
        Reason::ActorMismatch => words.actor_mismatch,
        Reason::NotPermitted => words.not_permitted,
        Reason::Poison => words.poison,
        Reason::RuleBroken => words.rule_broken,
        Reason::NewerSchema => words.newer_schema,
        Reason::Rate => words.rate,
        Reason::NotStored => words.not_stored,
    }
}

pub fn refusal(refusal: &Refusal) -> String {
    let words = &texts().refusal;
    let text = match refusal {
        Refusal::TooLong { characters_max } => {
            return fill(words.too_long, &[&characters_max.to_string()]);
        }
        Refusal::Empty => words.empty,
        Refusal::NotOneLine => words.not_one_line,
        Refusal::NoSuchAccount => words.no_such_account,
        Refusal::AlreadyOpen => words.already_open,
        Refusal::NoSuchContact => words.no_such_contact,
        Refusal::NoSuchDeal => words.no_such_deal,
        Refusal::NoSuchTask => words.no_such_task,
        Refusal::TakenId => words.taken_id,
        Refusal::ReasonNeeded => words.reason_needed,
        Refusal::NoSuchPerson => words.no_such_person,
        Refusal::NoSuchPlace => words.no_such_place,
        Refusal::NoSuchStage => words.no_such_stage,
        Refusal::WrongDocument => words.wrong_document,
        Refusal::MalformedDocument => words.malformed_document,
    };
    text.to_owned()
}

fn pick(names: &'static [&'static str], place: usize) -> &'static str {
    names.get(place).copied().unwrap_or_default()
}
