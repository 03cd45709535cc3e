//! Which settings may be made, held against the configuration or the catalogue as it stands.

use super::{demand, tidy_line};
use crate::{
    calendar::Span,
    configuration::{Configuration, Person},
    edit::{CatalogueEdit, ConfigurationEdit},
    money::Money,
    pipeline::{Stage, StageCategory, StageId},
    product::Catalogue,
    refusal::Refusal,
    setting::{Setting, Subject},
    value::{brief, optional, prose},
};

impl ConfigurationEdit {
    /// Returns the edit tidied, or says why it may not be made.
    pub fn admit(&self, known: &Configuration) -> Result<Self, Refusal> {
        Ok(match self {
            Self::SetPerson(id, person) => {
                let name = tidy_line(&person.name)?;
                Self::SetPerson(*id, Person { name, ..person.clone() })
            }
            Self::SetTerritory(code, name) => {
                Self::SetTerritory(tidy_line(code)?, tidy_line(name)?)
            }
            Self::SetStage(stage) => {
                let id = StageId(tidy_line(&stage.id.0)?);
                let name = brief(&stage.name)?.to_owned();
                Self::SetStage(Stage { id, name, ..stage.clone() })
            }
            Self::Set(subject, setting) => {
                demand(setting.suits(subject), Refusal::NoSuchSetting)?;
                let begins = setting.begins() && !matches!(subject, Subject::Person(_));
                demand(begins || known.has(subject), Refusal::NoSuchSubject)?;
                fit(known, subject, setting)?;
                Self::Set(tidy_subject(subject)?, tidy(setting)?)
            }
        })
    }

    /// Takes the edit into the configuration.
    pub fn take_into(&self, configuration: &mut Configuration) {
        match self.clone() {
            Self::SetPerson(id, person) => drop(configuration.people.insert(id, person)),
            Self::SetTerritory(code, name) => drop(configuration.territories.insert(code, name)),
            Self::SetStage(stage) => drop(configuration.stages.insert(stage.id.clone(), stage)),
            Self::Set(subject, setting) => configuration.take(&subject, &setting),
        }
    }
}

impl CatalogueEdit {
    /// Returns the edit tidied, or says why it may not be made.
    pub fn admit(&self, known: &Catalogue) -> Result<Self, Refusal> {
        let Self::Set(id, setting) = self;
        demand(setting.suits(&Subject::Product(*id)), Refusal::NoSuchSetting)?;
        let exists = setting.begins() || known.products.contains_key(id);
        demand(exists, Refusal::NoSuchSubject)?;
        Ok(Self::Set(*id, tidy(setting)?))
    }
}

/// Sees that the setting leaves the rest of the configuration whole.
fn fit(known: &Configuration, subject: &Subject, setting: &Setting) -> Result<(), Refusal> {
    match (subject, setting) {
        (Subject::Stage(id), Setting::Pipeline(pipeline)) => {
            demand(known.pipelines.contains_key(pipeline), Refusal::NoSuchPipeline)?;
            let elsewhere =
                |stage: &Stage| stage.pipeline != *pipeline && stage.pipeline != Default::default();
            let moved = known.stages.get(id).is_some_and(elsewhere);
            demand(!moved, Refusal::StageOfOtherPipeline)
        }
        (Subject::Stage(id), Setting::Archived(true)) => keep_outcome(known, id),
        (Subject::Stage(id), Setting::StageCategory(category)) => {
            let stands = known.stages.get(id).map(|stage| stage.category);
            if stands == Some(*category) { Ok(()) } else { keep_outcome(known, id) }
        }
        (Subject::Team(_), Setting::Member(person, true)) => {
            demand(known.people.contains_key(person), Refusal::NoSuchPerson)
        }
        (Subject::Currency(currency), Setting::Rate(base, ..)) => {
            demand(currency != base, Refusal::OwnRate)
        }
        (Subject::Workspace, Setting::Calendar(code)) => {
            demand(known.calendars.contains_key(code), Refusal::NoSuchSubject)
        }
        _ => Ok(()),
    }
}

/// A pipeline keeps one stage to win deals in and one to lose them in, once it has them.
fn keep_outcome(known: &Configuration, id: &StageId) -> Result<(), Refusal> {
    let Some(stage) = known.stages.get(id).filter(|stage| !stage.is_archived()) else {
        return Ok(());
    };
    let ends = matches!(stage.category, StageCategory::Won | StageCategory::Lost);
    let alike = |other: &&Stage| other.id != *id && other.category == stage.category;
    let another = known.stages_of(&stage.pipeline).into_iter().any(|other| alike(&other));
    demand(!ends || another, Refusal::OnlyStageOfCategory)
}

fn tidy_subject(subject: &Subject) -> Result<Subject, Refusal> {
    Ok(match subject {
        Subject::Territory(code) => Subject::Territory(tidy_line(code)?),
        Subject::Stage(id) => Subject::Stage(StageId(tidy_line(&id.0)?)),
        Subject::Term(vocabulary, code) => Subject::Term(*vocabulary, tidy_line(code)?),
        Subject::Calendar(code) => Subject::Calendar(tidy_line(code)?),
        other => other.clone(),
    })
}

fn tidy(setting: &Setting) -> Result<Setting, Refusal> {
    use Setting as S;
    let within = |number: u32, min: u32, max: u32| {
        demand((min..=max).contains(&number), Refusal::OutOfRange { min, max })
    };
    Ok(match setting {
        S::Name(name) => S::Name(tidy_line(name)?),
        S::NameIn(language, name) => S::NameIn(*language, tidy_line(name)?),
        S::Probability(percent) => {
            within(u32::from(*percent), 0, 100)?;
            setting.clone()
        }
        S::StaleAfterDays(Some(days)) => {
            within(u32::from(*days), 1, 3650)?;
            setting.clone()
        }
        S::TimeZone(zone) => S::TimeZone(tidy_zone(zone)?),
        S::Hours(weekday, spans) => {
            demand(Span::are_in_order(spans), Refusal::HoursOverlap)?;
            S::Hours(*weekday, spans.clone())
        }
        S::Holiday(day, name) => S::Holiday(*day, name.as_deref().map(tidy_line).transpose()?),
        S::Code(code) => S::Code(optional(code.as_deref())?),
        S::Category(category) => S::Category(optional(category.as_deref())?),
        S::Unit(unit) => S::Unit(optional(unit.as_deref())?),
        S::Conditions(conditions) => S::Conditions(conditions.admit()?),
        S::Frozen(frozen) => {
            frozen.admit()?;
            setting.clone()
        }
        S::Advice(Some(advice)) => {
            let advice = prose(advice.trim())?;
            S::Advice((!advice.is_empty()).then(|| advice.to_owned()))
        }
        S::Role(role) => S::Role(optional(role.as_deref())?),
        S::Price(Some(Money { minor, .. })) | S::Cost(Some(Money { minor, .. })) => {
            demand(*minor >= 0, Refusal::BelowNothing)?;
            setting.clone()
        }
        other => other.clone(),
    })
}

/// Knows the shape of a zone's name, not which there are: that is asked of the browser.
fn tidy_zone(zone: &str) -> Result<String, Refusal> {
    let zone = tidy_line(zone)?;
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "/_+-".contains(letter);
    let shaped = zone.chars().all(plain) && zone.starts_with(|one: char| one.is_ascii_uppercase());
    if shaped { Ok(zone) } else { Err(Refusal::NoSuchTimeZone) }
}

#[cfg(test)]
mod tests;
