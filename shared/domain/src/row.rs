//! The small projections that lists, search and numbers run on.
//!
//! Fields are tagged: an older app skips what it does not know, a newer one finds nothing where an
//! older projector wrote nothing.

pub mod facts;
pub mod history;
mod number;

use crate::{
    account::{Account, LifecycleStage, ProfileField},
    contact::{self, Contact},
    deal::{Deal, NextStep},
    id::{AccountId, BatchId, DealId, PersonId, TaskId},
    money::Money,
    note::Note,
    pipeline::StageId,
    task::{Task, TaskKind},
    time::{Day, Timestamp},
};
use facts::{Asked, Bought, PackedFacts, Reach};
use history::{Entered, Happened};
use minicbor::{Decode, Encode};

/// The version of the projection below; a row made by another version is made again.
pub const PROJECTOR_VERSION: u16 = 3;

/// An account as lists know it.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct AccountRow {
    #[n(0)]
    pub id: AccountId,
    #[n(1)]
    pub name: String,
    #[n(2)]
    pub stage: LifecycleStage,
    #[n(3)]
    pub owner: Option<PersonId>,
    #[n(4)]
    pub territory: Option<String>,
    #[n(5)]
    pub city: Option<String>,
    #[n(6)]
    pub archived: Option<bool>,
    /// Names of the people at the customer, for search.
    #[n(7)]
    pub people: Vec<String>,
    #[n(8)]
    pub deals: Vec<DealRow>,
    /// When something last happened with the customer.
    #[n(9)]
    pub last_activity: Option<Timestamp>,
    /// The first day an open task is due.
    #[n(10)]
    pub next_due: Option<Day>,
    #[n(11)]
    pub open_tasks: u32,
    /// Guarded fields waiting for a person to choose.
    #[n(12)]
    pub conflicts: u32,
    #[n(13)]
    pub tags: Vec<String>,
    #[n(14)]
    pub country: Option<String>,
    /// Where the party first came from, by code of the lead source.
    #[n(15)]
    pub source: Option<String>,
    #[n(16)]
    #[cbor(default)]
    pub tasks: Vec<TaskRow>,
    /// The stages the deals ever stood in, which their moves name by place.
    #[n(17)]
    #[cbor(default)]
    pub stages: Vec<StageId>,
    /// The people who did what `activities` tells, which names them by place.
    #[n(18)]
    #[cbor(default)]
    pub people_at_work: Vec<PersonId>,
    /// See [`AccountRow::activities`].
    #[n(19)]
    #[cbor(default, with = "minicbor::bytes")]
    pub packed_activities: Vec<u8>,
    #[n(20)]
    pub created_at: Option<Timestamp>,
    /// What it bought and asked for, and what is known of it.
    #[n(21)]
    pub facts: Option<PackedFacts>,
    /// The import that brought it in was undone: no list and no number counts it.
    #[n(30)]
    pub withdrawn: Option<bool>,
    /// The imports, not undone, that brought it or something of it in.
    #[n(31)]
    pub imports: Option<Vec<BatchId>>,
}

/// An open task as lists know it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct TaskRow {
    #[n(0)]
    pub id: TaskId,
    #[n(1)]
    pub title: String,
    #[n(2)]
    pub due: Option<Day>,
    #[n(3)]
    pub assignee: Option<PersonId>,
    /// Something to do, where nothing is said; a visit is a planned visit.
    #[n(4)]
    pub kind: Option<TaskKind>,
}

/// A deal as the list of deals knows it.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct DealRow {
    #[n(0)]
    pub id: DealId,
    #[n(1)]
    pub name: String,
    #[n(2)]
    pub stage: Option<StageId>,
    #[n(3)]
    pub amount: Option<Money>,
    #[n(4)]
    pub close: Option<Day>,
    #[n(5)]
    pub owner: Option<PersonId>,
    /// When it came into its present stage.
    #[n(6)]
    pub since: Option<Timestamp>,
    #[n(7)]
    pub conflicts: u32,
    #[n(8)]
    pub created_at: Option<Timestamp>,
    #[n(9)]
    pub next_step: Option<NextStep>,
    /// Why it was won or lost.
    #[n(10)]
    pub reason: Option<String>,
    #[n(11)]
    pub has_contact: Option<bool>,
    /// When something last happened for the deal.
    #[n(12)]
    pub last_activity: Option<Timestamp>,
    #[n(13)]
    /// See [`AccountRow::moves`].
    #[cbor(default, with = "minicbor::bytes")]
    pub packed_moves: Vec<u8>,
}

