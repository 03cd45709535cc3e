//! The edits of one account → pieces that each fit into one change, with the note by which they are
//! taken back.

use crate::draft;
use domain::{
    edit::{AccountEdit, Edit},
    id::{AccountId, BatchId, BroughtId},
};

/// Most of a change's cap, in bytes of encoded edits: what a change adds to them fits in the rest.
const EDITS_BYTES_MAX: usize = 80 << 10;

/// An edit with the row it came from, by its place in the bundle.
pub type Step = (usize, AccountEdit);

/// Splits edits so that each piece fits into one change.
pub fn pieces(steps: &[Step], edits_max: usize) -> Vec<Vec<Step>> {
    let mut pieces: Vec<Vec<Step>> = Vec::new();
    let mut bytes = 0;
    for (place, edit) in steps {
        let length = Edit::Account(edit.clone()).encode().len();
        let full = bytes + length > EDITS_BYTES_MAX
            || pieces.last().is_none_or(|piece| piece.len() == edits_max);
        if full {
            pieces.push(Vec::new());
            bytes = 0;
        }
        bytes += length;
        let piece = pieces.last_mut().expect("one was pushed above");
        piece.push((*place, edit.clone()));
    }
    pieces
}

/// Notes in each change what the import brought in by it, so that it can be taken back.
#[derive(Debug)]
pub struct Marks {
    batch: BatchId,
    account: AccountId,
    stands: bool,
    first: u32,
    written: u32,
}

/// How many pieces one attempt at an import may make of an account.
const PIECES_MAX: u32 = 10_000;

impl Marks {
    /// Begins to mark an account: one that is new, or one that stands here.
    pub fn new(batch: BatchId, account: AccountId, stands: bool) -> Self {
        Self { batch, account, stands, first: 0, written: 0 }
    }

    /// Gives the pieces of an import that was begun again numbers of their own.
    #[must_use]
    pub fn again(self, attempt: u32) -> Self {
        Self { first: attempt.saturating_mul(PIECES_MAX), ..self }
    }

    /// Returns a piece's edits with the note on them: a new account stands for everything in it.
    pub fn mark(&self, piece: &[Step]) -> Vec<AccountEdit> {
        let brought = match (self.stands, self.written) {
            (true, _) => piece.iter().filter_map(|(_, edit)| draft::brought(edit)).collect(),
            (false, 0) => vec![BroughtId(self.account.0)],
            (false, _) => Vec::new(),
        };
        let note = AccountEdit::NoteImport(self.batch, self.first + self.written, brought);
        piece.iter().map(|(_, edit)| edit.clone()).chain([note]).collect()
    }

    /// Takes note that a piece is written.
    pub fn wrote(&mut self) {
        self.written += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_edit_is_in_one_piece_and_no_piece_is_too_large() {
        let long = "x".repeat(30 << 10);
        let steps: Vec<Step> = (0..7).map(|at| (at, AccountEdit::Tag(long.clone()))).collect();
        let pieces = pieces(&steps, 3);
        assert_eq!(pieces.concat(), steps);
        assert_eq!(pieces.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 2, 1]);
    }

    #[test]
    fn the_first_piece_of_a_new_account_names_the_account() {
        let (batch, account) = (BatchId([1; 16]), AccountId([2; 16]));
        let mut marks = Marks::new(batch, account, false);
        let note = |marks: &Marks| marks.mark(&[]).pop();
        let brought = || vec![BroughtId(account.0)];
        assert_eq!(note(&marks), Some(AccountEdit::NoteImport(batch, 0, brought())));
        marks.wrote();
        assert_eq!(note(&marks), Some(AccountEdit::NoteImport(batch, 1, Vec::new())));
        let again = Marks::new(batch, account, false).again(1);
        let number = PIECES_MAX;
        assert_eq!(note(&again), Some(AccountEdit::NoteImport(batch, number, brought())));
    }
}
