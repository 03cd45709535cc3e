//! What can be set in the configuration and in the catalogue: one thing of one subject at a time.
//!
//! A setting is the smallest piece two people can change apart. Each is kept by itself, so that
//! whoever renames a stage does not undo whoever gave it another chance. A subject begins to exist
//! with its name and is archived, never taken away.

use crate::{
    activity::ActivityKind,
    calendar::{Span, Weekday},
    filter::Filter,
    id::{PersonId, ProductId, SegmentId, TeamId, ViewId},
    language::Language,
    money::{Currency, Money},
    pipeline::{ExitCheck, PipelineId, StageCategory, StageId},
    rate::Rate,
    segment::{Conditions, Frozen},
    term::{Outcome, Vocabulary},
    time::{Day, HybridTime},
};
use minicbor::{Decode, Encode};

/// What a setting is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub enum Subject {
    #[n(0)]
    Workspace,
    #[n(1)]
    Person(#[n(0)] PersonId),
    #[n(2)]
    Team(#[n(0)] TeamId),
    /// By code.
    #[n(3)]
    Territory(#[n(0)] String),
    #[n(4)]
    Pipeline(#[n(0)] PipelineId),
    #[n(5)]
    Stage(#[n(0)] StageId),
    /// By code.
    #[n(6)]
    Term(#[n(0)] Vocabulary, #[n(1)] String),
    #[n(7)]
    Currency(#[n(0)] Currency),
    /// By code.
    #[n(8)]
    Calendar(#[n(0)] String),
    /// Of the catalogue; all others are of the configuration.
    #[n(9)]
    Product(#[n(0)] ProductId),
    #[n(10)]
    View(#[n(0)] ViewId),
    #[n(11)]
    Segment(#[n(0)] SegmentId),
}

/// One thing that is set.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Setting {
    /// A proper name, the same in every language.
    #[n(0)]
    Name(#[n(0)] String),
    #[n(1)]
    NameIn(#[n(0)] Language, #[n(1)] String),
    /// Place among its like; smaller comes first.
    #[n(2)]
    Order(#[n(0)] u32),
    /// Out of use; of a person: has left.
    #[n(3)]
    Archived(#[n(0)] bool),
    /// The pipeline a stage belongs to, for good.
    #[n(4)]
    Pipeline(#[n(0)] PipelineId),
    #[n(5)]
    StageCategory(#[n(0)] StageCategory),
    #[n(6)]
    Probability(#[n(0)] u8),
    #[n(7)]
    StaleAfterDays(#[n(0)] Option<u16>),
    #[n(8)]
    ExitCheck(#[n(0)] ExitCheck, #[n(1)] bool),
    /// What outcome a reason explains.
    #[n(9)]
    Outcome(#[n(0)] Outcome),
    /// The kind an activity of this kind counts as.
    #[n(10)]
    CountsAs(#[n(0)] ActivityKind),
    #[n(11)]
    Member(#[n(0)] PersonId, #[n(1)] bool),
    /// What one unit was worth in another currency from a day on.
    #[n(12)]
    Rate(#[n(0)] Currency, #[n(1)] Day, #[n(2)] Option<Rate>),
    #[n(13)]
    ReportingCurrency(#[n(0)] Currency),
    /// IANA name.
    #[n(14)]
    TimeZone(#[n(0)] String),
    /// The working calendar of the workspace.
    #[n(15)]
    Calendar(#[n(0)] String),
    #[n(16)]
    Hours(#[n(0)] Weekday, #[n(1)] Vec<Span>),
    #[n(17)]
    Holiday(#[n(0)] Day, #[n(1)] Option<String>),
    #[n(18)]
    Code(#[n(0)] Option<String>),
    #[n(19)]
    Category(#[n(0)] Option<String>),
    #[n(20)]
    Unit(#[n(0)] Option<String>),
    #[n(21)]
    Price(#[n(0)] Option<Money>),
    #[n(22)]
    Cost(#[n(0)] Option<Money>),
    /// What a person may do; kept, and without effect so far.
    #[n(23)]
    Role(#[n(0)] Option<String>),
    /// The first steps have been gone through.
    #[n(24)]
    Guided(#[n(0)] bool),
    /// What a view looks for.
    #[n(25)]
    Filter(#[n(0)] Option<Filter>),
    /// Who alone is offered the view; everybody, where it is nobody's.
    #[n(26)]
    Of(#[n(0)] Option<PersonId>),
    /// What a live segment asks of its accounts.
    #[n(27)]
    Conditions(#[n(0)] Conditions),
    /// The accounts of a static segment.
    #[n(28)]
    Frozen(#[n(0)] Frozen),
    /// How to work with the accounts of a segment.
    #[n(29)]
    Advice(#[n(0)] Option<String>),
}

/// A guarded setting two people set apart.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct SettingConflict {
    #[n(0)]
    pub subject: Subject,
    /// What every device shows until a person chooses.
    #[n(1)]
    pub shown: SettingCandidate,
    /// What was displaced, latest first.
    #[n(2)]
    pub others: Vec<SettingCandidate>,
}

/// One of the values, and who set it when.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct SettingCandidate {
    #[n(0)]
    pub setting: Setting,
    #[n(1)]
    pub by: PersonId,
    #[n(2)]
    pub at: HybridTime,
}

impl Setting {
    /// Says whether a collision on the setting is shown to a person: money depends on it.
    pub fn is_guarded(&self) -> bool {
        matches!(
            self,
            Self::StageCategory(_)
                | Self::Probability(_)
                | Self::Rate(..)
                | Self::ReportingCurrency(_)
                | Self::Price(_)
                | Self::Cost(_)
        )
    }

    /// Says whether the setting alone makes its subject exist.
    pub fn begins(&self) -> bool {
        matches!(self, Self::Name(_) | Self::NameIn(..))
    }

    /// Says whether subjects of this kind have such a setting.
    pub fn suits(&self, subject: &Subject) -> bool {
        use Setting as S;
        match subject {
            Subject::Workspace => matches!(
                self,
                S::Name(_)
                    | S::ReportingCurrency(_)
                    | S::TimeZone(_)
                    | S::Calendar(_)
                    | S::Guided(_)
            ),
            Subject::Person(_) => matches!(self, S::Name(_) | S::Archived(_) | S::Role(_)),
            Subject::Team(_) => matches!(self, S::Name(_) | S::Archived(_) | S::Member(..)),
            Subject::Territory(_) => matches!(self, S::Name(_) | S::Archived(_)),
            Subject::Pipeline(_) => {
                matches!(self, S::NameIn(..) | S::Order(_) | S::Archived(_))
            }
            Subject::Stage(_) => matches!(
                self,
                S::NameIn(..)
                    | S::Order(_)
                    | S::Archived(_)
                    | S::Pipeline(_)
                    | S::StageCategory(_)
                    | S::Probability(_)
                    | S::StaleAfterDays(_)
                    | S::ExitCheck(..)
            ),
            Subject::Term(vocabulary, _) => match self {
                S::NameIn(..) | S::Order(_) | S::Archived(_) => true,
                S::Outcome(_) => *vocabulary == Vocabulary::OutcomeReason,
                S::CountsAs(_) => *vocabulary == Vocabulary::ActivityKind,
                _ => false,
            },
            Subject::Currency(_) => matches!(self, S::Rate(..) | S::Archived(_)),
            Subject::Calendar(_) => matches!(
                self,
                S::Name(_) | S::Archived(_) | S::TimeZone(_) | S::Hours(..) | S::Holiday(..)
            ),
            Subject::Product(_) => matches!(
                self,
                S::Name(_)
                    | S::Archived(_)
                    | S::Code(_)
                    | S::Category(_)
                    | S::Unit(_)
                    | S::Price(_)
                    | S::Cost(_)
            ),
            Subject::View(_) => {
                matches!(self, S::Name(_) | S::Archived(_) | S::Filter(_) | S::Of(_))
            }
            Subject::Segment(_) => matches!(
                self,
                S::Name(_) | S::Archived(_) | S::Conditions(_) | S::Frozen(_) | S::Advice(_)
            ),
        }
    }
}
