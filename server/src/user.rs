//! `tessera user`: who may sign in, told from a terminal.

use crate::{
    access::passwords::{self, PasswordFailure},
    storage::{StorageFailure, home::Home, people::Person},
};
use clap::Subcommand;
use exchange::people::owner_id;
use std::{
    io::{self, BufRead, IsTerminal, Write},
    path::Path,
};

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Let somebody sign in; the password is asked for, or read as one line of input
    Add {
        /// What they sign in as
        login: String,
        /// What colleagues call them; a book's owner of the same name is the same person
        #[arg(long)]
        name: String,
        /// The workspace they work in; made when it is new
        #[arg(long, env = "TESSERA_WORKSPACE")]
        workspace: String,
    },
    /// List who may sign in
    List,
    /// Give somebody another password, asked for or read as one line of input, and sign them out
    Password {
        /// What they sign in as
        login: String,
    },
    /// Let somebody sign in no longer; what they wrote stays
    Remove {
        /// What they sign in as
        login: String,
    },
}

/// Why somebody was not added, changed or removed.
#[derive(Debug, thiserror::Error)]
pub enum UserFailure {
    #[error("a login name is 1 to 64 letters, digits, dots, hyphens, underscores or @")]
    Login,
    #[error("a name is 1 to 200 characters on one line")]
    Name,
    #[error("could not read the password")]
    Input(#[source] io::Error),
    #[error("could not write the list")]
    Output(#[source] io::Error),
    #[error(transparent)]
    Password(#[from] PasswordFailure),
    #[error(transparent)]
    Storage(#[from] StorageFailure),
}

/// Carries out a command on a data directory.
pub fn run(
    data: &Path,
    command: UserCommand,
    input: impl BufRead,
    mut output: impl Write,
) -> Result<(), UserFailure> {
    let home = Home::open(data)?;
    match command {
        UserCommand::Add { login, name, workspace } => {
            let (login, name) = (accepted_login(&login)?, accepted_name(&name)?);
            let workspace = accepted_name(&workspace)?;
            let password_hash = passwords::hash(&ask(input, &mut output)?)?;
            let mut id = [0; 16];
            getrandom::fill(&mut id).map_err(StorageFailure::Entropy)?;
            let workspace = home.make_workspace(workspace, id)?;
            home.add_person(&Person {
                login: login.to_owned(),
                id: owner_id(&workspace.name, name),
                name: name.to_owned(),
                workspace,
                password_hash,
            })?;
        }
        UserCommand::List => {
            for workspace in home.workspaces()? {
                for person in home.people(&workspace)? {
                    writeln!(output, "{}\t{}\t{}", workspace.name, person.login, person.name)
                        .map_err(UserFailure::Output)?;
                }
            }
        }
        UserCommand::Password { login } => {
            home.set_password(&login, &passwords::hash(&ask(input, &mut output)?)?)?;
        }
        UserCommand::Remove { login } => home.remove_person(&login)?,
    }
    Ok(())
}

fn ask(mut input: impl BufRead, output: &mut impl Write) -> Result<String, UserFailure> {
    if io::stdin().is_terminal() {
        write!(output, "Password (shown as you type): ")
            .and_then(|()| output.flush())
            .map_err(UserFailure::Output)?;
    }
    let mut password = String::new();
    input.read_line(&mut password).map_err(UserFailure::Input)?;
    let password = password.trim_end_matches(['\r', '\n']);
    passwords::accept(password)?;
    Ok(password.to_owned())
}

fn accepted_login(login: &str) -> Result<&str, UserFailure> {
    let fits = |character: char| character.is_alphanumeric() || ".-_@".contains(character);
    let good = (1..=64).contains(&login.chars().count()) && login.chars().all(fits);
    good.then_some(login).ok_or(UserFailure::Login)
}

fn accepted_name(name: &str) -> Result<&str, UserFailure> {
    let name = name.trim();
    let good = (1..=200).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    good.then_some(name).ok_or(UserFailure::Name)
}
