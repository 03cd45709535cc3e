//! Why a row or a field was not taken: words a person can act on.

use domain::{id::AccountId, money::MalformedMoney, refusal::Refusal};

/// Why a row or a field was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    #[error("the cell is empty and must not be")]
    Missing,
    #[error("the bytes are not text in the encoding of the file")]
    NotText,
    #[error("the row has {found} cells where the heading has {expected}")]
    CellCount { found: usize, expected: usize },
    #[error("this is no point in time, which is written as in 2024-12-31T18:00:00Z")]
    PointInTime,
    #[error("the day can be read in two ways: say whether day or month comes first in this file")]
    AmbiguousDay,
    #[error("the number can be read in two ways: say what a comma means in this file")]
    AmbiguousNumber,
    #[error("a number in exponent notation may have lost digits")]
    Exponent,
    #[error("the sign beside the amount is of another currency")]
    CurrencyDisagrees,
    #[error("a day is written year-month-day, as in 2024-12-31")]
    Day,
    #[error("a number is written with digits and at most one decimal point")]
    Number,
    #[error("a whole number is written with digits only")]
    WholeNumber,
    #[error("a yes or no is written true or false")]
    YesOrNo,
    #[error("a country is two Latin letters, as in RU")]
    Country,
    #[error("an e-mail address has one @ with text on both sides and no spaces")]
    Email,
    #[error("the code is none of {0}")]
    UnknownCode(String),
    #[error("{0}")]
    Money(MalformedMoney),
    #[error("the currency of the amount is not known")]
    CurrencyUnknown,
    #[error("{0}")]
    Text(Refusal),
    #[error("there is no such account among those imported")]
    NoSuchAccount,
    #[error("the row of its account was refused")]
    AccountRefused,
    #[error("there is no such contact at this account")]
    NoSuchContact,
    #[error("there is no such deal at this account")]
    NoSuchDeal,
    #[error("there is no such purchase at this account")]
    NoSuchPurchase,
    #[error("the same id stands in line {line} already")]
    Repeated { line: u64 },
    #[error("a closed deal needs the time it was closed")]
    CloseTimeMissing,
    #[error("the history of the deal says otherwise")]
    HistoryDisagrees,
    #[error("a converted lead needs the account it became")]
    ConvertedWithoutAccount,
    #[error("the edit was refused: {0}")]
    Refused(Refusal),
    #[error("the document kept of the account cannot be read")]
    MalformedDocument,
    #[error("the account is not on this tablet, and there is no line to fetch it")]
    NotHere,
    #[error("it looks like line {line}")]
    LooksLike { line: u64 },
    #[error("it looks like the account {0} that is here")]
    LooksLikeAccount(AccountId),
    #[error("the file has no column for {0}")]
    NoColumn(String),
    #[error("a row is longer than {0} bytes; a quote before it is probably not closed")]
    RowTooLong(u64),
}

impl From<MalformedMoney> for Reason {
    fn from(malformed: MalformedMoney) -> Self {
        Self::Money(malformed)
    }
}

/// A cell or a row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The heading of the column as the file has it; empty when the whole row is meant.
    pub column: String,
    pub value: String,
    pub reason: Reason,
}

impl Fault {
    /// Returns a fault of a whole row, not of one cell.
    pub fn row(reason: Reason) -> Self {
        Self { column: String::new(), value: String::new(), reason }
    }
}
