//! The one handle screens have on the workspace: they read fields and send edits.
//!
//! Holds no rule of the CRM and none of sync: it authors edits through `documents`, hands them to
//! the replica, and [`outputs`] carries out what the replica asks for.

mod storage;

use documents::malformed::Malformed;
use domain::{
    account::Account,
    configuration::Configuration,
    edit::{AccountEdit, Edit, NoteEdit},
    id::{AccountId, NoteId, PersonId},
    note::Note,
    refusal::Refusal,
    row::AccountRow,
    time::Timestamp,
};
use leptos::prelude::*;
use std::sync::Arc;
use sync::{
    id::{DocumentId, PendingKey},
    output::{EditState, Line},
};

/// The workspace of the person who is signed in.
#[derive(Clone, Copy)]
pub struct Workspace(StoredValue<(), LocalStorage>);

/// A document a screen wants to show.
#[derive(Debug, Clone, PartialEq)]
pub enum Opened<T> {
    /// Storage is being read.
    Loading,
    /// The document is not on this tablet; the relay has been asked for it.
    NotHere,
    /// What is stored cannot be read.
    Malformed(String),
    Here(Arc<T>),
}

/// Why an edit was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    #[error("the edit was refused")]
    Refused(#[from] Refusal),
    #[error("the document is not on this tablet")]
    NotHere,
    #[error("storage cannot be written, so nothing can be edited")]
    ReadOnly,
}

/// Why a file of unsent edits was not taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnsentFileError {
    #[error("the file is not a file of unsent edits")]
    NotUnsentEdits,
    #[error("the file comes from another workspace")]
    OtherWorkspace,
    #[error("the file comes from a newer Tessera")]
    Newer,
    #[error("storage cannot be written, so nothing can be taken in")]
    ReadOnly,
}

/// An edit the relay has not acknowledged, or has refused.
#[derive(Debug, Clone, PartialEq)]
pub struct OutboxItem {
    pub key: PendingKey,
    pub document: DocumentId,
    /// Nothing when this release does not know the edit.
    pub edit: Option<Edit>,
    pub at: Timestamp,
    pub state: EditState,
}

/// What this browser keeps, and how sure it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StorageReport {
    /// Whether the browser has promised to keep it; nothing while unknown.
    pub persisted: Option<bool>,
    /// Bytes, as the browser tells them; nothing when it does not.
    pub usage: Option<u64>,
    pub quota: Option<u64>,
    pub rows: usize,
    pub documents_here: usize,
    /// Nothing while storage works; else why nothing can be written.
    pub trouble: Option<StorageTrouble>,
}

/// Why storage cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorageTrouble {
    /// The disk, or the browser's share of it, is full.
    Full,
    /// The browser closed the database and does not open it again.
    ConnectionLost,
    /// What is stored cannot be read.
    Corrupt,
    /// The browser offers no storage here, as in some private windows.
    Unavailable,
}

/// Returns the workspace the screen belongs to.
pub fn use_workspace() -> Workspace {
    expect_context()
}

impl Workspace {
    /// Returns who is signed in.
    pub fn person(self) -> PersonId {
        unimplemented!()
    }

    pub fn person_name(self) -> String {
        unimplemented!()
    }

    pub fn workspace_name(self) -> String {
        unimplemented!()
    }

    pub fn configuration(self) -> Signal<Arc<Configuration>> {
        unimplemented!()
    }

    /// Counts changes to account rows; moves at most once a frame.
    pub fn rows_version(self) -> Signal<u64> {
        unimplemented!()
    }

    /// Reads the account rows; not reactive by itself.
    pub fn with_rows<T>(self, _read: impl FnOnce(&[AccountRow]) -> T) -> T {
        unimplemented!()
    }

    /// Returns the places in the rows that changed after a version, or nothing when every row may
    /// have. Rows never change their place, except when every row may have changed.
    pub fn rows_changed_since(self, _version: u64) -> Option<Vec<usize>> {
        unimplemented!()
    }

    /// Opens an account: from storage, or by asking the relay for it.
    pub fn open(self, _account: AccountId) -> Signal<Opened<Account>> {
        unimplemented!()
    }

    pub fn open_note(self, _note: NoteId) -> Signal<Opened<Note>> {
        unimplemented!()
    }

    /// Asks the relay for a document.
    pub fn fetch(self, _document: [u8; 16]) {
        unimplemented!()
    }

    /// Makes an edit to an open account, or opens a new one.
    pub fn edit(self, _account: AccountId, _edit: AccountEdit) -> Result<(), EditError> {
        unimplemented!()
    }

    /// Makes an edit to an account that need not be open, as from a list: reads it first.
    pub async fn edit_unopened(
        self,
        _account: AccountId,
        _edit: AccountEdit,
    ) -> Result<(), EditError> {
        unimplemented!()
    }

    pub fn edit_note(self, _note: NoteId, _edit: NoteEdit) -> Result<(), EditError> {
        unimplemented!()
    }

    /// Returns a name for a place in an open note that survives other people's typing.
    pub fn cursor(self, _note: NoteId, _at: u32) -> Option<String> {
        unimplemented!()
    }

    pub fn fresh_id(self) -> [u8; 16] {
        unimplemented!()
    }

    pub fn now(self) -> Timestamp {
        unimplemented!()
    }

    pub fn line(self) -> Signal<Line> {
        unimplemented!()
    }

    /// Returns how many edits the relay has not acknowledged, and since when the oldest waits.
    pub fn unsent(self) -> Signal<(u32, Option<Timestamp>)> {
        unimplemented!()
    }

    /// Returns the least safe state among the edits of a document; *received* shows for a moment.
    pub fn edit_state(self, _document: [u8; 16]) -> Signal<Option<EditState>> {
        unimplemented!()
    }

    pub fn outbox(self) -> Signal<Vec<OutboxItem>> {
        unimplemented!()
    }

    /// Lets go of a refused edit.
    pub fn discard(self, _key: PendingKey) {
        unimplemented!()
    }

    /// Returns a file with every unsent edit.
    pub fn export_unsent(self) -> Vec<u8> {
        unimplemented!()
    }

    /// Takes in a file of unsent edits and returns how many were new here.
    pub fn import_unsent(self, _file: &[u8]) -> Result<usize, UnsentFileError> {
        unimplemented!()
    }

    pub fn storage(self) -> Signal<StorageReport> {
        unimplemented!()
    }

    /// Returns whether a new version of the app waits to be used.
    pub fn update_ready(self) -> Signal<bool> {
        unimplemented!()
    }

    /// Changes to the new version once everything entered is stored.
    pub fn apply_update(self) {
        unimplemented!()
    }

    /// Ends the session; what is stored stays on this tablet.
    pub fn sign_out(self) {
        unimplemented!()
    }
}

impl<T> From<Result<T, Malformed>> for Opened<T> {
    fn from(read: Result<T, Malformed>) -> Self {
        match read {
            Ok(value) => Self::Here(Arc::new(value)),
            Err(malformed) => Self::Malformed(malformed.to_string()),
        }
    }
}
