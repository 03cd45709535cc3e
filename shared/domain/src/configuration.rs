//! What a workspace has agreed on: its people, territories and pipeline.

use crate::{
    id::PersonId,
    pipeline::{Stage, StageId},
};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

/// The configuration as it stands after any merge.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Configuration {
    pub people: BTreeMap<PersonId, Person>,
    /// Code → name.
    pub territories: BTreeMap<String, String>,
    pub stages: BTreeMap<StageId, Stage>,
}

impl Configuration {
    /// Returns the stages in pipeline order.
    pub fn pipeline(&self) -> Vec<&Stage> {
        let mut stages: Vec<_> = self.stages.values().collect();
        stages.sort_by(|left, right| (left.order, &left.id).cmp(&(right.order, &right.id)));
        stages
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
