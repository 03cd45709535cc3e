//! What a file of unsent edits promises.

use super::*;
use documents::{actor::Actor, class::Class, document::Document};
use domain::{
    account::{LifecycleStage, NewAccount, PartyType},
    edit::{AccountEdit, Edit},
    time::Timestamp,
};
use sync::{
    id::{self, ChangeHash, DocumentId, PendingKey, Sequence, Time},
    verdict::Reason,
};

const ME: PersonId = PersonId([7; 16]);

fn record(number: u64, edit: Edit) -> PendingRecord {
    PendingRecord {
        key: PendingKey { tab: 1, number },
        document: DocumentId([1; 16]),
        class: id::Class(Class::Account as u8),
        hash: ChangeHash([number as u8; 32]),
        change: b"made on another tablet".to_vec().into(),
        edit: edit.encode().into(),
        at: Time(number as i64),
        row: Vec::new().into(),
        state: PendingState::Unsent,
    }
}

fn opened() -> Edit {
    Edit::Account(AccountEdit::Open(NewAccount {
        name: "Blue Bakery".to_owned(),
        party: PartyType::Organisation,
        created_at: Timestamp(0),
        stage: LifecycleStage::Lead,
        owner: None,
        territory: None,
        profile: Default::default(),
        tags: Default::default(),
    }))
}

fn renamed() -> Edit {
    Edit::Account(AccountEdit::Rename("Red Bakery".to_owned()))
}

fn file(edits: Vec<PendingRecord>) -> UnsentFile {
    UnsentFile { workspace: "demo".to_owned(), person: ME, edits }
}

#[test]
fn what_is_taken_away_on_one_tablet_is_made_again_on_another() {
    let bytes = file(vec![record(2, renamed()), record(1, opened())]).to_bytes();
    let edits = UnsentFile::from_bytes(&bytes).unwrap().for_here("demo", ME, |_| false).unwrap();
    let edits: Vec<_> = edits.iter().map(|record| Edit::decode(&record.edit).unwrap()).collect();
    let mut elsewhere = Document::new(Class::Account, [1; 16]);
    let actor = Actor { person: ME, life: [9; 16] };
    elsewhere.author(actor, Timestamp(5), &edits).unwrap();
    assert_eq!(elsewhere.account().unwrap().name, "Red Bakery");
}

#[test]
fn what_is_here_already_or_with_the_relay_is_not_made_twice() {
    let state = |number, state| PendingRecord { state, ..record(number, renamed()) };
    let edits = vec![
        record(1, renamed()),
        state(2, PendingState::Received(Sequence(3))),
        state(3, PendingState::Held(Reason::NotPermitted)),
        record(4, renamed()),
    ];
    let is_here = |record: &PendingRecord| record.key.number == 1;
    let edits = file(edits).for_here("demo", ME, is_here).unwrap();
    assert_eq!(edits.iter().map(|record| record.key.number).collect::<Vec<_>>(), [4]);
}

#[test]
fn a_file_that_is_not_for_here_is_refused_with_the_reason() {
    let refused =
        |workspace, person| file(Vec::new()).for_here(workspace, person, |_| false).unwrap_err();
    assert_eq!(refused("other", ME), UnsentFileError::OtherWorkspace);
    assert_eq!(refused("demo", PersonId([8; 16])), UnsentFileError::OtherPerson);
}

#[test]
fn a_file_that_is_cut_or_newer_is_refused_with_the_reason() {
    let bytes = file(vec![record(1, renamed())]).to_bytes();
    let mut newer = bytes.clone();
    newer[MARK.len()] = VERSION + 1;
    assert_eq!(UnsentFile::from_bytes(&newer), Err(UnsentFileError::Newer));
    for cut in 0..bytes.len() {
        let read = UnsentFile::from_bytes(&bytes[..cut]);
        assert_eq!(read, Err(UnsentFileError::NotUnsentEdits), "cut at {cut}");
    }
}

/// The first version, of which files may lie about for years.
const VERSION_1: &[u8] = include_bytes!("released/unsent-1.bin");

fn released() -> UnsentFile {
    let refused = PendingState::Refused(Reason::NotPermitted);
    let edits = vec![
        record(1, opened()),
        record(2, renamed()),
        PendingRecord { state: refused, ..record(3, renamed()) },
    ];
    file(edits)
}

#[test]
fn a_file_of_version_1_is_written_as_it_was_released() {
    assert_eq!(released().to_bytes(), VERSION_1);
}

#[test]
fn a_file_of_version_1_is_read_as_it_was_meant() {
    assert_eq!(UnsentFile::from_bytes(VERSION_1), Ok(released()));
}
