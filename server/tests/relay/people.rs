//! Who may sign in, told from a terminal, and who is never let in from outside.

use crate::{
    client::{PASSWORD, Relay},
    folder::Folder,
};
use domain::configuration::Configuration;
use server::{
    demo,
    serve::{self, StartFailure},
    settings::Settings,
    storage::{StorageFailure, home::Home},
    user::{self, UserCommand, UserFailure},
};
use sync::frame::Down;

fn run(folder: &Folder, command: UserCommand, input: &str) -> Result<String, UserFailure> {
    let mut output = Vec::new();
    user::run(folder.path(), command, input.as_bytes(), &mut output)?;
    Ok(String::from_utf8(output).unwrap())
}

fn add(folder: &Folder, login: &str, name: &str, password: &str) -> Result<String, UserFailure> {
    let (login, name, workspace) = (login.to_owned(), name.to_owned(), "acme".to_owned());
    run(folder, UserCommand::Add { login, name, workspace }, password)
}

#[test]
fn people_are_added_listed_and_removed() {
    let folder = Folder::new();
    add(&folder, "kim", "Ким Е.", "a password long enough\n").unwrap();
    assert_eq!(run(&folder, UserCommand::List, "").unwrap(), "acme\tkim\tКим Е.\n");
    let password = UserCommand::Password { login: "kim".into() };
    run(&folder, password, "another password, long enough\n").unwrap();
    run(&folder, UserCommand::Remove { login: "kim".into() }, "").unwrap();
    assert_eq!(run(&folder, UserCommand::List, "").unwrap(), "");
}

#[test]
fn nobody_is_added_twice_or_with_a_password_that_is_too_short() {
    let folder = Folder::new();
    assert!(matches!(add(&folder, "kim", "Kim", "short\n"), Err(UserFailure::Password(_))));
    add(&folder, "kim", "Kim", "a password long enough\n").unwrap();
    let again = |login, name| add(&folder, login, name, "a password long enough\n").unwrap_err();
    assert!(matches!(again("kim", "Other"), UserFailure::Storage(StorageFailure::LoginTaken(_))));
    assert!(matches!(again("other", "Kim"), UserFailure::Storage(StorageFailure::NameTaken(_))));
}

#[tokio::test]
async fn people_whose_password_is_public_are_never_served_beyond_loopback() {
    let folder = Folder::new();
    let home = Home::open(folder.path()).unwrap();
    let workspace = home.make_workspace(demo::WORKSPACE, [1; 16]).unwrap();
    home.mark_demo(&workspace).unwrap();
    drop(home);
    let mut settings = Settings::on_any_port(folder.path().to_owned());
    settings.listen = ([0, 0, 0, 0], 0).into();
    let refused = serve::start(settings.clone()).await.err().unwrap();
    assert!(matches!(refused, StartFailure::DemoReachable(_)), "{refused}");
    settings.listen = ([127, 0, 0, 1], 0).into();
    settings.behind_tls = true;
    assert!(matches!(serve::start(settings).await, Err(StartFailure::DemoReachable(_))));
}

#[tokio::test]
async fn somebody_added_while_the_relay_runs_is_introduced_when_they_come() {
    let relay = Relay::start().await;
    let mut kim = relay.connect("kim", 1).await;
    kim.greet().await;
    assert_eq!(names(&mut kim).await, ["kim", "liu"]);
    let password = format!("{PASSWORD}\n");
    add(&relay.folder, "new", "Newcomer", &password).unwrap();
    let mut new = relay.connect("new", 2).await;
    new.greet().await;
    assert_eq!(names(&mut kim).await, ["Newcomer", "kim", "liu"]);
}

/// Returns the names of everyone in the next configuration to arrive.
async fn names(socket: &mut crate::client::Socket) -> Vec<String> {
    let configuration: Configuration = socket
        .wait_for(|down| match down {
            Down::Rows { items, .. } => {
                let found = items.iter().find(|item| item.class.0 == 3)?;
                Some(minicbor::decode(&found.row).unwrap())
            }
            _ => None,
        })
        .await;
    let mut names: Vec<_> = configuration.people.into_values().map(|person| person.name).collect();
    names.sort();
    names
}
