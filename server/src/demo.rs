//! The demo workspace: a book of customers, and people whose password everyone knows.

use crate::{
    access::passwords,
    import::{self, Book, progress::Voice},
    people::owner_id,
    serve::StartFailure,
    storage::{
        StorageFailure,
        home::{Home, Workspace},
        people::Person,
    },
};
use serde::Serialize;
use std::path::Path;

/// The name of the demo workspace.
pub const WORKSPACE: &str = "demo";
/// The password of everyone in it.
pub const PASSWORD: &str = "tessera-demo";
/// What they sign in as, and their names: the owners in the book, and somebody who owns nothing.
pub const PEOPLE: [(&str, &str); 5] = [
    ("morozova", "Морозова А."),
    ("kim", "Ким Е."),
    ("liumin", "刘敏"),
    ("carter", "J. Carter"),
    ("manager", "Manager"),
];

/// Somebody to try it as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DemoPerson {
    pub login: String,
    pub name: String,
    pub password: &'static str,
}

/// Returns who there is to try it as, which is nobody where there is no demo workspace.
pub fn people(home: &Home) -> Result<Vec<DemoPerson>, StorageFailure> {
    let Some(workspace) = home.workspace(WORKSPACE)?.filter(|workspace| workspace.demo) else {
        return Ok(Vec::new());
    };
    let people = home.people(&workspace)?.into_iter();
    Ok(people
        .filter(|person| PEOPLE.iter().any(|(login, _)| *login == person.login))
        .map(|person| DemoPerson { login: person.login, name: person.name, password: PASSWORD })
        .collect())
}

/// Makes the demo workspace at first start: the book first, then the people.
pub fn prepare(home: &Home, folder: &Path) -> Result<(), StartFailure> {
    if home.workspace(WORKSPACE)?.is_some_and(|workspace| workspace.demo) {
        return Ok(());
    }
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(StorageFailure::Entropy)?;
    let workspace = home.make_workspace(WORKSPACE, id)?;
    let book = Book { folder, report: None, voice: Voice::Aloud };
    let mut store = home.open_store(&workspace)?;
    let summary = import::bring_in(&mut store, WORKSPACE, &book)?;
    tracing::info!(accounts = summary.accounts, "the demo book is in");
    let_in(home, &workspace)
}

/// Lets the demo people in, once the book is there. The workspace is marked first: whatever
/// happens on the way, it is never served beyond loopback.
fn let_in(home: &Home, workspace: &Workspace) -> Result<(), StartFailure> {
    home.mark_demo(workspace)?;
    for (login, name) in PEOPLE {
        if home.person(login)?.is_none() {
            home.add_person(&Person {
                login: login.to_owned(),
                id: owner_id(&workspace.name, name),
                name: name.to_owned(),
                workspace: workspace.clone(),
                password_hash: passwords::hash(PASSWORD)?,
            })?;
        }
    }
    Ok(())
}
