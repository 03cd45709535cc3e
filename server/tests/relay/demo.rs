//! The first start with a book: a workspace to try, and people to try it as.

use crate::{
    client::{Relay, Socket, people_named, sign_in_as},
    folder::Folder,
};
use domain::row::AccountRow;
use server::{demo, settings::Settings};
use std::{collections::HashSet, path::Path};
use sync::frame::{Down, Up};

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
