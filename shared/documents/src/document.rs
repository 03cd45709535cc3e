//! One open document of any class.

use crate::{actor::Actor, class::Class, malformed::Malformed};
use domain::{
    account::Account,
    configuration::Configuration,
    edit::Edit,
    note::Note,
    refusal::Refusal,
    time::{HybridTime, Timestamp},
};

/// One open document.
pub struct Document;

/// A change just made, as bytes, with the hash that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub hash: [u8; 32],
    pub bytes: Vec<u8>,
}

impl Document {
    /// Opens a document that has nothing but its genesis yet.
    pub fn new(_class: Class, _id: [u8; 16]) -> Self {
        unimplemented!()
    }

    /// Opens a document from changes (those after genesis, in any order; repeats do no harm).
    pub fn open<B: AsRef<[u8]>>(
        _class: Class,
        _id: [u8; 16],
        _changes: impl IntoIterator<Item = B>,
    ) -> Result<Self, Malformed> {
        unimplemented!()
    }

    /// Takes in changes of others; those already here do no harm.
    pub fn take_in<B: AsRef<[u8]>>(
        &mut self,
        _changes: impl IntoIterator<Item = B>,
    ) -> Result<(), Malformed> {
        unimplemented!()
    }

    /// Makes one change of the edits, or refuses and writes nothing. Stamped later than anything
    /// in the document, not before `now`.
    pub fn author(
        &mut self,
        _actor: Actor,
        _now: Timestamp,
        _edits: &[Edit],
    ) -> Result<Change, Refusal> {
        unimplemented!()
    }

    /// Returns every change after genesis, dependencies first.
    pub fn changes(&self) -> Vec<Change> {
        unimplemented!()
    }

    /// Returns the latest stamp in the document.
    pub fn latest(&self) -> HybridTime {
        unimplemented!()
    }

    /// Returns the row of the document; a note's and a configuration's rows are documented there.
    pub fn row(&self) -> Result<Vec<u8>, Malformed> {
        unimplemented!()
    }

    pub fn account(&self) -> Result<Account, Malformed> {
        unimplemented!()
    }

    pub fn note(&self) -> Result<Note, Malformed> {
        unimplemented!()
    }

    pub fn configuration(&self) -> Result<Configuration, Malformed> {
        unimplemented!()
    }
}
