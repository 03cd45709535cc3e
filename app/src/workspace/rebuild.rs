//! Making edits again after a refusal, and projecting documents nobody looks at.

use super::{
    core::Core,
    documents_here::stored,
    engine::{self, Paper},
};
use crate::browser::{clock, entropy};
use documents::{actor::Actor, class::Class, malformed::Malformed};
use domain::edit::Edit;
use std::rc::Rc;
use sync::{
    id::{self, ChangeHash, DocumentId, PendingKey},
    input::{Authored, Input},
};
use wasm_bindgen_futures::spawn_local;

type Edits = Vec<(PendingKey, Vec<u8>)>;

/// Makes edits again on what the relay has acknowledged; those that can no longer be made are
/// left out, and the replica tells the person.
pub fn rebuild(core: &Rc<Core>, document: DocumentId, class: id::Class, edits: Edits) {
    let core = core.clone();
    spawn_local(async move {
        let Some(known) = Class::from_number(class.0) else { return };
        let engine = engine::load().await;
        // A failed reading leaves everything as it is: the replica asks again after a new start.
        let Ok(mut changes) = stored(&core, document).await else { return };
        let again: Vec<_> = edits.iter().map(|(key, _)| *key).collect();
        changes.extend(core.outbox.borrow().changes_without(document, &again));
        let Ok(mut rebuilt) = engine.open(known, document.0, &changes) else { return };
        let authored = author(&core, &mut *rebuilt, document, class, edits);
        if let Some(open) = core.documents.borrow_mut().get(document) {
            open.put(rebuilt);
        }
        core.handle(Input::Rebuilt { document, authored });
    });
}

fn author(
    core: &Core,
    rebuilt: &mut dyn Paper,
    document: DocumentId,
    class: id::Class,
    edits: Edits,
) -> Vec<(PendingKey, Authored)> {
    let Ok(life) = entropy::random() else { return Vec::new() };
    let actor = Actor { person: core.session.person, life };
    let mut authored = Vec::new();
    for (key, bytes) in edits {
        let Some(edit) = Edit::decode(&bytes) else { continue };
        let Ok(change) = rebuilt.author(actor, clock::now(), &[edit]) else { continue };
        let Ok(row) = rebuilt.row() else { continue };
        let hash = ChangeHash(change.hash);
        let again = Authored { document, class, hash, change: change.bytes, edit: bytes, row };
        authored.push((key, again));
    }
    authored
}

/// Projects a document with everything unsent in it.
pub fn project(core: &Rc<Core>, document: DocumentId, class: id::Class) {
    let open =
        core.documents.borrow_mut().get(document).and_then(|open| open.document()?.row().ok());
    if let Some(row) = open {
        return core.handle(Input::Projected { document, row });
    }
    let core = core.clone();
    spawn_local(async move {
        let Some(class) = Class::from_number(class.0) else { return };
        // Without it the list shows the row as it was until the relay's catches up.
        if let Ok(row) = row(&core, document, class).await {
            core.handle(Input::Projected { document, row });
        }
    });
}

async fn row(core: &Core, document: DocumentId, class: Class) -> Result<Vec<u8>, Malformed> {
    let unreadable =
        |failure: crate::browser::failure::StorageFailure| Malformed::Bytes(failure.to_string());
    let engine = engine::load().await;
    let mut changes = stored(core, document).await.map_err(unreadable)?;
    changes.extend(core.outbox.borrow().changes(document));
    engine.open(class, document.0, &changes)?.row()
}
