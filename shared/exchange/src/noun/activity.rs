//! A row of activities: something that happened.

use crate::{
    context::Context,
    field,
    reading::Reading,
    reason::{Fault, Reason},
};
use domain::{
    activity::{Activity, ActivityKind, Direction},
    id::{ActivityId, ContactId, DealId},
};
use std::collections::BTreeSet;

/// What kinds of activity are called in files. A task of a book has a time and a length but no due
/// day: it is something done, so it stands in the timeline as a note.
pub const KINDS: [(&str, ActivityKind); 9] = [
    ("call", ActivityKind::Call),
    ("visit", ActivityKind::Visit),
    ("meeting", ActivityKind::Meeting),
    ("message", ActivityKind::Message),
    ("note", ActivityKind::Note),
    ("order", ActivityKind::Order),
    ("email", ActivityKind::Message),
    ("chat", ActivityKind::Message),
    ("task", ActivityKind::Note),
];

/// What directions are called in files.
pub const DIRECTIONS: [(&str, Direction); 3] =
    [("in", Direction::Inbound), ("out", Direction::Outbound), ("internal", Direction::Internal)];

/// The people and deals an activity may name.
pub struct Known<'a> {
    pub contacts: &'a BTreeSet<ContactId>,
    pub deals: &'a BTreeSet<DealId>,
}

/// Reads a row of activities.
pub fn read(
    reading: &mut Reading<'_>,
    context: &Context,
    known: &Known<'_>,
) -> Result<(ActivityId, Activity), Fault> {
    let external = reading.needed("activity_id", field::line)?;
    let kind = reading.needed("type", |text| field::code(text, &KINDS))?;
    let direction = reading.optional("direction", |text| field::code(text, &DIRECTIONS));
    let activity = Activity {
        kind,
        direction: direction.unwrap_or(Direction::Internal),
        at: reading.needed_timestamp("at")?,
        minutes: reading.optional("minutes", field::whole),
        subject: reading.optional("subject", field::line).unwrap_or_default(),
        body: reading.prose("body").map(str::to_owned),
        contact: reading.optional("contact_id", |text| {
            let id = ContactId(context.identity.id("contact", text));
            if known.contacts.contains(&id) { Ok(id) } else { Err(Reason::NoSuchContact) }
        }),
        deal: reading.optional("deal_id", |text| {
            let id = DealId(context.identity.id("deal", text));
            if known.deals.contains(&id) { Ok(id) } else { Err(Reason::NoSuchDeal) }
        }),
        by: reading.optional("by", |name| context.person(name)),
        kind_code: None,
    };
    Ok((ActivityId(context.identity.id("activity", &external)), activity))
}
