//! A failed request: status and public words to whoever asked, the cause to the log.

use crate::{access::passwords::PasswordFailure, storage::StorageFailure};
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("nobody is signed in")]
    NotSignedIn,
    #[error("the name or the password is wrong")]
    WrongPassword,
    #[error("too many attempts for this name")]
    TooManyAttempts { wait_seconds: i64 },
    #[error("the request comes from another site")]
    ForeignOrigin,
    #[error("a device is named by 32 hexadecimal digits")]
    MalformedDevice,
    #[error("somebody else is signed in")]
    OtherPerson,
    #[error("there is nothing at this address")]
    NoSuchAddress,
    #[error("a question about numbers names a period, a day or a sequence number nobody knows")]
    MalformedQuestion,
    #[error("the workspace could not be opened")]
    Closed,
    #[error("the work ended early")]
    Ended,
    #[error(transparent)]
    Storage(#[from] StorageFailure),
    #[error(transparent)]
    Password(#[from] PasswordFailure),
}

impl Error {
    /// Returns the status, and the code an app knows it by.
    fn public(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NotSignedIn => (StatusCode::UNAUTHORIZED, "not-signed-in"),
            Self::WrongPassword => (StatusCode::UNAUTHORIZED, "wrong-password"),
            Self::TooManyAttempts { .. } => (StatusCode::TOO_MANY_REQUESTS, "too-many-attempts"),
            Self::ForeignOrigin => (StatusCode::FORBIDDEN, "foreign-origin"),
            Self::MalformedDevice => (StatusCode::BAD_REQUEST, "malformed-device"),
            Self::MalformedQuestion => (StatusCode::BAD_REQUEST, "malformed-question"),
            Self::OtherPerson => (StatusCode::CONFLICT, "other-person"),
            Self::NoSuchAddress => (StatusCode::NOT_FOUND, "no-such-address"),
            Self::Storage(StorageFailure::InUse(_) | StorageFailure::Stopping) | Self::Closed => {
                (StatusCode::SERVICE_UNAVAILABLE, "workspace-closed")
            }
            Self::Ended | Self::Storage(_) | Self::Password(_) => {
                (StatusCode::INTERNAL_SERVER_ERROR, "internal")
            }
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let (status, code) = self.public();
        if status.is_server_error() {
            tracing::error!(failure = chain(&self), code, "a request failed");
        }
        let mut response = (status, Json(json!({ "error": code }))).into_response();
        if let Self::TooManyAttempts { wait_seconds } = self {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait_seconds));
        }
        response
    }
}

/// Returns a failure with its causes, as one line.
pub fn chain(failure: &dyn std::error::Error) -> String {
    let mut text = failure.to_string();
    let mut cause = failure.source();
    while let Some(failure) = cause {
        text.push_str(": ");
        text.push_str(&failure.to_string());
        cause = failure.source();
    }
    text
}
