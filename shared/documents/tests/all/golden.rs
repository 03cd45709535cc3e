//! Edits and changes are written as the first release that knew them wrote them.
//!
//! A released line never changes and never goes; what is new gets a line of its own. A failing test
//! says the lines that are missing.

use crate::{samples, samples::*, settings};
use documents::{
    actor::Actor,
    class::{CATALOGUE_ID, Class},
    document::Document,
};
use domain::{
    edit::{ConfigurationEdit, Edit, NoteEdit},
    note::Splice,
    setting::Subject,
};
use std::collections::BTreeSet;

const EDITS: &str = include_str!("../released/edits.txt");
const ACCOUNT: &str = include_str!("../released/account-changes.txt");
const NOTE: &str = include_str!("../released/note-changes.txt");
const CONFIGURATION: &str = include_str!("../released/configuration-changes.txt");
const CATALOGUE: &str = include_str!("../released/catalogue-changes.txt");

fn splice(at: u32, delete: u32, insert: &str) -> Edit {
    Edit::Note(NoteEdit::Splice(Splice { at, delete, insert: insert.to_owned(), cursor: None }))
}

/// Returns one edit of every kind there is of a class.
fn edits_of(class: Class) -> Vec<Edit> {
    match class {
        Class::Account => {
            let beginning = Edit::BringIn(samples::beginning());
            std::iter::once(beginning).chain(edits(2).into_iter().map(Edit::Account)).collect()
        }
        Class::Note => {
            vec![splice(0, 0, "Met Ada, мир, 世界"), splice(4, 3, "Grace"), splice(1, 1, "")]
        }
        Class::Configuration => {
            let edits = settings::edits(2).into_iter().chain(settings::segment_edits(2));
            edits.map(Edit::Configuration).collect()
        }
        Class::Catalogue => settings::catalogue_edits(2).into_iter().map(Edit::Catalogue).collect(),
    }
}

/// Returns the changes of those edits: each by an actor of its own, on a document with something in
/// it, after the changes that made that.
fn changes_of(class: Class) -> Vec<(String, Vec<u8>)> {
    let begun = match class {
        Class::Account => account(),
        Class::Configuration => settings::configuration(),
        Class::Catalogue => {
            let mut catalogue = Document::new(Class::Catalogue, CATALOGUE_ID);
            let product = settings::catalogue_edits(1).swap_remove(0);
            catalogue.author(actor(1, 1), NOW, &[Edit::Catalogue(product)]).unwrap();
            catalogue
        }
        Class::Note => {
            let mut note = Document::new(Class::Note, samples::ACCOUNT.note().0);
            note.author(actor(1, 1), NOW, &[splice(0, 0, "Met Ada")]).unwrap();
            note
        }
    };
    let changes = begun.changes().into_iter().map(|change| ("Beginning".to_owned(), change.bytes));
    let edits = edits_of(class).into_iter().filter(|edit| !matches!(edit, Edit::BringIn(_)));
    let more = edits.zip(100..).map(|(edit, life)| {
        let by = Actor { person: person(1), life: [life; 16] };
        let change = begun.clone().author(by, later(life.into()), &begun_by(&edit));
        (name(&edit), change.unwrap().bytes)
    });
    changes.chain(more).collect()
}

/// Returns the edit, after the one that begins the segment it is about.
fn begun_by(edit: &Edit) -> Vec<Edit> {
    let begins = match edit {
        Edit::Configuration(ConfigurationEdit::Set(Subject::Segment(_), _)) => {
            Some(Edit::Configuration(settings::segment()))
        }
        _ => None,
    };
    begins.into_iter().chain([edit.clone()]).collect()
}

/// Returns what kind of edit it is.
fn name(edit: &Edit) -> String {
    let told = format!("{edit:?}");
    let words =
        told.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(2).collect::<Vec<_>>().join("-")
}

fn lines(released: &str) -> Vec<(&str, Vec<u8>)> {
    let digits = |digits: &str| {
        let pairs = (0..digits.len()).step_by(2).map(|at| &digits[at..at + 2]);
        pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
    };
    let lines = released.lines().filter_map(|line| line.split_once(' '));
    lines.map(|(name, told)| (name, digits(told))).collect()
}

/// Checks that everything made now is among what was released.
fn check(released: &str, made: impl IntoIterator<Item = (String, Vec<u8>)>) {
    let released: BTreeSet<_> = released.lines().collect();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let made = made.into_iter().map(|(name, bytes)| format!("{name} {}", hex(&bytes)));
    let missing: Vec<_> = made.filter(|line| !released.contains(&**line)).collect();
    assert!(missing.is_empty(), "never released so:\n{}", missing.join("\n"));
}

#[test]
fn edits_are_written_as_they_were_released() {
    let edits = Class::ALL.into_iter().flat_map(edits_of);
    check(EDITS, edits.map(|edit| (name(&edit), edit.encode())));
}

#[test]
fn released_edits_are_read_and_written_again_to_the_same_bytes() {
    for (told, bytes) in lines(EDITS) {
        let edit = Edit::decode(&bytes).unwrap();
        assert_eq!((&*name(&edit), edit.encode()), (told, bytes));
    }
}

#[test]
fn changes_are_written_as_they_were_released() {
    for (class, released) in released() {
        check(released, changes_of(class));
    }
}

/// Everything that was ever released about one document joins in it, and leaves it as it came.
#[test]
fn released_changes_are_read_and_written_again_to_the_same_bytes() {
    for (class, released) in released() {
        let changes: BTreeSet<_> = lines(released).into_iter().map(|(_, bytes)| bytes).collect();
        let document = Document::open(class, samples::ACCOUNT.0, &changes).unwrap();
        assert!(document.row().is_ok());
        let kept: BTreeSet<_> = document.changes().into_iter().map(|change| change.bytes).collect();
        assert_eq!(kept, changes, "{class:?}");
    }
}

fn released() -> [(Class, &'static str); 4] {
    [
        (Class::Account, ACCOUNT),
        (Class::Note, NOTE),
        (Class::Configuration, CONFIGURATION),
        (Class::Catalogue, CATALOGUE),
    ]
}
