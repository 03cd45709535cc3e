//! A file somebody chose: how it is written, what it holds, and which of its columns is which.
//!
//! What its bytes tell is found, what somebody says stands over it, and what neither tells is asked.

use crate::browser::files::utf8;
use exchange::{
    calendar::{Written, written},
    form::{Answers, EncodingUnclear, Form},
    heading::{Layout, Meaning, kind_of},
    kind::Kind,
    reading::Reading,
    reason::Reason,
    source::Source,
};
use std::{collections::BTreeSet, io, sync::Arc};

/// How many rows are looked at to show how days are written.
const LOOKED_AT: usize = 200;
/// How much of a file its encoding and delimiter are told from.
const BEGIN_BYTES: usize = 256 << 10;
/// The columns that hold days.
const DAYS: [&str; 8] = [
    "created_at",
    "converted_at",
    "expected_close",
    "closed_at",
    "entered_at",
    "at",
    "due",
    "done_at",
];

/// A heading for each column of ours, or none, where somebody said so.
pub type Said = Vec<(&'static str, Option<usize>)>;

/// A chosen file.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    pub name: String,
    pub bytes: Arc<[u8]>,
    /// What it holds; nothing until that is known.
    pub kind: Option<Kind>,
    pub answers: Answers,
    pub said: Said,
    /// The file as it can be read with these answers.
    pub read: Result<Text, EncodingUnclear>,
}

/// A file as text.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    pub form: Form,
    pub utf8: Arc<[u8]>,
    pub headings: Vec<String>,
    /// The ways days are written in its first rows.
    pub ways: BTreeSet<Written>,
}

impl Chosen {
    /// Returns a file nobody has looked at yet.
    pub fn new(name: String, bytes: Arc<[u8]>) -> Self {
        let answers = Answers::default();
        Self { name, bytes, kind: None, answers, said: Vec::new(), read: Err(EncodingUnclear) }
    }

    /// Looks at the file, for the first time or because an answer has changed how it is written;
    /// the whole of it is decoded only where its encoding is another one.
    pub async fn look(&mut self) {
        let begin = &self.bytes[..self.bytes.len().min(BEGIN_BYTES)];
        self.read = match Form::of(begin, &self.answers) {
            Err(unclear) => Err(unclear),
            Ok(form) => {
                let before = self.read.as_ref().ok();
                let before = before.filter(|before| before.form.encoding == form.encoding);
                let utf8 = match before {
                    Some(before) => before.utf8.clone(),
                    None => utf8(&self.bytes, form.encoding).await.into(),
                };
                let source = Source::of_text(utf8.as_ref(), form);
                let headings = source.map(|source| source.headings).unwrap_or_default();
                Ok(Text { form, utf8, headings, ways: BTreeSet::new() })
            }
        };
        let headings = self.read.as_ref().map(|text| text.headings.as_slice()).unwrap_or_default();
        self.kind = self.kind.or_else(|| kind_of(&self.name, headings));
        let ways = self.ways().unwrap_or_default();
        if let Ok(text) = &mut self.read {
            text.ways = ways;
        }
    }

    /// Says whether it is the same file, and the same was said of it.
    pub fn is_said_alike(&self, other: &Self) -> bool {
        let of = |file: &Self| (file.kind, file.answers);
        self.name == other.name && of(self) == of(other) && self.said == other.said
    }

    /// Returns where each column stands, as far as that is known.
    pub fn proposed(&self) -> Option<Layout> {
        let text = self.read.as_ref().ok()?;
        let headings = text.headings.clone();
        let layout = Layout::proposed(self.kind?, self.name.clone(), headings, Meaning::AsNamed);
        let form = Form { slashes: self.answers.slashes, comma: self.answers.comma, ..text.form };
        let layout = if self.said.is_empty() { layout } else { layout.arranged(&self.said) };
        Some(layout.written(form))
    }

    /// Returns where each column stands, or which one is missing.
    pub fn layout(&self) -> Option<Result<Layout, Reason>> {
        self.proposed().map(Layout::complete)
    }

    /// Takes the mapping somebody once made for a file with the same headings.
    pub fn arrange_as(&mut self, mapping: &[(String, String)]) {
        let (Some(kind), Ok(text)) = (self.kind, &self.read) else { return };
        let heading = |wanted: &str| text.headings.iter().position(|heading| heading == wanted);
        let said = exchange::heading::known(kind).filter_map(|column| {
            let (_, wanted) = mapping.iter().find(|(name, _)| name == column.name)?;
            Some((column.name, if wanted.is_empty() { None } else { Some(heading(wanted)?) }))
        });
        self.said = said.collect();
    }

    /// Returns what somebody said of the columns, by name and heading.
    pub fn mapping(&self) -> Vec<(String, String)> {
        let headings = self.read.as_ref().map(|text| text.headings.as_slice()).unwrap_or_default();
        let heading = |place: Option<usize>| place.and_then(|place| headings.get(place)).cloned();
        let said = self.said.iter();
        said.map(|(name, place)| ((*name).to_owned(), heading(*place).unwrap_or_default()))
            .collect()
    }

    fn ways(&self) -> Option<BTreeSet<Written>> {
        let (layout, text) = (self.proposed()?, self.read.as_ref().ok()?);
        let mut source = Source::of_text(text.utf8.as_ref(), text.form).ok()?;
        let mut ways = BTreeSet::new();
        for _ in 0..LOOKED_AT {
            let Some(row) = source.read_row().ok()? else { break };
            let Ok(cells) = &row.cells else { continue };
            let cells = cells.as_slice();
            let reading = Reading::new(&layout, &cells);
            ways.extend(DAYS.iter().filter_map(|column| written(reading.text(column)?)));
        }
        Some(ways)
    }
}

/// Opens the text of a file from its beginning.
pub fn open(text: &Text) -> io::Result<Source<io::Cursor<Arc<[u8]>>>> {
    Source::of_text(io::Cursor::new(text.utf8.clone()), text.form)
}
