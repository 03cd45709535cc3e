//! A thin hold on IndexedDB: bytes under binary keys, several stores, whole transactions.
//!
//! All requests of a transaction are made in one tick, because a transaction that is left idle
//! commits by itself. A lost connection is opened again, three times at the most.

pub mod operation;
mod request;

use super::{entropy, events::listen, failure::StorageFailure};
use futures_util::future::try_join_all;
use gloo::timers::future::TimeoutFuture;
use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use operation::{Keys, Operation};
use request::{completion, open, result};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbObjectStore, IdbTransaction, IdbTransactionMode};

/// How often a lost connection is opened again before giving up.
const REOPENINGS_MAX: u32 = 3;
const REOPENING_PAUSE_MS: u32 = 100;

/// How sure a transaction is before it counts as done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flush {
    ToDisk,
    Lazily,
}

/// Keys and values, in the order of the keys.
pub type Entries = Vec<(Vec<u8>, JsValue)>;

/// A database, opened again when the browser loses it.
pub struct Database {
    name: String,
    stores: &'static [&'static str],
    connection: Rc<RefCell<Option<IdbDatabase>>>,
    /// What tells this database from one the browser makes in its place after clearing it.
    mark: RefCell<Option<Mark>>,
}

/// What has to stand in a store for something to be written.
pub struct Known {
    pub store: &'static str,
    pub key: &'static [u8],
    pub value: Vec<u8>,
}

struct Mark {
    store: &'static str,
    key: &'static [u8],
    value: Vec<u8>,
}

