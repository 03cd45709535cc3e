//! Signing in and out, and who is signed in.
//!
//! `GET /api/session` and a successful `POST /api/sign-in` (`{"login", "password"}`) answer
//! `{"session": {"login", "person", "name", "workspace", "workspace_id"} | null, "demo": [{"login",
//! "name", "password"}]}`; a failure answers `{"error": code}`.

use crate::{
    access::{Access, Visitor, cookie, cookie::Token, origin::SameOrigin},
    clock, demo,
    desk::Desk,
    error::Error,
    storage::{StorageFailure, home::hexadecimal, people::Person},
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use sync::id::Time;

/// What somebody types to sign in.
#[derive(Deserialize)]
pub struct Credentials {
    login: String,
    password: String,
}

#[derive(Serialize)]
struct Answer {
    session: Option<Session>,
    demo: Vec<demo::DemoPerson>,
}

#[derive(Serialize)]
struct Session {
    login: String,
    /// 32 hexadecimal digits.
    person: String,
    name: String,
    workspace: String,
    /// 32 hexadecimal digits.
    workspace_id: String,
}

/// Says who is signed in, and who there is to try it as.
pub async fn show(
    State(desk): State<Arc<Desk>>,
    Visitor(access): Visitor,
) -> Result<Response, Error> {
    Ok(answer(&desk, access.map(|access| access.person)).await?.into_response())
}

/// Begins a session.
pub async fn sign_in(
    State(desk): State<Arc<Desk>>,
    _: SameOrigin,
    Json(credentials): Json<Credentials>,
) -> Result<Response, Error> {
    let Credentials { login, password } = credentials;
    let now = clock::now();
    desk.attempts
        .begin(&login, now)
        .map_err(|wait_ms| Error::TooManyAttempts { wait_seconds: wait_ms / 1000 + 1 })?;
    let name = login.clone();
    let person = desk.with_home(move |home| home.person(&name)).await?;
    let hash = person.as_ref().map(|person| person.password_hash.clone());
    let right = desk.passwords.check(password, hash).await?;
    let Some(person) = person.filter(|_| right) else {
        tracing::warn!(login, "a wrong name or password");
        return Err(Error::WrongPassword);
    };
    desk.attempts.succeeded(&login);
    tracing::info!(login, workspace = person.workspace.name, "signed in");

    let token = Token::fresh().map_err(StorageFailure::Entropy)?;
    let session = token.hash();
    let expires_at = Time(now.0 + i64::from(desk.settings.session_days) * 86_400_000);
    desk.with_home(move |home| home.begin_session(session, &login, now, expires_at)).await?;
    let given = [(header::SET_COOKIE, cookie::give(&token, &desk.settings))];
    Ok((given, answer(&desk, Some(person)).await?).into_response())
}

/// Ends the session, and closes the sockets it opened.
pub async fn sign_out(
    State(desk): State<Arc<Desk>>,
    _: SameOrigin,
    access: Access,
) -> Result<Response, Error> {
    let session = access.session;
    desk.with_home(move |home| home.end_session(session)).await?;
    // Nobody listening means no socket is open.
    let _ = desk.ended.send(session);
    let taken = [(header::SET_COOKIE, cookie::take(&desk.settings))];
    Ok((StatusCode::NO_CONTENT, taken).into_response())
}

async fn answer(desk: &Desk, person: Option<Person>) -> Result<Json<Answer>, Error> {
    let demo = desk.with_home(demo::people).await?;
    let session = person.map(|person| Session {
        login: person.login,
        person: person.id.to_string(),
        name: person.name,
        workspace: person.workspace.name,
        workspace_id: hexadecimal(&person.workspace.id),
    });
    Ok(Json(Answer { session, demo }))
}
