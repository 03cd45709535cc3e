//! A deal and its way through the pipeline.

use crate::{
    id::{ContactId, DealId, PersonId, StageEventId},
    money::Money,
    pipeline::{StageCategory, StageId},
    time::{Day, Timestamp},
};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

/// A deal with its present state and its history of stages.
#[derive(Debug, Clone, PartialEq)]
pub struct Deal {
    pub id: DealId,
    pub name: String,
    pub created_at: Timestamp,
    pub contact: Option<ContactId>,
    /// Guarded.
    pub amount: Option<Money>,
    /// The day it is expected to close. Guarded.
    pub close: Option<Day>,
    /// Guarded.
    pub owner: Option<PersonId>,
    /// What is to be done next, and by when.
    pub next_step: Option<NextStep>,
    /// Names the stage event that holds now. Guarded.
    pub stage_event: StageEventId,
    /// Every move ever made, those displaced in a conflict too.
    pub events: BTreeMap<StageEventId, StageEvent>,
}

impl Deal {
    /// Returns the stage the deal stands in, or nothing when its event is missing.
    pub fn stage(&self) -> Option<&StageId> {
        self.events.get(&self.stage_event).map(|event| &event.to)
    }
}

/// One move of a deal. Written once.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct StageEvent {
    #[n(0)]
    pub from: Option<StageId>,
    #[n(1)]
    pub to: StageId,
    /// Device time of the move, or what the import said.
    #[n(2)]
    pub at: Timestamp,
    #[n(3)]
    pub by: Option<PersonId>,
    /// Why it was won or lost, by code of the reason or in words of its own; only a move to such
    /// a stage has one.
    #[n(4)]
    pub reason: Option<String>,
    /// What the stage meant when the deal came into it; nothing where nobody said.
    #[n(5)]
    pub category: Option<StageCategory>,
}

/// What is to be done next for a deal: one value, so that the words and the day never mix.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct NextStep {
    #[n(0)]
    pub text: String,
    #[n(1)]
    pub day: Option<Day>,
}

/// What is known of a deal when it is added.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct NewDeal {
    #[n(0)]
    pub name: String,
    #[n(1)]
    pub created_at: Timestamp,
    #[n(2)]
    pub contact: Option<ContactId>,
    #[n(3)]
    pub amount: Option<Money>,
    #[n(4)]
    pub close: Option<Day>,
    #[n(5)]
    pub owner: Option<PersonId>,
}
