//! Shows how the genesis bytes were made. Writes each class's bytes to a folder given as argument.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ObjType, ROOT, TextEncoding};
use documents::{class::Class, genesis};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder to write to")?;
    for (class, name) in [
        (Class::Account, "account"),
        (Class::Note, "note"),
        (Class::Configuration, "configuration"),
    ] {
        std::fs::write(format!("{folder}/{name}.bin"), make(class)?)?;
    }
    Ok(())
}

fn make(class: Class) -> Result<Vec<u8>, automerge::AutomergeError> {
    let mut document = Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint);
    document.set_actor(ActorId::from(genesis::ACTOR));
    let mut transaction = document.transaction();
    for name in class.collections() {
        let kind = if *name == "text" { ObjType::Text } else { ObjType::Map };
        transaction.put_object(ROOT, *name, kind)?;
    }
    transaction.put(ROOT, "class", u64::from(class as u8))?;
    transaction.put(ROOT, "schema", u64::from(genesis::SCHEMA))?;
    transaction.commit_with(CommitOptions::default().with_time(0));
    let changes = document.get_changes(&[]);
    Ok(changes.first().map(|change| change.raw_bytes().to_vec()).unwrap_or_default())
}
