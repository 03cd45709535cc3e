//! Data folders written by released relays still open, and are served and written in as before.
//!
//! Each file of a folder is kept as the statements that make it, so that a change of a table shows.

use crate::{client::Relay, edits::Desk, folder::Folder};
use rusqlite::Connection;
use std::{collections::BTreeSet, fs, path::Path};
use sync::{
    frame::{ByeReason, Down, Up, Want},
    id::{DocumentId, Sequence},
    verdict::Verdict,
};

const DIRECTORY_1: &str = include_str!("../released/directory-1.sql");
const WORKSPACE_1: &str = include_str!("../released/workspace-1.sql");

/// What a tablet of the first release said when it came back to that folder with an edit unsent.
const DEVICE_1: &str = include_str!("../released/device-1.txt");

const DIRECTORY: &str = "relay.sqlite";
const WORKSPACE: &str = "workspaces/61616161616161616161616161616161/log.sqlite";

/// Returns a data folder as the first release left it: people, and one account in the log.
pub fn folder_1() -> Folder {
    let folder = Folder::new();
    for (file, statements) in [(DIRECTORY, DIRECTORY_1), (WORKSPACE, WORKSPACE_1)] {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        Connection::open(path).unwrap().execute_batch(statements).unwrap();
    }
    folder
}

/// Returns the statements that made the tables and indexes of a file.
fn shape(path: &Path) -> BTreeSet<String> {
    let file = Connection::open(path).unwrap();
    let mut query = file.prepare("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").unwrap();
    let shape = query.query_map([], |row| row.get(0)).unwrap();
    shape.collect::<Result<_, _>>().unwrap()
}

#[tokio::test]
async fn a_data_folder_of_the_first_release_is_served_and_written_in() {
    let relay = Relay::start_on(folder_1(), |_| {}).await;
    let mut kim = relay.connect("kim", 1).await;
    let Down::Welcome { head, .. } = kim.greet().await else { unreachable!() };
    assert!(head >= Sequence(10), "{head:?}");
    let mut desk = Desk::new("acme", "kim", 9, 1);
    desk.open("Alpha");
    desk.rename("Beta");
    let want = Want { document: DocumentId([9; 16]), after: Sequence(0), form: None, begins: None };
    kim.send(&Up::Pull { wants: vec![want] }).await;
    let changes = kim
        .wait_for(|down| match down {
            Down::Changes { changes, .. } => Some(changes.clone()),
            _ => None,
        })
        .await;
    let kept: Vec<_> = desk.document.changes().into_iter().map(|change| change.bytes).collect();
    assert_eq!(changes.into_iter().map(Vec::from).collect::<Vec<_>>(), kept);
    // The same device goes on where it stood.
    let verdicts = kim.push(1, vec![desk.rename("Gamma")]).await;
    assert!(matches!(verdicts[..], [Verdict::Received(at)] if at > head), "{verdicts:?}");
}

#[tokio::test]
async fn the_tables_of_the_first_release_are_made_as_they_were() {
    let mut relay = Relay::start().await;
    relay.connect("kim", 1).await.greet().await;
    relay.stop().await;
    let released = folder_1();
    for file in [DIRECTORY, WORKSPACE] {
        let (then, now) = (released.path().join(file), relay.folder.path().join(file));
        let (then, now) = (shape(&then), shape(&now));
        let gone: Vec<_> = then.difference(&now).collect();
        assert!(gone.is_empty(), "{file} is no longer made so: {gone:?}");
    }
}

/// Returns a frame as that tablet sent it.
fn said(name: &str) -> Vec<u8> {
    let line = DEVICE_1.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    let digits = line.unwrap();
    let pairs = (0..digits.len()).step_by(2).map(|at| &digits[at..at + 2]);
    pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}

#[tokio::test]
async fn c10_a_tablet_of_the_first_release_goes_on_where_it_stood_and_its_edit_is_taken() {
    let relay = Relay::start_on(folder_1(), |_| {}).await;
    let mut kim = relay.connect("kim", 1).await;
    kim.send_bytes(said("hello")).await;
    let welcome = kim.wait_for(|down| match down {
        Down::Welcome { head, shared, .. } => Some((*head, *shared)),
        _ => None,
    });
    assert_eq!(welcome.await, (Sequence(10), None));
    kim.send_bytes(said("push")).await;
    let received = kim.wait_for(|down| match down {
        Down::Verdicts { items, .. } => Some(items.clone()),
        _ => None,
    });
    let received = received.await;
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].verdict, Verdict::Received(Sequence(11)));
    kim.send_bytes(said("pull")).await;
    let changes = kim.wait_for(|down| match down {
        Down::Changes { changes, last: true, .. } => Some(changes.len()),
        _ => None,
    });
    assert_eq!(changes.await, 3, "one by one, as it knows them");
}

#[tokio::test]
async fn c10_a_tablet_of_another_version_is_told_so_and_comes_back_with_its_edit() {
    let relay = Relay::start_on(folder_1(), |_| {}).await;
    for version in [0, 2] {
        let mut other = relay.connect("kim", 1).await;
        let mut hello = said("hello");
        hello[0] = version;
        other.send_bytes(hello).await;
        let farewell = other.wait_for(|down| match down {
            Down::Bye { reason } => Some(*reason),
            _ => None,
        });
        assert_eq!(farewell.await, ByeReason::UnknownVersion);
    }
    let mut kim = relay.connect("kim", 1).await;
    kim.send_bytes(said("hello")).await;
    kim.send_bytes(said("push")).await;
    let received = kim.wait_for(|down| match down {
        Down::Verdicts { items, .. } => Some(items[0].verdict.clone()),
        _ => None,
    });
    assert_eq!(received.await, Verdict::Received(Sequence(11)));
}
