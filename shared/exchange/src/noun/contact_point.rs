//! A row of contact points: one more way to reach a contact, as exports tell it.

use crate::{context::Context, field, reading::Reading, reason::Fault};
use domain::{
    contact::{ContactPoint, ContactPointKind},
    id::{ContactId, ContactPointId},
};

/// What kinds of contact points are called in files.
pub const KINDS: [(&str, ContactPointKind); 4] = [
    ("email", ContactPointKind::Email),
    ("phone", ContactPointKind::Phone),
    ("messenger", ContactPointKind::Messenger),
    ("web", ContactPointKind::Web),
];

/// A row of contact points.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactPointRow {
    pub id: ContactPointId,
    pub contact: ContactId,
    pub point: ContactPoint,
}

/// Reads a row of contact points.
pub fn read(reading: &mut Reading<'_>, context: &Context) -> Result<ContactPointRow, Fault> {
    let external = reading.needed("point_id", field::line)?;
    let contact = reading.needed("contact_id", field::line)?;
    let point = ContactPoint {
        kind: reading.needed("kind", |text| field::code(text, &KINDS))?,
        value: reading.needed("value", field::line)?,
        label: reading.optional("label", field::line),
        removed: None,
    };
    Ok(ContactPointRow {
        id: ContactPointId(context.identity.id("contact point", &external)),
        contact: ContactId(context.identity.id("contact", &contact)),
        point,
    })
}
