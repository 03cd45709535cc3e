//! What the store promises the relay and the importer.

use crate::folder::Folder;
use server::storage::{
    StorageFailure,
    entry::{Entry, Limit, Row},
    home::Home,
    kept::Keeping,
    store::Store,
};
use std::io::Read;
use sync::id::*;

const SCOPE: Scope = Scope(0);
const DOCUMENT: DocumentId = DocumentId([1; 16]);

fn open(folder: &Folder) -> Store {
    let home = Home::open(folder.path()).unwrap();
    let workspace = home.make_workspace("acme", [7; 16]).unwrap();
    home.open_store(&workspace).unwrap()
}

fn entry(document: DocumentId, number: u8) -> Entry {
    Entry {
        document,
        class: Class(1),
        scope: SCOPE,
        hash: ChangeHash([number; 32]),
        actor: vec![9; 32],
        actor_sequence: number.into(),
        person: PersonId([3; 16]),
        device: DeviceId([4; 16]),
        schema: 1,
        device_time: Time(1),
        relay_time: Time(2),
        edit: vec![number],
        change: vec![number; 10],
    }
}

fn row(document: DocumentId, text: &str) -> Row {
    Row { document, class: Class(1), scope: SCOPE, version: 1, row: text.into() }
}

#[test]
fn what_was_appended_is_there_after_opening_again() {
    let folder = Folder::new();
    let mut store = open(&folder);
    let epoch = store.epoch();
    store.append(&[entry(DOCUMENT, 1), entry(DOCUMENT, 2)], &[row(DOCUMENT, "two")]).unwrap();
    drop(store);

    let store = open(&folder);
    assert_eq!((store.epoch(), store.head()), (epoch, Sequence(2)));
    assert!(store.has_document(DOCUMENT).unwrap());
    let changes = store.changes(DOCUMENT, Sequence(1), Limit::ALL).unwrap();
    assert_eq!(changes, [(Sequence(2), vec![2; 10])]);
    let rows = store.rows_after(SCOPE, Sequence(0), Limit::ALL).unwrap();
    assert_eq!((rows.len(), rows[0].sequence), (1, Sequence(2)));
    assert_eq!(
        store.written().sequence_of(DOCUMENT, ChangeHash([1; 32])).unwrap(),
        Some(Sequence(1))
    );
    assert_eq!(store.durable().actor(DOCUMENT, &[9; 32]).unwrap().unwrap().last, 2);
}

#[test]
fn a_failed_append_leaves_no_trace() {
    let folder = Folder::new();
    let mut store = open(&folder);
    store.append(&[entry(DOCUMENT, 1)], &[row(DOCUMENT, "one")]).unwrap();
    // The same change twice breaks a promise of the tables.
    assert!(store.append(&[entry(DOCUMENT, 2), entry(DOCUMENT, 1)], &[]).is_err());
    assert_eq!(store.head(), Sequence(1));
    assert_eq!(store.append(&[entry(DOCUMENT, 2)], &[]).unwrap(), Sequence(2));
}

#[test]
fn a_transaction_undone_returns_to_where_it_began() {
    let folder = Folder::new();
    let mut store = open(&folder);
    store.begin().unwrap();
    store.append(&[entry(DOCUMENT, 1)], &[row(DOCUMENT, "one")]).unwrap();
    store.roll_back();
    assert_eq!(store.head(), Sequence(0));
    assert!(!store.has_document(DOCUMENT).unwrap());
}

#[test]
fn pages_hold_no_more_than_asked_but_always_something() {
    let folder = Folder::new();
    let mut store = open(&folder);
    for number in 1..=5 {
        let document = DocumentId([number; 16]);
        store.append(&[entry(document, number)], &[row(document, "12345")]).unwrap();
    }
    let page = |cursor, limit| store.rows_after(SCOPE, Sequence(cursor), limit).unwrap().len();
    assert_eq!(page(0, Limit::items(2)), 2);
    assert_eq!(page(0, Limit { items_max: 9, bytes_max: 11 }), 2);
    assert_eq!(page(0, Limit { items_max: 9, bytes_max: 1 }), 1);
    assert_eq!(page(3, Limit::ALL), 2);
    assert_eq!(page(5, Limit::ALL), 0);
}

#[test]
fn a_full_disk_is_an_error_and_keeps_what_was_there() {
    let folder = Folder::new();
    let mut store = open(&folder);
    store.append(&[entry(DOCUMENT, 1)], &[row(DOCUMENT, "one")]).unwrap();
    store.limit_bytes(0).unwrap();
    let mut large = entry(DOCUMENT, 2);
    large.change = vec![0; 1 << 20];
    let failure = store.append(&[large], &[]).unwrap_err();
    assert!(failure.is_full(), "{failure:?}");
    assert_eq!(store.head(), Sequence(1));
    assert_eq!(store.changes(DOCUMENT, Sequence(0), Limit::ALL).unwrap().len(), 1);
}

#[test]
fn two_processes_never_write_one_workspace() {
    let folder = Folder::new();
    let store = open(&folder);
    let home = Home::open(folder.path()).unwrap();
    let workspace = home.workspace("acme").unwrap().unwrap();
    assert!(matches!(home.open_store(&workspace), Err(StorageFailure::InUse(_))));
    drop(store);
    assert!(home.open_store(&workspace).is_ok());
}

#[test]
fn a_kept_file_reads_back_as_it_was() {
    let folder = Folder::new();
    let mut store = open(&folder);
    assert_eq!(store.keep_file("tickets.csv", &b"a,b\n"[..]).unwrap(), Keeping::Kept);
    assert_eq!(store.keep_file("tickets.csv", &b"a,b\n"[..]).unwrap(), Keeping::AlreadyHere);
    assert_eq!(store.keep_file("tickets.csv", &b"c\n"[..]).unwrap(), Keeping::Replaced);
    let mut text = String::new();
    store.read_kept_file("tickets.csv").unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(text, "c\n");
    assert!(matches!(store.keep_file("../x", &b""[..]), Err(StorageFailure::FileName(_))));
}
