//! The one handle screens have on the workspace: they read fields and send edits.
//!
//! Holds no rule of the CRM and none of sync: it authors edits through `documents`, hands them to
//! the replica, and [`outputs`] carries out what the replica asks for.

pub mod bring_in;
mod cleared;
mod core;
mod documents_here;
mod edits;
mod engine;
pub mod imports;
mod leadership;
pub mod leaving;
mod link;
mod neighbours;
mod offering;
mod open_documents;
mod outbox;
mod outputs;
mod promotion;
mod rebuild;
mod rows;
pub mod start;
mod storage;
pub mod storage_report;
mod storage_watch;
pub mod unsent_file;

use self::core::Core;
use crate::{
    browser::{clock, entropy, failure::StorageFailure, known_people, reload, service_worker},
    session,
};
use bring_in::BroughtIn;
use documents::{
    class::{CATALOGUE_ID, CONFIGURATION_ID, Class},
    malformed::Malformed,
};
use domain::{
    account::Account,
    configuration::Configuration,
    edit::{AccountEdit, CatalogueEdit, ConfigurationEdit, Edit, NoteEdit},
    id::{AccountId, NoteId, PersonId},
    note::Note,
    product::Catalogue,
    refusal::Refusal,
    row::AccountRow,
    setting::{Setting, Subject},
    time::Timestamp,
};
use leaving::NotSaved;
use leptos::prelude::*;
use open_documents::OpenDocument;
use std::{rc::Rc, sync::Arc};
use storage_report::StorageReport;
use sync::{
    id::{DocumentId, PendingKey},
    input::Input,
    output::{EditState, Line},
};
use unsent_file::UnsentFileError;
use wasm_bindgen_futures::spawn_local;

/// The workspace of the person who is signed in.
#[derive(Clone, Copy)]
pub struct Workspace(StoredValue<Rc<Core>, LocalStorage>);

/// A document a screen wants to show.
#[derive(Debug, Clone, PartialEq)]
pub enum Opened<T> {
    /// Storage is being read.
    Loading,
    /// The document is not on this tablet; the relay has been asked for it.
    NotHere,
    /// What is stored cannot be read.
    Malformed(Unreadable),
    Here(Arc<T>),
}

