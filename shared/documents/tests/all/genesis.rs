//! Genesis is the same bytes for ever.

use automerge::{
    ActorId, Automerge, ObjType, ROOT, ReadDoc, TextEncoding, Value,
    transaction::{CommitOptions, Transactable},
};
use documents::{class::Class, document::Document, genesis};

const CLASSES: [Class; 3] = [Class::Account, Class::Note, Class::Configuration];

/// Makes the bytes of `genesis/*.bin`. A layout to come gets files of its own, made likewise.
fn made(class: Class) -> Vec<u8> {
    let mut document = Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint);
    document.set_actor(ActorId::from(genesis::ACTOR));
    let mut transaction = document.transaction();
    for name in class.collections() {
        let kind = if *name == "text" { ObjType::Text } else { ObjType::Map };
        transaction.put_object(ROOT, *name, kind).unwrap();
    }
    transaction.put(ROOT, "class", u64::from(class as u8)).unwrap();
    transaction.put(ROOT, "schema", u64::from(genesis::SCHEMA)).unwrap();
    transaction.commit_with(CommitOptions::default().with_time(0));
    document.get_changes(&[])[0].raw_bytes().to_vec()
}

#[test]
fn genesis_never_moves() {
    let hashes = CLASSES.map(|class| hex(&class.genesis_hash()));
    assert_eq!(hashes, HASHES);
}

const HASHES: [&str; 3] = [
    "bf06308377e546856d4bdf68bc32b5ede528cfa4f52ec3dc81464a406cb9ec00",
    "f1885cdf9f86247e5cb5b26324b218a0bf8d5262ba779df481b8d4c97ded032d",
    "df695e42a18e640dcada371baf63172e316263881f69fce9e2a656f711191941",
];

#[test]
fn the_way_genesis_was_made_still_makes_it() {
    CLASSES.iter().for_each(|class| assert_eq!(class.genesis(), made(*class)));
}

#[test]
fn genesis_holds_every_collection_under_its_name() {
    for class in CLASSES {
        let mut document = Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint);
        document.load_incremental(class.genesis()).unwrap();
        for (place, name) in class.collections().iter().enumerate() {
            let (value, id) = document.get(ROOT, *name).unwrap().unwrap();
            assert!(matches!(value, Value::Object(ObjType::Map | ObjType::Text)));
            let expected = automerge::ObjId::Id(place as u64 + 1, genesis::ACTOR.into(), 0);
            assert_eq!(id, expected);
        }
    }
}

#[test]
fn a_document_without_an_account_in_it_says_so() {
    let document = Document::new(Class::Account, [1; 16]);
    assert!(document.account().is_err() && document.row().is_err() && document.note().is_err());
    assert!(Document::new(Class::Note, [1; 16]).row().is_ok());
    assert!(Document::new(Class::Configuration, [1; 16]).row().is_ok());
}

#[test]
fn a_packed_document_of_another_class_is_not_opened() {
    let note = Document::new(Class::Note, [1; 16]).pack();
    assert!(Document::unpack(Class::Note, [1; 16], &note).is_ok());
    assert!(Document::unpack(Class::Account, [1; 16], &note).is_err());
    assert!(Document::unpack(Class::Note, [1; 16], &note[1..]).is_err());
    assert!(Document::unpack(Class::Note, [1; 16], &[]).is_err());
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
