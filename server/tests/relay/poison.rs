//! A document damaged on the relay's disk: every other one is served and written in, that one is
//! named by its row, and what is pushed to it waits with a reason.

use crate::{client::Relay, edits::Desk};
use documents::{class::Class, document::Document};
use domain::row::AccountRow;
use rusqlite::Connection;
use std::collections::BTreeMap;
use sync::{
    frame::{Down, Up, Want},
    id::{DocumentId, Sequence},
    verdict::{Reason, Verdict},
};

const ACCOUNTS: u8 = 20;
const DAMAGED: u8 = 7;

/// Every byte of the document's first change is another.
const OTHER_BYTES: &str = "UPDATE log SET change = zeroblob(length(change))
    WHERE sequence = (SELECT min(sequence) FROM log WHERE document = ?1)";
/// One change others build on is gone.
const GONE: &str =
    "DELETE FROM log WHERE sequence = (SELECT min(sequence) FROM log WHERE document = ?1)";

#[tokio::test]
async fn a_document_with_other_bytes_takes_no_other_with_it() {
    check(OTHER_BYTES).await;
}

#[tokio::test]
async fn a_document_with_a_change_gone_takes_no_other_with_it() {
    check(GONE).await;
}

async fn check(damage: &str) {
    let mut relay = Relay::start().await;
    let mut kim = relay.connect("kim", 1).await;
    kim.greet().await;
    let mut desks = Vec::new();
    for number in 1..=ACCOUNTS {
        let mut desk = Desk::new("acme", "kim", number, 1);
        let items = vec![desk.open(&format!("Account {number}")), desk.rename(&name(number))];
        let verdicts = kim.push(u64::from(number), items).await;
        assert!(verdicts.iter().all(|one| matches!(one, Verdict::Received(_))), "{verdicts:?}");
        desks.push((number, desk));
    }
    relay.stop().await;
    let folders = std::fs::read_dir(relay.folder.path().join("workspaces")).unwrap();
    let files: Vec<_> = folders.map(|one| one.unwrap().path().join("log.sqlite")).collect();
    let altered: usize = files
        .iter()
        .map(|file| Connection::open(file).unwrap().execute(damage, [[DAMAGED; 16]]).unwrap())
        .sum();
    assert_eq!(altered, 1);
    relay.start_again().await;

    let mut liu = relay.connect("liu", 2).await;
    liu.greet().await;
    let names = liu.wait_for(names_in).await;
    assert_eq!(names.len(), usize::from(ACCOUNTS));
    assert_eq!(names[&DocumentId([DAMAGED; 16])], name(DAMAGED), "the list names it");
    let mut served = 0;
    for number in 1..=ACCOUNTS {
        let readable = pulled(&mut liu, DocumentId([number; 16])).await;
        assert_eq!(readable, number != DAMAGED, "account {number}");
        served += usize::from(readable);
    }

    let mut kim = relay.connect("kim", 1).await;
    kim.greet().await;
    let mut received = 0;
    for (number, desk) in &mut desks {
        let verdicts = kim.push(u64::from(*number), vec![desk.rename("After")]).await;
        match *number {
            DAMAGED => assert_eq!(verdicts, [Verdict::NotYet(Reason::Unreadable)]),
            _ => assert!(matches!(verdicts[..], [Verdict::Received(_)]), "{verdicts:?}"),
        }
        received += verdicts.iter().filter(|one| matches!(one, Verdict::Received(_))).count();
    }
    let (documents, named) = (usize::from(ACCOUNTS), names.len());
    println!(
        "{{\"documents\":{documents},\"damaged\":{altered},\"named\":{named},\
         \"served\":{served},\"received\":{received}}}"
    );
}

fn name(number: u8) -> String {
    format!("Account number {number}")
}

fn names_in(down: &Down) -> Option<BTreeMap<DocumentId, String>> {
    let Down::Rows { items, .. } = down else { return None };
    let accounts = items.iter().filter(|item| item.class.0 == 1);
    let name = |row: &[u8]| AccountRow::decode(row).unwrap().name;
    Some(accounts.map(|item| (item.document, name(&item.row))).collect())
}

/// Pulls a document as a device does; returns whether it can be read.
async fn pulled(socket: &mut crate::client::Socket, document: DocumentId) -> bool {
    socket
        .send(&Up::Pull {
            wants: vec![Want { document, after: Sequence(0), form: None, begins: None }],
        })
        .await;
    let changes = socket.wait_for(|down| match down {
        Down::Changes { document: of, changes, .. } if *of == document => Some(changes.clone()),
        _ => None,
    });
    let changes = changes.await;
    let opened = Document::open(Class::Account, document.0, changes.iter().map(|one| &one[..]));
    opened.is_ok_and(|document| document.account().is_ok())
}
