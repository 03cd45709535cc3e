//! How accounts stand that nobody looks at: read from storage, and asked from the relay where they
//! are not here.

use super::super::{EditError, Opened, Workspace, core::Core, documents_here};
use crate::browser::failure::StorageFailure;
use documents::class::Class;
use domain::{account::Account, id::AccountId, refusal::Refusal};
use leptos::prelude::*;
use std::{rc::Rc, sync::Arc};
use sync::id::DocumentId;

impl Workspace {
    /// Returns how an account stands: nothing when there is none, an error when it is not here.
    pub async fn standing(self, account: AccountId) -> Result<Option<Arc<Account>>, EditError> {
        let core = self.core();
        let document = DocumentId(account.0);
        if !core.rows.borrow().knows(document) {
            return Ok(None);
        }
        let paper = documents_here::assemble(&core, document, Class::Account, &[]).await;
        if let Some(paper) = paper.map_err(|_| EditError::NotHere)? {
            let account = paper.account().map_err(|_| Refusal::MalformedDocument)?;
            return Ok(Some(Arc::new(account)));
        }
        let stands = hold(&core, document).await;
        core.documents.borrow_mut().release(document);
        stands.map(Some).ok_or(EditError::NotHere)
    }

    /// Returns the text of an account's shared note, as far as it is here.
    pub async fn note_text(self, account: AccountId) -> String {
        let (core, note) = (self.core(), DocumentId(account.note().0));
        if !core.rows.borrow().knows(note) {
            return String::new();
        }
        let paper = documents_here::assemble(&core, note, Class::Note, &[]).await;
        let read = paper.ok().flatten().and_then(|paper| paper.note().ok());
        read.map(|note| note.text).unwrap_or_default()
    }

    /// Returns the accounts whose id begins with that byte and in whose changes, as they are kept
    /// here, something is found. Looks at bytes only, so that a whole book can be gone through.
    pub async fn kept_with(
        self,
        beginning: u8,
        is_in: impl Fn(&[u8]) -> bool,
    ) -> Result<Vec<AccountId>, StorageFailure> {
        let core = self.core();
        let mut kept = match &core.storage {
            Some(storage) => storage.documents(beginning).await?,
            None => {
                let memory = core.memory.borrow();
                let these = memory.iter().filter(|(document, _)| document.0[0] == beginning);
                these.map(|(document, changes)| (*document, changes.clone())).collect()
            }
        };
        kept.retain(|(_, changes)| changes.iter().any(|change| is_in(change)));
        let marks = core.outbox.borrow().marks();
        let unsent = marks.with_untracked(|marks| marks.keys().copied().collect::<Vec<_>>());
        let unsent = unsent.into_iter().filter(|document| document.0[0] == beginning);
        let found = kept.into_iter().map(|(document, _)| document).chain(unsent);
        Ok(found.map(|document| AccountId(document.0)).collect())
    }
}

/// Opens an account, and waits until it is here if that can be; the caller lets go of it.
pub async fn hold(core: &Rc<Core>, document: DocumentId) -> Option<Arc<Account>> {
    documents_here::open(core, document, Class::Account);
    documents_here::come(core, document).await;
    let shown = core.documents.borrow_mut().get(document).map(|open| open.account());
    match shown?.get_untracked() {
        Opened::Here(account) => Some(account),
        _ => None,
    }
}
