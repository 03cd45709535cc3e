//! Who gets in.

use crate::client::{PASSWORD, Relay, Socket};
use server::access::attempts::ATTEMPTS_MAX;

#[tokio::test]
async fn somebody_signed_in_is_known_until_they_sign_out() {
    let relay = Relay::start().await;
    let cookie = relay.sign_in("kim").await;
    let headers = [("cookie", &*cookie)];
    let session = relay.get("/api/session", &headers).await;
    assert!(session.body.contains(r#""name":"kim","workspace":"acme""#), "{}", session.body);

    assert_eq!(relay.post("/api/sign-out", &headers, "").await.status, 204);
    let session = relay.get("/api/session", &headers).await;
    assert_eq!(session.body, r#"{"session":null,"demo":[]}"#);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_told_apart_by_nothing() {
    let relay = Relay::start().await;
    let wrong = relay.sign_in_with("kim", "something else entirely").await;
    let unknown = relay.sign_in_with("nobody", PASSWORD).await;
    assert_eq!((wrong.status, &wrong.body), (401, &unknown.body));
    assert_eq!(unknown.status, 401);
    assert_eq!(wrong.header("set-cookie"), None);
}

#[tokio::test]
async fn guessing_has_to_wait_and_others_do_not() {
    let relay = Relay::start().await;
    for _ in 0..ATTEMPTS_MAX {
        assert_eq!(relay.sign_in_with("kim", "guess").await.status, 401);
    }
    let refused = relay.sign_in_with("kim", PASSWORD).await;
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").is_some());
    assert_eq!(relay.sign_in_with("liu", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn another_site_signs_nobody_in_or_out() {
    let relay = Relay::start().await;
    let foreign = [("origin", "https://evil.example")];
    let body = format!(r#"{{"login":"kim","password":"{PASSWORD}"}}"#);
    assert_eq!(relay.post("/api/sign-in", &foreign, &body).await.status, 403);
    let cookie = relay.sign_in("kim").await;
    let headers = [("origin", "https://evil.example"), ("cookie", &*cookie)];
    assert_eq!(relay.post("/api/sign-out", &headers, "").await.status, 403);
}

#[tokio::test]
async fn a_session_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let relay = Relay::start().await;
    let cookie = relay.sign_in_with("kim", PASSWORD).await;
    let cookie = cookie.header("set-cookie").unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
}

#[tokio::test]
async fn a_socket_opens_only_with_a_session_and_from_our_own_page() {
    let relay = Relay::start().await;
    let origin = format!("http://{}", relay.address);
    let cookie = relay.sign_in("kim").await;
    let open = |cookie, origin| Socket::open(relay.address, 1, cookie, origin);
    assert_eq!(open(None, Some(&*origin)).await.err(), Some(401));
    let made_up = format!("{}=made-up", cookie.split('=').next().unwrap());
    assert_eq!(open(Some(&*made_up), Some(&*origin)).await.err(), Some(401));
    assert_eq!(open(Some(&*cookie), None).await.err(), Some(403));
    assert_eq!(open(Some(&*cookie), Some("https://evil.example")).await.err(), Some(403));
    assert!(open(Some(&*cookie), Some(&*origin)).await.is_ok());
}
