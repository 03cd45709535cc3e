//! How a file is written: its encoding, its delimiter, and what its dates and numbers mean.
//!
//! What bytes tell by themselves is found here. What they do not tell (which of 3/4 is the month,
//! whether 1,200 is a thousand or one) is asked once per file and never guessed: until there is an
//! answer, such a cell is not read.

use crate::encoding::{self, Encoding};

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    pub encoding: Encoding,
    pub delimiter: u8,
    /// Which comes first where days are written with slashes; nothing until somebody says.
    pub slashes: Option<DayOrder>,
    /// What a lone comma before three digits means; nothing until somebody says.
    pub comma: Option<Comma>,
}

/// Which comes first in a date such as 3/4/2025.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrder {
    DayFirst,
    MonthFirst,
}

/// What the comma of 1,200 is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comma {
    Decimal,
    Thousands,
}

/// What somebody says of a file, over what is found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Answers {
    pub encoding: Option<Encoding>,
    pub delimiter: Option<u8>,
    pub slashes: Option<DayOrder>,
    pub comma: Option<Comma>,
}

/// The encoding of a file cannot be told from its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the encoding of the file cannot be told: it has to be named")]
pub struct EncodingUnclear;

impl Form {
    /// A file of our own making.
    pub const PLAIN: Self =
        Self { encoding: Encoding::Utf8, delimiter: b',', slashes: None, comma: None };

    /// Tells how a file is written from its beginning and from what somebody says.
    pub fn of(begin: &[u8], answers: &Answers) -> Result<Self, EncodingUnclear> {
        let found = || encoding::detect(begin).ok_or(EncodingUnclear);
        let encoding = answers.encoding.map_or_else(found, Ok)?;
        let delimiter = answers.delimiter.unwrap_or_else(|| delimiter_of(begin, encoding));
        Ok(Self { encoding, delimiter, slashes: answers.slashes, comma: answers.comma })
    }
}

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Returns the delimiter the heading line has most of, outside quotes.
fn delimiter_of(begin: &[u8], encoding: Encoding) -> u8 {
    let mut counts = DELIMITERS.map(|delimiter| (delimiter, 0));
    let mut quoted = false;
    let wide = matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be);
    // In a pair of bytes of UTF-16 the other one is nothing where a delimiter stands.
    for byte in begin.iter().filter(|byte| !wide || **byte != 0) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(known, _)| known == byte).for_each(|(_, n)| *n += 1),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts.into_iter().find(|(_, count)| *count == most).map_or(b',', |(delimiter, _)| delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_the_heading_has_most_of() {
        let check = |begin: &[u8], delimiter| {
            assert_eq!(Form::of(begin, &Answers::default()).unwrap().delimiter, delimiter);
        };
        check(b"a;b;c\n1,2,3,4,5", b';');
        check(b"a\tb\tc", b'\t');
        check(b"a|b|c\n", b'|');
        check(b"\"a;b;c\",d,e\r\n", b',');
        check(b"alone", b',');
    }

    #[test]
    fn what_somebody_says_stands_over_what_is_found() {
        let answers = Answers { delimiter: Some(b';'), ..Answers::default() };
        assert_eq!(Form::of(b"a,b", &answers).unwrap().delimiter, b';');
    }
}
