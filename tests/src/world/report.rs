//! What a run found.

use std::{collections::BTreeMap, fmt::Write as _};

/// How many troubles are told of: the first world that fails says enough.
const TROUBLES_MAX: usize = 40;

/// Counts of what happened and of what must never happen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub worlds: u64,
    /// Those whose relay has the whole gate, as the one that is shipped.
    pub worlds_with_whole_gate: u64,
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
    /// Days of one device lived through.
    pub device_days: u64,
    /// The most frames, in hundredths, that any world took for one missing change.
    pub frames_per_change_most: u64,
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
        self.worlds += other.worlds;
        self.worlds_with_whole_gate += other.worlds_with_whole_gate;
        self.edits += other.edits;
        self.acknowledged += other.acknowledged;
        self.lost += other.lost;
        self.divergences += other.divergences;
        self.unaccounted += other.unaccounted;
        self.loops += other.loops;
        self.device_days += other.device_days;
        self.frames_per_change_most = self.frames_per_change_most.max(other.frames_per_change_most);
        for (kind, count) in other.faults {
            *self.faults.entry(kind).or_default() += count;
        }
        other.troubles.into_iter().for_each(|trouble| self.trouble(trouble));
        self
    }

    pub fn trouble_if(&mut self, wrong: bool, words: impl FnOnce() -> String) {
        if wrong {
            self.trouble(words());
        }
    }

    /// The report of a world that panicked: nothing is known of what was lost in it.
    pub fn panicked(words: &str) -> Self {
        let troubles = vec![format!("panicked: {words}")];
        Self { divergences: 1, troubles, ..Self::default() }
    }

    /// Returns the report as one JSON object.
    pub fn to_json(&self) -> String {
        let faults: Vec<_> =
            self.faults.iter().map(|(kind, count)| format!("\"{kind}\":{count}")).collect();
        let mut json = String::new();
        let _ = write!(
            json,
            "{{\"worlds\":{},\"worlds_with_whole_gate\":{},\"edits\":{},\"faults\":{{{}}},\"acknowledged\":{},\"lost\":{},\"divergences\":{},\
             \"unaccounted\":{},\"loops\":{},\"device_days\":{},\
             \"frames_per_change_most\":{}.{:02}}}",
            self.worlds,
            self.worlds_with_whole_gate,
            self.edits,
            faults.join(","),
            self.acknowledged,
            self.lost,
            self.divergences,
            self.unaccounted,
            self.loops,
            self.device_days,
            self.frames_per_change_most / 100,
            self.frames_per_change_most % 100,
        );
        json
    }
}
