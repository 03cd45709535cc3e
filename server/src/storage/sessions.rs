//! Who is signed in. Of a session's token only the hash is kept, so that a copy of the file lets
//! nobody in.

use super::{
    StorageFailure,
    home::Home,
    people::{Person, person},
    while_attempting,
};
use rusqlite::{OptionalExtension, params};
use sync::id::Time;

/// The SHA-256 hash of a session's token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionHash(pub [u8; 32]);

impl Home {
    /// Begins a session, and forgets those that have run out.
    pub fn begin_session(
        &self,
        session: SessionHash,
        login: &str,
        now: Time,
        expires_at: Time,
    ) -> Result<(), StorageFailure> {
        self.directory
            .execute("DELETE FROM session WHERE expires_at <= ?1", [now.0])
            .and_then(|_| {
                self.directory.execute(
                    "INSERT INTO session VALUES (?1, ?2, ?3)",
                    params![&session.0[..], login, expires_at.0],
                )
            })
            .map(drop)
            .map_err(while_attempting("begin a session"))
    }

    /// Returns whose session it is, unless it has run out.
    pub fn session(
        &self,
        session: SessionHash,
        now: Time,
    ) -> Result<Option<Person>, StorageFailure> {
        const SESSION: &str = "SELECT login, person, person.name, password_hash,
            workspace.id, workspace.name, demo
            FROM session JOIN person USING (login)
            JOIN workspace ON workspace.id = person.workspace
            WHERE hash = ?1 AND expires_at > ?2";
        self.directory
            .prepare_cached(SESSION)
            .and_then(|mut query| {
                query.query_row(params![&session.0[..], now.0], person).optional()
            })
            .map_err(while_attempting("look for a session"))
    }

    /// Ends a session.
    pub fn end_session(&self, session: SessionHash) -> Result<(), StorageFailure> {
        self.directory
            .execute("DELETE FROM session WHERE hash = ?1", [&session.0[..]])
            .map(drop)
            .map_err(while_attempting("end a session"))
    }

    /// Ends every session of a person.
    pub fn end_sessions_of(&self, login: &str) -> Result<(), StorageFailure> {
        self.directory
            .execute("DELETE FROM session WHERE login = ?1", [login])
            .map(drop)
            .map_err(while_attempting("end sessions"))
    }
}
