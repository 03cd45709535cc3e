//! The first start with a book: a workspace to try, and people to try it as.

use crate::{
    client::{Relay, Socket, people_named, sign_in_as},
    folder::Folder,
};
use domain::{row::AccountRow, time::Day};
use server::{demo, serve::StartFailure, settings::Settings, storage::home::Home};
use std::{collections::HashSet, path::Path};
use sync::{
    frame::{Down, RowItem, Up},
    id::{Class, Scope},
};

const TODAY: Day = Day(20_785);

/// The book is of other years; its last activity is of the day before.
#[test]
fn the_book_ends_yesterday() {
    let folder = Folder::new();
    let home = Home::open(folder.path()).unwrap();
    demo::prepare(&home, book(), TODAY).unwrap();
    let workspace = home.workspace(demo::WORKSPACE).unwrap().unwrap();
    let store = home.open_store(&workspace).unwrap();
    let mut last = None;
    let account = Class(documents::class::Class::Account as u8);
    let read = |item: RowItem| {
        if item.class == account {
            last = last.max(AccountRow::decode(&item.row).unwrap().last_activity);
        }
    };
    store.durable().each_row(Scope(0), read).unwrap();
    let last = last.unwrap().day();
    assert!((TODAY.0 - 60..TODAY.0).contains(&last.0), "{last}");
}

fn book() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/book-20-plain"))
}

#[tokio::test]
async fn the_demo_people_own_the_accounts_of_the_book() {
    let with_book = |settings: &mut Settings| settings.demo = Some(book().to_owned());
    let mut relay = Relay::start_on(Folder::new(), with_book).await;
    let session = relay.get("/api/session", &[]).await;
    for (login, name) in demo::PEOPLE {
        assert!(session.body.contains(login) && session.body.contains(name), "{}", session.body);
    }
    let rows = rows(&relay).await;
    assert!(rows.len() >= 20, "{}", rows.len());
    let owners: HashSet<_> = rows.iter().filter_map(|row| row.owner).collect();
    let people = people_named(demo::WORKSPACE, &demo::PEOPLE[..4]);
    assert!(people.is_subset(&owners), "{people:?} {owners:?}");

    // Another start brings nothing in again.
    relay.restart().await;
    assert_eq!(self::rows(&relay).await.len(), rows.len());
}

#[test]
fn a_workspace_of_that_name_that_is_somebodys_own_is_left_alone() {
    let folder = Folder::new();
    let home = Home::open(folder.path()).unwrap();
    let own = home.make_workspace(demo::WORKSPACE, [1; 16]).unwrap();
    let refused = demo::prepare(&home, book(), TODAY);
    assert!(matches!(refused, Err(StartFailure::DemoNameTaken)), "{refused:?}");
    assert_eq!(home.workspaces().unwrap(), [own]);
    assert!(home.person("morozova").unwrap().is_none());
}

#[test]
fn a_first_start_that_was_cut_off_is_gone_on_with() {
    let folder = Folder::new();
    let home = Home::open(folder.path()).unwrap();
    let workspace = home.make_workspace(demo::WORKSPACE, [1; 16]).unwrap();
    home.mark_demo(&workspace).unwrap();
    demo::prepare(&home, book(), TODAY).unwrap();
    assert!(!folder.path().join("demo-book").exists());
    assert_eq!(demo::people(&home).unwrap().len(), demo::PEOPLE.len());
}

async fn rows(relay: &Relay) -> Vec<AccountRow> {
    let cookie = sign_in_as(relay.address, "manager", demo::PASSWORD).await;
    let origin = format!("http://{}", relay.address);
    let opened = Socket::open(relay.address, 1, Some(&cookie), Some(&origin)).await;
    let mut socket = opened.unwrap();
    socket.greet().await;
    let mut rows = Vec::new();
    loop {
        let page = socket.wait_for(|down| match down {
            Down::Rows { items, to, more, .. } => Some((items.clone(), *to, *more)),
            _ => None,
        });
        let (items, to, more) = page.await;
        let accounts = items.iter().filter(|item| item.class.0 == 1);
        rows.extend(accounts.map(|item| AccountRow::decode(&item.row).unwrap()));
        if !more {
            return rows;
        }
        socket.send(&Up::More { cursor: to }).await;
    }
}
