//! Something that happened with the customer: one line of the timeline, written once.

use crate::{
    id::{ContactId, DealId, PersonId},
    time::Timestamp,
};
use minicbor::{Decode, Encode};

/// A call, visit, meeting, message, note or order. Written once, as one value.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Activity {
    #[n(0)]
    pub kind: ActivityKind,
    #[n(1)]
    pub direction: Direction,
    #[n(2)]
    pub at: Timestamp,
    #[n(3)]
    pub minutes: Option<u32>,
    #[n(4)]
    pub subject: String,
    #[n(5)]
    pub body: Option<String>,
    #[n(6)]
    pub contact: Option<ContactId>,
    #[n(7)]
    pub deal: Option<DealId>,
    /// Who did it; nothing when an import did not say.
    #[n(8)]
    pub by: Option<PersonId>,
    /// Code of the kind of activity, where it is one the workspace added.
    #[n(9)]
    pub kind_code: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum ActivityKind {
    #[n(0)]
    Call,
    #[n(1)]
    Visit,
    #[n(2)]
    Meeting,
    #[n(3)]
    Message,
    #[n(4)]
    Note,
    #[n(5)]
    Order,
}

impl ActivityKind {
    /// What people do, in the order it is offered and counted.
    pub const ALL: [Self; 6] =
        [Self::Call, Self::Visit, Self::Meeting, Self::Message, Self::Note, Self::Order];

    /// Returns the code of the word every workspace begins with for this kind.
    pub fn code(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Visit => "visit",
            Self::Meeting => "meeting",
            Self::Message => "message",
            Self::Note => "note",
            Self::Order => "order",
        }
    }

    /// Returns the kind a word every workspace begins with stands for.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl Activity {
    /// Returns the code of the word the activity was logged by: the workspace's own, else that of
    /// its kind.
    pub fn code(&self) -> &str {
        self.kind_code.as_deref().unwrap_or(self.kind.code())
    }
}

/// Who began it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Direction {
    #[n(0)]
    Inbound,
    #[n(1)]
    Outbound,
    #[n(2)]
    Internal,
}
