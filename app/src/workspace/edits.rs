//! From what a person does to an input of the replica.

use super::{EditError, core::Core, documents_here, engine};
use crate::browser::{clock, entropy};
use documents::{actor::Actor, class::Class};
use domain::edit::{AccountEdit, Edit};
use std::rc::Rc;
use sync::{
    id::{self, ChangeHash, DocumentId},
    input::{Authored, Input},
};

/// Makes an edit in an open document, or begins a new account.
pub fn edit(core: &Rc<Core>, document: DocumentId, edit: &Edit) -> Result<(), EditError> {
    let authored = author(core, document, edit)?;
    core.handle(Input::Edited(authored));
    Ok(())
}

/// Makes an edit that was made on another tablet before, as the change named; the two are stored
/// together, so that it is not made a third time.
pub fn edit_from(
    core: &Rc<Core>,
    document: DocumentId,
    edit: &Edit,
    origin: ChangeHash,
) -> Result<(), EditError> {
    let authored = author(core, document, edit)?;
    core.brought_in.borrow_mut().insert(authored.hash, origin);
    core.handle(Input::Edited(authored));
    Ok(())
}

fn author(core: &Rc<Core>, document: DocumentId, edit: &Edit) -> Result<Authored, EditError> {
    if core.read_only() {
        return Err(EditError::ReadOnly);
    }
    let class = class(edit);
    if opens(edit) && !core.rows.borrow().knows(document) {
        documents_here::create(core, document, class);
    }
    let (change, row) = {
        let mut documents = core.documents.borrow_mut();
        let open = documents.get(document).ok_or(EditError::NotHere)?;
        open.author(core.session.person, clock::now(), edit)?
    };
    Ok(Authored {
        document,
        class: id::Class(class as u8),
        hash: ChangeHash(change.hash),
        change: change.bytes,
        edit: edit.encode(),
        row,
    })
}

/// Makes several edits that belong together, or none of them: what a form sends is not to be half
/// taken.
pub fn edit_all(core: &Rc<Core>, document: DocumentId, edits: &[Edit]) -> Result<(), EditError> {
    if core.read_only() {
        return Err(EditError::ReadOnly);
    }
    rehearse(core, document, edits)?;
    edits.iter().try_for_each(|made| edit(core, document, made))
}

/// Makes the edits in a copy nobody sees, to learn whether one would be refused.
fn rehearse(core: &Core, document: DocumentId, edits: &[Edit]) -> Result<(), EditError> {
    let opens = edits.first().is_some_and(opens);
    let here = core
        .documents
        .borrow_mut()
        .get(document)
        .and_then(|open| open.document().map(|paper| paper.copy()));
    let begun = || opens.then(|| Some(engine::here()?.begin(Class::Account, document.0)))?;
    let mut copy = here.or_else(begun).ok_or(EditError::NotHere)?;
    let life = entropy::random().map_err(|_| EditError::ReadOnly)?;
    copy.author(Actor { person: core.session.person, life }, clock::now(), edits)?;
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

/// Says whether an edit begins an account.
pub fn opens(edit: &Edit) -> bool {
    match edit {
        Edit::Account(edit) => matches!(edit, AccountEdit::Open(_)),
        Edit::BringIn(edits) => matches!(edits.first(), Some(AccountEdit::Open(_))),
        _ => false,
    }
}

fn class(edit: &Edit) -> Class {
    match edit {
        Edit::Account(_) | Edit::BringIn(_) => Class::Account,
        Edit::Note(_) => Class::Note,
        Edit::Configuration(_) => Class::Configuration,
        Edit::Catalogue(_) => Class::Catalogue,
    }
}
