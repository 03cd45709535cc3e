//! The people of each workspace: how they sign in, and who they are in its documents.

use super::{
    StorageFailure,
    home::{Home, Workspace},
    while_attempting,
};
use domain::id::PersonId;
use rusqlite::{OptionalExtension, params};

/// Somebody who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// What they sign in as; one person's across all workspaces.
    pub login: String,
    pub id: PersonId,
    pub name: String,
    pub workspace: Workspace,
    /// The argon2id hash of the password, in PHC form.
    pub password_hash: String,
}

const PERSON: &str = "SELECT login, person, person.name, password_hash,
    workspace.id, workspace.name, demo
    FROM person JOIN workspace ON workspace.id = person.workspace";

impl Home {
    /// Adds somebody who may sign in.
    pub fn add_person(&self, person: &Person) -> Result<(), StorageFailure> {
        if self.person(&person.login)?.is_some() {
            return Err(StorageFailure::LoginTaken(person.login.clone()));
        }
        if self.people(&person.workspace)?.iter().any(|other| other.id == person.id) {
            return Err(StorageFailure::NameTaken(person.name.clone()));
        }
        self.directory
            .execute(
                "INSERT INTO person VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    person.login,
                    &person.workspace.id[..],
                    &person.id.0[..],
                    person.name,
                    person.password_hash
                ],
            )
            .map(drop)
            .map_err(while_attempting("add a person"))
    }

    /// Returns who signs in by that name.
    pub fn person(&self, login: &str) -> Result<Option<Person>, StorageFailure> {
        self.directory
            .query_row(&format!("{PERSON} WHERE login = ?1"), [login], person)
            .optional()
            .map_err(while_attempting("look for a person"))
    }

    /// Returns the people of a workspace, by login.
    pub fn people(&self, workspace: &Workspace) -> Result<Vec<Person>, StorageFailure> {
        self.directory
            .prepare_cached(&format!("{PERSON} WHERE workspace.id = ?1 ORDER BY login"))
            .and_then(|mut query| query.query_map([&workspace.id[..]], person)?.collect())
            .map_err(while_attempting("list the people"))
    }

    /// Gives somebody another password and ends their sessions.
    pub fn set_password(&self, login: &str, hash: &str) -> Result<(), StorageFailure> {
        let changed = self
            .directory
            .execute("UPDATE person SET password_hash = ?2 WHERE login = ?1", [login, hash])
            .map_err(while_attempting("change a password"))?;
        if changed == 0 {
            return Err(StorageFailure::NoSuchLogin(login.to_owned()));
        }
        self.end_sessions_of(login)
    }

    /// Lets somebody sign in no longer and ends their sessions; what they wrote stays.
    pub fn remove_person(&self, login: &str) -> Result<(), StorageFailure> {
        let removed = self
            .directory
            .execute("DELETE FROM person WHERE login = ?1", [login])
            .map_err(while_attempting("remove a person"))?;
        if removed == 0 { Err(StorageFailure::NoSuchLogin(login.to_owned())) } else { Ok(()) }
    }
}

pub(super) fn person(row: &rusqlite::Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        login: row.get(0)?,
        id: PersonId(row.get(1)?),
        name: row.get(2)?,
        password_hash: row.get(3)?,
        workspace: Workspace { id: row.get(4)?, name: row.get(5)?, demo: row.get(6)? },
    })
}
