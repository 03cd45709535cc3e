//! Rows of files into accounts, and out of them again, by the same edits as everything else.
//!
//! Decides nothing about rows: `exchange` makes edits of them, which are made here one account
//! after the other. Whoever drives this lets the page breathe in between.

use super::{
    EditError, Opened, Workspace,
    core::Core,
    documents_here, edits, engine,
    leaving::{self, NotSaved},
    storage::Piece,
};
use crate::browser::{clock, failure::StorageFailure};
use documents::{actor::Actor, class::Class};
use domain::{
    account::Account,
    edit::{AccountEdit, Edit, NoteEdit},
    id::{AccountId, BatchId},
    note::Splice,
    refusal::Refusal,
};
use exchange::{
    bundle::Bundle,
    context::Context,
    draft::{self, Draft, Layouts, Outcome},
    piece::{Marks, Step, pieces},
    reason::{Fault, Reason},
};
use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;
use std::rc::Rc;
use sync::{id::DocumentId, input::Input, output::Line};

/// How many edits go into one change: what is made of them has to fit between two frames.
const EDITS_MAX: usize = 150;
/// How much of a note goes into one change.
const NOTE_CHARACTERS_MAX: usize = 2_000;
/// How long the relay is given to send a document that is not here, in looks and their pause.
const LOOKS_MAX: usize = 40;
const LOOK_AGAIN_MS: u32 = 250;

