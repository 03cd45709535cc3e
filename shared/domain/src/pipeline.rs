//! The stages a deal goes through, as data of the workspace.

use crate::{language::Names, row::DealRow};
use minicbor::{Decode, Encode};
use std::collections::BTreeSet;

/// Names a pipeline by its code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct PipelineId(#[n(0)] pub String);

/// The pipeline every workspace begins with, and the one of stages that name none.
impl Default for PipelineId {
    fn default() -> Self {
        Self("sales".to_owned())
    }
}

/// A way deals go.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Pipeline {
    #[n(0)]
    pub id: PipelineId,
    #[n(1)]
    pub names: Names,
    #[n(2)]
    pub order: u32,
    /// No deal is to be begun in it; those in it are shown on.
    #[n(3)]
    pub archived: Option<bool>,
}

/// Names a stage by its code, such as `proposal`: one code in all pipelines, so that a deal's
/// stage says which pipeline the deal is in.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct StageId(#[n(0)] pub String);

/// A stage of a pipeline.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Stage {
    #[n(0)]
    pub id: StageId,
    /// What people call it in every language; empty where `names` or the code say it.
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
    #[n(5)]
    #[cbor(default)]
    pub pipeline: PipelineId,
    #[n(6)]
    #[cbor(default)]
    pub names: Names,
    /// After how many days in it a deal is stale.
    #[n(7)]
    pub stale_after_days: Option<u16>,
    /// What a deal must meet to leave the stage.
    #[n(8)]
    #[cbor(default)]
    pub exit_checks: BTreeSet<ExitCheck>,
    /// The stage was removed; deals in it are shown as being in a removed stage.
    #[n(9)]
    pub archived: Option<bool>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum StageCategory {
    #[default]
    #[n(0)]
    Open,
    #[n(1)]
    OnHold,
    #[n(2)]
    Won,
    #[n(3)]
    Lost,
}

/// A condition a deal must meet to leave a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum ExitCheck {
    #[n(0)]
    AmountSet,
    #[n(1)]
    CloseSet,
    #[n(2)]
    OwnerSet,
    #[n(3)]
    ContactSet,
    #[n(4)]
    NextStepSet,
    /// Something happened for the deal since it came into the stage.
    #[n(5)]
    ActivitySince,
}

impl ExitCheck {
    pub const ALL: [Self; 6] = [
        Self::AmountSet,
        Self::CloseSet,
        Self::OwnerSet,
        Self::ContactSet,
        Self::NextStepSet,
        Self::ActivitySince,
    ];

    /// Says whether the deal meets the condition.
    pub fn is_met(self, deal: &DealRow) -> bool {
        match self {
            Self::AmountSet => deal.amount.is_some(),
            Self::CloseSet => deal.close.is_some(),
            Self::OwnerSet => deal.owner.is_some(),
            Self::ContactSet => deal.has_contact == Some(true),
            Self::NextStepSet => deal.next_step.is_some(),
            Self::ActivitySince => deal.last_activity.is_some_and(|at| Some(at) >= deal.since),
        }
    }
}

impl Stage {
    /// Returns an open stage of a pipeline that has nothing set yet.
    pub fn new(id: StageId) -> Self {
        Self {
            id,
            name: String::new(),
            category: StageCategory::Open,
            probability: 0,
            order: 0,
            pipeline: PipelineId::default(),
            names: Names::default(),
            stale_after_days: None,
            exit_checks: BTreeSet::new(),
            archived: None,
        }
    }

    /// Returns what a deal in this stage still misses before it may leave.
    pub fn missing(&self, deal: &DealRow) -> Vec<ExitCheck> {
        self.exit_checks.iter().copied().filter(|check| !check.is_met(deal)).collect()
    }

    pub fn is_archived(&self) -> bool {
        self.archived == Some(true)
    }
}

impl StageCategory {
    pub const ALL: [Self; 4] = [Self::Open, Self::OnHold, Self::Won, Self::Lost];

    /// Says whether a deal in such a stage may still be won.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::OnHold)
    }
}

/// Returns the pipeline a new workspace begins with.
pub fn default_pipeline() -> Pipeline {
    let names = Names::of(["Sales", "Продажи", "销售"]);
    Pipeline { names, order: 10, ..Pipeline::default() }
}

/// Returns the stages of that pipeline. Where a deal is waited for longer than its limit, it is
/// shown as standing still; whoever sells slower raises the limits.
pub fn default_stages() -> Vec<Stage> {
    use StageCategory::{Lost, Open, Won};
    [
        ("new", Open, 10, Some(7), ["New", "Новая", "新建"]),
        ("qualified", Open, 25, Some(14), ["Qualified", "Проверена", "已确认"]),
        ("proposal", Open, 50, Some(21), ["Proposal", "Предложение", "报价"]),
        ("negotiation", Open, 80, Some(30), ["Negotiation", "Переговоры", "谈判"]),
        ("won", Won, 100, None, ["Won", "Выиграна", "赢单"]),
        ("lost", Lost, 0, None, ["Lost", "Проиграна", "丢单"]),
    ]
    .into_iter()
    .zip(1..)
    .map(|((code, category, probability, stale_after_days, names), place)| Stage {
        category,
        probability,
        stale_after_days,
        names: Names::of(names),
        order: place * 10,
        ..Stage::new(StageId(code.to_owned()))
    })
    .collect()
}
