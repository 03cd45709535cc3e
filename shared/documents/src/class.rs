//! The kinds of document there are.

/// A kind of document; the number is what goes over the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Class {
    Account = 1,
    Note = 2,
    Configuration = 3,
}

impl Class {
    /// Returns the class of a number, or nothing when this release does not know it.
    pub fn from_number(number: u8) -> Option<Self> {
        [Self::Account, Self::Note, Self::Configuration]
            .into_iter()
            .find(|class| *class as u8 == number)
    }
}

/// The id of the one configuration document of a workspace.
pub const CONFIGURATION_ID: [u8; 16] = *b"configuration.v1";
