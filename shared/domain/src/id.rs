//! One id type per noun: 128 bits, written as 32 lower-case hexadecimal digits.
//!
//! Ids are minted on the device from entropy the caller brings; nothing here is random.

use minicbor::{Decode, Encode};
use std::fmt;

/// Says that a text is not 32 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an id is 32 hexadecimal digits")]
pub struct MalformedId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
        #[cbor(transparent)]
        pub struct $name(#[cbor(with = "minicbor::bytes")] pub [u8; 16]);

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, concat!(stringify!($name), "({})"), self)
            }
        }

        impl std::str::FromStr for $name {
            type Err = MalformedId;
            fn from_str(text: &str) -> Result<Self, MalformedId> {
                digits(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// An account; also the id of its account document.
    AccountId,
    /// A person working with Tessera: a colleague, never a customer.
    PersonId,
    /// A person at the customer.
    ContactId,
    /// One way to reach a contact.
    ContactPointId,
    /// A postal address of an account.
    AddressId,
    /// Something that happened with the customer.
    ActivityId,
    /// Something a colleague has to do.
    TaskId,
    /// A deal.
    DealId,
    /// A saved view: a filter with a name.
    ViewId,
    /// Accounts under one name.
    SegmentId,
    /// One move of a deal from stage to stage.
    StageEventId,
    /// A purchase or a refund.
    PurchaseId,
    /// A first sign of interest, before or after the party became a customer.
    EnquiryId,
    /// Colleagues who work together.
    TeamId,
    /// Something sold.
    ProductId,
    /// A note two people can type in; also the id of its document.
    NoteId,
    /// One import: what it brought in is undone together.
    BatchId,
    /// Anything an import brought in: an account, or something that belongs to one.
    BroughtId,
}

impl AccountId {
    /// Returns the id of the account's shared note, the same on every device, so that two people
    /// who start typing offline type into one document.
    pub fn note(self) -> NoteId {
        const MARK: [u8; 16] = *b"tessera.note.v1\0";
        let mut bytes = self.0;
        bytes.iter_mut().zip(MARK).for_each(|(byte, mark)| *byte ^= mark);
        NoteId(bytes)
    }
}

impl NoteId {
    /// Returns the account this shared note belongs to.
    pub fn account(self) -> AccountId {
        AccountId(AccountId(self.0).note().0)
    }
}

fn digits(text: &str) -> Result<[u8; 16], MalformedId> {
    let text = text.as_bytes();
    if text.len() != 32 {
        return Err(MalformedId);
    }
    let mut bytes = [0; 16];
    for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Ok(bytes)
}

fn digit(character: u8) -> Result<u8, MalformedId> {
    match character {
        b'0'..=b'9' => Ok(character - b'0'),
        b'a'..=b'f' => Ok(character - b'a' + 10),
        _ => Err(MalformedId),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_written() {
        let id = AccountId([0x1f; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("1F".repeat(16).parse::<AccountId>(), Err(MalformedId));
    }

    #[test]
    fn a_note_knows_its_account() {
        let account = AccountId([7; 16]);
        assert_eq!(account.note().account(), account);
        assert_ne!(account.note().0, account.0);
    }
}
