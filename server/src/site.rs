//! The built app's files: packed where the browser takes it, kept by it where their name says what
//! is in them, and for every address of the app the one page.

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, Method, StatusCode, Uri, header},
    middleware::{self, Next},
    response::Response,
};
use std::path::Path;
use tower_http::services::ServeDir;

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_EACH_TIME: HeaderValue = HeaderValue::from_static("no-cache");

/// Returns what serves the app.
pub fn routes<S: Clone + Send + Sync + 'static>(site: Option<&Path>) -> Router<S> {
    let Some(site) = site else { return Router::new().fallback(nothing_built) };
    let files = ServeDir::new(site).precompressed_br().precompressed_gzip();
    // Wrapped around, so that the address is looked at before a file is looked for.
    let files = Router::new().fallback_service(files).layer(middleware::from_fn(serve));
    Router::new().fallback_service(files)
}

async fn nothing_built() -> (StatusCode, &'static str) {
    (StatusCode::NOT_FOUND, "This relay serves devices; no app was given to it with --site.\n")
}

async fn serve(mut request: Request, next: Next) -> Response {
    if is_navigation(&request) {
        *request.uri_mut() = Uri::from_static("/index.html");
    }
    let for_ever = is_hashed(request.uri().path());
    let mut response = next.run(request).await;
    let found = !response.status().is_client_error() && !response.status().is_server_error();
    let kept = if for_ever && found { FOR_EVER } else { ASK_EACH_TIME };
    response.headers_mut().insert(header::CACHE_CONTROL, kept);
    response
}

/// Says whether somebody opens an address of the app: no file of it is named without an ending.
fn is_navigation(request: &Request) -> bool {
    let takes_pages = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_none_or(|accepted| accepted.contains("text/html") || accepted.contains("*/*"));
    let read = matches!(*request.method(), Method::GET | Method::HEAD);
    let name = request.uri().path().rsplit('/').next().unwrap_or_default();
    read && takes_pages && !name.contains('.')
}

/// Says whether a name carries a hash of the content, as in `app-1f9c…_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_hash = |part: &str| {
        part.len() >= 8
            && part.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
            && part.bytes().any(|digit| digit.is_ascii_digit())
    };
    name.split(['-', '_', '.']).skip(1).any(is_hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_say_what_is_in_them_are_kept_for_ever() {
        assert!(is_hashed("/app-1f9c2ab31f9c2ab3_bg.wasm"));
        assert!(is_hashed("/base-0a1b2c3d4e5f6071.css"));
        for path in ["/index.html", "/sw.js", "/manifest.webmanifest", "/icon-192.png", "/"] {
            assert!(!is_hashed(path), "{path}");
        }
    }
}
