//! What a workspace has agreed on: its people, territories and pipeline.

use crate::{
    id::PersonId,
    pipeline::{Stage, StageId},
};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

/// The configuration as it stands after any merge.
#[derive(Debug, Clone, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Configuration {
    #[n(0)]
    pub people: BTreeMap<PersonId, Person>,
    /// Code → name.
    #[n(1)]
    pub territories: BTreeMap<String, String>,
    #[n(2)]
    pub stages: BTreeMap<StageId, Stage>,
}

impl Configuration {
    /// Returns the stages in pipeline order.
    pub fn pipeline(&self) -> Vec<&Stage> {
        let mut stages: Vec<_> = self.stages.values().collect();
        stages.sort_by(|left, right| (left.order, &left.id).cmp(&(right.order, &right.id)));
        stages
    }

    /// Returns the bytes of the configuration as a row: every device has all of it at hand.
    pub fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory cannot fail")
    }

    /// Reads a configuration from its row, or nothing when the bytes are not one.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }
}

/// A colleague.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Person {
    #[n(0)]
    pub name: String,
    #[n(1)]
    pub left: Option<bool>,
}
