//! The order of letters as the reader knows it, so that a hundred thousand names are compared as
//! numbers: Chinese by pinyin, the reader's own script first. Pure.
//!
//! Names are folded before, and in the languages of the app no two letters together stand at a
//! place of their own, so that the order of names follows from that of their letters.

use super::entry::Head;

/// Puts letters in the reader's order; those the reader takes for the same stand together.
pub type InOrder = fn(Vec<char>) -> Vec<Vec<char>>;

/// The letters with a place in the order; others come last.
const LETTERS: usize = 1 << 16;
/// How many letters one word of the set holds.
const IN_A_WORD: usize = u64::BITS as usize;

pub struct Alphabet {
    in_order: InOrder,
    /// Which letters were met, a bit each.
    met: Box<[u64]>,
    /// The place of each letter met, from 1; nothing met yet is 0.
    places: Box<[u16]>,
    /// How many bits hold a place: few letters take eight, so that more of a name fits its head.
    place_bits: u32,
}

impl Alphabet {
    pub fn new(in_order: InOrder) -> Self {
        let met = vec![0; LETTERS / IN_A_WORD].into_boxed_slice();
        Self { in_order, met, places: vec![0; LETTERS].into_boxed_slice(), place_bits: 16 }
    }

    /// Takes in the letters of a name; says whether one of them is new.
    pub fn meet(&mut self, name: &str) -> bool {
        let mut any = false;
        for letter in name.chars() {
            let (word, bit) = (letter as usize / IN_A_WORD, letter as usize % IN_A_WORD);
            if let Some(word) = self.met.get_mut(word) {
                any |= *word & (1 << bit) == 0;
                *word |= 1 << bit;
            }
        }
        any
    }

    /// Gives every letter met its place.
    pub fn settle(&mut self) {
        let words = (0_u32..).zip(&self.met).filter(|(_, word)| **word != 0);
        let codes = words.flat_map(|(at, word)| {
            let first = at * u64::BITS;
            (0..u64::BITS).filter(move |bit| word & (1 << bit) != 0).map(move |bit| first + bit)
        });
        let letters = codes.filter_map(char::from_u32).collect();
        let letters = (self.in_order)(letters);
        // The place after the last is that of letters without one.
        self.place_bits = if letters.len() < usize::from(u8::MAX) { 8 } else { 16 };
        for (same, place) in letters.into_iter().zip(1..) {
            for letter in same {
                if let Some(known) = self.places.get_mut(letter as usize) {
                    *known = place;
                }
            }
        }
    }

    /// Returns the places of a name's letters.
    pub fn places<'a>(&'a self, name: &'a str) -> impl Iterator<Item = u16> + 'a {
        name.chars().map(|letter| self.places.get(letter as usize).copied().unwrap_or(u16::MAX))
    }

    /// Returns the beginning of a name as numbers that compare as the names do.
    pub fn head(&self, name: &str) -> Head {
        let last = u16::MAX >> (u16::BITS - self.place_bits);
        let mut head = Head::default();
        let mut places = self.places(name);
        for part in &mut head {
            for _ in 0..u64::BITS / self.place_bits {
                let place = places.next().unwrap_or(0).min(last);
                *part = *part << self.place_bits | u64::from(place);
            }
        }
        head
    }
}

impl std::fmt::Debug for Alphabet {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let met: u32 = self.met.iter().map(|word| word.count_ones()).sum();
        write!(out, "Alphabet of {met} letters")
    }
}
