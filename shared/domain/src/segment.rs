//! Accounts under one name: those that fit some conditions, or those that were once put together.
//!
//! Which conditions there are, and whom they fit, is not known here: a condition is a named text,
//! so that one of a later release is kept as it was written and can be named.

use crate::{id::AccountId, refusal::Refusal, value::line};
use minicbor::{Decode, Encode};
use std::collections::{BTreeMap, BTreeSet};

/// Accounts frozen in one segment at most: all devices hold them, and one change has to carry them.
pub const FROZEN_MAX: usize = 10_000;
/// Conditions of one segment at most.
const CONDITIONS_MAX: usize = 32;

/// A segment. It is offered once it has conditions or accounts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Segment {
    #[n(0)]
    pub name: String,
    /// What a live segment asks of its accounts.
    #[n(1)]
    pub conditions: Option<Conditions>,
    /// The accounts of a static segment, whatever its conditions.
    #[n(2)]
    pub frozen: Option<Frozen>,
    /// How to work with them.
    #[n(3)]
    pub advice: Option<String>,
    #[n(4)]
    pub archived: Option<bool>,
}

/// Condition → what it asks, as it was written; every one has to be met.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct Conditions(#[n(0)] pub BTreeMap<String, String>);

/// Accounts frozen by their ids, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Frozen(
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    Vec<u8>,
);

impl Segment {
    /// Says whether there is something to tell its accounts by, and it is in use.
    pub fn is_offered(&self) -> bool {
        self.archived != Some(true) && (self.conditions.is_some() || self.frozen.is_some())
    }
}

impl Conditions {
    /// Returns them tidied, or says why they cannot be kept.
    pub fn admit(&self) -> Result<Self, Refusal> {
        let (count, max) = (self.0.len(), CONDITIONS_MAX);
        within(count, 0, max)?;
        let tidy = self.0.iter().map(|(name, asks)| Ok((line(name)?.into(), line(asks)?.into())));
        tidy.collect::<Result<_, _>>().map(Self)
    }
}

impl Frozen {
    pub fn of(accounts: impl IntoIterator<Item = AccountId>) -> Self {
        let accounts: BTreeSet<_> = accounts.into_iter().collect();
        Self(accounts.into_iter().flat_map(|account| account.0).collect())
    }

    /// Returns the accounts; bytes that are no whole id are passed over.
    pub fn accounts(&self) -> impl Iterator<Item = AccountId> + use<'_> {
        self.0.as_chunks::<16>().0.iter().copied().map(AccountId)
    }

    /// Says whether so many may be frozen.
    pub fn admit(&self) -> Result<(), Refusal> {
        within(self.0.len().div_ceil(16), 1, FROZEN_MAX)
    }
}

fn within(count: usize, min: usize, max: usize) -> Result<(), Refusal> {
    let range = Refusal::OutOfRange { min: min as u32, max: max as u32 };
    if (min..=max).contains(&count) { Ok(()) } else { Err(range) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frozen_accounts_read_back_each_once() {
        let [one, two] = [AccountId([1; 16]), AccountId([2; 16])];
        let frozen = Frozen::of([two, one, two]);
        assert_eq!(frozen.accounts().collect::<Vec<_>>(), [one, two]);
        let bytes = minicbor::to_vec(&frozen).unwrap();
        assert_eq!(minicbor::decode::<Frozen>(&bytes).unwrap(), frozen);
        assert!(frozen.admit().is_ok());
        let many = |count: u32| {
            let id = |number: u32| {
                let mut id = [0; 16];
                id[..4].copy_from_slice(&number.to_be_bytes());
                AccountId(id)
            };
            Frozen::of((0..count).map(id)).admit()
        };
        let range = Err(Refusal::OutOfRange { min: 1, max: 10_000 });
        assert_eq!([many(0), many(10_000), many(10_001)], [range.clone(), Ok(()), range]);
    }

    #[test]
    fn a_condition_nobody_knows_here_is_kept_as_written() {
        let of = |name: &str, asks: &str| {
            Conditions([(name.to_owned(), asks.to_owned())].into()).admit()
        };
        let kept = Conditions([("mood".to_owned(), "sunny".to_owned())].into());
        assert_eq!(of(" mood", "sunny "), Ok(kept));
        assert_eq!(of("mood", " "), Err(Refusal::Empty));
    }
}
