//! What is kept here of a document, for a relay that was put back from a backup.

use super::{core::Core, documents_here::stored, engine};
use documents::{actor::Actor, class::Class};
use std::rc::Rc;
use sync::{
    change,
    id::{self, DocumentId, PersonId},
    input::Input,
};
use wasm_bindgen_futures::spawn_local;

/// Reads the acknowledged changes of a document, each after those it builds on.
pub fn offer(core: &Rc<Core>, document: DocumentId, class: id::Class) {
    let core = core.clone();
    spawn_local(async move {
        let changes = read(&core, document, class).await;
        core.handle(Input::Offered { document, changes });
    });
}

/// Returns nothing when the document cannot be read, now or by this release.
async fn read(
    core: &Core,
    document: DocumentId,
    class: id::Class,
) -> Option<Vec<(PersonId, Vec<u8>)>> {
    let class = Class::from_number(class.0)?;
    let kept = stored(core, document).await.ok()?;
    if kept.is_empty() {
        return Some(Vec::new());
    }
    let mut paper = engine::load().await.begin(class, document.0);
    paper.take_in(&kept).ok()?;
    let authored = paper.changes().into_iter().map(|change| {
        let scanned = change::scan(&change.bytes).ok()?;
        let author = Actor::from_bytes(&scanned.actor.0)?;
        Some((PersonId(author.person.0), change.bytes))
    });
    authored.collect()
}
