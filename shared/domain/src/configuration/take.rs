//! Takes settings into the configuration, one after another in any order.

use super::Configuration;
use crate::{
    pipeline::Stage,
    setting::{Setting as S, Subject},
    term::{Term, Vocabulary},
};

impl Configuration {
    /// Says whether there is something of that name to be set.
    pub fn has(&self, subject: &Subject) -> bool {
        match subject {
            Subject::Workspace | Subject::Currency(_) => true,
            Subject::Person(id) => self.people.contains_key(id),
            Subject::Team(id) => self.teams.contains_key(id),
            Subject::Territory(code) => self.territories.contains_key(code),
            Subject::Pipeline(id) => self.pipelines.contains_key(id),
            Subject::Stage(id) => self.stages.contains_key(id),
            Subject::Term(vocabulary, code) => self.terms(*vocabulary).contains_key(code),
            Subject::Calendar(code) => self.calendars.contains_key(code),
            Subject::View(id) => self.views.contains_key(id),
            Subject::Segment(id) => self.segments.contains_key(id),
            Subject::Product(_) => false,
        }
    }

    /// Takes in a setting; one that does not suit its subject changes nothing.
    pub fn take(&mut self, subject: &Subject, setting: &S) {
        if !setting.suits(subject) {
            return;
        }
        let setting = setting.clone();
        match subject {
            Subject::Workspace => self.take_own(setting),
            Subject::Person(id) => {
                let person = self.people.entry(*id).or_default();
                match setting {
                    S::Name(name) => person.name = name,
                    S::Archived(left) => person.left = left.then_some(true),
                    S::Role(role) => person.role = role,
                    _ => {}
                }
            }
            Subject::Team(id) => {
                let team = self.teams.entry(*id).or_default();
                match setting {
                    S::Name(name) => team.name = name,
                    S::Archived(archived) => team.archived = archived.then_some(true),
                    S::Member(person, true) => drop(team.members.insert(person)),
                    S::Member(person, false) => drop(team.members.remove(&person)),
                    _ => {}
                }
            }
            Subject::Territory(code) => match setting {
                S::Name(name) => drop(self.territories.insert(code.clone(), name)),
                S::Archived(true) => drop(self.archived_territories.insert(code.clone())),
                S::Archived(false) => drop(self.archived_territories.remove(code)),
                _ => {}
            },
            Subject::Pipeline(id) => {
                let pipeline = self.pipelines.entry(id.clone()).or_default();
                pipeline.id = id.clone();
                match setting {
                    S::NameIn(language, name) => drop(pipeline.names.0.insert(language, name)),
                    S::Order(order) => pipeline.order = order,
                    S::Archived(archived) => pipeline.archived = archived.then_some(true),
                    _ => {}
                }
            }
            Subject::Stage(id) => {
                let stage = self.stages.entry(id.clone());
                stage.or_insert_with(|| Stage::new(id.clone())).take(setting);
            }
            Subject::Term(vocabulary, code) => {
                let terms = match vocabulary {
                    Vocabulary::ActivityKind => &mut self.activity_kinds,
                    Vocabulary::OutcomeReason => &mut self.outcome_reasons,
                    Vocabulary::LeadSource => &mut self.lead_sources,
                };
                terms.entry(code.clone()).or_default().take(setting);
            }
            Subject::Currency(currency) => match setting {
                S::Rate(base, on, rate) => {
                    self.currencies.insert(*currency);
                    let dated = self.rates.entry(*currency).or_default().entry(base).or_default();
                    match rate {
                        Some(rate) => drop(dated.insert(on, rate)),
                        None => drop(dated.remove(&on)),
                    }
                }
                S::Archived(true) => drop(self.archived_currencies.insert(*currency)),
                S::Archived(false) => {
                    self.currencies.insert(*currency);
                    self.archived_currencies.remove(currency);
                }
                _ => {}
            },
            Subject::Calendar(code) => {
                let calendar = self.calendars.entry(code.clone()).or_default();
                match setting {
                    S::Name(name) => calendar.name = name,
                    S::TimeZone(zone) => calendar.time_zone = Some(zone),
                    S::Archived(archived) => calendar.archived = archived.then_some(true),
                    S::Hours(weekday, spans) if spans.is_empty() => {
                        calendar.hours.remove(&weekday);
                    }
                    S::Hours(weekday, spans) => drop(calendar.hours.insert(weekday, spans)),
                    S::Holiday(day, Some(name)) => drop(calendar.holidays.insert(day, name)),
                    S::Holiday(day, None) => drop(calendar.holidays.remove(&day)),
                    _ => {}
                }
            }
            Subject::View(id) => {
                let view = self.views.entry(*id).or_default();
                match setting {
                    S::Name(name) => view.name = name,
                    S::Archived(archived) => view.archived = archived.then_some(true),
                    S::Filter(filter) => view.filter = filter,
                    S::Of(person) => view.of = person,
                    _ => {}
                }
            }
            Subject::Segment(id) => {
                let segment = self.segments.entry(*id).or_default();
                match setting {
                    S::Name(name) => segment.name = name,
                    S::Archived(archived) => segment.archived = archived.then_some(true),
                    S::Conditions(conditions) => segment.conditions = Some(conditions),
                    S::Frozen(frozen) => segment.frozen = Some(frozen),
                    S::Advice(advice) => segment.advice = advice,
                    _ => {}
                }
            }
            Subject::Product(_) => {}
        }
    }

    fn take_own(&mut self, setting: S) {
        match setting {
            S::Name(name) => self.name = Some(name),
            S::ReportingCurrency(currency) => self.reporting_currency = Some(currency),
            S::TimeZone(zone) => self.time_zone = Some(zone),
            S::Calendar(code) => self.calendar = Some(code),
            S::Guided(guided) => self.guided = guided.then_some(true),
            _ => {}
        }
    }
}

impl Stage {
    fn take(&mut self, setting: S) {
        match setting {
            S::NameIn(language, name) => drop(self.names.0.insert(language, name)),
            S::Order(order) => self.order = order,
            S::Archived(archived) => self.archived = archived.then_some(true),
            S::Pipeline(pipeline) => self.pipeline = pipeline,
            S::StageCategory(category) => self.category = category,
            S::Probability(percent) => self.probability = percent,
            S::StaleAfterDays(days) => self.stale_after_days = days,
            S::ExitCheck(check, true) => drop(self.exit_checks.insert(check)),
            S::ExitCheck(check, false) => drop(self.exit_checks.remove(&check)),
            _ => {}
        }
    }
}

impl Term {
    fn take(&mut self, setting: S) {
        match setting {
            S::NameIn(language, name) => drop(self.names.0.insert(language, name)),
            S::Order(order) => self.order = order,
            S::Archived(archived) => self.archived = archived.then_some(true),
            S::Outcome(outcome) => self.outcome = Some(outcome),
            S::CountsAs(kind) => self.counts_as = Some(kind),
            _ => {}
        }
    }
}
