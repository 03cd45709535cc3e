//! Who is signed in, as the relay says; and signing in and out.

use crate::browser::{http, known_people::KnownPerson};
use domain::id::PersonId;
use serde::{Deserialize, Serialize};

/// Somebody signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub person: PersonId,
    pub person_name: String,
    /// The id of the workspace.
    pub workspace: String,
    pub workspace_name: String,
}

/// Somebody to try Tessera as.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DemoPerson {
    pub login: String,
    pub name: String,
    pub password: String,
}

/// What the relay says of who is there.
pub struct Answer {
    pub session: Option<Session>,
    pub demo: Vec<DemoPerson>,
}

/// Why nobody was signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignInFailure {
    #[error("there is no line to the relay")]
    NoLine,
    #[error("the name or the password is wrong")]
    Wrong,
    #[error("there were too many attempts")]
    TooMany,
}

#[derive(Serialize)]
struct Credentials<'a> {
    login: &'a str,
    password: &'a str,
}

#[derive(Deserialize)]
struct AnswerText {
    session: Option<SessionText>,
    #[serde(default)]
    demo: Vec<DemoPerson>,
}

#[derive(Deserialize)]
struct SessionText {
    person: String,
    name: String,
    workspace: String,
    workspace_id: String,
}

/// Asks the relay who is signed in, and who there is to try it as.
pub async fn current() -> Result<Answer, SignInFailure> {
    let reply = http::get("/api/session").await.map_err(|_| SignInFailure::NoLine)?;
    read(&reply)
}

pub async fn sign_in(login: &str, password: &str) -> Result<Session, SignInFailure> {
    let credentials = serde_json::to_string(&Credentials { login, password })
        .map_err(|_| SignInFailure::Wrong)?;
    let reply =
        http::post("/api/sign-in", &credentials).await.map_err(|_| SignInFailure::NoLine)?;
    read(&reply)?.session.ok_or(SignInFailure::Wrong)
}

/// Ends the session at the relay; without a line the relay ends it by itself in time.
pub async fn sign_out() {
    let _ = http::post("/api/sign-out", "").await;
}

fn read(reply: &http::Reply) -> Result<Answer, SignInFailure> {
    match reply.status {
        200 => {}
        429 => return Err(SignInFailure::TooMany),
        401 => return Err(SignInFailure::Wrong),
        _ => return Err(SignInFailure::NoLine),
    }
    let answer: AnswerText =
        serde_json::from_str(&reply.text).map_err(|_| SignInFailure::NoLine)?;
    let session = answer.session.and_then(|session| {
        Some(Session {
            person: session.person.parse().ok()?,
            person_name: session.name,
            workspace: session.workspace_id,
            workspace_name: session.workspace,
        })
    });
    Ok(Answer { session, demo: answer.demo })
}

impl Session {
    /// Returns what this browser notes of the person.
    pub fn known(&self) -> KnownPerson {
        KnownPerson {
            workspace: self.workspace.clone(),
            workspace_name: self.workspace_name.clone(),
            person: self.person.to_string(),
            person_name: self.person_name.clone(),
        }
    }

    /// Returns the session of somebody this browser knows.
    pub fn of(known: KnownPerson) -> Option<Self> {
        Some(Self {
            person: known.person.parse().ok()?,
            person_name: known.person_name,
            workspace: known.workspace,
            workspace_name: known.workspace_name,
        })
    }
}
