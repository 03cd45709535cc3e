//! A crowd of tablets before the relay as it is shipped: a process of its own, real sockets, real
//! edits, a disk. What is measured is what a tablet sees: from the moment an edit was to be sent until
//! the relay has said that it is durable.

pub mod desk;
pub mod gathering;
pub mod process;
pub mod tablet;
pub mod timing;

/// What went wrong with the measuring itself; the relay turning an edit away is counted instead.
#[derive(Debug, thiserror::Error)]
#[error("could not {0}: {1}")]
pub struct CrowdFailure(pub &'static str, pub String);

/// Turns what somebody else says of a failure into one of ours.
pub fn attempting<E: std::fmt::Display>(what: &'static str) -> impl FnOnce(E) -> CrowdFailure {
    move |cause| CrowdFailure(what, cause.to_string())
}
