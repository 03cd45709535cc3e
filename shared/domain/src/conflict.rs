//! What two people did at once to a field that matters.

use crate::{
    account::LifecycleStage,
    edit::AccountEdit,
    id::{ContactId, DealId, PersonId, StageEventId},
    money::Money,
    pipeline::StageId,
    time::{Day, HybridTime},
};

/// A guarded field that was set twice without either side knowing of the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    pub field: GuardedField,
    /// The value every device shows until a person chooses: the latest hybrid time, then actor.
    pub shown: Candidate,
    /// The values that were displaced, latest first.
    pub others: Vec<Candidate>,
}

/// One of the values in a conflict, and who wrote it when.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub value: GuardedValue,
    pub by: PersonId,
    pub at: HybridTime,
}

/// A field whose collisions a person must see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GuardedField {
    Stage,
    Owner,
    Consent(ContactId),
    DealStage(DealId),
    DealAmount(DealId),
    DealClose(DealId),
    DealOwner(DealId),
}

/// The value of a guarded field.
#[derive(Debug, Clone, PartialEq)]
pub enum GuardedValue {
    Stage(LifecycleStage),
    Person(Option<PersonId>),
    Consent(Option<bool>),
    /// The event, and the stage it leads to.
    DealStage(StageEventId, StageId),
    Money(Option<Money>),
    Day(Option<Day>),
}

impl GuardedField {
    /// Returns the deal the field belongs to, if it belongs to one.
    pub fn deal(self) -> Option<DealId> {
        match self {
            Self::Stage | Self::Owner | Self::Consent(_) => None,
            Self::DealStage(deal)
            | Self::DealAmount(deal)
            | Self::DealClose(deal)
            | Self::DealOwner(deal) => Some(deal),
        }
    }
}

impl Conflict {
    /// Returns the edit that settles the conflict in favour of `candidate`, or nothing when that
    /// value cannot belong to this field.
    pub fn choose(&self, candidate: &Candidate) -> Option<AccountEdit> {
        use GuardedField as Field;
        use GuardedValue as Value;
        Some(match (self.field, &candidate.value) {
            (Field::Stage, Value::Stage(stage)) => AccountEdit::SetStage(*stage),
            (Field::Owner, Value::Person(person)) => AccountEdit::SetOwner(*person),
            (Field::Consent(contact), Value::Consent(given)) => {
                AccountEdit::SetConsent(contact, *given)
            }
            (Field::DealStage(deal), Value::DealStage(event, _)) => {
                AccountEdit::SettleDealStage(deal, *event)
            }
            (Field::DealAmount(deal), Value::Money(amount)) => {
                AccountEdit::SetDealAmount(deal, *amount)
            }
            (Field::DealClose(deal), Value::Day(day)) => AccountEdit::SetDealClose(deal, *day),
            (Field::DealOwner(deal), Value::Person(person)) => {
                AccountEdit::SetDealOwner(deal, *person)
            }
            _ => return None,
        })
    }
}
