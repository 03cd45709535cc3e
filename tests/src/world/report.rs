//! What a run found.

use std::{collections::BTreeMap, fmt::Write as _};

/// How many troubles are told of: the first world that fails says enough.
const TROUBLES_MAX: usize = 40;

/// Counts of what happened and of what must never happen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub edits: u64,
    pub faults: BTreeMap<&'static str, u64>,
    pub acknowledged: u64,
    /// Acknowledged and not in the log.
    pub lost: u64,
    /// Copies that differ after everything was exchanged.
    pub divergences: u64,
    /// Edits neither received, nor refused before a person's eyes, nor held.
    pub unaccounted: u64,
    /// Worlds that would not fall silent.
    pub loops: u64,
    /// The first things found wrong, each with what to run again.
    pub troubles: Vec<String>,
}

impl Report {
    pub fn fault(&mut self, kind: &'static str) {
        *self.faults.entry(kind).or_default() += 1;
    }

    pub fn trouble(&mut self, words: String) {
        if self.troubles.len() < TROUBLES_MAX {
            self.troubles.push(words);
        }
    }

    /// Returns whether nothing went wrong that must not.
    pub fn is_sound(&self) -> bool {
        self.lost + self.divergences + self.unaccounted + self.loops == 0
            && self.troubles.is_empty()
    }

    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.edits += other.edits;
        self.acknowledged += other.acknowledged;
        self.lost += other.lost;
        self.divergences += other.divergences;
        self.unaccounted += other.unaccounted;
        self.loops += other.loops;
        for (kind, count) in other.faults {
            *self.faults.entry(kind).or_default() += count;
        }
        other.troubles.into_iter().for_each(|trouble| self.trouble(trouble));
        self
    }

    /// The report of worlds that panicked: nothing is known of what was lost in them.
    pub fn panicked(seed: u64) -> Self {
        let troubles = vec![format!("seed {seed}: a world panicked")];
        Self { divergences: 1, troubles, ..Self::default() }
    }

    /// Returns the report as one JSON object.
    pub fn to_json(&self) -> String {
        let faults: Vec<_> =
            self.faults.iter().map(|(kind, count)| format!("\"{kind}\":{count}")).collect();
        let mut json = String::new();
        let _ = write!(
            json,
            "{{\"edits\":{},\"faults\":{{{}}},\"acknowledged\":{},\"lost\":{},\"divergences\":{},\
             \"unaccounted\":{},\"loops\":{}}}",
            self.edits,
            faults.join(","),
            self.acknowledged,
            self.lost,
            self.divergences,
            self.unaccounted,
            self.loops
        );
        json
    }
}
