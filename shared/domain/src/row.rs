//! The small projections that lists, search and numbers run on.
//!
//! Fields are tagged: an older app skips what it does not know, a newer one finds nothing where an
//! older projector wrote nothing.

use crate::{
    account::{Account, LifecycleStage, ProfileField},
    contact::{self, Contact},
    deal::Deal,
    id::{AccountId, DealId, PersonId},
    money::Money,
    note::Note,
    pipeline::StageId,
    time::{Day, Timestamp},
};
use minicbor::{Decode, Encode};

/// The version of the projection below; a row made by another version is made again.
pub const PROJECTOR_VERSION: u16 = 1;

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
}

impl AccountRow {
    /// Returns the row of an account as it stands.
    pub fn of(account: &Account) -> Self {
        let profile = |field| account.profile.get(&field).cloned();
        let address = account.addresses.values().find(|address| address.removed != Some(true));
        let open_tasks = || account.tasks.values().filter(|task| task.done_at.is_none());
        Self {
            id: account.id,
            name: account.name.clone(),
            stage: account.stage,
            owner: account.owner,
            territory: account.territory.clone(),
            city: profile(ProfileField::City).or_else(|| address.map(|found| found.city.clone())),
            archived: account.archived.then_some(true),
            people: account.contacts.values().filter(|one| !one.archived).map(full_name).collect(),
            deals: account.deals.values().map(|deal| DealRow::of(deal, account)).collect(),
            last_activity: last_activity(account),
            next_due: open_tasks().filter_map(|task| task.due).min(),
            open_tasks: open_tasks().count() as u32,
            conflicts: account.conflicts.len() as u32,
            tags: account.tags.iter().cloned().collect(),
            country: profile(ProfileField::Country)
                .or_else(|| address.and_then(|found| found.country.clone())),
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

impl DealRow {
    /// Returns the row of a deal of that account.
    pub fn of(deal: &Deal, account: &Account) -> Self {
        let conflicts = account.conflicts.iter().filter(|one| one.field.deal() == Some(deal.id));
        Self {
            id: deal.id,
            name: deal.name.clone(),
            stage: deal.stage().cloned(),
            amount: deal.amount,
            close: deal.close,
            owner: deal.owner,
            since: deal.events.get(&deal.stage_event).map(|event| event.at),
            conflicts: conflicts.count() as u32,
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

fn last_activity(account: &Account) -> Option<Timestamp> {
    let activities = account.activities.values().map(|activity| activity.at);
    let purchases = account.purchases.values().map(|purchase| purchase.at);
    let enquiries = account.enquiries.values().map(|enquiry| enquiry.at);
    activities.chain(purchases).chain(enquiries).max()
}
