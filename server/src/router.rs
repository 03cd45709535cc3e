//! The whole surface on one screen.

use crate::{
    desk::Desk,
    error::Error,
    kpi,
    policy::{self, Policy},
    session, site, socket,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderValue, header},
    middleware::{self, Next},
    response::Response,
    routing::{get, post},
};
use std::sync::Arc;

/// The largest body of a request: a name and a password.
const BODY_BYTES_MAX: usize = 16 << 10;

/// Returns everything the relay answers.
pub fn router(desk: Arc<Desk>) -> Router {
    let site = desk.settings.site.clone();
    let policy = Policy::new(site.as_deref());
    let interface = Router::new()
        .route("/api/session", get(session::show))
        .route("/api/sign-in", post(session::sign_in))
        .route("/api/sign-out", post(session::sign_out))
        .route("/api/socket", get(socket::open))
        .route("/api/kpi/{id}", get(kpi::show))
        .route("/api/{*rest}", get(nothing_here).post(nothing_here))
        .route("/healthz", get(health))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(middleware::from_fn(keep_nothing));
    interface
        .merge(site::routes(site.as_deref()))
        .layer(middleware::from_fn_with_state(policy, policy::protect))
        .with_state(desk)
}

async fn nothing_here() -> Error {
    Error::NoSuchAddress
}

/// Says that the relay runs and its data directory answers.
async fn health(State(desk): State<Arc<Desk>>) -> Result<&'static str, Error> {
    desk.with_home(|home| home.workspaces()).await?;
    Ok("ok\n")
}

async fn keep_nothing(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
