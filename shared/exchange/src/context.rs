//! What every row is read against: the workspace's names for people and stages.

use super::{identity::Identity, mention::people_by_name, reason::Reason};
use domain::{
    configuration::Configuration,
    id::PersonId,
    pipeline::{Stage, StageCategory, StageId, default_stages},
    refusal::Refusal,
    term::Terms,
};
use std::collections::BTreeMap;

/// What every row of a book is read against.
#[derive(Debug, Clone)]
pub struct Context {
    pub identity: Identity,
    /// The people of the workspace by the name books call them.
    pub people: BTreeMap<String, PersonId>,
    pub stages: Vec<Stage>,
    /// The workspace's words for what people do, by code.
    pub kinds: Terms,
}

impl Context {
    /// Returns what rows are read against in a workspace with this configuration.
    pub fn of(configuration: &Configuration, workspace: &str) -> Self {
        let mut stages: Vec<_> = configuration.pipeline().into_iter().cloned().collect();
        if stages.is_empty() {
            stages = default_stages();
        }
        let people = people_by_name(configuration);
        let kinds = configuration.activity_kinds.clone();
        Self { identity: Identity::of(workspace), people, stages, kinds }
    }

    /// Returns the person of a name, or of an id of ours where two people share a name.
    pub fn person(&self, name: &str) -> Result<PersonId, Reason> {
        let name = domain::value::line(name).map_err(Reason::Text)?;
        let named = self.people.get(name).copied().or_else(|| name.parse().ok());
        named.ok_or(Reason::Text(Refusal::NoSuchPerson))
    }

    /// Returns the stage of a code, in any case; books say `closed_won` for what we call `won`.
    pub fn stage(&self, code: &str) -> Result<&Stage, Reason> {
        let code = code.to_lowercase();
        let code = code.strip_prefix("closed_").unwrap_or(&code);
        self.stages.iter().find(|stage| stage.id.0 == code).ok_or_else(|| {
            let known: Vec<_> = self.stages.iter().map(|stage| stage.id.0.as_str()).collect();
            Reason::UnknownCode(known.join(", "))
        })
    }

    /// Says whether a deal in this stage is at its end.
    pub fn is_closed(&self, stage: &StageId) -> bool {
        self.stages.iter().any(|known| known.id == *stage && is_closed(known))
    }
}

/// Says whether a deal in this stage is at its end.
pub fn is_closed(stage: &Stage) -> bool {
    matches!(stage.category, StageCategory::Won | StageCategory::Lost)
}
