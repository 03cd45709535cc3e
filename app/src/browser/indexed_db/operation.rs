//! What a transaction may do, and which part of a store it may read.

use crate::browser::failure::StorageFailure;
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use web_sys::{IdbKeyRange, IdbTransaction};

/// One change to a store.
pub enum Operation {
    Put {
        store: &'static str,
        key: Vec<u8>,
        value: JsValue,
    },
    /// Puts where nothing is yet; where something is, the whole transaction fails.
    Add {
        store: &'static str,
        key: Vec<u8>,
        value: JsValue,
    },
    Remove {
        store: &'static str,
        key: Vec<u8>,
    },
    RemoveBetween {
        store: &'static str,
        first: Vec<u8>,
        last: Vec<u8>,
    },
    Clear {
        store: &'static str,
    },
}

/// Which part of a store to read.
pub enum Keys {
    All,
    One(Vec<u8>),
    Between(Vec<u8>, Vec<u8>),
}

impl Operation {
    pub(super) fn request(&self, transaction: &IdbTransaction) -> Result<(), JsValue> {
        let store = transaction.object_store(self.store())?;
        match self {
            Self::Put { key, value, .. } => store.put_with_key(value, &binary(key))?,
            Self::Add { key, value, .. } => store.add_with_key(value, &binary(key))?,
            Self::Remove { key, .. } => store.delete(&binary(key))?,
            Self::RemoveBetween { first, last, .. } => {
                store.delete(&IdbKeyRange::bound(&binary(first), &binary(last))?.into())?
            }
            Self::Clear { .. } => store.clear()?,
        };
        Ok(())
    }

    fn store(&self) -> &'static str {
        match self {
            Self::Put { store, .. }
            | Self::Add { store, .. }
            | Self::Remove { store, .. }
            | Self::RemoveBetween { store, .. }
            | Self::Clear { store } => store,
        }
    }
}

impl Keys {
    pub(super) fn range(&self) -> Result<JsValue, StorageFailure> {
        Ok(match self {
            Self::All => JsValue::UNDEFINED,
            Self::One(key) => {
                IdbKeyRange::only(&binary(key)).map_err(|said| StorageFailure::of(&said))?.into()
            }
            Self::Between(first, last) => IdbKeyRange::bound(&binary(first), &binary(last))
                .map_err(|said| StorageFailure::of(&said))?
                .into(),
        })
    }
}

fn binary(key: &[u8]) -> JsValue {
    Uint8Array::from(key).into()
}