/// Why a document that is stored here cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error(transparent)]
    Document(#[from] Malformed),
    #[error(transparent)]
    Storage(#[from] StorageFailure),
    /// What is kept does not open, and comes from the relay once more.
    #[error("what is kept here does not open, and is fetched anew")]
    FetchedAnew,
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

/// Returns the workspace the screen belongs to.
pub fn use_workspace() -> Workspace {
    expect_context()
}

impl Workspace {
    /// Makes the handle; it lasts as long as the page.
    fn of(core: Rc<Core>) -> Self {
        leaving::guard(&core);
        // A task has no owner, so no screen that goes takes the workspace along.
        Self(StoredValue::new_local(core))
    }

    fn core(self) -> Rc<Core> {
        self.0.get_value()
    }

    /// Returns who is signed in.
    pub fn person(self) -> PersonId {
        self.core().session.person
    }

    pub fn person_name(self) -> String {
        self.core().session.person_name.clone()
    }

    pub fn workspace_name(self) -> String {
        self.core().session.workspace_name.clone()
    }

    pub fn configuration(self) -> Signal<Arc<Configuration>> {
        self.core().shown.configuration.into()
    }

    pub fn catalogue(self) -> Signal<Arc<Catalogue>> {
        self.core().shown.catalogue.into()
    }

    /// Has the configuration and the catalogue at hand while a screen that sets them is open.
    pub fn hold_settings(self) {
        let documents =
            [(CONFIGURATION_ID, Class::Configuration), (CATALOGUE_ID, Class::Catalogue)];
        for (document, class) in documents {
            let document = DocumentId(document);
            documents_here::open(&self.core(), document, class);
            on_cleanup(move || self.core().documents.borrow_mut().release(document));
        }
    }

    /// Sets something in the configuration or the catalogue: reads the document first.
    pub async fn set(self, subject: Subject, setting: Setting) -> Result<(), EditError> {
        let (document, edit) = match subject {
            Subject::Product(id) => {
                (CATALOGUE_ID, Edit::Catalogue(CatalogueEdit::Set(id, setting)))
            }
            subject => {
                (CONFIGURATION_ID, Edit::Configuration(ConfigurationEdit::Set(subject, setting)))
            }
        };
        edits::edit_unopened(self.core(), DocumentId(document), edit).await
    }

    /// Counts changes to account rows; moves at most once a frame.
    pub fn rows_version(self) -> Signal<u64> {
        self.core().rows.borrow().version().into()
    }

    /// Reads the account rows; not reactive by itself.
    pub fn with_rows<T>(self, read: impl FnOnce(&[AccountRow]) -> T) -> T {
        read(self.core().rows.borrow().all())
    }

    /// Returns the places in the rows that changed after a version, or nothing when every row may
    /// have. Rows keep their places, except when every row may have changed.
    pub fn rows_changed_since(self, version: u64) -> Option<Vec<usize>> {
        self.core().rows.borrow().changed_since(version)
    }

    /// Returns the place in the relay's log that the rows have come to.
    pub fn sequence(self) -> u64 {
        self.core().replica.borrow().position().cursor.0
    }

    /// Opens an account: from storage, or by asking the relay for it.
    pub fn open(self, account: AccountId) -> Signal<Opened<Account>> {
        self.opened(DocumentId(account.0), Class::Account, OpenDocument::account)
    }

    pub fn open_note(self, note: NoteId) -> Signal<Opened<Note>> {
        self.opened(DocumentId(note.0), Class::Note, OpenDocument::note)
    }

    /// Fetches what reads documents, ahead of the first one.
    pub fn warm_up(self) {
        spawn_local(async {
            _ = engine::load().await;
        });
    }

    /// Asks the relay for a document.
    pub fn fetch(self, document: [u8; 16]) {
        documents_here::want(&self.core(), DocumentId(document));
    }

    /// Makes an edit to an open account, or opens a new one.
    pub fn edit(self, account: AccountId, edit: AccountEdit) -> Result<(), EditError> {
        edits::edit(&self.core(), DocumentId(account.0), &Edit::Account(edit))
    }

    /// Makes all the edits to an open account, or to a new one the first of them opens; when one is
    /// refused, none is made.
    pub fn edit_all(
        self,
        account: AccountId,
        edits: impl IntoIterator<Item = AccountEdit>,
    ) -> Result<(), EditError> {
        let edits: Vec<_> = edits.into_iter().map(Edit::Account).collect();
        edits::edit_all(&self.core(), DocumentId(account.0), &edits)
    }

    /// Makes an edit to an account that need not be open, as from a list: reads it first.
    pub async fn edit_unopened(
        self,
        account: AccountId,
        edit: AccountEdit,
    ) -> Result<(), EditError> {
        edits::edit_unopened(self.core(), DocumentId(account.0), Edit::Account(edit)).await
    }

    pub fn edit_note(self, note: NoteId, edit: NoteEdit) -> Result<(), EditError> {
        edits::edit(&self.core(), DocumentId(note.0), &Edit::Note(edit))
    }

    /// Returns a name for a place in an open note that survives other people's typing.
    pub fn cursor(self, note: NoteId, at: u32) -> Option<String> {
        let core = self.core();
        let mut documents = core.documents.borrow_mut();
        documents.get(DocumentId(note.0))?.document()?.cursor(at)
    }

    /// Returns an id nobody has used.
    pub fn fresh_id(self) -> [u8; 16] {
        // A page without entropy has no workspace: its storage could not have been sealed.
        entropy::random().unwrap_or_default()
    }

    pub fn now(self) -> Timestamp {
        clock::now()
    }

    pub fn line(self) -> Signal<Line> {
        self.core().shown.line.into()
    }

    /// Returns how many edits the relay has not acknowledged, and since when the oldest waits.
    pub fn unsent(self) -> Signal<(u32, Option<Timestamp>)> {
        self.core().shown.unsent.into()
    }

    /// Returns whether the relay no longer knows who is signed in here; work goes on, unsent.
    pub fn session_ended(self) -> Signal<bool> {
        self.core().shown.session_ended.into()
    }

    /// Returns the least safe state among the edits of a document; *received* shows for a moment.
    pub fn edit_state(self, document: [u8; 16]) -> Signal<Option<EditState>> {
        let marks = self.core().outbox.borrow().marks();
        let document = DocumentId(document);
        Memo::new(move |_| marks.with(|marks| marks.get(&document).copied())).into()
    }

    /// Returns the edits the relay has not received, oldest first, and those it has refused.
    pub fn outbox(self) -> Signal<Vec<OutboxItem>> {
        let version = self.core().outbox.borrow().version();
        Memo::new(move |_| {
            version.track();
            self.core().outbox.borrow().items()
        })
        .into()
    }

    /// Lets go of a refused edit.
    pub fn discard(self, key: PendingKey) {
        self.core().handle(Input::Discarded(key));
    }

    /// Returns a file with every unsent edit.
    pub fn export_unsent(self) -> Vec<u8> {
        unsent_file::export(&self.core())
    }

    /// Makes the edits of a file of unsent ones that are not here yet, and returns when they are
    /// stored.
    pub async fn import_unsent(self, file: &[u8]) -> Result<BroughtIn, UnsentFileError> {
        bring_in::bring_in(&self.core(), file).await
    }

    pub fn storage(self) -> Signal<StorageReport> {
        self.core().shown.storage.into()
    }

    /// Returns whether the app itself is kept here, so that it opens with no line.
    pub fn app_kept(self) -> Signal<bool> {
        service_worker::app_kept().into()
    }

    /// Returns whether a new version of the app waits to be used.
    pub fn update_ready(self) -> Signal<bool> {
        service_worker::update_ready().into()
    }

    /// Returns whether storage has turned an edit away, which would be gone with the page.
    pub fn not_saved(self) -> Signal<bool> {
        let version = self.core().outbox.borrow().version();
        Memo::new(move |_| {
            version.track();
            self.core().outbox.borrow().not_saved()
        })
        .into()
    }

    /// Returns how many edits were unsent when the browser cleared this tablet's storage; nothing
    /// when it has not, or the person knows.
    pub fn cleared(self) -> Signal<Option<u32>> {
        self.core().shown.cleared.into()
    }

    pub fn acknowledge_cleared(self) {
        cleared::acknowledge(&self.core());
    }

    /// Changes to the new version once everything entered is stored.
    pub async fn apply_update(self) -> Result<(), NotSaved> {
        leaving::kept(&self.core()).await?;
        service_worker::change_over();
        Ok(())
    }

    /// Loads the page again once everything entered is stored.
    pub async fn reload(self) -> Result<(), NotSaved> {
        leaving::kept(&self.core()).await?;
        reload::reload();
        Ok(())
    }

    /// Ends the session; what is stored stays on this tablet.
    pub async fn sign_out(self) -> Result<(), NotSaved> {
        leaving::kept(&self.core()).await?;
        known_people::end_work().await;
        session::sign_out().await;
        reload::reload();
        Ok(())
    }

    /// Goes to the sign-in screen, because the relay no longer knows who is here.
    pub async fn sign_in_again(self) -> Result<(), NotSaved> {
        leaving::kept(&self.core()).await?;
        known_people::end_work().await;
        reload::reload();
        Ok(())
    }

    fn opened<T: Send + Sync + 'static>(
        self,
        document: DocumentId,
        class: Class,
        field: impl Fn(&OpenDocument) -> ArcRwSignal<Opened<T>>,
    ) -> Signal<Opened<T>> {
        let core = self.core();
        documents_here::open(&core, document, class);
        on_cleanup(move || self.core().documents.borrow_mut().release(document));
        let shown = core.documents.borrow_mut().get(document).map(|open| field(open));
        let shown = shown.unwrap_or_else(|| ArcRwSignal::new(Opened::Loading));
        RwSignal::from(shown).into()
    }
}

impl<T> From<Result<T, Malformed>> for Opened<T> {
    fn from(read: Result<T, Malformed>) -> Self {
        match read {
            Ok(value) => Self::Here(Arc::new(value)),
            Err(malformed) => Self::Malformed(malformed.into()),
        }
    }
}
