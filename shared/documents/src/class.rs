//! The kinds of document there are.

/// A kind of document; the number is what goes over the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Class {
    Account = 1,
    Note = 2,
    Configuration = 3,
    Catalogue = 4,
}

impl Class {
    pub const ALL: [Self; 4] = [Self::Account, Self::Note, Self::Configuration, Self::Catalogue];

    /// Returns the class of a number, or nothing when this release does not know it.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|class| *class as u8 == number)
    }
}

/// The id of the one configuration document of a workspace.
pub const CONFIGURATION_ID: [u8; 16] = *b"configuration.v1";
/// The id of the one catalogue document of a workspace.
pub const CATALOGUE_ID: [u8; 16] = *b"catalogue.v1\0\0\0\0";
