//! What the index keeps of one row: its folded text, and a short sign of what is in it.

use super::{alphabet::Alphabet, fold::fold_into};
use domain::row::AccountRow;

/// Bits of a sign; a text of fifty letters sets about a sixth of them.
const SIGN_WORDS: usize = 4;

/// Which pairs of neighbouring bytes a text has, roughly: a text cannot hold a term whose sign has
/// a bit that its own has not. Most rows are told apart by this alone.
#[derive(Debug, Clone, Copy, Default)]
struct Sign([u64; SIGN_WORDS]);

/// The places of a name's first letters in the alphabet: most comparisons need nothing more.
pub type Head = [u64; 3];

#[derive(Debug)]
pub struct Entry {
    /// Name, people, tags, city and deals, folded, one a line.
    text: Box<str>,
    name_length: u32,
    head: Head,
    sign: Sign,
}

/// A folded word that is looked for.
pub struct Term<'a> {
    text: &'a str,
    sign: Sign,
}

impl Entry {
    pub fn of(row: &AccountRow) -> Self {
        let mut text = String::with_capacity(row.name.len() + 32);
        fold_into(&mut text, &row.name);
        let name_length = text.len() as u32;
        let deals = row.deals.iter().map(|deal| &deal.name);
        let others = row.people.iter().chain(&row.tags).chain(&row.city).chain(deals);
        for other in others {
            text.push('\n');
            fold_into(&mut text, other);
        }
        let sign = Sign::of(&text);
        Self { text: text.into_boxed_str(), name_length, head: Head::default(), sign }
    }

    pub fn name(&self) -> &str {
        self.text.get(..self.name_length as usize).unwrap_or_default()
    }

    /// Returns the beginning of what names are sorted by.
    pub fn head(&self) -> Head {
        self.head
    }

    /// Takes its place among names by this alphabet.
    pub fn stand(&mut self, alphabet: &Alphabet) {
        self.head = alphabet.head(self.name());
    }

    pub fn holds(&self, term: &Term<'_>) -> bool {
        // A single letter is the first thing typed and fits nearly every row.
        match term.text.as_bytes() {
            [letter] => self.text.as_bytes().contains(letter),
            _ => self.sign.may_hold(term.sign) && self.text.contains(term.text),
        }
    }
}

impl<'a> Term<'a> {
    pub fn of(text: &'a str) -> Self {
        Self { text, sign: Sign::of(text) }
    }

    pub fn begins(&self, name: &str) -> bool {
        name.starts_with(self.text)
    }
}

impl Sign {
    fn of(text: &str) -> Self {
        let mut sign = Self::default();
        let bytes = text.as_bytes();
        for (left, right) in bytes.iter().zip(bytes.iter().skip(1)) {
            let mixed = (u32::from(*left) * 31 + u32::from(*right)).wrapping_mul(0x9e37_79b1) >> 24;
            if let Some(word) = sign.0.get_mut((mixed >> 6) as usize) {
                *word |= 1 << (mixed & 63);
            }
        }
        sign
    }

    fn may_hold(self, term: Self) -> bool {
        self.0.iter().zip(term.0).all(|(text, term)| text & term == term)
    }
}
