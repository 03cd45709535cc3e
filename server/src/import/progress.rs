//! How far an import has come, told once a second on standard error.

use std::time::{Duration, Instant};

const TELL_EVERY: Duration = Duration::from_secs(1);

/// Whether progress is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    Aloud,
    Silent,
}

/// How far one step has come.
pub struct Progress {
    voice: Voice,
    doing: String,
    noun: &'static str,
    begun: Instant,
    told: Instant,
    done: u64,
}

impl Progress {
    pub fn begin(voice: Voice, doing: impl Into<String>, noun: &'static str) -> Self {
        let now = Instant::now();
        Self { voice, doing: doing.into(), noun, begun: now, told: now, done: 0 }
    }

    pub fn add(&mut self, more: u64) {
        self.done += more;
        // The clock is asked now and then only: rows come by the million.
        if self.voice == Voice::Aloud
            && (self.done.is_multiple_of(1024) || more > 1)
            && self.told.elapsed() >= TELL_EVERY
        {
            self.told = Instant::now();
            self.tell();
        }
    }

    pub fn end(&self) {
        if self.voice == Voice::Aloud {
            self.tell();
        }
    }

    fn tell(&self) {
        let seconds = self.begun.elapsed().as_secs_f64().max(0.001);
        let rate = self.done as f64 / seconds;
        let Self { doing, noun, done, .. } = self;
        eprintln!("{doing}: {done} {noun}, {rate:.0} a second");
    }
}
