//! What the relay says about a pushed change.

use crate::id::Sequence;
use minicbor::{Decode, Encode};

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Verdict {
    /// Durable at this place in the log.
    #[n(0)]
    Received(#[n(0)] Sequence),
    /// Final: this change will never be taken.
    #[n(1)]
    Refused(#[n(0)] Reason),
    /// Kept for a manager to adopt or discard.
    #[n(2)]
    Held(#[n(0)] Reason),
    /// Offer it again later.
    #[n(3)]
    NotYet(#[n(0)] Reason),
}

/// A code the screen turns into words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Reason {
    /// The bytes are not a change.
    #[n(0)]
    Malformed,
    /// The change is larger, or does more, than one change may.
    #[n(1)]
    TooLarge,
    /// The change builds on one the relay does not have.
    #[n(2)]
    MissingDependency,
    /// The change builds on one that was refused.
    #[n(3)]
    DependencyRefused,
    /// The actor is not this person's, or has written this sequence number before.
    #[n(4)]
    ActorMismatch,
    /// The person may not do this.
    #[n(5)]
    NotPermitted,
    /// The change would leave a document nobody can read.
    #[n(6)]
    Poison,
    /// The change breaks a rule of the CRM.
    #[n(7)]
    RuleBroken,
    /// The relay is older than the device.
    #[n(8)]
    NewerSchema,
    /// Too many changes at once.
    #[n(9)]
    Rate,
    /// The relay could not write it down; nothing is wrong with the change.
    #[n(10)]
    NotStored,
    /// The relay cannot read the document as it has it; nothing is wrong with the change.
    #[n(11)]
    Unreadable,
}
