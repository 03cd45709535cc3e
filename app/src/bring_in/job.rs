//! An import that is under way: what of it has to outlive the page, so that it can go on after it.

use super::chosen::Chosen;
use domain::{id::BatchId, time::Timestamp};
use exchange::{
    encoding::Encoding,
    fate::Count,
    form::{Answers, Comma, DayOrder},
    heading::known,
    kind::Kind,
};
use minicbor::{Decode, Encode, bytes::ByteVec};

/// How far an import has come.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Job {
    #[n(0)]
    pub batch: BatchId,
    #[n(1)]
    pub at: Timestamp,
    #[n(2)]
    pub files: Vec<String>,
    /// How many accounts are done, in the order of their ids, and of how many.
    #[n(3)]
    pub done: u64,
    #[n(4)]
    pub of: u64,
    /// How often it was begun again.
    #[n(5)]
    pub attempt: u32,
    #[n(6)]
    pub finished: bool,
    #[n(7)]
    pub tally: Tally,
    /// How many pieces of the outcome file there are.
    #[n(8)]
    pub pieces: u32,
}

/// What became of the rows so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Tally {
    #[n(0)]
    pub taken: u64,
    #[n(1)]
    pub already_here: u64,
    #[n(2)]
    pub refused: u64,
    #[n(3)]
    pub left_out: u64,
    #[n(4)]
    pub flagged: u64,
}

impl From<Count> for Tally {
    fn from(count: Count) -> Self {
        let Count { taken, already_here, refused, left_out, flagged } = count;
        Self { taken, already_here, refused, left_out, flagged }
    }
}

impl From<Tally> for Count {
    fn from(tally: Tally) -> Self {
        let Tally { taken, already_here, refused, left_out, flagged } = tally;
        Self { taken, already_here, refused, left_out, flagged }
    }
}

/// A file of the import, with everything that was said of it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct JobFile {
    #[n(0)]
    name: String,
    #[n(1)]
    bytes: ByteVec,
    #[n(2)]
    kind: Option<u8>,
    #[n(3)]
    encoding: Option<String>,
    #[n(4)]
    delimiter: Option<u8>,
    #[n(5)]
    month_first: Option<bool>,
    #[n(6)]
    thousands: Option<bool>,
    #[n(7)]
    said: Vec<(String, Option<u32>)>,
}

impl JobFile {
    pub fn of(chosen: &Chosen) -> Self {
        let Answers { encoding, delimiter, slashes, comma } = chosen.answers;
        let said = chosen.said.iter();
        Self {
            name: chosen.name.clone(),
            bytes: chosen.bytes.to_vec().into(),
            kind: chosen.kind.map(|kind| kind as u8),
            encoding: encoding.map(|encoding| encoding.label().to_owned()),
            delimiter,
            month_first: slashes.map(|order| order == DayOrder::MonthFirst),
            thousands: comma.map(|comma| comma == Comma::Thousands),
            said: said.map(|(name, at)| ((*name).to_owned(), at.map(|at| at as u32))).collect(),
        }
    }

    pub async fn chosen(self) -> Chosen {
        let mut chosen = Chosen::new(self.name, Vec::from(self.bytes).into());
        chosen.kind = self.kind.and_then(Kind::from_number);
        chosen.answers = Answers {
            encoding: self.encoding.and_then(|label| Encoding::of_label(&label)),
            delimiter: self.delimiter,
            slashes: self
                .month_first
                .map(|first| if first { DayOrder::MonthFirst } else { DayOrder::DayFirst }),
            comma: self
                .thousands
                .map(|thousands| if thousands { Comma::Thousands } else { Comma::Decimal }),
        };
        chosen.look().await;
        let columns = chosen.kind.into_iter().flat_map(known);
        let said = columns.filter_map(|column| {
            let (_, at) = self.said.iter().find(|(name, _)| name == column.name)?;
            Some((column.name, at.map(|at| at as usize)))
        });
        chosen.said = said.collect();
        chosen
    }
}

/// Lines of the outcome file: the kind of file, the line, and the text.
pub type Lines = Vec<(u8, u64, String)>;

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;
    use std::sync::Arc;

    #[test]
    fn what_was_said_of_a_file_outlives_the_page() {
        let text = b"Nr;Client;Since\nA;Torg;3/4/2025\n";
        let mut chosen = Chosen::new("own.csv".to_owned(), Arc::from(&text[..]));
        chosen.kind = Some(Kind::Accounts);
        chosen.answers.slashes = Some(DayOrder::MonthFirst);
        chosen.answers.delimiter = Some(b';');
        chosen.said = vec![("account_id", Some(0)), ("name", Some(1)), ("city", None)];
        chosen.look().now_or_never().unwrap();
        let bytes = minicbor::to_vec(JobFile::of(&chosen)).unwrap();
        let again: JobFile = minicbor::decode(&bytes).unwrap();
        let again = again.chosen().now_or_never().unwrap();
        assert_eq!((again.kind, again.answers), (chosen.kind, chosen.answers));
        assert_eq!(again.said, chosen.said);
        assert_eq!(again.proposed(), chosen.proposed());
    }
}
