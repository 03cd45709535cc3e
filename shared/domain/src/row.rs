//! The small projection of an account that lists, search and numbers run on.
//!
//! Fields are tagged: an older app skips what it does not know, a newer one finds nothing where an
//! older projector wrote nothing.

use crate::{
    account::{Account, LifecycleStage},
    id::{AccountId, DealId, PersonId},
    money::Money,
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
        let _ = account;
        unimplemented!("filled in with the documents crate")
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
