//! Who is calling and which workspace they may open, and how that is found out.
//!
//! A value of type [`Access`] is the proof. [`passwords`] checks a password, [`attempts`] bounds
//! how often, [`cookie`] carries the session, [`origin`] says which page is asking.

pub mod attempts;
pub mod cookie;
pub mod origin;
pub mod passwords;

use crate::{
    clock,
    desk::Desk,
    error::Error,
    storage::{people::Person, sessions::SessionHash},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use std::sync::Arc;

/// Somebody signed in.
#[derive(Debug, Clone)]
pub struct Access {
    pub person: Person,
    pub session: SessionHash,
}

impl Access {
    /// Returns whose session the request carries, if it carries one that holds.
    pub async fn of(parts: &Parts, desk: &Arc<Desk>) -> Result<Option<Self>, Error> {
        let Some(session) = cookie::session(&parts.headers, &desk.settings) else {
            return Ok(None);
        };
        let person = desk.with_home(move |home| home.session(session, clock::now())).await?;
        Ok(person.map(|person| Self { person, session }))
    }
}

impl FromRequestParts<Arc<Desk>> for Access {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, desk: &Arc<Desk>) -> Result<Self, Error> {
        Self::of(parts, desk).await?.ok_or(Error::NotSignedIn)
    }
}

/// Who is signed in, or nobody.
pub struct Visitor(pub Option<Access>);

impl FromRequestParts<Arc<Desk>> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, desk: &Arc<Desk>) -> Result<Self, Error> {
        Access::of(parts, desk).await.map(Self)
    }
}
