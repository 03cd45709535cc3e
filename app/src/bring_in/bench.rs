//! What is on the bench: it outlives the screen, so that one may look elsewhere while it works.

use super::{chosen::Chosen, job::Job, trial::Trial};
use leptos::prelude::*;
use std::sync::Arc;

/// How far bringing in has come.
#[derive(Clone)]
pub enum Stage {
    /// Files are chosen, and what is to be said of them is said.
    Choosing,
    /// They are read, so many rows so far.
    Reading(u64),
    /// The dry run has been.
    Tried(Arc<Trial>),
    /// Accounts are written.
    Writing {
        done: u64,
        of: u64,
    },
    /// It was stopped, or cut off with its page.
    Stopped(Job),
    Finished(Job),
    /// An import is being taken back.
    TakingBack {
        done: u64,
        of: u64,
    },
    TookBack(TookBack),
    Failed(Trouble),
}

/// What became of the accounts of an import that was taken back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TookBack {
    pub accounts: u64,
    pub worked_on: u64,
    pub not_here: u64,
}

/// Why it could not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Storage did not take what was written.
    NotSaved,
    /// Another tab is at it.
    OtherTab,
}

/// The bench, for tasks that outlive the screen.
#[derive(Clone)]
pub struct Bench {
    pub files: ArcRwSignal<Vec<Chosen>>,
    pub stage: ArcRwSignal<Stage>,
    /// Whether somebody asked it to stop.
    pub stop: ArcRwSignal<bool>,
}

thread_local! {
    static BENCH: Bench = Bench {
        files: ArcRwSignal::new(Vec::new()),
        stage: ArcRwSignal::new(Stage::Choosing),
        stop: ArcRwSignal::new(false),
    };
}

impl Bench {
    /// Returns the bench of this page.
    pub fn here() -> Self {
        BENCH.with(Clone::clone)
    }

    pub fn fail(&self, trouble: Trouble) {
        self.stage.set(Stage::Failed(trouble));
    }

    /// Clears it for other files.
    pub fn clear(&self) {
        self.files.set(Vec::new());
        self.stage.set(Stage::Choosing);
    }
}
