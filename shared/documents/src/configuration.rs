//! The configuration document.
//!
//! | Field | Automerge kind | Two simultaneous edits | Why that is right |
//! |---|---|---|---|
//! | people | map: id → one value | the latest | a person's name and state belong together |
//! | territories | map: code → name | the latest | a name is typed anew |
//! | stages | map: code → one value | the latest | what a stage begins as is one decision |
//! | settings | map: subject/field → one value | both stay; of the same field the latest | a name, a chance and a limit are decided apart |
//! | settings: chance, category, rate, reporting currency | the same, guarded | the latest is shown, all are kept until a person chooses | forecasts are made of them |
//! | settings: a segment's conditions, and its frozen accounts | the same | the latest, each whole | half of one and half of another is a segment nobody made |
//! | settings: a team's members, a stage's exit checks | the same, one field each | both stay | they are added one by one |
//!
//! The first three are what the first release kept; settings lie over them and win. What nobody
//! set is as [`Configuration::beginning`] has it. What is taken away is archived, never deleted.

use crate::{class::Class, genesis, malformed::Malformed, register, scalar::Scalar, settings};
use automerge::{Automerge, transaction::Transaction};
use domain::{
    configuration::Configuration, edit::ConfigurationEdit, pipeline::StageId, refusal::Refusal,
};

/// Returns the configuration as it stands.
pub(crate) fn read(document: &Automerge) -> Result<Configuration, Malformed> {
    let collection = |name| genesis::collection(Class::Configuration, name);
    let mut configuration = Configuration {
        people: register::values(document, &collection("people"), |key| key.parse().ok()),
        territories: register::values(document, &collection("territories"), |key| {
            Some(key.to_owned())
        }),
        stages: register::values(document, &collection("stages"), |key| {
            Some(StageId(key.to_owned()))
        }),
        ..Configuration::beginning()
    };
    configuration.conflicts = settings::read(document, Class::Configuration, |subject, setting| {
        configuration.take(subject, setting);
    });
    Ok(configuration)
}

/// Writes `edit` and takes it into the configuration as it stands, or refuses and does neither.
pub(crate) fn write(
    transaction: &mut Transaction<'_>,
    stands: &mut Configuration,
    edit: &ConfigurationEdit,
) -> Result<(), Refusal> {
    let edit = edit.admit(stands)?;
    edit.take_into(stands);
    let (collection, key, value) = match edit {
        ConfigurationEdit::SetPerson(id, person) => ("people", id.to_string(), person.to_scalar()),
        ConfigurationEdit::SetTerritory(code, name) => ("territories", code, name.to_scalar()),
        ConfigurationEdit::SetStage(stage) => ("stages", stage.id.0.clone(), stage.to_scalar()),
        ConfigurationEdit::Set(subject, setting) => {
            return settings::write(transaction, Class::Configuration, subject, setting);
        }
    };
    let collection = genesis::collection(Class::Configuration, collection);
    register::set(transaction, &collection, &key, value).map_err(|_| Refusal::MalformedDocument)
}
