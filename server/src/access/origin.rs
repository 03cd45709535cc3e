//! Which page is asking: only the relay's own may.

use crate::{desk::Desk, error::Error};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Uri, header, request::Parts},
};
use std::sync::Arc;

/// Proof that the request comes from a page of this relay.
pub struct SameOrigin;

impl FromRequestParts<Arc<Desk>> for SameOrigin {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, desk: &Arc<Desk>) -> Result<Self, Error> {
        let outside = desk.settings.reachable_from_outside();
        if is_same(&parts.headers, outside) { Ok(Self) } else { Err(Error::ForeignOrigin) }
    }
}

fn is_same(headers: &HeaderMap, reachable_from_outside: bool) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(origin), Some(host)) = (text(header::ORIGIN), text(header::HOST)) else {
        return false;
    };
    let Some(asking) = origin.parse::<Uri>().ok().and_then(|uri| uri.into_parts().authority) else {
        return false;
    };
    // A page elsewhere can make its own name point at loopback; then its host is not loopback's.
    let rebound =
        !reachable_from_outside && !matches!(asking.host(), "localhost" | "127.0.0.1" | "[::1]");
    asking.as_str().eq_ignore_ascii_case(host) && !rebound
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(origin: &str, host: &str, reachable_from_outside: bool, expected: bool) {
        let mut headers = HeaderMap::new();
        headers.insert(header::ORIGIN, origin.parse().unwrap());
        headers.insert(header::HOST, host.parse().unwrap());
        assert_eq!(is_same(&headers, reachable_from_outside), expected, "{origin} at {host}");
    }

    #[test]
    fn only_a_page_of_this_very_host_may_ask() {
        check("http://127.0.0.1:8080", "127.0.0.1:8080", false, true);
        check("http://localhost:8080", "localhost:8080", false, true);
        check("http://localhost:8081", "localhost:8080", false, false);
        check("https://evil.example", "localhost:8080", false, false);
        check("null", "localhost:8080", false, false);
        check("https://crm.example", "crm.example", true, true);
    }

    #[test]
    fn a_foreign_name_that_points_at_loopback_may_not_ask() {
        check("http://evil.example:8080", "evil.example:8080", false, false);
    }
}
