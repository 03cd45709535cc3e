//! The catalogue's names for the domain's own kinds and codes.

use super::{current, texts};
use crate::language::{self, texts::fill};
use domain::{
    account::{LifecycleStage, PartyType, ProfileField},
    activity::{ActivityKind, Direction},
    configuration::Configuration,
    contact::{self, Contact, ContactPointKind},
    enquiry::EnquiryStatus,
    id::PersonId,
    language::Names,
    pipeline::{ExitCheck, PipelineId, StageId},
    refusal::Refusal,
    setting::Subject,
    term::Vocabulary,
};
use sync::{output::EditState, verdict::Reason};

pub fn stage(stage: LifecycleStage) -> &'static str {
    pick(&texts().accounts.stages, stage as usize)
}

pub fn party(party: PartyType) -> &'static str {
    pick(&language::account().parties, party as usize)
}

pub fn field(field: ProfileField) -> &'static str {
    pick(&language::account().fields, field as usize)
}

pub fn activity(kind: ActivityKind) -> &'static str {
    pick(&language::timeline().kinds, kind as usize)
}

/// Returns what people call a kind of activity: its name as the workspace has it, or its code.
pub fn activity_term(configuration: &Configuration, code: &str) -> String {
    let plain = ActivityKind::of_code(code).map_or(code, |kind| activity(kind));
    term(configuration, Vocabulary::ActivityKind, code).unwrap_or_else(|| plain.to_owned())
}

pub fn direction(direction: Direction) -> &'static str {
    pick(&language::timeline().directions, direction as usize)
}

pub fn enquiry(status: EnquiryStatus) -> &'static str {
    pick(&language::timeline().statuses, status as usize)
}

pub fn point(kind: ContactPointKind) -> &'static str {
    pick(&language::people().kinds, kind as usize)
}

pub fn consent(given: Option<bool>) -> &'static str {
    let people = language::people();
    match given {
        Some(true) => people.consent_given,
        Some(false) => people.consent_refused,
        None => people.consent_unknown,
    }
}

/// Returns what people call a pipeline, or its code.
pub fn pipeline(configuration: &Configuration, pipeline: &PipelineId) -> String {
    let known = configuration.pipelines.get(pipeline);
    let name = known.and_then(|known| known.names.best(current().in_domain()));
    name.unwrap_or(&pipeline.0).to_owned()
}

/// Returns the words of a reason from the list; one in words of its own is returned as it is.
pub fn outcome_reason(configuration: &Configuration, reason: &str) -> String {
    let known = term(configuration, Vocabulary::OutcomeReason, reason);
    known.unwrap_or_else(|| reason.to_owned())
}

/// Returns the words of where an enquiry came from; a source that is not listed is returned as it
/// is.
pub fn lead_source(configuration: &Configuration, source: &str) -> String {
    let known = term(configuration, Vocabulary::LeadSource, source);
    known.unwrap_or_else(|| source.to_owned())
}

fn term(configuration: &Configuration, vocabulary: Vocabulary, code: &str) -> Option<String> {
    let known = configuration.terms(vocabulary).get(code)?;
    known.names.best(current().in_domain()).map(str::to_owned)
}

pub fn exit_check(check: ExitCheck) -> &'static str {
    pick(&language::deals().exit_checks, check as usize)
}

/// Returns what people call a stage of the pipeline: its own name, the catalogue's, or its code.
pub fn deal_stage(configuration: &Configuration, stage: &StageId) -> String {
    const CODES: [&str; 6] = ["new", "qualified", "proposal", "negotiation", "won", "lost"];
    if let Some(known) = configuration.stages.get(stage) {
        if let Some(name) = known.names.best(current().in_domain()) {
            return name.to_owned();
        }
        if !known.name.is_empty() {
            return known.name.clone();
        }
    }
    match CODES.iter().position(|code| *code == stage.0) {
        Some(place) => pick(&language::deals().stages, place).to_owned(),
        None => stage.0.clone(),
    }
}

/// Returns what somebody is called, and whether they have left.
pub fn person(configuration: &Configuration, person: Option<PersonId>) -> String {
    let words = &texts().words;
    let Some(person) = person else { return words.nobody.to_owned() };
    match configuration.people.get(&person) {
        Some(person) if person.left == Some(true) => fill(words.has_left, &[&person.name]),
        Some(person) => person.name.clone(),
        None => words.someone.to_owned(),
    }
}

pub fn territory(configuration: &Configuration, code: &str) -> String {
    configuration.territories.get(code).cloned().unwrap_or_else(|| code.to_owned())
}

/// Returns what people call the thing a setting is about.
pub fn subject(configuration: &Configuration, subject: &Subject) -> String {
    let named = |names: Option<&Names>, code: &str| {
        let name = names.and_then(|names| names.best(current().in_domain()));
        name.unwrap_or(code).to_owned()
    };
    match subject {
        Subject::Workspace => configuration.name.clone().unwrap_or_default(),
        Subject::Person(id) => person(configuration, Some(*id)),
        Subject::Team(id) => {
            configuration.teams.get(id).map(|team| team.name.clone()).unwrap_or_default()
        }
        Subject::Territory(code) => territory(configuration, code),
        Subject::Pipeline(id) => {
            named(configuration.pipelines.get(id).map(|one| &one.names), &id.0)
        }
        Subject::Stage(id) => deal_stage(configuration, id),
        Subject::Term(vocabulary, code) => {
            named(configuration.terms(*vocabulary).get(code).map(|term| &term.names), code)
        }
        Subject::Currency(code) => code.to_string(),
        Subject::Calendar(code) => {
            let calendar = configuration.calendars.get(code);
            calendar.map_or_else(|| code.clone(), |calendar| calendar.name.clone())
        }
        Subject::View(id) => {
            configuration.views.get(id).map(|view| view.name.clone()).unwrap_or_default()
        }
        Subject::Segment(id) => {
            configuration.segments.get(id).map(|segment| segment.name.clone()).unwrap_or_default()
        }
        Subject::Product(_) => String::new(),
    }
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
        Reason::Unreadable => words.unreadable,
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
        Refusal::NoSuchSetting | Refusal::NoSuchSubject => words.no_such_setting,
        Refusal::NoSuchPipeline => words.no_such_pipeline,
        Refusal::StageOfOtherPipeline => words.stage_of_other_pipeline,
        Refusal::OnlyStageOfCategory => words.only_stage_of_category,
        Refusal::OutOfRange { min, max } => {
            return fill(words.out_of_range, &[&min.to_string(), &max.to_string()]);
        }
        Refusal::OwnRate => words.own_rate,
        Refusal::NoSuchTimeZone => words.no_such_time_zone,
        Refusal::HoursOverlap => words.hours_overlap,
        Refusal::BelowNothing => words.below_nothing,
    };
    text.to_owned()
}

fn pick(names: &'static [&'static str], place: usize) -> &'static str {
    names.get(place).copied().unwrap_or_default()
}
