//! Snapshots through the socket and in the file: made, sent, damaged, and never the only copy.

use crate::{
    client::{Relay, Socket},
    edits::Desk,
};
use documents::{class::Class, document::Document, snapshot};
use rusqlite::Connection;
use sync::{
    frame::{Down, Form, Up, Want},
    id::{DocumentId, Sequence},
    verdict::Verdict,
};

const ACCOUNT: [u8; 16] = [9; 16];
/// Enough for a snapshot, and some more to follow it.
const FIRST: usize = 64;
const LATER: usize = 3;

/// Pulls a document from its beginning, in one page.
async fn pull(socket: &mut Socket, form: Option<Form>) -> Vec<Vec<u8>> {
    let want = Want { document: DocumentId(ACCOUNT), after: Sequence(0), form, begins: None };
    socket.send(&Up::Pull { wants: vec![want] }).await;
    let page = socket.wait_for(|down| match down {
        Down::Changes { changes, last: true, .. } => Some(changes.clone()),
        _ => None,
    });
    page.await.into_iter().map(Vec::from).collect()
}

/// Works on an account until it has a snapshot with something after it; returns who worked.
async fn busy(relay: &Relay) -> Desk {
    let mut kim = relay.connect("kim", 1).await;
    kim.greet().await;
    let mut desk = Desk::new("acme", "kim", ACCOUNT[0], 1);
    let mut items = vec![desk.open("Alpha")];
    items.extend((1..FIRST).map(|number| desk.rename(&format!("Alpha {number}"))));
    let received =
        |verdicts: &[Verdict]| verdicts.iter().all(|one| matches!(one, Verdict::Received(_)));
    assert!(received(&kim.push(1, items).await));
    let items = (0..LATER).map(|number| desk.rename(&format!("Beta {number}"))).collect();
    assert!(received(&kim.push(2, items).await));
    desk
}

/// Checks that chunks are the account as it was written.
fn check(chunks: &[Vec<u8>], desk: &Desk) {
    let account = Document::open(Class::Account, ACCOUNT, chunks).unwrap();
    assert_eq!(account.heads(), desk.document.heads());
    assert_eq!(account.account(), desk.document.account());
}

fn file(relay: &Relay) -> Connection {
    let folder = "workspaces/61616161616161616161616161616161/log.sqlite";
    Connection::open(relay.folder.path().join(folder)).unwrap()
}

#[tokio::test]
async fn n2_n3_a_new_tablet_is_sent_a_snapshot_and_what_follows() {
    let relay = Relay::start().await;
    let desk = busy(&relay).await;
    let mut liu = relay.connect("liu", 2).await;
    liu.greet().await;
    let chunks = pull(&mut liu, Some(Form::Snapshot)).await;
    assert!(snapshot::is_one(&chunks[0]) && chunks.len() == 1 + LATER, "{}", chunks.len());
    check(&chunks, &desk);
    // One that does not say what it takes is an older one, and gets each change.
    let changes = pull(&mut liu, None).await;
    assert_eq!(changes.len(), FIRST + LATER);
    check(&changes, &desk);
}

#[tokio::test]
async fn n2_no_change_goes_for_a_snapshot() {
    let mut relay = Relay::start().await;
    busy(&relay).await;
    relay.stop().await;
    let count = |table: &str| -> u64 {
        let query = format!("SELECT count(*) FROM {table} WHERE document = ?1");
        file(&relay)
            .query_row(&query, [&ACCOUNT[..]], |row| row.get::<_, i64>(0))
            .unwrap()
            .unsigned_abs()
    };
    assert_eq!((count("snapshot"), count("log")), (1, (FIRST + LATER) as u64));
}

#[tokio::test]
async fn n4_a_damaged_snapshot_counts_as_none() {
    // Damaged as it lies there, and written down as something that is no document.
    for damage in [
        "UPDATE snapshot SET packed = zeroblob(length(packed))",
        "UPDATE snapshot SET packed = x'00', sha256 = \
         x'6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'",
    ] {
        let mut relay = Relay::start().await;
        let mut desk = busy(&relay).await;
        relay.stop().await;
        assert!(file(&relay).execute(damage, []).unwrap() > 0);
        relay.start_again().await;
        let mut kim = relay.connect("kim", 1).await;
        kim.greet().await;
        // The relay itself opens the document by its changes,
        let verdicts = kim.push(3, vec![desk.rename("Gamma")]).await;
        assert!(matches!(verdicts[..], [Verdict::Received(_)]), "{verdicts:?}");
        // and makes a snapshot that serves again.
        let items = (0..FIRST).map(|number| desk.rename(&format!("Delta {number}"))).collect();
        kim.push(4, items).await;
        let mut liu = relay.connect("liu", 2).await;
        liu.greet().await;
        check(&pull(&mut liu, Some(Form::Snapshot)).await, &desk);
    }
}
