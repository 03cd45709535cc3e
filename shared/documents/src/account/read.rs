//! Reads an account, valid after any merge.

use super::{collection, imports, profile_field};
use crate::{
    malformed::Malformed,
    register::{Contender, Fields, things, values},
    scalar::Scalar,
};
use automerge::{Automerge, ROOT};
use domain::{
    account::Account,
    conflict::{Candidate, Conflict, GuardedField, GuardedValue},
    contact::{Contact, ContactPoint},
    deal::{Deal, StageEvent},
    id::{AccountId, ContactId, ContactPointId, DealId, StageEventId},
    task::Task,
    time::Timestamp,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

/// Returns the account as it stands. What this release does not know is left alone, what hangs in
/// the air is left out.
pub(crate) fn read(document: &Automerge, id: AccountId) -> Result<Account, Malformed> {
    let fields = Fields::of(document, vec![ROOT]);
    let missing = |field: &str| Malformed::Field(field.to_owned());
    let conflicts = &mut Vec::new();
    let stage = guarded(&fields, "stage", GuardedField::Stage, GuardedValue::Stage, conflicts);
    let owner = guarded(&fields, "owner", GuardedField::Owner, GuardedValue::Person, conflicts);
    let profile: BTreeMap<_, Option<String>> =
        values(document, &collection("profile"), profile_field);
    let mut account = Account {
        id,
        name: fields.shown("name").ok_or_else(|| missing("name"))?,
        party: fields.shown("party").ok_or_else(|| missing("party"))?,
        created_at: fields.shown("created_at").ok_or_else(|| missing("created_at"))?,
        stage: stage.ok_or_else(|| missing("stage"))?,
        owner: owner.flatten(),
        territory: fields.shown::<Option<String>>("territory").flatten(),
        profile: profile.into_iter().filter_map(|(field, text)| Some((field, text?))).collect(),
        tags: tags(document),
        archived: fields.shown("archived").unwrap_or(false),
        contacts: contacts(document, conflicts),
        addresses: values(document, &collection("addresses"), parse),
        activities: values(document, &collection("activities"), parse),
        tasks: tasks(document),
        deals: deals(document, conflicts),
        purchases: values(document, &collection("purchases"), parse),
        enquiries: values(document, &collection("enquiries"), parse),
        imports: BTreeMap::new(),
        withdrawn: false,
        conflicts: Vec::new(),
    };
    conflicts.sort_by_key(|conflict| conflict.field);
    account.conflicts = std::mem::take(conflicts);
    imports::settle(&mut account, &fields);
    Ok(account)
}

fn parse<T: FromStr>(key: &str) -> Option<T> {
    key.parse().ok()
}

fn parse_pair<A: FromStr, B: FromStr>(key: &str) -> Option<(A, B)> {
    let (owner, own) = key.split_once('/')?;
    Some((owner.parse().ok()?, own.parse().ok()?))
}

/// Returns the value to show, and keeps a conflict where people differ.
fn guarded<T: Scalar + PartialEq>(
    fields: &Fields<'_>,
    key: &str,
    field: GuardedField,
    value: impl Fn(T) -> GuardedValue,
    conflicts: &mut Vec<Conflict>,
) -> Option<T> {
    let shown = fields.shown(key);
    let candidates = fields
        .contenders(key)
        .into_iter()
        .map(|Contender { value: found, by, at }| Candidate { value: value(found), by, at });
    keep(field, candidates.collect(), conflicts);
    shown
}

fn keep(field: GuardedField, mut candidates: Vec<Candidate>, conflicts: &mut Vec<Conflict>) {
    if candidates.len() > 1 {
        let others = candidates.split_off(1);
        conflicts.extend(candidates.pop().map(|shown| Conflict { field, shown, others }));
    }
}

/// A tag stays where one person tags and another untags at once.
fn tags(document: &Automerge) -> BTreeSet<String> {
    let tags = Fields::of(document, vec![collection("tags")]);
    let present = |key: &&String| {
        let contenders = tags.contenders::<bool>(key);
        tags.shown(key).unwrap_or(false) || contenders.iter().any(|one| one.value)
    };
    tags.keys().filter(present).cloned().collect()
}

fn contacts(document: &Automerge, conflicts: &mut Vec<Conflict>) -> BTreeMap<ContactId, Contact> {
    let mut points: BTreeMap<ContactId, BTreeMap<ContactPointId, ContactPoint>> = BTreeMap::new();
    for ((contact, id), point) in values(document, &collection("contact_points"), parse_pair) {
        points.entry(contact).or_default().insert(id, point);
    }
    let mut contacts = BTreeMap::new();
    for (id, objects) in things(document, &collection("contacts"), parse::<ContactId>) {
        let fields = Fields::of(document, objects);
        let field = GuardedField::Consent(id);
        let consent = guarded(&fields, "consent", field, GuardedValue::Consent, conflicts);
        let contact = Contact {
            id,
            given_name: fields.shown("given_name").unwrap_or_default(),
            family_name: fields.shown("family_name").unwrap_or_default(),
            job_title: fields.shown("job_title").flatten(),
            language: fields.shown("language").flatten(),
            consent: consent.flatten(),
            archived: fields.shown("archived").unwrap_or(false),
            points: points.remove(&id).unwrap_or_default(),
        };
        contacts.insert(id, contact);
    }
    contacts
}

fn tasks(document: &Automerge) -> BTreeMap<domain::id::TaskId, Task> {
    let mut tasks = BTreeMap::new();
    for (id, objects) in things(document, &collection("tasks"), parse) {
        let fields = Fields::of(document, objects);
        let task = Task {
            id,
            title: fields.shown("title").unwrap_or_default(),
            due: fields.shown("due").flatten(),
            kind: fields.shown::<Option<_>>("kind").flatten().unwrap_or_default(),
            assignee: fields.shown("assignee").flatten(),
            done_at: fields.shown("done_at").flatten(),
        };
        tasks.insert(id, task);
    }
    tasks
}

fn deals(document: &Automerge, conflicts: &mut Vec<Conflict>) -> BTreeMap<DealId, Deal> {
    let mut events: BTreeMap<DealId, BTreeMap<StageEventId, StageEvent>> = BTreeMap::new();
    for ((deal, id), event) in values(document, &collection("stage_events"), parse_pair) {
        events.entry(deal).or_default().insert(id, event);
    }
    let mut deals = BTreeMap::new();
    for (id, objects) in things(document, &collection("deals"), parse::<DealId>) {
        let fields = Fields::of(document, objects);
        let field = GuardedField::DealAmount(id);
        let amount = guarded(&fields, "amount", field, GuardedValue::Money, conflicts);
        let field = GuardedField::DealClose(id);
        let close = guarded(&fields, "close", field, GuardedValue::Day, conflicts);
        let field = GuardedField::DealOwner(id);
        let owner = guarded(&fields, "owner", field, GuardedValue::Person, conflicts);
        let events = events.remove(&id).unwrap_or_default();
        let deal = Deal {
            id,
            name: fields.shown("name").unwrap_or_default(),
            created_at: fields.shown("created_at").unwrap_or(Timestamp(0)),
            contact: fields.shown("contact").flatten(),
            amount: amount.flatten(),
            close: close.flatten(),
            owner: owner.flatten(),
            next_step: fields.shown("next_step").flatten(),
            stage_event: stage_event(&fields, id, &events, conflicts),
            events,
        };
        deals.insert(id, deal);
    }
    deals
}

/// Returns the event that holds. Two moves to the same stage agree, although they are two events.
fn stage_event(
    fields: &Fields<'_>,
    deal: DealId,
    events: &BTreeMap<StageEventId, StageEvent>,
    conflicts: &mut Vec<Conflict>,
) -> StageEventId {
    let mut candidates = Vec::<Candidate>::new();
    let mut stages = BTreeSet::new();
    for Contender { value: id, by, at } in fields.contenders::<StageEventId>("stage") {
        if let Some(event) = events.get(&id)
            && stages.insert(&event.to)
        {
            let value = GuardedValue::DealStage(id, event.to.clone());
            candidates.push(Candidate { value, by, at });
        }
    }
    let contended = candidates.first().and_then(|candidate| match candidate.value {
        GuardedValue::DealStage(id, _) => Some(id),
        _ => None,
    });
    keep(GuardedField::DealStage(deal), candidates, conflicts);
    let named = fields.shown("stage").filter(|id| events.contains_key(id));
    let last = || events.iter().max_by_key(|(id, event)| (event.at, **id)).map(|(id, _)| *id);
    contended.or(named).or_else(last).unwrap_or(StageEventId([0; 16]))
}
