//! Names of documents, devices, people, epochs and changes.

use minicbor::{Decode, Encode};
use std::fmt;

macro_rules! bytes {
    ($($(#[$doc:meta])* $name:ident: $length:literal),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
        #[cbor(transparent)]
        pub struct $name(#[cbor(with = "minicbor::bytes")] pub [u8; $length]);

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, concat!(stringify!($name), "({})"), self)
            }
        }
    )*};
}

bytes! {
    /// A document.
    DocumentId: 16,
    /// A browser profile or other place that stores a replica.
    DeviceId: 16,
    /// A colleague, as the relay knows them from the session.
    PersonId: 16,
    /// One life of the relay's log; a relay restored from a backup begins another.
    Epoch: 16,
    /// The SHA-256 hash that names a change.
    ChangeHash: 32,
    /// Sum over the rows of a scope; see rule D1.
    Digest: 16,
}

/// What kind of document it is; the CRM gives the numbers their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Class(#[n(0)] pub u8);

/// The unit of delivery and permission. There is one for now: the whole workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Scope(#[n(0)] pub u32);

/// The scope of the whole workspace.
pub const WORKSPACE: Scope = Scope(0);

/// The device of what somebody else's device offered again: not known.
pub const SOME_DEVICE: DeviceId = DeviceId([0; 16]);

/// An author in one life of one document, as Automerge knows it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub Vec<u8>);

/// A place in the workspace's log: gapless, from 1; 0 is before the first entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Sequence(#[n(0)] pub u64);

/// Names the time for which one tab of a device speaks with the relay. Random; the one storage names
/// is the one that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lead(pub u64);

/// Milliseconds since 1970-01-01T00:00:00Z, brought in by the driver.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Time(#[n(0)] pub i64);

/// Names an edit in an outbox: the tab that made it (random), and its place among that tab's edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct PendingKey {
    #[n(0)]
    pub tab: u64,
    #[n(1)]
    pub number: u64,
}
