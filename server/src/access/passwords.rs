//! Hashing passwords, and checking one in the same time whether or not its owner exists.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::{sync::Semaphore, task};

/// How many hashes are worked out at once: each takes 19 MiB and a core.
const AT_ONCE: usize = 2;
/// The shortest password, as NIST SP 800-63B-4 has it for the only factor.
pub const CHARACTERS_MIN: usize = 15;
/// The longest; more would only be work for whoever sends it.
pub const CHARACTERS_MAX: usize = 256;

/// Why a password was not hashed or checked.
#[derive(Debug, thiserror::Error)]
pub enum PasswordFailure {
    #[error("could not work out a password's hash: {0}")]
    Hash(String),
    #[error("a password has at least {CHARACTERS_MIN} characters")]
    TooShort,
    #[error("a password has at most {CHARACTERS_MAX} characters")]
    TooLong,
    #[error("the thread working out a password's hash ended early")]
    Ended,
}

/// Checks passwords.
#[derive(Debug)]
pub struct Passwords {
    at_once: Semaphore,
    /// The hash of a password nobody has, checked for those who do not exist.
    nobody: String,
}

impl Passwords {
    pub fn new() -> Result<Self, PasswordFailure> {
        let mut unknown = [0; 32];
        getrandom::fill(&mut unknown)
            .map_err(|failure| PasswordFailure::Hash(failure.to_string()))?;
        Ok(Self { at_once: Semaphore::new(AT_ONCE), nobody: hash_bytes(&unknown)? })
    }

    /// Says whether the password belongs to the hash; there is none for somebody unknown.
    pub async fn check(
        &self,
        password: String,
        hash: Option<String>,
    ) -> Result<bool, PasswordFailure> {
        let exists = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.nobody.clone());
        let _permit = self.at_once.acquire().await.map_err(|_| PasswordFailure::Ended)?;
        let right = task::spawn_blocking(move || {
            let hash = PasswordHash::new(&hash)
                .map_err(|failure| PasswordFailure::Hash(failure.to_string()))?;
            Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
        });
        Ok(right.await.map_err(|_| PasswordFailure::Ended)?? && exists)
    }
}

/// Refuses a password that is too short to stand alone, or longer than anyone types.
pub fn accept(password: &str) -> Result<(), PasswordFailure> {
    match password.chars().count() {
        ..CHARACTERS_MIN => Err(PasswordFailure::TooShort),
        CHARACTERS_MIN..=CHARACTERS_MAX => Ok(()),
        _ => Err(PasswordFailure::TooLong),
    }
}

/// Returns the argon2id hash of a password, in PHC form.
pub fn hash(password: &str) -> Result<String, PasswordFailure> {
    hash_bytes(password.as_bytes())
}

fn hash_bytes(password: &[u8]) -> Result<String, PasswordFailure> {
    let hash: Result<PasswordHash, _> = Argon2::default().hash_password(password);
    Ok(hash.map_err(|failure| PasswordFailure::Hash(failure.to_string()))?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_of_somebody_who_exists_is_right() {
        let passwords = Passwords::new().unwrap();
        let hashed = hash("a long enough password").unwrap();
        assert!(hashed.starts_with("$argon2id$"));
        let check = |password: &str, hash| passwords.check(password.to_owned(), hash);
        assert!(check("a long enough password", Some(hashed.clone())).await.unwrap());
        assert!(!check("another password", Some(hashed)).await.unwrap());
        assert!(!check("a long enough password", None).await.unwrap());
    }
}
