//! Rows of an older release are made anew when a workspace is opened.

use crate::folder::Folder;
use documents::{
    actor::{Actor, RELAY},
    class::Class as Kind,
    document::Document,
};
use domain::{
    account::{LifecycleStage, NewAccount, PartyType},
    edit::{AccountEdit, Edit},
    row::{AccountRow, PROJECTOR_VERSION},
    time::Timestamp,
};
use server::{
    relay::projection,
    storage::{
        entry::{Entry, Limit, Row},
        home::Home,
    },
};
use sync::id::*;

const SCOPE: Scope = Scope(0);

pub fn account(number: u8) -> (Document, Entry) {
    let mut document = Document::new(Kind::Account, [number; 16]);
    let actor = Actor { person: RELAY, life: [number; 16] };
    let new = NewAccount {
        name: format!("Acme {number}"),
        party: PartyType::Organisation,
        created_at: Timestamp(7_000),
        stage: LifecycleStage::Lead,
        owner: None,
        territory: None,
        profile: [].into(),
        tags: Vec::new(),
    };
    let edit = Edit::Account(AccountEdit::Open(new));
    let change = document.author(actor, Timestamp(1), &[edit]).unwrap();
    let entry = Entry {
        document: DocumentId([number; 16]),
        class: Class(Kind::Account as u8),
        scope: SCOPE,
        hash: ChangeHash(change.hash),
        actor: actor.to_bytes().to_vec(),
        actor_sequence: 1,
        person: PersonId(RELAY.0),
        device: DeviceId([4; 16]),
        schema: 1,
        device_time: Time(1),
        relay_time: Time(2),
        edit: Vec::new(),
        change: change.bytes,
    };
    (document, entry)
}

#[test]
fn rows_of_an_older_projector_are_made_anew_where_they_stand() {
    let folder = Folder::new();
    let home = Home::open(folder.path()).unwrap();
    let workspace = home.make_workspace("acme", [7; 16]).unwrap();
    let mut store = home.open_store(&workspace).unwrap();
    let old = |document, version| {
        let row = AccountRow::new(domain::id::AccountId([1; 16]), "Old".to_owned()).encode();
        Row { document, class: Class(Kind::Account as u8), scope: SCOPE, version, row }
    };
    let mut expected = Vec::new();
    for number in 1..=3 {
        let (document, entry) = account(number);
        let row = Row { row: document.row().unwrap(), ..old(entry.document, PROJECTOR_VERSION) };
        let row = if number == 2 { row } else { old(entry.document, 1) };
        store.append(&[entry], &[row]).unwrap();
        expected.push((Sequence(number.into()), document.row().unwrap()));
    }
    assert_eq!(projection::bring_up(&mut store).unwrap(), 2);
    let rows = store.durable().rows_after(SCOPE, Sequence(0), Limit::ALL).unwrap();
    assert!(rows.iter().all(|row| row.version == PROJECTOR_VERSION));
    let found: Vec<_> = rows.into_iter().map(|row| (row.sequence, row.row.to_vec())).collect();
    assert_eq!(found, expected);
    assert_eq!(projection::bring_up(&mut store).unwrap(), 0);
}

#[test]
fn a_document_nobody_can_read_keeps_its_row_and_stops_no_other() {
    let folder = Folder::new();
    let home = Home::open(folder.path()).unwrap();
    let workspace = home.make_workspace("acme", [7; 16]).unwrap();
    let mut store = home.open_store(&workspace).unwrap();
    for number in 1..=2 {
        let (_, mut entry) = account(number);
        if number == 1 {
            entry.change = vec![1, 2, 3];
        }
        let (document, class) = (entry.document, entry.class);
        let row = Row { document, class, scope: SCOPE, version: 1, row: vec![number] };
        store.append(&[entry], &[row]).unwrap();
    }
    assert_eq!(projection::bring_up(&mut store).unwrap(), 1);
    let row = store.row(DocumentId([1; 16])).unwrap().unwrap();
    assert_eq!((row.version, row.row.to_vec()), (1, vec![1]));
}
