//! What the browser is told it may do with our answers.
//!
//! Nothing inline runs but the build's own loader, which is let in by its hash; the hashes are read
//! from the page itself, again whenever it is built anew.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCES: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The content-security policy of the page as it was last built.
#[derive(Debug, Clone)]
pub struct Policy(Arc<Page>);

#[derive(Debug)]
struct Page {
    path: Option<PathBuf>,
    read: Mutex<(Option<SystemTime>, HeaderValue)>,
}

impl Policy {
    /// Reads the page's inline scripts; without a page none may run.
    pub fn new(site: Option<&std::path::Path>) -> Self {
        let path = site.map(|site| site.join("index.html"));
        Self(Arc::new(Page { path, read: Mutex::new((None, header_for(""))) }))
    }

    fn header(&self) -> HeaderValue {
        let page = &self.0;
        let written = page.path.as_ref().and_then(|path| path.metadata().ok()?.modified().ok());
        // A torn pair is read again at the next change of the page.
        let mut read = page.read.lock().unwrap_or_else(PoisonError::into_inner);
        if read.0 != written {
            let html = page.path.as_ref().and_then(|path| std::fs::read_to_string(path).ok());
            *read = (written, header_for(&html.unwrap_or_default()));
        }
        read.1.clone()
    }
}

/// Adds to every answer what the browser is to hold itself to.
pub async fn protect(State(policy): State<Policy>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers: &mut HeaderMap = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy.header());
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(OPENER, HeaderValue::from_static("same-origin"));
    headers.insert(RESOURCES, HeaderValue::from_static("same-origin"));
    response
}

fn header_for(html: &str) -> HeaderValue {
    let mut scripts = String::from("'self' 'wasm-unsafe-eval'");
    for script in inline_scripts(html) {
        scripts.push_str(&format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script))));
    }
    let policy = format!(
        "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data: blob:; \
         connect-src 'self'; worker-src 'self'; manifest-src 'self'; font-src 'self'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).expect("words, quotes and base64 make a header")
}

/// Returns the content of each script that is in the page itself.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (content, _) = rest.split_once("</script>")?;
        let is_inline = !attributes.split_ascii_whitespace().any(|word| word.starts_with("src="));
        (is_inline && !content.is_empty()).then_some(content)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_scripts_in_the_page_itself_are_let_in_by_hash() {
        let html = r#"<script type="module" nonce="">a</script><script src="/b.js"></script>"#;
        assert_eq!(inline_scripts(html).collect::<Vec<_>>(), ["a"]);
        let header = header_for(html);
        let hash = "'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='";
        assert!(header.to_str().unwrap().contains(hash), "{header:?}");
        assert!(!header.to_str().unwrap().contains("'unsafe-inline'"));
    }
}
