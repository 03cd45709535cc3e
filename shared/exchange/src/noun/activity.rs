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

/// Reads a kind: one of those everybody has, else one the workspace added, by its code or any of
/// its names.
fn kind(text: &str, context: &Context) -> Result<(ActivityKind, Option<String>), Reason> {
    let plain = field::code(text, &KINDS).map(|kind| (kind, None));
    plain.or_else(|unknown| {
        let text = text.to_lowercase();
        let own = context.kinds.iter().find(|(code, term)| {
            let mut names = term.names.0.values().map(|name| name.to_lowercase());
            code.to_lowercase() == text || names.any(|name| name == text)
        });
        own.map(|(code, term)| (term.counted_as(code), Some(code.clone()))).ok_or(unknown)
    })
}

/// Reads a row of activities.
pub fn read(
    reading: &mut Reading<'_>,
    context: &Context,
    known: &Known<'_>,
) -> Result<(ActivityId, Activity), Fault> {
    let external = reading.needed("activity_id", field::line)?;
    let (kind, kind_code) = reading.needed("type", |text| kind(text, context))?;
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
        kind_code,
    };
    Ok((ActivityId(context.identity.id("activity", &external)), activity))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{configuration::Configuration, language::Names, term::Term};

    #[track_caller]
    fn check(text: &str, expected: Option<(ActivityKind, Option<&str>)>) {
        let mut configuration = Configuration::beginning();
        let training = Term {
            names: Names::of(["Training", "Обучение", "培训"]),
            counts_as: Some(ActivityKind::Meeting),
            ..Term::default()
        };
        configuration.activity_kinds.insert("training".to_owned(), training);
        let context = Context::of(&configuration, "test");
        let expected = expected.map(|(kind, code)| (kind, code.map(str::to_owned)));
        assert_eq!(kind(text, &context).ok(), expected);
    }

    #[test]
    fn a_kind_of_ones_own_is_known_by_its_code_and_by_its_names() {
        for text in ["training", "Training", "обучение", "培训"] {
            check(text, Some((ActivityKind::Meeting, Some("training"))));
        }
        check("Call", Some((ActivityKind::Call, None)));
        check("email", Some((ActivityKind::Message, None)));
        check("dance", None);
    }
}
