//! Two people type in one note.

use crate::samples::{ACCOUNT, NOW, actor};
use documents::{actor::Actor, class::Class, document::Document};
use domain::{
    edit::{Edit, NoteEdit},
    note::Splice,
    refusal::Refusal,
    row::NoteRow,
};

fn note() -> Document {
    Document::new(Class::Note, ACCOUNT.note().0)
}

fn splice(at: u32, delete: u32, insert: &str, cursor: Option<String>) -> Edit {
    Edit::Note(NoteEdit::Splice(Splice { at, delete, insert: insert.to_owned(), cursor }))
}

fn type_in(document: &mut Document, actor: Actor, at: u32, delete: u32, insert: &str) {
    let cursor = document.cursor(at);
    document.author(actor, NOW, &[splice(at, delete, insert, cursor)]).unwrap();
}

fn text(document: &Document) -> String {
    document.note().unwrap().text
}

fn meet(left: &mut Document, right: &mut Document) {
    let changes = |document: &Document| {
        document.changes().into_iter().map(|change| change.bytes).collect::<Vec<_>>()
    };
    let (from_left, from_right) = (changes(left), changes(right));
    left.take_in(from_right).unwrap();
    right.take_in(from_left).unwrap();
    assert_eq!(text(left), text(right));
    assert_eq!(left.row(), right.row());
}

#[test]
fn places_count_characters_whatever_their_size() {
    let mut document = note();
    type_in(&mut document, actor(1, 1), 0, 0, "Привет 世界 👋🏽!");
    type_in(&mut document, actor(1, 1), 7, 2, "мир");
    assert_eq!(text(&document), "Привет мир 👋🏽!");
    assert_eq!(document.note().unwrap().account, ACCOUNT);
}

#[test]
fn what_two_people_type_at_once_is_all_there() {
    let (mut left, mut right) = (note(), note());
    type_in(&mut left, actor(1, 1), 0, 0, "Left. ");
    type_in(&mut right, actor(2, 2), 0, 0, "Right. ");
    meet(&mut left, &mut right);
    assert!(text(&left).contains("Left. ") && text(&left).contains("Right. "));
    type_in(&mut left, actor(1, 1), 0, 3, "X");
    type_in(&mut right, actor(2, 2), 9, 4, "");
    meet(&mut left, &mut right);
}

#[test]
fn an_edit_made_again_after_a_merge_finds_its_place_by_cursor() {
    let mut document = note();
    type_in(&mut document, actor(1, 1), 0, 0, "one three");
    let cursor = document.cursor(4);
    type_in(&mut document, actor(2, 2), 0, 0, "zero ");
    assert_eq!(document.place(cursor.as_deref().unwrap()), Some(9));
    document.author(actor(1, 1), NOW, &[splice(4, 0, "two ", cursor)]).unwrap();
    assert_eq!(text(&document), "zero one two three");
}

#[test]
fn a_place_that_never_was_falls_back_to_the_number_within_the_text() {
    let mut document = note();
    type_in(&mut document, actor(1, 1), 0, 0, "ab");
    for cursor in ["", "é", "@", "9@00", "-", "1@", "7@ff", "nonsense"] {
        let edit = splice(99, 5, "c", Some(cursor.to_owned()));
        document.author(actor(1, 1), NOW, &[edit]).unwrap();
    }
    assert_eq!(text(&document), "abcccccccc");
    assert_eq!(document.cursor(99), Some("e".to_owned()));
}

#[test]
fn a_stretch_too_long_for_one_change_is_refused() {
    let mut document = note();
    let edit = splice(0, 0, &"x".repeat(20_001), None);
    let refusal = Refusal::TooLong { characters_max: 20_000 };
    assert_eq!(document.author(actor(1, 1), NOW, &[edit]), Err(refusal));
    type_in(&mut document, actor(1, 1), 0, 0, &"x\n".repeat(10_000));
    let row = NoteRow::decode(&document.row().unwrap()).unwrap();
    assert_eq!((row.characters, row.beginning.len()), (20_000, 120));
}
