//! What a document that cannot be read looked like.

/// Why a document, or a change, cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    #[error("the bytes are not an Automerge change or document: {0}")]
    Bytes(String),
    #[error("a change is missing that others build on")]
    MissingDependency,
    #[error("the field {0} is missing or of the wrong kind")]
    Field(String),
}
