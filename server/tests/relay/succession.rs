//! A document with a long history is begun anew, through the socket and in the file.

use crate::{
    client::{Relay, Socket},
    edits::Desk,
};
use documents::{class::Class, document::Document};
use rusqlite::Connection;
use server::storage::home::Home;
use sync::{
    frame::{Down, PushItem, Up, Want},
    id::{DocumentId, Sequence},
    verdict::{Reason, Verdict},
};

const ACCOUNT: [u8; 16] = [9; 16];
/// Enough for a snapshot, which is when documents are looked at.
const LONG: usize = 64;

fn received(verdicts: &[Verdict]) -> bool {
    verdicts.iter().all(|one| matches!(one, Verdict::Received(_)))
}

/// Waits until a row says that the account begins anew, and returns where.
async fn begun(socket: &mut Socket) -> Sequence {
    let row = socket.wait_for(|down| match down {
        Down::Rows { items, .. } => {
            items.iter().find(|item| item.document.0 == ACCOUNT).and_then(|item| item.begins)
        }
        _ => None,
    });
    row.await
}

/// Pulls the account as a device that keeps it up to `after`, of the history that began there.
async fn pull(socket: &mut Socket, after: u64, begins: Option<u64>) -> Vec<Vec<u8>> {
    let (after, begins) = (Sequence(after), begins.map(Sequence));
    let want = Want { document: DocumentId(ACCOUNT), after, form: None, begins };
    socket.send(&Up::Pull { wants: vec![want] }).await;
    let page = socket.wait_for(|down| match down {
        Down::Changes { changes, last: true, .. } => Some(changes.clone()),
        _ => None,
    });
    page.await.into_iter().map(Vec::from).collect()
}

/// Returns a relay that has begun the account anew, who sees it, whoever worked on it before, and where
/// it begins.
async fn succeeded() -> (Relay, Socket, Desk, Sequence) {
    let relay = Relay::start_with(|settings| settings.changes_max = Some(40)).await;
    let mut kim = relay.connect("kim", 1).await;
    kim.greet().await;
    let mut desk = Desk::new("acme", "kim", ACCOUNT[0], 1);
    let mut items = vec![desk.open("Alpha")];
    items.extend((1..LONG).map(|number| desk.rename(&format!("Alpha {number}"))));
    kim.send(&Up::Push { batch: 1, items, author: None }).await;
    let begins = begun(&mut kim).await;
    (relay, kim, desk, begins)
}

fn opened(changes: &[Vec<u8>]) -> Document {
    Document::open(Class::Account, ACCOUNT, changes).unwrap()
}

/// Works on with the account as it begins anew.
fn desk_on(changes: &[Vec<u8>]) -> Desk {
    let mut desk = Desk::new("acme", "kim", ACCOUNT[0], 2);
    desk.document = opened(changes);
    desk
}

async fn push(socket: &mut Socket, batch: u64, item: PushItem) -> Verdict {
    socket.push(batch, vec![item]).await.remove(0)
}

#[tokio::test]
async fn h1_h2_h3_a_long_history_gives_way_to_a_new_beginning_that_reads_the_same() {
    let (mut relay, mut kim, desk, begins) = succeeded().await;
    let changes = pull(&mut kim, begins.0 - 1, Some(0)).await;
    assert!(changes.len() < 4);
    assert_eq!(opened(&changes).account(), desk.document.account());
    let mut anew = desk_on(&changes);
    assert!(received(&[push(&mut kim, 2, anew.rename("Beta")).await]));
    relay.restart().await;
    let mut liu = relay.connect("liu", 2).await;
    liu.greet().await;
    assert_eq!(opened(&pull(&mut liu, 0, Some(0)).await).heads(), anew.document.heads());
    let mut kim = relay.connect("kim", 1).await;
    kim.greet().await;
    assert!(received(&[push(&mut kim, 1, anew.rename("Gamma")).await]));
}

#[tokio::test]
async fn h4_h5_who_worked_on_the_past_makes_it_again_or_waits_for_an_update() {
    let (relay, mut kim, mut desk, begins) = succeeded().await;
    let late = desk.rename("Late");
    let verdict = push(&mut kim, 2, late.clone()).await;
    assert_eq!(verdict, Verdict::Refused(Reason::DependencyRefused));
    let mut older = relay.connect("kim", 3).await;
    older.greet_as_older().await;
    let verdict = push(&mut older, 1, late).await;
    assert_eq!(verdict, Verdict::NotYet(Reason::NewerSchema));
    assert!(pull(&mut older, begins.0 - 1, None).await.is_empty());
    assert_eq!(
        opened(&pull(&mut older, 0, None).await).account().unwrap().name,
        format!("Alpha {}", LONG - 1)
    );
}

#[tokio::test]
async fn h1_the_past_is_kept_in_the_file_and_no_older_relay_opens_it() {
    let (mut relay, _, desk, begins) = succeeded().await;
    relay.stop().await;
    let folder = relay.folder.path();
    let file = folder.join("workspaces/61616161616161616161616161616161/log.sqlite");
    let file = Connection::open(file).unwrap();
    let one = |query: &str| file.query_row(query, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(one("SELECT user_version FROM pragma_user_version"), 2);
    assert_eq!(one("SELECT count(*) FROM snapshot"), 0);
    let home = Home::open(folder).unwrap();
    let workspace = home.workspace("acme").unwrap().unwrap();
    let reader = home.open_reader(&workspace).unwrap().unwrap();
    let then = |until| reader.changes_then(DocumentId(ACCOUNT), Sequence(until)).unwrap();
    let past = then(begins.0 - 1);
    assert_eq!(opened(&past).heads(), desk.document.heads());
    // The new beginning is there as a whole, or is not there yet.
    let head = reader.hold().unwrap().0;
    assert_eq!(then(head - 1), past);
    assert_eq!(opened(&then(head)).account(), desk.document.account());
    assert_ne!(opened(&then(head)).heads(), desk.document.heads());
}

#[tokio::test]
async fn h6_a_relay_put_back_from_a_backup_begins_none() {
    let mut relay = Relay::start_with(|settings| settings.changes_max = Some(40)).await;
    relay.connect("kim", 1).await.greet().await;
    relay.stop().await;
    relay.settings.restored = true;
    relay.start_again().await;
    let mut kim = relay.connect("kim", 1).await;
    kim.greet().await;
    let mut desk = Desk::new("acme", "kim", ACCOUNT[0], 1);
    let mut items = vec![desk.open("Alpha")];
    items.extend((1..=LONG).map(|number| desk.rename(&format!("Alpha {number}"))));
    assert!(received(&kim.push(1, items).await));
    assert!(received(&[push(&mut kim, 2, desk.rename("Beta")).await]));
}
