//! Storage that fails for a while: nothing is acknowledged or told, and afterwards all goes on.

use crate::{client::Relay, edits::Desk};
use domain::row::AccountRow;
use rusqlite::Connection;
use sync::{
    frame::{Down, Up},
    id::Sequence,
    verdict::{Reason, Verdict},
};

/// Every write to the log fails.
const WRITES_FAIL: &str = "CREATE TRIGGER fail BEFORE INSERT ON log
    BEGIN SELECT raise(ABORT, 'no room'); END;";
/// Every write goes well, and then the transaction cannot be committed.
const COMMITS_FAIL: &str = "CREATE TABLE parent (id INTEGER PRIMARY KEY);
    CREATE TABLE child (id REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER fail AFTER INSERT ON log BEGIN INSERT INTO child VALUES (1); END;";

#[tokio::test]
async fn a_write_that_fails_is_not_acknowledged_and_can_be_pushed_again() {
    check(WRITES_FAIL).await;
}

#[tokio::test]
async fn a_commit_that_fails_is_not_acknowledged_and_can_be_pushed_again() {
    check(COMMITS_FAIL).await;
}

async fn check(fault: &str) {
    let relay = Relay::start().await;
    let (mut kim, mut liu) = (relay.connect("kim", 1).await, relay.connect("liu", 2).await);
    kim.greet().await;
    liu.greet().await;
    let mut desk = Desk::new("acme", "kim", 9, 1);
    let verdicts = kim.push(1, vec![desk.open("Before")]).await;
    let [Verdict::Received(before)] = verdicts[..] else { panic!("{verdicts:?}") };

    let file = workspace_file(&relay);
    file.execute_batch(fault).unwrap();
    let items = vec![desk.rename("During"), desk.rename("After")];
    let verdicts = kim.push(2, items.clone()).await;
    assert_eq!(verdicts, vec![Verdict::NotYet(Reason::NotStored); 2]);

    file.execute_batch("DROP TRIGGER fail;").unwrap();
    let verdicts = kim.push(3, items).await;
    let place = |after| Verdict::Received(Sequence(before.0 + after));
    assert_eq!(verdicts, [place(1), place(2)], "the log has no gap");

    // Whoever listened has heard of what is kept, and of nothing else.
    let mut names = Vec::new();
    while names.last().is_none_or(|name| name != "After") {
        names.extend(liu.wait_for(names_in).await);
    }
    assert_eq!(names, ["Before", "After"]);
    kim.send(&Up::Ping).await;
    kim.wait_for(|down| matches!(down, Down::Pong).then_some(())).await;
}

fn names_in(down: &Down) -> Option<Vec<String>> {
    let Down::Rows { items, .. } = down else { return None };
    let accounts = items.iter().filter(|item| item.class.0 == 1);
    Some(accounts.map(|item| AccountRow::decode(&item.row).unwrap().name).collect())
}

fn workspace_file(relay: &Relay) -> Connection {
    let folders = std::fs::read_dir(relay.folder.path().join("workspaces")).unwrap();
    let mut files = folders.map(|folder| folder.unwrap().path().join("log.sqlite"));
    Connection::open(files.next().unwrap()).unwrap()
}
