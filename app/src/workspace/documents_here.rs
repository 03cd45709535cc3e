//! Bringing a document in front of a person: from storage, from the relay, or as a new one.

use super::{
    Unreadable,
    core::Core,
    engine::{self, Paper},
};
use crate::browser::failure::StorageFailure;
use documents::{class::Class, malformed::Malformed};
use futures_util::future::select;
use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;
use std::rc::Rc;
use sync::{
    id::{DocumentId, PendingKey},
    input::Input,
    output::Line,
};
use wasm_bindgen_futures::spawn_local;

/// How long the relay is given to send a document that is not here.
const ARRIVAL_MS_MAX: u32 = 10_000;

/// Opens a document and holds it for a reader; reads it when it is not open yet.
pub fn open(core: &Rc<Core>, document: DocumentId, class: Class) {
    let fresh = {
        let mut documents = core.documents.borrow_mut();
        let (open, fresh) = documents.open(document, class);
        open.hold();
        fresh
    };
    if fresh {
        spawn_local(read(core.clone(), document, class));
    }
}

/// Opens a document nobody has written in yet, so that it can be edited at once.
pub fn create(core: &Rc<Core>, document: DocumentId, class: Class) {
    if let Some(engine) = engine::here() {
        let mut documents = core.documents.borrow_mut();
        documents.open(document, class).0.put(engine.begin(class, document.0));
    }
}

/// Waits until an open document is here, if that can be: with no line nothing more comes, and a
/// relay that says nothing is not waited for for ever.
pub async fn come(core: &Core, document: DocumentId) {
    let settled = core.documents.borrow_mut().get(document).map(|open| open.settled());
    if let Some(settled) = settled {
        // An open document is never closed while it is being read, so an answer always comes.
        let _ = settled.await;
    }
    let offline = core.shown.line.get_untracked() == Line::Offline;
    let arrival = core.documents.borrow_mut().get(document).map(|open| open.arrival());
    if let Some(arrival) = arrival.filter(|_| !offline) {
        select(arrival, TimeoutFuture::new(ARRIVAL_MS_MAX)).await;
    }
}

/// Takes note that the relay has sent everything it has of a document.
pub fn arrived(core: &Rc<Core>, document: DocumentId) {
    let waiting =
        core.documents.borrow_mut().get(document).map(|open| (open.class(), open.is_here()));
    if let Some((class, false)) = waiting {
        spawn_local(read(core.clone(), document, class));
    }
}

/// Reads an open document again, because another tab has changed what is stored.
pub fn read_again(core: &Rc<Core>, document: DocumentId) {
    let class = core.documents.borrow_mut().get(document).map(|open| open.class());
    if let Some(class) = class {
        spawn_local(read(core.clone(), document, class));
    }
}

async fn read(core: Rc<Core>, document: DocumentId, class: Class) {
    let engine = engine::load().await;
    let assembled = match assemble(&core, document, class, &[]).await {
        Err(why) => Err(told(&core, document, class, why).await),
        assembled => assembled,
    };
    // Whoever has it unread here may want it from the relay, or a later state of it.
    let wanted = core.rows.borrow().knows(document);
    {
        let mut documents = core.documents.borrow_mut();
        let Some(open) = documents.get(document) else { return };
        match assembled {
            Err(why) => open.malformed(why),
            Ok(Some(assembled)) => open.put(assembled),
            Ok(None) if open.has_arrived() || class != Class::Account && !wanted => {
                open.put(engine.begin(class, document.0));
            }
            Ok(None) => {
                open.not_here();
                // What is here follows the relay anyway, by the tab that leads.
                core.neighbours.tell_wanted(document);
            }
        }
    }
    core.handle(Input::Wanted(document));
}

/// Has the relay asked for a document, by whichever tab speaks with it.
pub fn want(core: &Rc<Core>, document: DocumentId) {
    core.handle(Input::Wanted(document));
    core.neighbours.tell_wanted(document);
}

/// Has a document whose kept part does not open fetched anew, and returns what a person is told of it.
async fn told(core: &Rc<Core>, document: DocumentId, class: Class, why: Unreadable) -> Unreadable {
    if is_kept_well(core, document, class).await {
        return why;
    }
    core.handle(Input::Unreadable(document));
    core.neighbours.tell_unreadable(document);
    let anew = core.replica.borrow().is_fetched_anew(document);
    if anew { Unreadable::FetchedAnew } else { why }
}

/// Says whether the acknowledged changes alone open; unsent ones are nobody else's.
async fn is_kept_well(core: &Core, document: DocumentId, class: Class) -> bool {
    match stored(core, document).await {
        Ok(changes) => {
            let taken = engine::load().await.begin(class, document.0).take_in(&changes);
            matches!(taken, Ok(()) | Err(Malformed::MissingDependency))
        }
        Err(failure) => failure != StorageFailure::Corrupt,
    }
}

/// Puts together what is kept here of a document: the acknowledged changes, and the unsent ones but
/// for edits that are to be made again. A change whose dependency is missing is kept aside in it.
/// Returns nothing where there is no change.
pub async fn assemble(
    core: &Core,
    document: DocumentId,
    class: Class,
    again: &[PendingKey],
) -> Result<Option<Box<dyn Paper>>, Unreadable> {
    let engine = engine::load().await;
    let mut changes = stored(core, document).await?;
    changes.extend(core.outbox.borrow().changes_without(document, again));
    if changes.is_empty() {
        return Ok(None);
    }
    let mut assembled = engine.begin(class, document.0);
    match assembled.take_in(&changes) {
        Ok(()) | Err(Malformed::MissingDependency) => Ok(Some(assembled)),
        Err(malformed) => Err(malformed.into()),
    }
}

/// Returns the acknowledged changes that are kept here.
pub async fn stored(core: &Core, document: DocumentId) -> Result<Vec<Vec<u8>>, StorageFailure> {
    match &core.storage {
        Some(storage) => storage.document(document).await,
        None => Ok(core.memory.borrow().get(&document).cloned().unwrap_or_default()),
    }
}
