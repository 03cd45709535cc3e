//! A customer, prospect or lead: one party and everything known of it.

use crate::{
    activity::Activity, conflict::Conflict, contact::Contact, deal::Deal, enquiry::Enquiry, id::*,
    purchase::Purchase, task::Task, time::Timestamp,
};
use minicbor::{Decode, Encode};
use std::collections::{BTreeMap, BTreeSet};

/// An account as it stands after any merge.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    pub id: AccountId,
    pub name: String,
    pub party: PartyType,
    pub created_at: Timestamp,
    /// Guarded.
    pub stage: LifecycleStage,
    /// Guarded.
    pub owner: Option<PersonId>,
    /// Code of the territory the account belongs to.
    pub territory: Option<String>,
    pub profile: BTreeMap<ProfileField, String>,
    pub tags: BTreeSet<String>,
    pub archived: bool,
    pub contacts: BTreeMap<ContactId, Contact>,
    pub addresses: BTreeMap<AddressId, Address>,
    pub activities: BTreeMap<ActivityId, Activity>,
    pub tasks: BTreeMap<TaskId, Task>,
    pub deals: BTreeMap<DealId, Deal>,
    pub purchases: BTreeMap<PurchaseId, Purchase>,
    pub enquiries: BTreeMap<EnquiryId, Enquiry>,
    /// The imports that brought it or something of it in, and whether each was undone.
    pub imports: BTreeMap<BatchId, bool>,
    /// The import that brought it in was undone: it is in no list, export or number.
    pub withdrawn: bool,
    /// Guarded fields two people set at once and nobody has settled yet.
    pub conflicts: Vec<Conflict>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum PartyType {
    #[n(0)]
    Organisation,
    #[n(1)]
    Person,
    #[n(2)]
    Household,
    #[n(3)]
    PublicBody,
}

/// Where the party stands in its life with us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum LifecycleStage {
    #[n(0)]
    Lead,
    #[n(1)]
    Qualified,
    #[n(2)]
    Buying,
    #[n(3)]
    Customer,
    #[n(4)]
    RepeatCustomer,
    #[n(5)]
    Advocate,
    #[n(6)]
    AtRisk,
    #[n(7)]
    Dormant,
    #[n(8)]
    Closed,
}

impl LifecycleStage {
    /// Every stage, in the order of the life cycle.
    pub const ALL: [Self; 9] = [
        Self::Lead,
        Self::Qualified,
        Self::Buying,
        Self::Customer,
        Self::RepeatCustomer,
        Self::Advocate,
        Self::AtRisk,
        Self::Dormant,
        Self::Closed,
    ];
}

/// The plain fields of an account: one line of text each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum ProfileField {
    #[n(0)]
    Website,
    #[n(1)]
    Industry,
    /// ISO 3166-1 alpha-2.
    #[n(2)]
    Country,
    #[n(3)]
    City,
    /// IANA name.
    #[n(4)]
    TimeZone,
    /// ISO 4217.
    #[n(5)]
    Currency,
    #[n(6)]
    Employees,
    /// Decimal amount in the account's currency.
    #[n(7)]
    AnnualRevenue,
    /// Where the party first came from, such as `referral`.
    #[n(8)]
    Source,
    /// The name the party had in the system it was imported from.
    #[n(9)]
    ExternalId,
    /// The parent's external id.
    #[n(10)]
    ParentExternalId,
    /// `true` where the customer may be named as a reference.
    #[n(11)]
    Reference,
}

/// A postal address: one value, so that two edits never mix street and city.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Address {
    #[n(0)]
    pub lines: Vec<String>,
    #[n(1)]
    pub city: String,
    #[n(2)]
    pub region: Option<String>,
    #[n(3)]
    pub postal_code: Option<String>,
    #[n(4)]
    pub country: Option<String>,
    #[n(5)]
    pub removed: Option<bool>,
}

/// What is known of an account when it is opened.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct NewAccount {
    #[n(0)]
    pub name: String,
    #[n(1)]
    pub party: PartyType,
    #[n(2)]
    pub created_at: Timestamp,
    #[n(3)]
    pub stage: LifecycleStage,
    #[n(4)]
    pub owner: Option<PersonId>,
    #[n(5)]
    pub territory: Option<String>,
    #[n(6)]
    pub profile: BTreeMap<ProfileField, String>,
    #[n(7)]
    pub tags: Vec<String>,
}
