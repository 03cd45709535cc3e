//! Sealing what is stored: AES-GCM with a key that never leaves the browser's own keeping.
//!
//! A seal is bound to the store and the key it was made for, so that nothing stored can be moved
//! to another place unnoticed. The key lies in the same database: it protects neither an open page
//! nor a copy of the whole profile. See docs/adr/0007.

use super::{
    entropy,
    failure::StorageFailure,
    indexed_db::{
        Database, Flush,
        operation::{Keys, Operation},
    },
};
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

const NONCE_BYTES: usize = 12;
const KEY_NAME: &[u8] = b"vault key";

pub struct Vault {
    subtle: SubtleCrypto,
    key: CryptoKey,
}

#[derive(Clone, Copy)]
enum Direction {
    Seal,
    Unseal,
}

/// Returns whether the browser can seal at all: it can over TLS and on loopback only.
pub fn can_seal() -> bool {
    subtle().is_some()
}

impl Vault {
    /// Opens the vault of a database, with a fresh key at the first time.
    pub async fn open(database: &Database, store: &'static str) -> Result<Self, StorageFailure> {
        let subtle = subtle().ok_or(StorageFailure::Unavailable)?;
        if let Some(key) = stored_key(database, store).await? {
            return Ok(Self { subtle, key });
        }
        let fresh = fresh_key(&subtle).await.map_err(|said| StorageFailure::of(&said))?;
        let keep = Operation::Add { store, key: KEY_NAME.to_vec(), value: fresh.into() };
        // Another tab may have been faster; then its key is the one.
        let kept = database.write(&[keep], Flush::ToDisk).await;
        match stored_key(database, store).await? {
            Some(key) => Ok(Self { subtle, key }),
            None => Err(kept.err().unwrap_or(StorageFailure::Corrupt)),
        }
    }

    /// Seals bytes for a place; nobody can open them elsewhere.
    pub async fn seal(
        &self,
        store: &str,
        key: &[u8],
        plain: &[u8],
    ) -> Result<JsValue, StorageFailure> {
        let nonce: [u8; NONCE_BYTES] =
            entropy::random().map_err(|_| StorageFailure::Unavailable)?;
        let nonce = Uint8Array::from(nonce.as_slice());
        // The input is copied out of wasm memory: that memory may move while the browser works.
        let plain = Uint8Array::from(plain);
        let sealed = self.cipher(Direction::Seal, &nonce, &place(store, key), &plain).await?;
        let whole = Uint8Array::new_with_length((NONCE_BYTES as u32) + sealed.length());
        whole.set(&nonce, 0);
        whole.set(&sealed, NONCE_BYTES as u32);
        Ok(whole.into())
    }

    /// Opens what was sealed for a place.
    pub async fn unseal(
        &self,
        store: &str,
        key: &[u8],
        sealed: &JsValue,
    ) -> Result<Vec<u8>, StorageFailure> {
        let sealed: Uint8Array = sealed.clone().dyn_into().map_err(|_| StorageFailure::Corrupt)?;
        let nonce = sealed.subarray(0, NONCE_BYTES as u32);
        let body = sealed.subarray(NONCE_BYTES as u32, sealed.length());
        let plain = self.cipher(Direction::Unseal, &nonce, &place(store, key), &body).await?;
        Ok(plain.to_vec())
    }

    async fn cipher(
        &self,
        direction: Direction,
        nonce: &Uint8Array,
        place: &[u8],
        input: &Uint8Array,
    ) -> Result<Uint8Array, StorageFailure> {
        let parameters = Object::new();
        for (name, value) in [
            ("name", JsValue::from_str("AES-GCM")),
            ("iv", nonce.into()),
            ("additionalData", Uint8Array::from(place).into()),
        ] {
            Reflect::set(&parameters, &name.into(), &value).map_err(sort)?;
        }
        let promise: Promise = match direction {
            Direction::Seal => {
                self.subtle.encrypt_with_object_and_buffer_source(&parameters, &self.key, input)
            }
            Direction::Unseal => {
                self.subtle.decrypt_with_object_and_buffer_source(&parameters, &self.key, input)
            }
        }
        .map_err(sort)?;
        let output = JsFuture::from(promise).await.map_err(sort)?;
        Ok(Uint8Array::new(&output))
    }
}

fn subtle() -> Option<SubtleCrypto> {
    let crypto = web_sys::window()?.crypto().ok()?;
    // Outside TLS and loopback the property is missing, whatever its type says.
    Reflect::get(&crypto, &"subtle".into()).ok()?.dyn_into().ok()
}

async fn stored_key(
    database: &Database,
    store: &'static str,
) -> Result<Option<CryptoKey>, StorageFailure> {
    let found = database.read(store, Keys::One(KEY_NAME.to_vec())).await?;
    let Some((_, key)) = found.into_iter().next() else { return Ok(None) };
    key.dyn_into().map(Some).map_err(|_| StorageFailure::Corrupt)
}

async fn fresh_key(subtle: &SubtleCrypto) -> Result<CryptoKey, JsValue> {
    let kind = Object::new();
    Reflect::set(&kind, &"name".into(), &"AES-GCM".into())?;
    Reflect::set(&kind, &"length".into(), &256.into())?;
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    let key = JsFuture::from(subtle.generate_key_with_object(&kind, false, &uses)?).await?;
    key.dyn_into()
}

/// What a seal is bound to.
fn place(store: &str, key: &[u8]) -> Vec<u8> {
    [store.as_bytes(), &[0], key].concat()
}

fn sort(said: JsValue) -> StorageFailure {
    StorageFailure::of(&said)
}
