//! Making edits again after a refusal, and projecting documents nobody looks at.

use super::{
    core::Core,
    documents_here::assemble,
    engine::{self, Paper},
};
use crate::browser::{clock, entropy};
use documents::{actor::Actor, class::Class};
use domain::edit::Edit;
use std::rc::Rc;
use sync::{
    id::{self, ChangeHash, DocumentId, PendingKey},
    input::{Authored, Input, RebuildId},
};
use wasm_bindgen_futures::spawn_local;

type Edits = Vec<(PendingKey, Vec<u8>)>;

/// Makes edits again on what the relay has acknowledged; those that can no longer be made are
/// left out, and the replica tells the person.
pub fn rebuild(
    core: &Rc<Core>,
    rebuild: RebuildId,
    (document, class): (DocumentId, id::Class),
    edits: Edits,
) {
    let core = core.clone();
    spawn_local(async move {
        let Some(known) = Class::from_number(class.0) else { return };
        let engine = engine::load().await;
        let again: Vec<_> = edits.iter().map(|(key, _)| *key).collect();
        // A failed reading leaves everything as it is: the replica asks again after a new start.
        let Ok(assembled) = assemble(&core, document, known, &again).await else { return };
        let mut rebuilt = assembled.unwrap_or_else(|| engine.begin(known, document.0));
        let authored = author(&core, &mut *rebuilt, document, class, edits);
        if let Some(open) = core.documents.borrow_mut().get(document) {
            open.put(rebuilt);
        }
        core.handle(Input::Rebuilt { rebuild, document, authored });
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
        let Ok(Some(assembled)) = assemble(&core, document, class, &[]).await else { return };
        if let Ok(row) = assembled.row() {
            core.handle(Input::Projected { document, row });
        }
    });
}
