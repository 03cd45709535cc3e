//! What an attack came to.

use std::fmt::Write;

/// Figures of one block, or of many.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    pub frames: u64,
    /// Panics that left the gate.
    pub panics: u64,
    /// Panics of the parser that the gate kept to itself.
    pub contained: u64,
    /// Processes that died.
    pub aborts: u64,
    /// Documents that could not be loaded, saved or worked on from what was stored.
    pub poison: u64,
    pub worst_ms: f64,
    pub worst_mib: f64,
    /// The largest a process ever was.
    pub peak_rss_mib: f64,
    pub honest: u64,
    pub honest_accepted: u64,
    /// Batches that came as far as the judge.
    pub judged: u64,
    /// Hostile changes that were taken: they do no harm.
    pub accepted: u64,
    pub troubles: Vec<String>,
}

impl Report {
    /// Adds another.
    pub fn with(mut self, other: Self) -> Self {
        self.frames += other.frames;
        self.panics += other.panics;
        self.contained += other.contained;
        self.aborts += other.aborts;
        self.poison += other.poison;
        self.honest += other.honest;
        self.honest_accepted += other.honest_accepted;
        self.judged += other.judged;
        self.accepted += other.accepted;
        self.worst_ms = self.worst_ms.max(other.worst_ms);
        self.worst_mib = self.worst_mib.max(other.worst_mib);
        self.peak_rss_mib = self.peak_rss_mib.max(other.peak_rss_mib);
        self.troubles.extend(other.troubles);
        self
    }

    /// Returns whether nothing gave way; memory is judged by the caller's bound.
    pub fn is_sound(&self, mib_max: f64) -> bool {
        let broken = self.panics + self.aborts + self.poison;
        broken == 0 && self.worst_mib <= mib_max && self.honest == self.honest_accepted
    }

    /// Returns the figures as one JSON object; they are numbers, so nothing needs escaping.
    pub fn to_json(&self) -> String {
        let counts = [
            ("frames", self.frames),
            ("panics", self.panics),
            ("aborts", self.aborts),
            ("poison", self.poison),
            ("honest", self.honest),
            ("honest_accepted", self.honest_accepted),
            ("contained", self.contained),
            ("judged", self.judged),
            ("accepted", self.accepted),
        ];
        let sizes = [
            ("worst_ms", self.worst_ms),
            ("worst_mib", self.worst_mib),
            ("peak_rss_mib", self.peak_rss_mib),
        ];
        let mut text = String::from("{");
        for (name, count) in counts {
            let _ = write!(text, "\"{name}\":{count},");
        }
        for (name, size) in sizes {
            let _ = write!(text, "\"{name}\":{size:.1},");
        }
        text.pop();
        text + "}"
    }

    /// Reads what [`Report::to_line`] wrote.
    pub fn from_line(line: &str) -> Option<Self> {
        let mut parts = line.strip_prefix("block ")?.split('\t');
        let mut next = || parts.next()?.parse::<f64>().ok();
        let mut report = Self {
            frames: next()? as u64,
            panics: next()? as u64,
            contained: next()? as u64,
            poison: next()? as u64,
            worst_ms: next()?,
            worst_mib: next()?,
            peak_rss_mib: next()?,
            honest: next()? as u64,
            honest_accepted: next()? as u64,
            judged: next()? as u64,
            accepted: next()? as u64,
            ..Self::default()
        };
        report.troubles = parts.map(str::to_owned).collect();
        Some(report)
    }

    /// Returns one line for the process that waits for the figures.
    pub fn to_line(&self) -> String {
        let mut line = format!(
            "block {}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
            self.frames,
            self.panics,
            self.contained,
            self.poison,
            self.worst_ms,
            self.worst_mib,
            self.peak_rss_mib,
            self.honest,
            self.honest_accepted,
            self.judged,
            self.accepted,
        );
        for trouble in &self.troubles {
            line.push('\t');
            line.push_str(&trouble.replace(['\t', '\n'], " "));
        }
        line
    }
}
