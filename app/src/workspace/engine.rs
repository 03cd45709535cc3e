//! What reads and writes documents: Automerge and all it takes.
//!
//! Lists, search and numbers run on rows and need none of it, so that it is a part of its own:
//! fetched once the list is drawn, waited for by the first document. See docs/adr/0017.

use documents::{
    actor::Actor,
    class::Class,
    document::{Change, Document},
    malformed::Malformed,
};
use domain::{
    account::Account, edit::Edit, id::BatchId, note::Note, refusal::Refusal, time::Timestamp,
};
use gloo::timers::future::TimeoutFuture;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::cell::Cell;

/// How long a fetch that failed is left alone: a line that was cut rarely comes back at once.
const FETCH_PAUSE_MS: u32 = 2000;

/// Begins documents.
pub trait Engine {
    fn begin(&self, class: Class, id: [u8; 16]) -> Box<dyn Paper>;
}

/// An open document, as the rest of the app knows it.
pub trait Paper {
    fn copy(&self) -> Box<dyn Paper>;
    fn take_in(&mut self, changes: &[Vec<u8>]) -> Result<(), Malformed>;
    fn author(&mut self, actor: Actor, now: Timestamp, edits: &[Edit]) -> Result<Change, Refusal>;
    fn changes(&self) -> Vec<Change>;
    fn row(&self) -> Result<Vec<u8>, Malformed>;
    fn account(&self) -> Result<Account, Malformed>;
    fn note(&self) -> Result<Note, Malformed>;
    fn cursor(&self, at: u32) -> Option<String>;
    fn is_worked_on_since(&self, batch: BatchId) -> bool;
    fn is_written_by_others(&self, life: [u8; 16]) -> bool;
}

thread_local! {
    static HERE: Cell<Option<&'static dyn Engine>> = const { Cell::new(None) };
}

/// Returns the engine, unless it is still on its way.
pub fn here() -> Option<&'static dyn Engine> {
    HERE.get()
}

/// Waits for the engine. Where it cannot be fetched it is asked for again until it can.
pub async fn load() -> &'static dyn Engine {
    loop {
        match fetch().await {
            Ok(engine) => {
                HERE.set(Some(engine));
                return engine;
            }
            Err(_) => TimeoutFuture::new(FETCH_PAUSE_MS).await,
        }
    }
}

/// Where the app is cut: what only this function reaches is in the part.
#[wasm_split(documents, wasm_split_path = leptos::wasm_split, fallible)]
fn fetch() -> Result<&'static dyn Engine, SplitLoaderError> {
    Ok(&Automerged)
}

struct Automerged;

impl Engine for Automerged {
    fn begin(&self, class: Class, id: [u8; 16]) -> Box<dyn Paper> {
        Box::new(Document::new(class, id))
    }
}

impl Paper for Document {
    fn copy(&self) -> Box<dyn Paper> {
        Box::new(self.clone())
    }

    fn take_in(&mut self, changes: &[Vec<u8>]) -> Result<(), Malformed> {
        Document::take_in(self, changes)
    }

    fn author(&mut self, actor: Actor, now: Timestamp, edits: &[Edit]) -> Result<Change, Refusal> {
        Document::author(self, actor, now, edits)
    }

    fn changes(&self) -> Vec<Change> {
        Document::changes(self)
    }

    fn row(&self) -> Result<Vec<u8>, Malformed> {
        Document::row(self)
    }

    fn account(&self) -> Result<Account, Malformed> {
        Document::account(self)
    }

    fn note(&self) -> Result<Note, Malformed> {
        Document::note(self)
    }

    fn cursor(&self, at: u32) -> Option<String> {
        Document::cursor(self, at)
    }

    fn is_worked_on_since(&self, batch: BatchId) -> bool {
        Document::is_worked_on_since(self, batch)
    }

    fn is_written_by_others(&self, life: [u8; 16]) -> bool {
        Document::is_written_by_others(self, life)
    }
}
