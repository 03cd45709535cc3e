//! A row of contacts: a person, with an e-mail address and a telephone.

use crate::{
    context::Context,
    field,
    identity::Identity,
    reading::Reading,
    reason::{Fault, Reason},
};
use domain::{
    contact::{ContactPoint, ContactPointKind, NewContact},
    edit::AccountEdit,
    id::{ContactId, ContactPointId},
};

/// A row of contacts.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactRow {
    pub id: ContactId,
    pub contact: NewContact,
    pub points: Vec<(ContactPointId, ContactPoint)>,
    pub archived: bool,
}

/// Reads a row of contacts.
pub fn read(reading: &mut Reading<'_>, context: &Context) -> Result<ContactRow, Fault> {
    let external = reading.needed("contact_id", field::line)?;
    let id = ContactId(context.identity.id("contact", &external));
    let opted_out = reading.optional("opted_out_email", field::yes_or_no);
    let consent = reading.optional("consent_email", field::yes_or_no);
    let contact = NewContact {
        given_name: reading.optional("first_name", field::line).unwrap_or_default(),
        family_name: reading.optional("last_name", field::line).unwrap_or_default(),
        job_title: reading.optional("title", field::line),
        language: reading.optional("language", field::line),
        // Not having opted out is not the same as having agreed.
        consent: if opted_out == Some(true) { Some(false) } else { consent },
    };
    if contact.given_name.is_empty() && contact.family_name.is_empty() {
        return Err(reading.fault("last_name", Reason::Missing));
    }
    let points = points(reading, &context.identity, id);
    let archived = reading.optional("archived", field::yes_or_no) == Some(true);
    Ok(ContactRow { id, contact, points, archived })
}

/// Reads the ways to reach a contact that stand in its own row.
pub fn points(
    reading: &mut Reading<'_>,
    identity: &Identity,
    contact: ContactId,
) -> Vec<(ContactPointId, ContactPoint)> {
    let email = reading.optional("email", field::email);
    let phone = reading.optional("phone", field::line);
    let point = |noun: &str, kind, value: Option<String>| {
        let told = reading.text(&format!("{noun}_id")).and_then(|text| text.parse().ok());
        let known_by = || format!("{contact} {noun}");
        let id =
            told.unwrap_or_else(|| ContactPointId(identity.derive("contact point", &known_by())));
        value.map(|value| (id, ContactPoint { kind, value, label: None, removed: None }))
    };
    [point("email", ContactPointKind::Email, email), point("phone", ContactPointKind::Phone, phone)]
        .into_iter()
        .flatten()
        .collect()
}

impl ContactRow {
    /// Returns the edits that add the contact.
    pub fn edits(self) -> Vec<AccountEdit> {
        let id = self.id;
        let mut edits = vec![AccountEdit::AddContact(id, self.contact)];
        let points = self.points.into_iter();
        edits.extend(points.map(|(point, value)| AccountEdit::SetContactPoint(id, point, value)));
        if self.archived {
            edits.push(AccountEdit::ArchiveContact(id));
        }
        edits
    }
}
