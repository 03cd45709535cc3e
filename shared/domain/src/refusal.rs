//! Why an edit was refused: a code the screen turns into words.

use minicbor::{Decode, Encode};

/// The domain saying no. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, thiserror::Error)]
pub enum Refusal {
    #[n(0)]
    #[error("the text is empty")]
    Empty,
    #[n(1)]
    #[error("the text is longer than {characters_max} characters")]
    TooLong {
        #[n(0)]
        characters_max: u32,
    },
    #[n(2)]
    #[error("the text must be one line")]
    NotOneLine,
    #[n(3)]
    #[error("the account does not exist yet")]
    NoSuchAccount,
    #[n(4)]
    #[error("the account exists already")]
    AlreadyOpen,
    #[n(5)]
    #[error("there is no such contact")]
    NoSuchContact,
    #[n(6)]
    #[error("there is no such deal")]
    NoSuchDeal,
    #[n(7)]
    #[error("there is no such task")]
    NoSuchTask,
    #[n(8)]
    #[error("that id is taken")]
    TakenId,
    #[n(9)]
    #[error("moving a deal to lost needs a reason")]
    ReasonNeeded,
    #[n(10)]
    #[error("there is no such person")]
    NoSuchPerson,
    #[n(11)]
    #[error("the place in the text no longer exists")]
    NoSuchPlace,
    #[n(12)]
    #[error("there is no such stage")]
    NoSuchStage,
    #[n(13)]
    #[error("the edit is for another kind of document")]
    WrongDocument,
    #[n(14)]
    #[error("the document cannot be read")]
    MalformedDocument,
    #[n(15)]
    #[error("there is no such setting")]
    NoSuchSetting,
    #[n(16)]
    #[error("there is nothing of that name to be set")]
    NoSuchSubject,
    #[n(17)]
    #[error("there is no such pipeline")]
    NoSuchPipeline,
    #[n(18)]
    #[error("a stage stays in the pipeline it was made for")]
    StageOfOtherPipeline,
    #[n(19)]
    #[error("the pipeline has no other stage of this category")]
    OnlyStageOfCategory,
    #[n(20)]
    #[error("the number must be between {min} and {max}")]
    OutOfRange {
        #[n(0)]
        min: u32,
        #[n(1)]
        max: u32,
    },
    #[n(21)]
    #[error("a currency has no rate against itself")]
    OwnRate,
    #[n(22)]
    #[error("that is not the name of a time zone")]
    NoSuchTimeZone,
    #[n(23)]
    #[error("working hours must lie in one day, one stretch after the other")]
    HoursOverlap,
    #[n(24)]
    #[error("a price is not below nothing")]
    BelowNothing,
}