/// What an import writes by.
pub struct Importing {
    pub batch: BatchId,
    /// How often it was begun again: what is written then has numbers of its own.
    pub attempt: u32,
    pub layouts: Layouts,
    pub context: Context,
}

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
    /// Returns how an account stands: nothing when there is none, an error when it is not here.
    pub async fn standing(self, account: AccountId) -> Result<Option<Rc<Account>>, EditError> {
        let core = self.core();
        let document = DocumentId(account.0);
        if !core.rows.borrow().knows(document) {
            return Ok(None);
        }
        let mut asked = false;
        for _ in 0..LOOKS_MAX {
            let paper = documents_here::assemble(&core, document, Class::Account, &[]).await;
            if let Some(paper) = paper.map_err(|_| EditError::NotHere)? {
                let account = paper.account().map_err(|_| Refusal::MalformedDocument)?;
                return Ok(Some(Rc::new(account)));
            }
            if core.shown.line.get_untracked() == Line::Offline {
                break;
            }
            if !std::mem::replace(&mut asked, true) {
                core.handle(Input::Wanted(document));
            }
            TimeoutFuture::new(LOOK_AGAIN_MS).await;
        }
        Err(EditError::NotHere)
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

    /// Returns the accounts that undone imports had brought in: their ids are not used again.
    pub fn withdrawn(self) -> Vec<AccountId> {
        let core = self.core();
        let rows = core.rows.borrow();
        rows.withdrawn().map(|document| AccountId(document.0)).collect()
    }

    /// Makes an edit of the configuration, which is read first.
    pub async fn configure(self, edit: Edit) -> Result<(), EditError> {
        let document = DocumentId(documents::class::CONFIGURATION_ID);
        edits::edit_unopened(self.core(), document, edit).await
    }

    /// Writes the rows of one account, and returns what became of each.
    pub async fn bring_into(self, importing: &Importing, bundle: &Bundle) -> Draft {
        let core = self.core();
        engine::load().await;
        let document = DocumentId(bundle.account.0);
        let known = core.rows.borrow().knows(document);
        let stands = if known { hold(&core, document, Class::Account).await } else { None };
        let draft = match (known, stands) {
            (true, None) => nowhere(bundle, Reason::NotHere),
            (_, stands) => write(&core, importing, bundle, stands.as_deref()),
        };
        if known {
            core.documents.borrow_mut().release(document);
        }
        draft
    }

    /// Takes back what an import brought into one account, unless somebody worked on it since.
    pub async fn take_back(self, account: AccountId, batch: BatchId) -> TakenBack {
        let core = self.core();
        let (document, note) = (DocumentId(account.0), DocumentId(account.note().0));
        let note_known = core.rows.borrow().knows(note);
        let stands = hold(&core, document, Class::Account).await;
        let worked_on = |document: DocumentId, look: &dyn Fn(&dyn engine::Paper) -> bool| {
            let mut documents = core.documents.borrow_mut();
            documents.get(document).and_then(|open| open.document().map(look))
        };
        let account_worked_on = worked_on(document, &|paper| paper.is_worked_on_since(batch));
        let note_worked_on = if note_known && stands.is_some() {
            let _ = hold(&core, note, Class::Note).await;
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

    /// Returns when everything written so far is stored, or that storage lacks some of it.
    pub async fn all_stored(self) -> Result<(), NotSaved> {
        leaving::kept(&self.core()).await
    }

    /// Returns whether storage takes nothing, so that nothing can be brought in.
    pub fn is_read_only(self) -> bool {
        self.core().read_only()
    }

    /// Keeps pieces of an import here until it is done.
    pub async fn shelve(self, pieces: Vec<Piece>) -> Result<(), StorageFailure> {
        match &self.core().storage {
            Some(storage) => storage.shelve(pieces).await,
            None => Err(StorageFailure::Unavailable),
        }
    }

    pub async fn shelf(self, beginning: &str) -> Result<Vec<(String, Vec<u8>)>, StorageFailure> {
        match &self.core().storage {
            Some(storage) => storage.shelf(beginning).await,
            None => Err(StorageFailure::Unavailable),
        }
    }
}

/// Opens a document, and waits until it is here if that can be; the caller lets go of it.
async fn hold(core: &Rc<Core>, document: DocumentId, class: Class) -> Option<Rc<Account>> {
    documents_here::open(core, document, class);
    let settled = core.documents.borrow_mut().get(document).map(|open| open.settled());
    if let Some(settled) = settled {
        // An open document is never closed while it is being read, so an answer always comes.
        let _ = settled.await;
    }
    for _ in 0..LOOKS_MAX {
        let is_here = core.documents.borrow_mut().get(document).is_some_and(|open| open.is_here());
        if is_here || core.shown.line.get_untracked() == Line::Offline {
            break;
        }
        TimeoutFuture::new(LOOK_AGAIN_MS).await;
    }
    let shown = core.documents.borrow_mut().get(document).map(|open| open.account());
    match shown?.get_untracked() {
        Opened::Here(account) => Some(Rc::new((*account).clone())),
        _ => None,
    }
}

/// Refuses every row, because its account cannot be read.
fn nowhere(bundle: &Bundle, reason: Reason) -> Draft {
    let refused = Outcome::Refused(Fault::row(reason));
    Draft { outcomes: vec![refused; bundle.rows.len()], ..Draft::default() }
}

fn write(
    core: &Rc<Core>,
    importing: &Importing,
    bundle: &Bundle,
    stands: Option<&Account>,
) -> Draft {
    let Importing { batch, attempt, layouts, context } = importing;
    let mut draft = draft::draft(bundle, stands, layouts, context);
    let begun = stands.is_some_and(|account| account.imports.contains_key(batch));
    let mut marks = Marks::new(*batch, bundle.account, stands.is_some()).again(*attempt);
    for piece in pieces(&std::mem::take(&mut draft.steps), EDITS_MAX) {
        if write_piece(core, bundle.account, &mut marks, &piece).is_ok() {
            continue;
        }
        for of_row in piece.chunk_by(|left, right| left.0 == right.0) {
            if let Err(error) = write_piece(core, bundle.account, &mut marks, of_row) {
                draft.outcomes[of_row[0].0] = Outcome::Refused(Fault::row(reason(error)));
            }
        }
    }
    if let Some((place, text)) = draft.note.take()
        && draft.outcomes[place] == Outcome::Taken
        && let Err(error) = write_note(core, bundle.account, *batch, &text)
    {
        draft.left_out.push((place, Fault::row(reason(error))));
    }
    if begun {
        // What stands here already was brought in by this very import, before it was cut off.
        let here = draft.outcomes.iter_mut().filter(|outcome| **outcome == Outcome::AlreadyHere);
        here.for_each(|outcome| *outcome = Outcome::Taken);
    }
    draft
}

fn write_piece(
    core: &Rc<Core>,
    account: AccountId,
    marks: &mut Marks,
    piece: &[Step],
) -> Result<(), EditError> {
    edits::edit(core, DocumentId(account.0), &Edit::BringIn(marks.mark(piece)))?;
    marks.wrote();
    Ok(())
}

/// Writes the note of an account that has none, as the import: by that life of its actor it is
/// known whether anybody else wrote in it since.
fn write_note(
    core: &Rc<Core>,
    account: AccountId,
    batch: BatchId,
    text: &str,
) -> Result<(), EditError> {
    let note = DocumentId(account.note().0);
    if core.rows.borrow().knows(note) {
        return Ok(());
    }
    documents_here::create(core, note, Class::Note);
    let write_as = |actor| {
        if let Some(open) = core.documents.borrow_mut().get(note) {
            open.write_as(actor);
        }
    };
    write_as(Some(Actor { person: core.session.person, life: batch.0 }));
    let characters: Vec<char> = text.chars().collect();
    let written = characters.chunks(NOTE_CHARACTERS_MAX).zip(0..).try_for_each(|(piece, place)| {
        let at = place * NOTE_CHARACTERS_MAX as u32;
        let splice = Splice { at, delete: 0, insert: piece.iter().collect(), cursor: None };
        edits::edit(core, note, &Edit::Note(NoteEdit::Splice(splice)))
    });
    write_as(None);
    written
}

fn reason(error: EditError) -> Reason {
    match error {
        EditError::Refused(refusal) => Reason::Refused(refusal),
        EditError::NotHere | EditError::ReadOnly => Reason::NotHere,
    }
}

/// Waits a moment whenever the page has been kept busy for longer than a part of a frame.
pub struct Breath(f64);

/// How long the page is kept busy in one go, in milliseconds.
const BUSY_MS_MAX: f64 = 12.0;

impl Breath {
    pub fn new() -> Self {
        Self(clock::ticks_ms())
    }

    pub async fn take(&mut self) {
        if clock::ticks_ms() - self.0 > BUSY_MS_MAX {
            TimeoutFuture::new(0).await;
            self.0 = clock::ticks_ms();
        }
    }
}
