//! How the app is served.

use crate::{client::Relay, folder::Folder};
use std::fs;

const PAGE: &str = "<html><script type=\"module\">a</script></html>";

async fn relay(site: &Folder) -> Relay {
    let write = |name: &str, text: &str| fs::write(site.path().join(name), text).unwrap();
    write("index.html", PAGE);
    write("app-0123456789abcdef_bg.wasm", "wasm");
    write("app-0123456789abcdef_bg.wasm.br", "packed");
    write("sw.js", "worker");
    let path = site.path().to_owned();
    Relay::start_with(|settings| settings.site = Some(path)).await
}

#[tokio::test]
async fn every_address_of_the_app_opens_its_page() {
    let site = Folder::new();
    let relay = relay(&site).await;
    let html = [("accept", "text/html,application/xhtml+xml")];
    for path in ["/", "/accounts", "/accounts/1f1f?tab=deals"] {
        let page = relay.get(path, &html).await;
        assert_eq!((page.status, &*page.body), (200, PAGE), "{path}");
        assert_eq!(page.header("cache-control"), Some("no-cache"));
    }
    assert_eq!(relay.get("/no-such.js", &html).await.status, 404);
    assert_eq!(relay.get("/../relay.sqlite", &html).await.status, 404);
    assert_eq!(relay.get("/api/none", &html).await.status, 404);
}

#[tokio::test]
async fn a_hashed_file_is_packed_and_kept_for_ever() {
    let site = Folder::new();
    let relay = relay(&site).await;
    let path = "/app-0123456789abcdef_bg.wasm";
    let packed = relay.get(path, &[("accept-encoding", "gzip, br")]).await;
    assert_eq!((packed.status, &*packed.body), (200, "packed"));
    assert_eq!(packed.header("content-encoding"), Some("br"));
    assert_eq!(packed.header("content-type"), Some("application/wasm"));
    assert_eq!(packed.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert_eq!(relay.get(path, &[]).await.body, "wasm");
    assert_eq!(relay.get("/sw.js", &[]).await.header("cache-control"), Some("no-cache"));
}

#[tokio::test]
async fn nothing_inline_runs_but_the_loader() {
    let site = Folder::new();
    let relay = relay(&site).await;
    let page = relay.get("/", &[]).await;
    let policy = page.header("content-security-policy").unwrap();
    let hash = "'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='";
    assert!(policy.contains(hash) && !policy.contains("unsafe-inline"), "{policy}");
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    assert_eq!(page.header("cross-origin-opener-policy"), Some("same-origin"));
}

#[tokio::test]
async fn the_relay_says_that_it_is_well() {
    let site = Folder::new();
    assert_eq!(relay(&site).await.get("/healthz", &[]).await.body, "ok\n");
}
