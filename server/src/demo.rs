//! The demo workspace: a book of customers, and people whose password everyone knows.

mod agreed;
mod shifted;

use crate::{
    access::passwords,
    clock,
    import::{self, Book, configuration, progress::Voice},
    serve::StartFailure,
    storage::{
        StorageFailure,
        home::{Home, Workspace},
        people::Person,
        store::Store,
        while_attempting,
    },
};
use documents::{
    actor::{Actor, RELAY},
    class::{CATALOGUE_ID, CONFIGURATION_ID, Class},
};
use domain::{
    edit::Edit,
    time::{Day, Timestamp},
};
use exchange::{form::Answers, people::owner_id};
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

/// Makes the demo workspace at first start: the book first, moved to end the day before `today`,
/// then the people. A first start that was
/// cut off is gone on with; a workspace of that name that was not made here is left alone.
pub fn prepare(home: &Home, folder: &Path, today: Day) -> Result<(), StartFailure> {
    let workspace = match home.workspace(WORKSPACE)? {
        Some(workspace) if !workspace.demo => return Err(StartFailure::DemoNameTaken),
        // They are let in together and last, so that anybody stands for everything.
        Some(workspace) if !home.people(&workspace)?.is_empty() => return Ok(()),
        Some(workspace) => workspace,
        None => make(home)?,
    };
    let moved = shifted::make(folder, home.folder(), today).map_err(StartFailure::Shift)?;
    let book =
        Book { folder: &moved, report: None, answers: Answers::default(), voice: Voice::Aloud };
    let mut store = home.open_store(&workspace)?;
    let summary = import::bring_in(&mut store, WORKSPACE, &book)?;
    settle(&mut store, &moved)?;
    tracing::info!(accounts = summary.accounts, "the demo book is in");
    let_in(home, &workspace)?;
    shifted::remove(home.folder()).map_err(StartFailure::Shift)
}

/// Writes down what the book says was agreed on, once: a first start that was cut off after it
/// finds it written.
fn settle(store: &mut Store, book: &Path) -> Result<(), StartFailure> {
    if configuration::read(store)?.reporting_currency.is_some() {
        return Ok(());
    }
    let agreed = agreed::of(book, WORKSPACE).map_err(StartFailure::Shift)?;
    let mut write = |document, edits: &[Edit]| -> Result<(), StartFailure> {
        let mut life = [0; 16];
        getrandom::fill(&mut life).map_err(StorageFailure::Entropy)?;
        let author = (Actor { person: RELAY, life }, Timestamp(clock::now().0));
        Ok(configuration::write(store, document, edits, author)?)
    };
    write((CATALOGUE_ID, Class::Catalogue), &agreed.catalogue)?;
    write((CONFIGURATION_ID, Class::Configuration), &agreed.configuration)
}

/// Makes the workspace and marks it in one step: whatever happens on the way, it is never taken for
/// somebody's own, nor served beyond loopback.
fn make(home: &Home) -> Result<Workspace, StartFailure> {
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(StorageFailure::Entropy)?;
    at_once(home, || {
        let workspace = home.make_workspace(WORKSPACE, id)?;
        home.mark_demo(&workspace)?;
        Ok(Workspace { demo: true, ..workspace })
    })
}

/// Lets everybody in whose name is still free.
fn let_in(home: &Home, workspace: &Workspace) -> Result<(), StartFailure> {
    let mut people = Vec::new();
    for (login, name) in PEOPLE {
        people.push(Person {
            login: login.to_owned(),
            id: owner_id(&workspace.name, name),
            name: name.to_owned(),
            workspace: workspace.clone(),
            password_hash: passwords::hash(PASSWORD)?,
        });
    }
    at_once(home, || {
        for person in &people {
            if home.person(&person.login)?.is_none() {
                home.add_person(person)?;
            }
        }
        Ok(())
    })
}

/// Writes to the directory of workspaces and people, all of it or nothing.
fn at_once<T>(
    home: &Home,
    write: impl FnOnce() -> Result<T, StorageFailure>,
) -> Result<T, StartFailure> {
    let attempting = || while_attempting("prepare the demo workspace");
    let transaction = home.directory.unchecked_transaction().map_err(attempting())?;
    let written = write()?;
    transaction.commit().map_err(attempting())?;
    Ok(written)
}
