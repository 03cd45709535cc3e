//! When a document is begun anew, and what of.
//!
//! It is looked at whenever a snapshot was made: the document has just been read from the disk then,
//! and nothing of it is under way.

use crate::{
    clock,
    relay::answers,
    storage::{StorageFailure, store::Store},
};
use documents::{
    document::Document,
    succession::{self, NotBegun},
};
use domain::time::Timestamp;
use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
};
use sync::{
    id::{DocumentId, PersonId},
    relay::input::Succession,
};

/// How many operations one change may have on the average before a document is begun anew for these.
const OPERATIONS_PER_CHANGE: u64 = 5;

/// When documents are begun anew.
pub struct Successions {
    /// Nothing where they never are.
    changes_max: Option<u64>,
    /// How large documents were when a new beginning of them was last made, or tried. One that is
    /// smaller now has begun anew; any other is tried again once it is twice as large.
    tried: HashMap<DocumentId, u64>,
}

/// Why there is no new beginning.
#[derive(Debug, thiserror::Error)]
pub enum NoSuccession {
    #[error("could not read the document's row")]
    Storage(#[from] StorageFailure),
    #[error("the document cannot be begun anew")]
    NotBegun(#[from] NotBegun),
    #[error("making it ended in a panic")]
    Panicked,
}

impl Successions {
    pub fn new(changes_max: Option<u64>) -> Self {
        Self { changes_max, tried: HashMap::new() }
    }

    /// Returns a new beginning of a document as it is durable, when one is due and saves at least half
    /// of its operations.
    pub fn of(
        &mut self,
        store: &Store,
        stands: &Document,
    ) -> Result<Option<Succession>, NoSuccession> {
        let id = DocumentId(stands.id());
        let operations = stands.operations();
        let tried = self.tried.get(&id);
        let wait = tried.is_some_and(|before| (*before..before * 2).contains(&operations));
        let due = self.changes_max.is_some_and(|changes_max| {
            let operations_max = changes_max.saturating_mul(OPERATIONS_PER_CHANGE);
            stands.changes_number() >= changes_max || operations >= operations_max
        });
        if !due || wait {
            return Ok(None);
        }
        self.tried.insert(id, operations);
        let mut life = [0; 16];
        getrandom::fill(&mut life).map_err(StorageFailure::Entropy)?;
        let now = Timestamp(clock::now().0);
        let begun = catch_unwind(AssertUnwindSafe(|| succession::begin(stands, life, now)));
        let begun = begun.map_err(|_| NoSuccession::Panicked)??;
        if begun.document.operations() * 2 > operations {
            return Ok(None);
        }
        let Some(row) = store.durable().row(id)?.map(answers::stored) else { return Ok(None) };
        let changes = begun.changes.into_iter();
        let changes = changes.map(|(person, change)| (PersonId(person.0), change.bytes));
        Ok(Some(Succession { row, changes: changes.collect() }))
    }
}
