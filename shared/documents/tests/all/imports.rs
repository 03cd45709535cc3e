//! What an import brought in is taken back as a whole, and work done since is noticed.

use crate::samples::{ACCOUNT, CONTACT, DEAL, NOW, account, actor, beginning, later, write};
use documents::{actor::Actor, class::Class, document::Document};
use domain::{
    edit::{AccountEdit, Edit, NoteEdit},
    id::{BatchId, BroughtId},
    note::Splice,
    row::AccountRow,
};

const BATCH: BatchId = BatchId([9; 16]);

fn brought_in() -> Document {
    let mut document = Document::new(Class::Account, ACCOUNT.0);
    let mut edits = beginning();
    edits.push(AccountEdit::NoteImport(BATCH, 0, vec![BroughtId(ACCOUNT.0)]));
    write(&mut document, actor(1, 1), NOW, &edits);
    document
}

fn row(document: &Document) -> AccountRow {
    AccountRow::decode(&document.row().unwrap()).unwrap()
}

#[test]
fn an_account_an_undone_import_brought_in_is_in_no_list() {
    let mut document = brought_in();
    assert_eq!(row(&document).imports, Some(vec![BATCH]));
    assert!(!document.is_worked_on_since(BATCH));
    write(&mut document, actor(1, 2), later(1), &[AccountEdit::UndoImport(BATCH)]);
    assert!(document.account().unwrap().withdrawn);
    assert_eq!((row(&document).withdrawn, row(&document).imports), (Some(true), None));
}

#[test]
fn of_an_account_that_was_here_only_the_imports_part_is_taken_back() {
    let mut document = account();
    let before = document.account().unwrap();
    let row_before = document.row();
    let added = AccountEdit::AddContact(
        domain::id::ContactId([8; 16]),
        domain::contact::NewContact { given_name: "Bob".to_owned(), ..Default::default() },
    );
    let noted = AccountEdit::NoteImport(BATCH, 0, vec![BroughtId([8; 16])]);
    write(&mut document, actor(1, 2), later(1), &[added, noted]);
    assert_eq!(document.account().unwrap().contacts.len(), 2);
    write(&mut document, actor(1, 3), later(2), &[AccountEdit::UndoImport(BATCH)]);
    let after = document.account().unwrap();
    assert_eq!((&after.contacts, after.withdrawn), (&before.contacts, false));
    assert_eq!(document.row(), row_before);
}

#[test]
fn work_since_an_import_or_beside_it_is_noticed() {
    let mut document = brought_in();
    write(&mut document, actor(2, 1), later(1), &[AccountEdit::Rename("Ours".to_owned())]);
    assert!(document.is_worked_on_since(BATCH));

    let mut here = account();
    let mut beside = here.clone();
    let noted = AccountEdit::NoteImport(BATCH, 0, vec![BroughtId(CONTACT.0), BroughtId(DEAL.0)]);
    write(&mut here, actor(1, 2), later(1), &[noted]);
    assert!(!here.is_worked_on_since(BATCH));
    write(&mut beside, actor(2, 1), later(1), &[AccountEdit::Rename("Ours".to_owned())]);
    here.take_in(beside.changes().iter().map(|change| &change.bytes)).unwrap();
    assert!(here.is_worked_on_since(BATCH));
}

#[test]
fn a_note_only_the_import_wrote_in_is_known_by_the_life_of_its_actor() {
    let mut note = Document::new(Class::Note, ACCOUNT.note().0);
    let splice = Splice { at: 0, delete: 0, insert: "from a file".to_owned(), cursor: None };
    let edit = [Edit::Note(NoteEdit::Splice(splice))];
    let import = Actor { person: actor(1, 1).person, life: BATCH.0 };
    note.author(import, NOW, &edit).unwrap();
    assert!(!note.is_written_by_others(BATCH.0));
    note.author(actor(2, 1), later(1), &edit).unwrap();
    assert!(note.is_written_by_others(BATCH.0));
}

#[test]
fn what_is_brought_in_at_once_is_taken_whole_or_not_at_all() {
    let mut edits = beginning();
    edits.push(AccountEdit::NoteImport(BATCH, 0, vec![BroughtId(ACCOUNT.0)]));
    let mut document = Document::new(Class::Account, ACCOUNT.0);
    document.author(actor(1, 1), NOW, &[Edit::BringIn(edits.clone())]).unwrap();
    assert_eq!(document.row(), brought_in().row());
    assert_eq!(document.changes().len(), 1);
    let again = Edit::BringIn(edits.split_off(1).into_iter().chain(beginning()).collect());
    assert!(document.author(actor(1, 1), later(1), &[again]).is_err());
    assert_eq!(document.changes().len(), 1);
}
