//! The note document.
//!
//! | Field | Automerge kind | Two simultaneous edits | Why that is right |
//! |---|---|---|---|
//! | text | text, counted in code points | both are kept, each where it was typed | it is prose two people write together |

use crate::{class::Class, genesis, malformed::Malformed};
use automerge::{
    Automerge, Cursor, CursorPosition, ObjId, ReadDoc,
    transaction::{Transactable, Transaction},
};
use domain::{
    edit::NoteEdit,
    id::NoteId,
    note::{Note, Splice},
    refusal::Refusal,
};

/// Returns the note as it stands.
pub(crate) fn read(document: &Automerge, id: NoteId) -> Result<Note, Malformed> {
    let text = document.text(text()).map_err(|_| Malformed::Field("text".to_owned()))?;
    Ok(Note { account: id.account(), text })
}

/// Writes `edit`, or refuses and writes nothing.
pub(crate) fn write(transaction: &mut Transaction<'_>, edit: &NoteEdit) -> Result<(), Refusal> {
    let NoteEdit::Splice(splice) = edit;
    splice.admit()?;
    let length = transaction.length(text());
    let at = place_of(transaction, splice).min(length);
    let delete = (splice.delete as usize).min(length - at) as isize;
    let written = transaction.splice_text(text(), at, delete, &splice.insert);
    written.map_err(|_| Refusal::MalformedDocument)
}

/// Returns the name of a place, which stays right while others type.
pub(crate) fn cursor(document: &Automerge, at: u32) -> Option<String> {
    let at = at as usize;
    let length = document.length(text());
    let position = if at < length { CursorPosition::Index(at) } else { CursorPosition::End };
    document.get_cursor(text(), position, None).ok().map(|cursor| cursor.to_string())
}

/// Returns where a named place is now, or nothing when the text never had it.
pub(crate) fn place(document: &impl ReadDoc, cursor: &str) -> Option<u32> {
    if cursor.is_empty() || !cursor.is_ascii() {
        return None;
    }
    let cursor = Cursor::try_from(cursor).ok()?;
    document.get_cursor_position(text(), &cursor, None).ok().map(|at| at as u32)
}

fn place_of(transaction: &Transaction<'_>, splice: &Splice) -> usize {
    let named = splice.cursor.as_deref().and_then(|cursor| place(transaction, cursor));
    named.unwrap_or(splice.at) as usize
}

fn text() -> ObjId {
    genesis::collection(Class::Note, "text")
}
