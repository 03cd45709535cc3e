//! The words of segments in the reader's language. Apart from the rest of the catalogue, so that
//! they load with their screens.

mod chinese;
mod english;
mod russian;

use super::{current, texts::Plural};

/// Everything said about segments and nowhere else.
pub struct Segments {
    pub title: &'static str,
    pub new: &'static str,
    pub change: &'static str,
    pub none: &'static str,
    pub none_hint: &'static str,
    pub over: &'static str,
    pub name: &'static str,
    pub kind: &'static str,
    pub live: &'static str,
    pub live_hint: &'static str,
    pub frozen: &'static str,
    pub frozen_hint: &'static str,
    pub advice: &'static str,
    pub no_advice: &'static str,
    pub who: &'static str,
    pub everybody: &'static str,
    pub unknown: &'static str,
    /// {0} are conditions as they were written.
    pub untold: &'static str,
    pub refused: &'static str,
    /// {0} accounts, {1} money, {2} its share of the whole.
    pub counted: &'static str,
    pub too_many: &'static str,
    pub any: &'static str,
    pub source: &'static str,
    pub tag: &'static str,
    pub rfm: &'static str,
    pub abc: &'static str,
    pub standing: &'static str,
    pub bought: &'static str,
    pub orders: &'static str,
    pub silent: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub between: &'static str,
    pub at_least: &'static str,
    pub at_most: &'static str,
    pub members: &'static str,
    pub back: &'static str,
    pub put_away: &'static str,
    pub from_these: &'static str,
    pub freeze: &'static str,
    pub tag_all: &'static str,
    pub task_all: &'static str,
    pub task: &'static str,
    pub each_owner: &'static str,
    pub go_on: &'static str,
    pub back_to: &'static str,
    pub do_it: &'static str,
    /// {0} accounts, {1} the tag.
    pub confirm_tag: &'static str,
    pub confirm_task: &'static str,
    pub done: &'static str,
    pub stop: &'static str,
    pub missing: Plural,
    pub no_rate: Plural,
    pub not_here: Plural,
    pub refusals: Plural,
    /// What each condition is called.
    conditions: [&'static str; CONDITIONS.len()],
}

/// The conditions, by the names they are kept under.
const CONDITIONS: [&str; 11] = [
    "owner",
    "territory",
    "stage",
    "tag",
    "source",
    "rfm",
    "abc",
    "standing",
    "bought",
    "orders",
    "silent",
];

/// Returns the words of the reader's language; one that lacks any does not compile.
pub fn segments() -> &'static Segments {
    current().of([&english::SEGMENTS, &russian::SEGMENTS, &chinese::SEGMENTS])
}

impl Segments {
    /// Returns what a condition is called; nothing where it is of a later release.
    pub fn condition(&self, name: &str) -> Option<&'static str> {
        let place = CONDITIONS.iter().position(|known| *known == name)?;
        self.conditions.get(place).copied()
    }
}
