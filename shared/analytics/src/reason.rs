//! Why a number cannot be said, as a code the screen turns into words.

/// A number, or the reason there is none.
pub type Found<T> = Result<T, Reason>;

/// Why there is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Reason {
    #[error("there is nothing to count")]
    NoRows,
    #[error("the denominator is zero")]
    ZeroDenominator,
    #[error("the quota is met")]
    QuotaMet,
    #[error("no quota is set")]
    NoQuota,
    #[error("there are too few records")]
    TooFew,
    #[error("nobody bought again")]
    NoRepeats,
    #[error("the curve does not come down so far")]
    NotReached,
    #[error("all values are equal")]
    AllEqual,
    #[error("only one outcome occurs")]
    OneClass,
    #[error("one feature is a sum of others")]
    Collinear,
    #[error("no best fit was found")]
    NoFit,
    #[error("the mean does not exist for these parameters")]
    NoMean,
    #[error("a value is outside of its range")]
    OutOfRange,
    #[error("a value is negative that cannot be")]
    Negative,
    #[error("two lists have not the same length")]
    LengthsDiffer,
    #[error("a value is missing or is not what it should be")]
    Malformed,
    #[error("the same id stands for two things")]
    Duplicate,
    #[error("a currency has no rate")]
    NoRate,
    #[error("the sum grows without end")]
    Diverges,
    #[error("two things go together that have to be independent")]
    Dependent,
    #[error("the features part the outcomes completely")]
    Separated,
}

/// What kind of no it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The question is sound, but these records do not answer it.
    NotEstimable,
    /// The question itself is not sound.
    InvalidInput,
    Divergent,
    Separation,
}

impl Reason {
    /// Returns what kind of no it is.
    pub fn status(self) -> Status {
        match self {
            Self::OutOfRange
            | Self::Negative
            | Self::LengthsDiffer
            | Self::Malformed
            | Self::Duplicate
            | Self::NoRate => Status::InvalidInput,
            Self::Diverges => Status::Divergent,
            Self::Separated => Status::Separation,
            _ => Status::NotEstimable,
        }
    }
}

impl Status {
    /// Returns the word exports use.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotEstimable => "not_estimable",
            Self::InvalidInput => "invalid_input",
            Self::Divergent => "divergent",
            Self::Separation => "separation",
        }
    }
}

/// Returns a quotient, or the reason there is none.
pub fn quotient(numerator: f64, denominator: f64) -> Found<f64> {
    if denominator == 0.0 { Err(Reason::ZeroDenominator) } else { finite(numerator / denominator) }
}

/// Returns a number that is one, or the reason it is none.
pub fn finite(number: f64) -> Found<f64> {
    if number.is_finite() { Ok(number) } else { Err(Reason::OutOfRange) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_by_nothing_is_no_number() {
        assert_eq!(quotient(0.0, 0.0), Err(Reason::ZeroDenominator));
        assert_eq!(quotient(5.0, 0.0), Err(Reason::ZeroDenominator));
        assert_eq!(quotient(f64::MAX, 0.1), Err(Reason::OutOfRange));
        assert_eq!(quotient(1.0, 4.0), Ok(0.25));
    }
}
