//! The people of an account: one e-mail address and one telephone each in their own row, every
//! other way to reach them in a row of its own.

use super::text;
use crate::{
    field,
    kind::Kind,
    names::code,
    noun::contact_point::KINDS,
    sheets::{SheetFailure, Sheets},
};
use domain::{
    account::Account,
    contact::{Contact, ContactPoint, ContactPointKind},
    id::ContactPointId,
};
use std::io::Write;

/// Writes the contacts of an account.
pub fn write(sheets: &mut Sheets<impl Write>, account: &Account) -> Result<(), SheetFailure> {
    for contact in account.contacts.values() {
        let email = plain(contact, ContactPointKind::Email);
        let phone = plain(contact, ContactPointKind::Phone);
        let value = |point: Option<(ContactPointId, &ContactPoint)>| {
            point.map(|(_, point)| point.value.clone()).unwrap_or_default()
        };
        let (email_id, phone_id) = (email.map(|(id, _)| id), phone.map(|(id, _)| id));
        let cells = [
            contact.id.to_string(),
            account.id.to_string(),
            contact.given_name.clone(),
            contact.family_name.clone(),
            value(email),
            value(phone),
            text(&contact.job_title),
            text(&contact.language),
            text(&contact.consent),
            contact.archived.to_string(),
            text(&email_id),
            text(&phone_id),
        ];
        sheets.write(Kind::Contacts, cells)?;
        for (id, point) in &contact.points {
            if ![email_id, phone_id].contains(&Some(*id)) && point.removed != Some(true) {
                let cells = [
                    id.to_string(),
                    contact.id.to_string(),
                    account.id.to_string(),
                    code(point.kind, &KINDS).to_owned(),
                    point.value.clone(),
                    text(&point.label),
                ];
                sheets.write(Kind::ContactPoints, cells)?;
            }
        }
    }
    Ok(())
}

/// Returns the first point of a kind that fits into one cell, and would be read from it again.
fn plain(contact: &Contact, kind: ContactPointKind) -> Option<(ContactPointId, &ContactPoint)> {
    let mut points = contact.points.iter().map(|(id, point)| (*id, point));
    points.find(|(_, point)| {
        point.kind == kind
            && point.removed != Some(true)
            && point.label.is_none()
            && (kind != ContactPointKind::Email || field::email(&point.value).is_ok())
    })
}
