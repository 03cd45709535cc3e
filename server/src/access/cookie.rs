//! The session's cookie: 256 random bits that mean nothing but to the relay.

use crate::{settings::Settings, storage::sessions::SessionHash};
use axum::http::{HeaderMap, HeaderValue, header};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

const TOKEN_BYTES: usize = 32;

/// A fresh token, as the cookie carries it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Makes a token no one can guess.
    pub fn fresh() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; TOKEN_BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// Returns what is kept of it.
    pub fn hash(&self) -> SessionHash {
        SessionHash(Sha256::digest(&self.0).into())
    }
}

/// Returns the header that gives a browser its session.
pub fn give(token: &Token, settings: &Settings) -> HeaderValue {
    set(settings, &token.0, i64::from(settings.session_days) * 86_400)
}

/// Returns the header that takes it away.
pub fn take(settings: &Settings) -> HeaderValue {
    set(settings, "", 0)
}

/// Returns the session a request names.
pub fn session(headers: &HeaderMap, settings: &Settings) -> Option<SessionHash> {
    let name = name(settings);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, value)| *found == name && !value.is_empty())
        .map(|(_, value)| Token(value.to_owned()).hash())
}

/// With the prefix a browser takes the cookie only over TLS and only from this very host. On
/// loopback the port tells relays apart, which share all their cookies.
fn name(settings: &Settings) -> String {
    if settings.reachable_from_outside() {
        "__Host-tessera".to_owned()
    } else {
        format!("tessera-{}", settings.listen.port())
    }
}

fn set(settings: &Settings, value: &str, seconds: i64) -> HeaderValue {
    let name = name(settings);
    let secure = if settings.reachable_from_outside() { "; Secure" } else { "" };
    let text =
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    HeaderValue::from_str(&text).expect("names, digits and base64 make a header")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_is_found_again_among_others() {
        let settings = Settings::on_any_port("unused".into());
        let token = Token::fresh().unwrap();
        let given = give(&token, &settings);
        let pair = given.to_str().unwrap().split(';').next().unwrap();
        let mut headers = HeaderMap::new();
        let value = format!("a=b; {pair}; c=d");
        headers.insert(header::COOKIE, HeaderValue::from_str(&value).unwrap());
        assert_eq!(session(&headers, &settings), Some(token.hash()));
        let outside = Settings { behind_tls: true, ..settings };
        assert_eq!(session(&headers, &outside), None);
        assert!(give(&token, &outside).to_str().unwrap().starts_with("__Host-"));
        assert!(give(&token, &outside).to_str().unwrap().ends_with("Secure"));
    }
}
