//! What people, codes and points in time are called in files.

use domain::{
    configuration::Configuration,
    id::PersonId,
    pipeline::{StageCategory, StageId, default_stages},
    time::Timestamp,
};
use std::collections::BTreeMap;

/// The workspace's names for people and stages.
pub struct Names {
    people: BTreeMap<PersonId, String>,
    closed: Vec<StageId>,
}

impl Names {
    pub fn of(configuration: &Configuration) -> Self {
        let mut uses = BTreeMap::new();
        for person in configuration.people.values() {
            *uses.entry(person.name.as_str()).or_insert(0) += 1;
        }
        let people = configuration.people.iter();
        let people = people.filter(|(_, person)| uses[person.name.as_str()] == 1);
        let people = people.map(|(id, person)| (*id, person.name.clone())).collect();
        let mut stages: Vec<_> = configuration.stages.values().cloned().collect();
        if stages.is_empty() {
            stages = default_stages();
        }
        stages.retain(|stage| matches!(stage.category, StageCategory::Won | StageCategory::Lost));
        Self { people, closed: stages.into_iter().map(|stage| stage.id).collect() }
    }

    /// Returns a person's name, or the id where two people share the name.
    pub fn person(&self, person: Option<PersonId>) -> String {
        let Some(person) = person else { return String::new() };
        self.people.get(&person).cloned().unwrap_or_else(|| person.to_string())
    }

    /// Returns the code of a stage, in the plain style's words.
    pub fn stage(&self, stage: &StageId) -> String {
        if self.is_closed(stage) { format!("closed_{}", stage.0) } else { stage.0.clone() }
    }

    /// Says whether a deal in this stage is at its end.
    pub fn is_closed(&self, stage: &StageId) -> bool {
        self.closed.contains(stage)
    }
}

/// Returns a point in time as import reads it.
pub fn time(at: Timestamp) -> String {
    let of_day = at.0.rem_euclid(86_400_000);
    let (minutes, thousandths) = (of_day / 60_000, of_day % 60_000);
    let (hours, minutes) = (minutes / 60, minutes % 60);
    let (seconds, thousandths) = (thousandths / 1000, thousandths % 1000);
    let fraction = if thousandths == 0 { String::new() } else { format!(".{thousandths:03}") };
    format!("{}T{hours:02}:{minutes:02}:{seconds:02}{fraction}Z", at.day())
}

/// Returns what a meaning is called in files, the inverse of reading it.
pub fn code<T: PartialEq + Copy>(meaning: T, codes: &[(&'static str, T)]) -> &'static str {
    codes.iter().find(|(_, known)| *known == meaning).map_or("", |(code, _)| code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{calendar, form::Form};

    #[test]
    fn a_point_in_time_reads_back_as_written() {
        for at in [0, 1, 86_399_999, 1_704_412_800_123, -1, -86_400_000].map(Timestamp) {
            assert_eq!(calendar::timestamp(&time(at), &Form::PLAIN), Ok(at));
        }
        assert_eq!(time(Timestamp(1_704_412_800_000)), "2024-01-05T00:00:00Z");
    }
}
