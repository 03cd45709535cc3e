//! The stages a deal goes through, as data of the workspace.

use minicbor::{Decode, Encode};

/// Names a stage by its code, such as `proposal`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct StageId(#[n(0)] pub String);

/// A stage of the pipeline.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Stage {
    #[n(0)]
    pub id: StageId,
    /// What people call it; empty when the code has a name in every language already.
    #[n(1)]
    pub name: String,
    #[n(2)]
    pub category: StageCategory,
    /// Percent of deals in this stage that are won in the end, 0 to 100.
    #[n(3)]
    pub probability: u8,
    /// Place in the pipeline; smaller comes first.
    #[n(4)]
    pub order: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum StageCategory {
    #[n(0)]
    Open,
    #[n(1)]
    OnHold,
    #[n(2)]
    Won,
    #[n(3)]
    Lost,
}

/// Returns the pipeline a new workspace begins with.
pub fn default_stages() -> Vec<Stage> {
    [
        ("new", StageCategory::Open, 10),
        ("qualified", StageCategory::Open, 25),
        ("proposal", StageCategory::Open, 50),
        ("negotiation", StageCategory::Open, 80),
        ("won", StageCategory::Won, 100),
        ("lost", StageCategory::Lost, 0),
    ]
    .into_iter()
    .enumerate()
    .map(|(place, (code, category, probability))| Stage {
        id: StageId(code.to_owned()),
        name: String::new(),
        category,
        probability,
        order: (place as u32 + 1) * 10,
    })
    .collect()
}
