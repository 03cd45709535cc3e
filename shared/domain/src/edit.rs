//! What a person does, as data: encoded, stored beside the change it made, and made again when a
//! merge or a refusal calls for it.

use crate::{
    account::{Address, LifecycleStage, NewAccount, ProfileField},
    activity::Activity,
    configuration::Person,
    contact::{ContactField, ContactPoint, NewContact},
    deal::{NewDeal, NextStep, StageEvent},
    enquiry::Enquiry,
    id::*,
    money::Money,
    note::Splice,
    pipeline::Stage,
    purchase::Purchase,
    setting::{Setting, Subject},
    task::{NewTask, TaskKind},
    time::{Day, Timestamp},
};
use minicbor::{Decode, Encode};

/// An edit of any document class.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub enum Edit {
    #[n(0)]
    Account(#[n(0)] AccountEdit),
    #[n(1)]
    Note(#[n(0)] NoteEdit),
    #[n(2)]
    Configuration(#[n(0)] ConfigurationEdit),
    #[n(3)]
    Catalogue(#[n(0)] CatalogueEdit),
    /// What an import brings into one account at once: one change, taken whole or not at all.
    #[n(4)]
    BringIn(#[n(0)] Vec<AccountEdit>),
}

/// What can be done to an account.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub enum AccountEdit {
    #[n(0)]
    Open(#[n(0)] NewAccount),
    #[n(1)]
    Rename(#[n(0)] String),
    #[n(2)]
    SetStage(#[n(0)] LifecycleStage),
    #[n(3)]
    SetOwner(#[n(0)] Option<PersonId>),
    #[n(4)]
    SetTerritory(#[n(0)] Option<String>),
    #[n(5)]
    SetProfile(#[n(0)] ProfileField, #[n(1)] Option<String>),
    #[n(6)]
    Tag(#[n(0)] String),
    #[n(7)]
    Untag(#[n(0)] String),
    #[n(8)]
    Archive,
    #[n(9)]
    Restore,
    #[n(10)]
    AddContact(#[n(0)] ContactId, #[n(1)] NewContact),
    #[n(11)]
    SetContact(#[n(0)] ContactId, #[n(1)] ContactField, #[n(2)] Option<String>),
    #[n(12)]
    SetConsent(#[n(0)] ContactId, #[n(1)] Option<bool>),
    #[n(13)]
    ArchiveContact(#[n(0)] ContactId),
    #[n(14)]
    SetContactPoint(#[n(0)] ContactId, #[n(1)] ContactPointId, #[n(2)] ContactPoint),
    #[n(15)]
    SetAddress(#[n(0)] AddressId, #[n(1)] Address),
    #[n(16)]
    LogActivity(#[n(0)] ActivityId, #[n(1)] Activity),
    #[n(17)]
    AddTask(#[n(0)] TaskId, #[n(1)] NewTask),
    #[n(18)]
    RetitleTask(#[n(0)] TaskId, #[n(1)] String),
    #[n(19)]
    RescheduleTask(#[n(0)] TaskId, #[n(1)] Option<Day>),
    #[n(20)]
    AssignTask(#[n(0)] TaskId, #[n(1)] Option<PersonId>),
    /// Done at that time, or open again.
    #[n(21)]
    CompleteTask(#[n(0)] TaskId, #[n(1)] Option<Timestamp>),
    /// Adds a deal together with the event that puts it in its first stage.
    #[n(22)]
    AddDeal(#[n(0)] DealId, #[n(1)] NewDeal, #[n(2)] StageEventId, #[n(3)] StageEvent),
    #[n(23)]
    RenameDeal(#[n(0)] DealId, #[n(1)] String),
    #[n(24)]
    MoveDeal(#[n(0)] DealId, #[n(1)] StageEventId, #[n(2)] StageEvent),
    #[n(25)]
    SetDealAmount(#[n(0)] DealId, #[n(1)] Option<Money>),
    #[n(26)]
    SetDealClose(#[n(0)] DealId, #[n(1)] Option<Day>),
    #[n(27)]
    SetDealOwner(#[n(0)] DealId, #[n(1)] Option<PersonId>),
    #[n(28)]
    RecordPurchase(#[n(0)] PurchaseId, #[n(1)] Purchase),
    #[n(29)]
    RecordEnquiry(#[n(0)] EnquiryId, #[n(1)] Enquiry),
    /// Sets the stage event that holds, among those there are: how a stage conflict is settled.
    #[n(30)]
    SettleDealStage(#[n(0)] DealId, #[n(1)] StageEventId),
    #[n(31)]
    SetDealNextStep(#[n(0)] DealId, #[n(1)] Option<NextStep>),
    #[n(32)]
    SetDealContact(#[n(0)] DealId, #[n(1)] Option<ContactId>),
    #[n(33)]
    SetTaskKind(#[n(0)] TaskId, #[n(1)] Option<TaskKind>),
    /// Notes what an import brought in, piece by piece: the account itself, or things of one that
    /// was here before.
    #[n(40)]
    NoteImport(#[n(0)] BatchId, #[n(1)] u32, #[n(2)] Vec<BroughtId>),
    /// Takes back everything an import brought in.
    #[n(41)]
    UndoImport(#[n(0)] BatchId),
}

/// What can be done to a note.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum NoteEdit {
    #[n(0)]
    Splice(#[n(0)] Splice),
}

/// What can be done to the configuration.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub enum ConfigurationEdit {
    #[n(0)]
    SetPerson(#[n(0)] PersonId, #[n(1)] Person),
    #[n(1)]
    SetTerritory(#[n(0)] String, #[n(1)] String),
    #[n(2)]
    SetStage(#[n(0)] Stage),
    #[n(3)]
    Set(#[n(0)] Subject, #[n(1)] Setting),
}

/// What can be done to the catalogue.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub enum CatalogueEdit {
    #[n(0)]
    Set(#[n(0)] ProductId, #[n(1)] Setting),
}

impl Edit {
    /// Returns the bytes the edit is kept and sent as.
    pub fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory cannot fail")
    }

    /// Reads an edit from its bytes, or nothing when this release does not know it.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }
}