impl Database {
    /// Opens the database, making its stores at the first time.
    pub async fn open(
        name: String,
        stores: &'static [&'static str],
    ) -> Result<Self, StorageFailure> {
        let database = Self { name, stores, connection: Rc::default(), mark: RefCell::default() };
        database.again(async || database.connected().await.map(drop)).await?;
        Ok(database)
    }

    /// Marks the database where it has no mark yet; from now on it is used only while it has that.
    pub async fn recognise(
        &self,
        store: &'static str,
        key: &'static [u8],
    ) -> Result<(), StorageFailure> {
        let mut found = self.read(store, Keys::One(key.to_vec())).await?;
        let mut added = Ok(());
        if found.is_empty() {
            let fresh: [u8; 16] = entropy::random().map_err(|_| StorageFailure::Unavailable)?;
            let value = Uint8Array::from(fresh.as_slice()).into();
            let add = Operation::Add { store, key: key.to_vec(), value };
            // Another tab may have been faster; then its mark is the one.
            added = self.write(&[add], Flush::ToDisk).await;
            found = self.read(store, Keys::One(key.to_vec())).await?;
        }
        let Some((_, value)) = found.into_iter().next() else {
            return Err(added.err().unwrap_or(StorageFailure::Corrupt));
        };
        let value = Uint8Array::new(&value).to_vec();
        self.mark.replace(Some(Mark { store, key, value }));
        Ok(())
    }

    /// Reads part of a store.
    pub async fn read(&self, store: &'static str, keys: Keys) -> Result<Entries, StorageFailure> {
        self.again(async || {
            let transaction = self.begin(IdbTransactionMode::Readonly, Flush::Lazily).await?;
            ask(&transaction.object_store(store).map_err(sort)?, &keys)?.await
        })
        .await
    }

    /// Reads several stretches of a store as they are at one moment, and hands each over as soon as
    /// it is here, while the others are still on their way. Returns what was made of them, in order.
    pub async fn read_stretches<T>(
        &self,
        store: &'static str,
        stretches: &[Keys],
        each: impl AsyncFn(Entries) -> Result<T, StorageFailure>,
    ) -> Result<Vec<T>, StorageFailure> {
        self.again(async || {
            let transaction = self.begin(IdbTransactionMode::Readonly, Flush::Lazily).await?;
            let store = transaction.object_store(store).map_err(sort)?;
            let asked: Vec<_> =
                stretches.iter().map(|keys| ask(&store, keys)).collect::<Result<_, _>>()?;
            try_join_all(asked.into_iter().map(async |found| each(found.await?).await)).await
        })
        .await
    }

    /// Makes all the changes or none, and returns once they are as sure as asked for.
    pub async fn write(
        &self,
        operations: &[Operation],
        flush: Flush,
    ) -> Result<(), StorageFailure> {
        self.again(async || {
            let transaction = self.begin(IdbTransactionMode::Readwrite, flush).await?;
            let done = completion(&transaction);
            for operation in operations {
                if let Err(said) = operation.request(&transaction) {
                    // Nothing of a half-made transaction may stay; what the browser says of its end
                    // adds nothing to what was thrown.
                    let _ = transaction.abort();
                    let _ = done.await;
                    return Err(sort(said));
                }
            }
            done.await
        })
        .await
    }

    /// Makes all the changes or none, if that value stands under that key when they are made;
    /// returns whether it did.
    pub async fn write_if(
        &self,
        known: &Known,
        operations: &[Operation],
        flush: Flush,
    ) -> Result<bool, StorageFailure> {
        self.again(async || {
            let transaction = self.begin(IdbTransactionMode::Readwrite, flush).await?;
            let done = completion(&transaction);
            let store = transaction.object_store(known.store);
            let asked = store.and_then(|store| store.get(&Uint8Array::from(known.key).into()));
            let asked = asked.map(result).map_err(sort);
            let requested = operations.iter().try_for_each(|one| one.request(&transaction));
            let found = match (asked, requested.map_err(sort)) {
                (Ok(asked), Ok(())) => asked.await,
                (Err(failure), _) | (_, Err(failure)) => Err(failure),
            };
            let stands = found.map(|found| {
                let found = found.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec);
                found.as_ref() == Some(&known.value)
            });
            if stands == Ok(true) {
                return done.await.map(|()| true);
            }
            // Nothing of it may stay; what the browser says of its end adds nothing.
            let _ = transaction.abort();
            let _ = done.await;
            stands
        })
        .await
    }

    /// Tries, and tries again on a fresh connection when the old one was lost.
    async fn again<T>(
        &self,
        attempt: impl AsyncFn() -> Result<T, StorageFailure>,
    ) -> Result<T, StorageFailure> {
        let mut reopenings = 0;
        loop {
            match attempt().await {
                Err(StorageFailure::ConnectionLost) if reopenings < REOPENINGS_MAX => {
                    reopenings += 1;
                    self.connection.replace(None);
                    TimeoutFuture::new(REOPENING_PAUSE_MS * reopenings).await;
                }
                outcome => return outcome,
            }
        }
    }

    async fn connected(&self) -> Result<IdbDatabase, StorageFailure> {
        if let Some(open) = self.connection.borrow().clone() {
            return Ok(open);
        }
        let opened = open(&self.name, self.stores).await?;
        self.same(&opened).await?;
        let (lost, superseded) = (self.connection.clone(), self.connection.clone());
        let connection = opened.clone();
        listen(&opened, "close", move |_| drop(lost.replace(None))).forever();
        listen(&opened, "versionchange", move |_| {
            connection.close();
            superseded.replace(None);
        })
        .forever();
        self.connection.replace(Some(opened.clone()));
        Ok(opened)
    }

    /// Refuses a database that is not the one which was open before.
    async fn same(&self, opened: &IdbDatabase) -> Result<(), StorageFailure> {
        let asked = match &*self.mark.borrow() {
            None => return Ok(()),
            Some(mark) => {
                let transaction = opened.transaction_with_str(mark.store).map_err(sort)?;
                let store = transaction.object_store(mark.store).map_err(sort)?;
                store.get(&Uint8Array::from(mark.key).into()).map_err(sort)?
            }
        };
        let found = result(asked).await?;
        let same = found.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec);
        if same == self.mark.borrow().as_ref().map(|mark| mark.value.clone()) {
            return Ok(());
        }
        opened.close();
        Err(StorageFailure::Cleared)
    }

    async fn begin(
        &self,
        mode: IdbTransactionMode,
        flush: Flush,
    ) -> Result<IdbTransaction, StorageFailure> {
        let connection = self.connected().await?;
        let names: Array = self.stores.iter().map(|name| JsValue::from_str(name)).collect();
        let options = Object::new();
        let durability = match flush {
            Flush::ToDisk => "strict",
            Flush::Lazily => "relaxed",
        };
        Reflect::set(&options, &"durability".into(), &durability.into()).map_err(sort)?;
        let begin: Function = Reflect::get(&connection, &"transaction".into())
            .map_err(sort)?
            .dyn_into()
            .map_err(|_| StorageFailure::Unavailable)?;
        let transaction = begin.call3(&connection, &names, &mode.into(), &options).map_err(sort)?;
        transaction.dyn_into().map_err(|_| StorageFailure::Unavailable)
    }
}

/// Asks at once for part of a store.
fn ask(
    store: &IdbObjectStore,
    keys: &Keys,
) -> Result<impl Future<Output = Result<Entries, StorageFailure>> + use<>, StorageFailure> {
    let range = keys.range()?;
    let keys = result(store.get_all_keys_with_key(&range).map_err(sort)?);
    let values = result(store.get_all_with_key(&range).map_err(sort)?);
    Ok(async move {
        let keys: Array = keys.await?.dyn_into().map_err(|_| StorageFailure::Corrupt)?;
        let values: Array = values.await?.dyn_into().map_err(|_| StorageFailure::Corrupt)?;
        Ok(keys.iter().map(|key| Uint8Array::new(&key).to_vec()).zip(values.iter()).collect())
    })
}

fn sort(said: JsValue) -> StorageFailure {
    StorageFailure::of(&said)
}