impl AccountRow {
    /// Returns the row of an account of which nothing but the name is known.
    pub fn new(id: AccountId, name: String) -> Self {
        Self {
            id,
            name,
            stage: LifecycleStage::Lead,
            owner: None,
            territory: None,
            city: None,
            archived: None,
            people: Vec::new(),
            deals: Vec::new(),
            last_activity: None,
            next_due: None,
            open_tasks: 0,
            conflicts: 0,
            tags: Vec::new(),
            country: None,
            source: None,
            tasks: Vec::new(),
            stages: Vec::new(),
            people_at_work: Vec::new(),
            packed_activities: Vec::new(),
            created_at: None,
            facts: None,
            withdrawn: None,
            imports: None,
        }
    }

    /// Returns the row of an account as it stands.
    pub fn of(account: &Account) -> Self {
        let profile = |field| account.profile.get(&field).cloned();
        let address = account.addresses.values().find(|address| address.removed != Some(true));
        let open_tasks = || account.tasks.values().filter(|task| task.done_at.is_none());
        let (mut stages, mut people_at_work) = (Vec::new(), Vec::new());
        let deals = account.deals.values();
        let deals = deals.map(|deal| DealRow::of(deal, account, &mut stages)).collect();
        let activities = history::pack_activities(account.activities.values(), &mut people_at_work);
        let stand = account.imports.iter().filter(|(_, undone)| !**undone);
        let imports: Vec<_> = stand.map(|(batch, _)| *batch).collect();
        Self {
            id: account.id,
            withdrawn: account.withdrawn.then_some(true),
            imports: (!imports.is_empty()).then_some(imports),
            name: account.name.clone(),
            stage: account.stage,
            owner: account.owner,
            territory: account.territory.clone(),
            city: profile(ProfileField::City).or_else(|| address.map(|found| found.city.clone())),
            archived: account.archived.then_some(true),
            people: account.contacts.values().filter(|one| !one.archived).map(full_name).collect(),
            deals,
            last_activity: last_activity(account),
            next_due: open_tasks().filter_map(|task| task.due).min(),
            open_tasks: open_tasks().count() as u32,
            conflicts: account.conflicts.len() as u32,
            tags: account.tags.iter().cloned().collect(),
            country: profile(ProfileField::Country)
                .or_else(|| address.and_then(|found| found.country.clone())),
            source: profile(ProfileField::Source),
            tasks: open_tasks().map(TaskRow::of).collect(),
            stages,
            people_at_work,
            packed_activities: activities,
            created_at: Some(account.created_at),
            facts: PackedFacts::of(account),
        }
    }

    /// Returns what the account bought, oldest first.
    pub fn purchases(&self) -> impl Iterator<Item = Bought<'_>> + use<'_> {
        self.facts.iter().flat_map(|facts| facts.read().purchases())
    }

    /// Returns what the account asked for, oldest first.
    pub fn enquiries(&self) -> impl Iterator<Item = Asked<'_>> + use<'_> {
        self.facts.iter().flat_map(|facts| facts.read().enquiries())
    }

