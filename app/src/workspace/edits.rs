//! From what a person does to an input of the replica.

use super::{EditError, core::Core, documents_here};
use crate::browser::clock;
use documents::class::Class;
use domain::edit::{AccountEdit, Edit};
use std::rc::Rc;
use sync::{
    id::{self, ChangeHash, DocumentId},
    input::{Authored, Input},
};

/// Makes an edit in an open document, or begins a new account.
pub fn edit(core: &Rc<Core>, document: DocumentId, edit: &Edit) -> Result<(), EditError> {
    if core.read_only() {
        return Err(EditError::ReadOnly);
    }
    let class = class(edit);
    if matches!(edit, Edit::Account(AccountEdit::Open(_))) && !core.rows.borrow().knows(document) {
        documents_here::create(core, document, class);
    }
    let (change, row) = {
        let mut documents = core.documents.borrow_mut();
        let open = documents.get(document).ok_or(EditError::NotHere)?;
        open.author(core.session.person, clock::now(), edit)?
    };
    core.edits.set(core.edits.get() + 1);
    core.handle(Input::Edited(Authored {
        document,
        class: id::Class(class as u8),
        hash: ChangeHash(change.hash),
        change: change.bytes,
        edit: edit.encode(),
        row,
    }));
    Ok(())
}

/// Reads the document first, when it is not open.
pub async fn edit_unopened(
    core: Rc<Core>,
    document: DocumentId,
    made: Edit,
) -> Result<(), EditError> {
    documents_here::open(&core, document, class(&made));
    let settled = core.documents.borrow_mut().get(document).map(|open| open.settled());
    if let Some(settled) = settled {
        // An open document is never closed while it is being read, so an answer always comes.
        let _ = settled.await;
    }
    let outcome = edit(&core, document, &made);
    core.documents.borrow_mut().release(document);
    outcome
}

fn class(edit: &Edit) -> Class {
    match edit {
        Edit::Account(_) => Class::Account,
        Edit::Note(_) => Class::Note,
        Edit::Configuration(_) => Class::Configuration,
    }
}
