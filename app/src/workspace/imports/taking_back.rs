//! An import taken back, account by account.

use super::{
    super::{Workspace, documents_here, edits, engine},
    standing::hold,
};
use documents::class::Class;
use domain::{
    edit::{AccountEdit, Edit},
    id::{AccountId, BatchId},
};
use sync::id::DocumentId;

/// What became of an account an import is to be taken back from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenBack {
    Done,
    /// Somebody worked on it since: it keeps what the import brought.
    WorkedOn,
    /// It is not on this tablet, or cannot be read.
    NotHere,
}

impl Workspace {
    /// Returns the accounts that undone imports had brought in: their ids are not used again.
    pub fn withdrawn(self) -> Vec<AccountId> {
        let core = self.core();
        let rows = core.rows.borrow();
        rows.withdrawn().map(|document| AccountId(document.0)).collect()
    }

    /// Takes back what an import brought into one account, unless somebody worked on it since.
    pub async fn take_back(self, account: AccountId, batch: BatchId) -> TakenBack {
        let core = self.core();
        let (document, note) = (DocumentId(account.0), DocumentId(account.note().0));
        let note_known = core.rows.borrow().knows(note);
        let stands = hold(&core, document).await;
        let worked_on = |document: DocumentId, look: &dyn Fn(&dyn engine::Paper) -> bool| {
            let mut documents = core.documents.borrow_mut();
            documents.get(document).and_then(|open| open.document().map(look))
        };
        let account_worked_on = worked_on(document, &|paper| paper.is_worked_on_since(batch));
        let note_worked_on = if note_known && stands.is_some() {
            documents_here::open(&core, note, Class::Note);
            documents_here::come(&core, note).await;
            let found = worked_on(note, &|paper| paper.is_written_by_others(batch.0));
            core.documents.borrow_mut().release(note);
            found
        } else {
            Some(false)
        };
        let taken = match (account_worked_on, note_worked_on) {
            (Some(false), Some(false)) => {
                let edit = Edit::Account(AccountEdit::UndoImport(batch));
                let made = edits::edit(&core, document, &edit);
                if made.is_ok() { TakenBack::Done } else { TakenBack::NotHere }
            }
            (None, _) | (_, None) => TakenBack::NotHere,
            _ => TakenBack::WorkedOn,
        };
        core.documents.borrow_mut().release(document);
        taken
    }
}