    /// Returns what is known of the people at the customer.
    pub fn reach(&self) -> impl Iterator<Item = Reach> + use<'_> {
        self.facts.iter().flat_map(|facts| facts.read().reach())
    }

    /// Returns what a deal of this row went through, oldest first.
    pub fn moves<'a>(&'a self, deal: &'a DealRow) -> impl Iterator<Item = Entered<'a>> + use<'a> {
        let created_at = deal.created_at.unwrap_or(Timestamp(0));
        history::unpack_moves(&deal.packed_moves, created_at, &self.stages)
    }

    /// Returns what happened with the customer, oldest first.
    pub fn activities(&self) -> impl Iterator<Item = Happened> + use<'_> {
        history::unpack_activities(&self.packed_activities, &self.people_at_work)
    }

    /// Returns the bytes the row is kept and sent as.
    pub fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory cannot fail")
    }

    /// Reads a row from its bytes, or nothing when they are not a row.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut row: Self = minicbor::decode(bytes).ok()?;
        // Reading makes room for four of everything, and there are a hundred thousand rows.
        row.people.shrink_to_fit();
        row.deals.shrink_to_fit();
        row.tags.shrink_to_fit();
        row.tasks.shrink_to_fit();
        row.stages.shrink_to_fit();
        row.people_at_work.shrink_to_fit();
        Some(row)
    }
}

impl DealRow {
    /// Returns the row of a deal of which nothing but the name is known.
    pub fn new(id: DealId, name: String) -> Self {
        Self {
            id,
            name,
            stage: None,
            amount: None,
            close: None,
            owner: None,
            since: None,
            conflicts: 0,
            created_at: None,
            next_step: None,
            reason: None,
            has_contact: None,
            last_activity: None,
            packed_moves: Vec::new(),
        }
    }

    /// Returns the row of a deal of that account.
    pub fn of(deal: &Deal, account: &Account, stages: &mut Vec<StageId>) -> Self {
        let conflicts = account.conflicts.iter().filter(|one| one.field.deal() == Some(deal.id));
        let holds = deal.events.get(&deal.stage_event);
        let done = account.activities.values().filter(|one| one.deal == Some(deal.id));
        Self {
            id: deal.id,
            name: deal.name.clone(),
            stage: deal.stage().cloned(),
            amount: deal.amount,
            close: deal.close,
            owner: deal.owner,
            since: holds.map(|event| event.at),
            conflicts: conflicts.count() as u32,
            created_at: Some(deal.created_at),
            next_step: deal.next_step.clone(),
            reason: holds.and_then(|event| event.reason.clone()),
            has_contact: deal.contact.is_some().then_some(true),
            last_activity: done.map(|activity| activity.at).max(),
            packed_moves: moves(deal, stages),
        }
    }
}

impl TaskRow {
    /// Returns the row of a task.
    pub fn of(task: &Task) -> Self {
        Self {
            id: task.id,
            title: task.title.clone(),
            due: task.due,
            assignee: task.assignee,
            kind: (task.kind != TaskKind::ToDo).then_some(task.kind),
        }
    }
}

/// A note as lists know it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct NoteRow {
    #[n(0)]
    pub account: AccountId,
    #[n(1)]
    pub characters: u32,
    /// The first characters, on one line.
    #[n(2)]
    pub beginning: String,
}

/// How much of a note its row shows, in characters.
const BEGINNING_CHARACTERS_MAX: usize = 120;

impl NoteRow {
    /// Returns the row of a note as it stands.
    pub fn of(note: &Note) -> Self {
        let one_line = |character: char| if character.is_control() { ' ' } else { character };
        Self {
            account: note.account,
            characters: note.text.chars().count() as u32,
            beginning: note.text.chars().take(BEGINNING_CHARACTERS_MAX).map(one_line).collect(),
        }
    }

    /// Returns the bytes the row is kept and sent as.
    pub fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory cannot fail")
    }

    /// Reads a row from its bytes, or nothing when they are not a row.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }
}

fn full_name(contact: &Contact) -> String {
    contact::full_name(&contact.given_name, &contact.family_name)
}

fn moves(deal: &Deal, stages: &mut Vec<StageId>) -> Vec<u8> {
    let mut events: Vec<_> = deal.events.iter().collect();
    events.sort_by_key(|(id, event)| (event.at, **id));
    let moves = events.into_iter().map(|(_, event)| (&event.to, event.at));
    history::pack_moves(moves, deal.created_at, stages)
}

fn last_activity(account: &Account) -> Option<Timestamp> {
    let activities = account.activities.values().map(|activity| activity.at);
    let purchases = account.purchases.values().map(|purchase| purchase.at);
    let enquiries = account.enquiries.values().map(|enquiry| enquiry.at);
    activities.chain(purchases).chain(enquiries).max()
}
