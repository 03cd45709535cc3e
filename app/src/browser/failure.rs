//! What went wrong in the browser's storage, sorted by what can be done about it.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, Event, IdbRequest, IdbTransaction};

/// Why the browser's storage did not do what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StorageFailure {
    #[error("the browser's storage is full")]
    Full,
    #[error("the browser closed the database")]
    ConnectionLost,
    #[error("the browser cleared the database")]
    Cleared,
    #[error("what is stored cannot be read")]
    Corrupt,
    #[error("the browser offers no storage here")]
    Unavailable,
}

impl StorageFailure {
    /// Sorts what a rejected promise or a thrown exception said.
    pub fn of(said: &JsValue) -> Self {
        let exception = said.dyn_ref::<DomException>().cloned().or_else(|| exception(said));
        match exception.map(|exception| exception.name()).as_deref() {
            Some("QuotaExceededError") => Self::Full,
            Some("SecurityError" | "NotSupportedError" | "NotAllowedError") => Self::Unavailable,
            Some(
                "DataError" | "ConstraintError" | "DataCloneError" | "NotFoundError"
                | "OperationError" | "VersionError",
            ) => Self::Corrupt,
            _ => Self::ConnectionLost,
        }
    }
}

/// Returns the exception behind an event of a request or a transaction.
fn exception(said: &JsValue) -> Option<DomException> {
    let target = said.dyn_ref::<Event>()?.target()?;
    match target.dyn_into::<IdbRequest>() {
        Ok(request) => request.error().ok().flatten(),
        Err(target) => target.dyn_into::<IdbTransaction>().ok()?.error(),
    }
}
