//! What screens say of storage.

use crate::browser::failure::StorageFailure;

/// What this browser keeps, and how sure it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StorageReport {
    /// Whether the browser has promised to keep it; nothing while unknown.
    pub persisted: Option<bool>,
    /// Bytes, as the browser tells them; nothing when it does not.
    pub usage: Option<u64>,
    pub quota: Option<u64>,
    pub rows: usize,
    pub documents_here: usize,
    /// Edits that stand in storage and cannot be read: kept, and not sent.
    pub unreadable_edits: usize,
    /// Nothing while storage works; else why nothing can be written.
    pub trouble: Option<StorageTrouble>,
}

/// Why storage cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorageTrouble {
    /// The disk, or the browser's share of it, is full.
    Full,
    /// The browser closed the database and does not open it again.
    ConnectionLost,
    /// The browser cleared the database while the page was open.
    Cleared,
    /// What is stored cannot be read.
    Corrupt,
    /// The browser offers no storage here, as in some private windows.
    Unavailable,
}

impl From<StorageFailure> for StorageTrouble {
    fn from(failure: StorageFailure) -> Self {
        match failure {
            StorageFailure::Full => Self::Full,
            StorageFailure::ConnectionLost => Self::ConnectionLost,
            StorageFailure::Cleared => Self::Cleared,
            StorageFailure::Corrupt => Self::Corrupt,
            StorageFailure::Unavailable => Self::Unavailable,
        }
    }
}
