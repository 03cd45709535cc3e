//! The account document.
//!
//! | Field | Automerge kind | Two simultaneous edits | Why that is right |
//! |---|---|---|---|
//! | name, territory, archived, profile; a deal's contact and next step | scalar each | the latest is shown | one line is typed anew, not merged letter by letter |
//! | stage, owner; consent; a deal's stage, amount, close, owner | scalar, guarded | the latest is shown, all are kept until a person chooses | somebody will act on it |
//! | tags | map: tag → true or false | both tags stay; tag against untag: the tag stays | a tag too many is seen and removed |
//! | contacts, tasks, deals | map: id → map of fields | each field by itself | two people complete one contact together |
//! | contact points | map: contact/point → one value | both points stay; the same point: the latest | kind and number belong together |
//! | addresses | map: id → one value | the latest | street and city belong together |
//! | activities, purchases, enquiries | map: id → one value, written once | both stay | they happened |
//! | stage events | map: deal/event → one value, written once | both stay; the deal's stage names one | history is not rewritten |
//! | brought/import/piece, undone/import | one value each, at the root | both stay; undone holds | an import is taken back as a whole |
//!
//! Money is one value with its currency. What is taken away is marked, never deleted.

pub(crate) mod imports;
mod read;
mod write;

use crate::{class::Class, genesis};
use automerge::ObjId;
use domain::account::ProfileField;

pub(crate) use read::read;
pub(crate) use write::write;

fn collection(name: &str) -> ObjId {
    genesis::collection(Class::Account, name)
}

/// Returns the key of a value that belongs to another thing.
fn pair(owner: impl std::fmt::Display, own: impl std::fmt::Display) -> String {
    format!("{owner}/{own}")
}

const PROFILE: [(ProfileField, &str); 12] = [
    (ProfileField::Website, "website"),
    (ProfileField::Industry, "industry"),
    (ProfileField::Country, "country"),
    (ProfileField::City, "city"),
    (ProfileField::TimeZone, "time_zone"),
    (ProfileField::Currency, "currency"),
    (ProfileField::Employees, "employees"),
    (ProfileField::AnnualRevenue, "annual_revenue"),
    (ProfileField::Source, "source"),
    (ProfileField::ExternalId, "external_id"),
    (ProfileField::ParentExternalId, "parent_external_id"),
    (ProfileField::Reference, "reference"),
];

fn profile_key(field: ProfileField) -> &'static str {
    let found = PROFILE.iter().find(|(known, _)| *known == field);
    found.map(|(_, key)| *key).expect("the table names every field")
}

fn profile_field(key: &str) -> Option<ProfileField> {
    PROFILE.iter().find(|(_, known)| *known == key).map(|(field, _)| *field)
}
