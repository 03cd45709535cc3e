//! Genesis is the same bytes for ever.

use automerge::{
    ActorId, Automerge, ObjType, ROOT, ReadDoc, TextEncoding, Value,
    transaction::{CommitOptions, Transactable},
};
use documents::{class::Class, document::Document, genesis};

/// Makes the bytes of `genesis/*.bin`, one layout on top of the other. A layout to come gets a file
/// of its own, made likewise.
fn made(class: Class) -> Vec<Vec<u8>> {
    let mut document = Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint);
    document.set_actor(ActorId::from(genesis::ACTOR));
    for (place, layout) in class.layouts().iter().enumerate() {
        let mut transaction = document.transaction();
        for name in layout.collections {
            let kind = if *name == "text" { ObjType::Text } else { ObjType::Map };
            transaction.put_object(ROOT, *name, kind).unwrap();
        }
        if place == 0 {
            transaction.put(ROOT, "class", u64::from(class as u8)).unwrap();
        }
        transaction.put(ROOT, "schema", u64::from(layout.schema)).unwrap();
        transaction.commit_with(CommitOptions::default().with_time(0));
    }
    document.get_changes(&[]).iter().map(|change| change.raw_bytes().to_vec()).collect()
}

#[test]
fn genesis_never_moves() {
    let hashes = Class::ALL.map(|class| class.layout_hashes());
    let hashes: Vec<_> = hashes.iter().flatten().map(|hash| hex(hash)).collect();
    assert_eq!(hashes, HASHES);
}

const HASHES: [&str; 5] = [
    "bf06308377e546856d4bdf68bc32b5ede528cfa4f52ec3dc81464a406cb9ec00",
    "f1885cdf9f86247e5cb5b26324b218a0bf8d5262ba779df481b8d4c97ded032d",
    "df695e42a18e640dcada371baf63172e316263881f69fce9e2a656f711191941",
    "1c96f2c5e7e661661a71927327370707424c955f47d3ad73625a6d5b7b1ba746",
    "bddfb061c03ab8ec01ef226ef0ee8a8db2e97707b8585774c148e23162361367",
];

#[test]
fn the_way_genesis_was_made_still_makes_it() {
    for class in Class::ALL {
        let kept: Vec<_> = class.layouts().iter().map(|layout| layout.bytes).collect();
        assert_eq!(kept, made(class));
    }
}

#[test]
fn genesis_holds_every_collection_under_its_name() {
    for class in Class::ALL {
        let mut document = Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint);
        for layout in class.layouts() {
            document.load_incremental(layout.bytes).unwrap();
            for (place, name) in layout.collections.iter().enumerate() {
                let (value, id) = document.get(ROOT, *name).unwrap().unwrap();
                assert!(matches!(value, Value::Object(ObjType::Map | ObjType::Text)));
                let place = layout.start + place as u64;
                assert_eq!(id, automerge::ObjId::Id(place, genesis::ACTOR.into(), 0));
            }
        }
    }
}

#[test]
fn a_document_without_an_account_in_it_says_so() {
    let document = Document::new(Class::Account, [1; 16]);
    assert!(document.account().is_err() && document.row().is_err() && document.note().is_err());
    assert!(Document::new(Class::Note, [1; 16]).row().is_ok());
    assert!(Document::new(Class::Configuration, [1; 16]).row().is_ok());
    assert!(Document::new(Class::Catalogue, [1; 16]).row().is_ok());
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
