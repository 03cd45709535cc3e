//! Rows of files into accounts, and out of them again, by the same edits as everything else.
//!
//! [`standing`] reads how accounts stand, [`writing`] writes rows, [`taking_back`] takes an import
//! back. Nothing is decided about rows here: `exchange` makes edits of them, which are made one
//! account after the other. Whoever drives this lets the page breathe in between.

mod standing;
mod taking_back;
mod writing;

use super::{
    EditError, Workspace, edits,
    leaving::{self, NotSaved},
    storage::Piece,
};
use crate::browser::{clock, failure::StorageFailure};
use domain::edit::Edit;
use gloo::timers::future::TimeoutFuture;
use sync::id::DocumentId;
pub use taking_back::TakenBack;
pub use writing::Importing;

/// How long the page is kept busy in one go, in milliseconds.
const BUSY_MS_MAX: f64 = 12.0;

/// Waits a moment whenever the page has been kept busy for longer than a part of a frame.
pub struct Breath(f64);

impl Workspace {
    /// Makes an edit of the configuration, which is read first.
    pub async fn configure(self, edit: Edit) -> Result<(), EditError> {
        let document = DocumentId(documents::class::CONFIGURATION_ID);
        edits::edit_unopened(self.core(), document, edit).await
    }

    /// Returns when everything written so far is stored, or that storage lacks some of it.
    pub async fn all_stored(self) -> Result<(), NotSaved> {
        leaving::kept(&self.core()).await
    }

    /// Returns whether storage takes nothing, so that nothing can be brought in.
    pub fn is_read_only(self) -> bool {
        self.core().read_only()
    }

    /// Keeps pieces of an import here until it is done.
    pub async fn shelve(self, pieces: Vec<Piece>) -> Result<(), StorageFailure> {
        match &self.core().storage {
            Some(storage) => storage.shelve(pieces).await,
            None => Err(StorageFailure::Unavailable),
        }
    }

    pub async fn shelf(self, beginning: &str) -> Result<Vec<(String, Vec<u8>)>, StorageFailure> {
        match &self.core().storage {
            Some(storage) => storage.shelf(beginning).await,
            None => Err(StorageFailure::Unavailable),
        }
    }
}

impl Breath {
    pub fn new() -> Self {
        Self(clock::ticks_ms())
    }

    pub async fn take(&mut self) {
        if clock::ticks_ms() - self.0 > BUSY_MS_MAX {
            TimeoutFuture::new(0).await;
            self.0 = clock::ticks_ms();
        }
    }
}
