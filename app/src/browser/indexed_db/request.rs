//! Requests and transactions as futures.

use crate::browser::failure::StorageFailure;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbRequest, IdbTransaction};

const LAYOUT_VERSION: u32 = 1;

pub(super) async fn open(
    name: &str,
    stores: &'static [&'static str],
) -> Result<IdbDatabase, StorageFailure> {
    let window = web_sys::window().ok_or(StorageFailure::Unavailable)?;
    let factory: IdbFactory =
        window.indexed_db().map_err(sort)?.ok_or(StorageFailure::Unavailable)?;
    let request: IdbOpenDbRequest = factory.open_with_u32(name, LAYOUT_VERSION).map_err(sort)?;
    let opening = request.clone();
    let upgrade = Closure::<dyn FnMut()>::new(move || {
        let database = opening.result().ok().and_then(|found| found.dyn_into::<IdbDatabase>().ok());
        for store in stores.iter().filter(|_| database.is_some()) {
            if let Some(database) = &database {
                // A store that could not be made fails the first transaction that names it.
                let _ = database.create_object_store(store);
            }
        }
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let opened = result(request.into()).await?;
    opened.dyn_into().map_err(|_| StorageFailure::Unavailable)
}

/// Waits for a request and returns what it found.
pub(super) fn result(request: IdbRequest) -> impl Future<Output = Result<JsValue, StorageFailure>> {
    let settled = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    async move {
        JsFuture::from(settled).await.map_err(sort)?;
        request.result().map_err(sort)
    }
}

pub(super) fn completion(
    transaction: &IdbTransaction,
) -> impl Future<Output = Result<(), StorageFailure>> {
    let settled = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    async move { JsFuture::from(settled).await.map(drop).map_err(sort) }
}

fn sort(said: JsValue) -> StorageFailure {
    StorageFailure::of(&said)
}
