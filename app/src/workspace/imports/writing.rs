//! Rows written into accounts, a few edits at a time.

use super::{
    super::{EditError, Workspace, core::Core, documents_here, edits, engine},
    standing::hold,
};
use documents::{actor::Actor, class::Class};
use domain::{
    account::Account,
    edit::{Edit, NoteEdit},
    id::{AccountId, BatchId},
    note::Splice,
};
use exchange::{
    bundle::Bundle,
    context::Context,
    draft::{self, Draft, Layouts, Outcome},
    piece::{Marks, Step, pieces},
    reason::{Fault, Reason},
};
use std::rc::Rc;
use sync::id::DocumentId;

/// How many edits go into one change: what is made of them has to fit between two frames.
const EDITS_MAX: usize = 150;
/// How much of a note goes into one change.
const NOTE_CHARACTERS_MAX: usize = 2_000;
/// What an import writes by.
pub struct Importing {
    pub batch: BatchId,
    /// How often it was begun again: what is written then has numbers of its own.
    pub attempt: u32,
    pub layouts: Layouts,
    pub context: Context,
}

impl Workspace {
    /// Writes the rows of one account, and returns what became of each.
    pub async fn bring_into(self, importing: &Importing, bundle: &Bundle) -> Draft {
        let core = self.core();
        engine::load().await;
        let document = DocumentId(bundle.account.0);
        let known = core.rows.borrow().knows(document);
        let stands = if known { hold(&core, document).await } else { None };
        let draft = match (known, stands) {
            (true, None) => nowhere(bundle, Reason::NotHere),
            (_, stands) => write(&core, importing, bundle, stands.as_deref()),
        };
        if known {
            core.documents.borrow_mut().release(document);
        }
        draft
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
