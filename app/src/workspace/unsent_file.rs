//! Unsent edits as a file: the way out when storage fails, and the way in on another tablet.

use super::core::Core;
use domain::id::PersonId;
use minicbor::{Decode, Encode};
use sync::record::{PendingRecord, PendingState};

const MARK: &[u8] = b"TESSERA UNSENT\n";
const VERSION: u8 = 1;

/// Why a file of unsent edits was not taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnsentFileError {
    #[error("the file is not a file of unsent edits")]
    NotUnsentEdits,
    #[error("the file comes from another workspace")]
    OtherWorkspace,
    #[error("the file holds the edits of another person")]
    OtherPerson,
    #[error("the file comes from a newer Tessera")]
    Newer,
    #[error("storage cannot be written, so nothing can be taken in")]
    ReadOnly,
    #[error("what was taken in could not be stored")]
    NotStored,
}

/// What is in the file.
#[derive(Debug, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct UnsentFile {
    #[n(0)]
    pub workspace: String,
    #[n(1)]
    pub person: PersonId,
    #[n(2)]
    pub edits: Vec<PendingRecord>,
}

/// Returns the file of everything the relay has not taken.
pub fn export(core: &Core) -> Vec<u8> {
    let edits = core.outbox.borrow().unsent();
    let workspace = core.session.workspace.clone();
    UnsentFile { workspace, person: core.session.person, edits }.to_bytes()
}

impl UnsentFile {
    pub fn to_bytes(&self) -> Vec<u8> {
        let content = minicbor::to_vec(self).expect("writing to memory cannot fail");
        [MARK, &[VERSION], &content].concat()
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, UnsentFileError> {
        let body = bytes.strip_prefix(MARK).ok_or(UnsentFileError::NotUnsentEdits)?;
        let content = match body.split_first() {
            Some((&VERSION, content)) => content,
            Some((version, _)) if *version > VERSION => return Err(UnsentFileError::Newer),
            _ => return Err(UnsentFileError::NotUnsentEdits),
        };
        minicbor::decode(content).map_err(|_| UnsentFileError::NotUnsentEdits)
    }

    /// Returns the edits to be made here, oldest first: those of this workspace and person that
    /// neither this tablet nor the relay has.
    pub fn for_here(
        self,
        workspace: &str,
        person: PersonId,
        is_here: impl Fn(&PendingRecord) -> bool,
    ) -> Result<Vec<PendingRecord>, UnsentFileError> {
        if self.workspace != workspace {
            return Err(UnsentFileError::OtherWorkspace);
        }
        if self.person != person {
            return Err(UnsentFileError::OtherPerson);
        }
        let relay_has = |record: &PendingRecord| {
            matches!(record.state, PendingState::Received(_) | PendingState::Held(_))
        };
        let mut edits = self.edits;
        edits.retain(|record| !relay_has(record) && !is_here(record));
        edits.sort_by_key(|record| (record.at, record.key));
        Ok(edits)
    }
}

#[cfg(test)]
mod tests;
