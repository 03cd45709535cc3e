//! The configuration document.
//!
//! | Field | Automerge kind | Two simultaneous edits | Why that is right |
//! |---|---|---|---|
//! | people | map: id → one value | the latest | a person's name and state belong together |
//! | territories | map: code → name | the latest | a name is typed anew |
//! | stages | map: code → one value | the latest | a stage's category and chance belong together |

use crate::{class::Class, genesis, malformed::Malformed, register, scalar::Scalar};
use automerge::{Automerge, transaction::Transaction};
use domain::{
    configuration::Configuration, edit::ConfigurationEdit, pipeline::StageId, refusal::Refusal,
};

/// Returns the configuration as it stands.
pub(crate) fn read(document: &Automerge) -> Result<Configuration, Malformed> {
    let collection = |name| genesis::collection(Class::Configuration, name);
    Ok(Configuration {
        people: register::values(document, &collection("people"), |key| key.parse().ok()),
        territories: register::values(document, &collection("territories"), |key| {
            Some(key.to_owned())
        }),
        stages: register::values(document, &collection("stages"), |key| {
            Some(StageId(key.to_owned()))
        }),
    })
}

/// Writes `edit`, or refuses and writes nothing.
pub(crate) fn write(
    transaction: &mut Transaction<'_>,
    edit: &ConfigurationEdit,
) -> Result<(), Refusal> {
    let (collection, key, value) = match edit.admit()? {
        ConfigurationEdit::SetPerson(id, person) => ("people", id.to_string(), person.to_scalar()),
        ConfigurationEdit::SetTerritory(code, name) => ("territories", code, name.to_scalar()),
        ConfigurationEdit::SetStage(stage) => ("stages", stage.id.0.clone(), stage.to_scalar()),
    };
    let collection = genesis::collection(Class::Configuration, collection);
    register::set(transaction, &collection, &key, value).map_err(|_| Refusal::MalformedDocument)
}
