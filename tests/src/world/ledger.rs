//! What became of every edit, as people were told.

use std::collections::{BTreeMap, BTreeSet};
use sync::{change, id::*, output::EditState};

/// One edit from the moment it was made.
#[derive(Debug, Clone)]
pub struct Account {
    pub document: DocumentId,
    pub edit: Vec<u8>,
    /// The changes it was made into; more than one when it had to be made again.
    pub hashes: BTreeSet<ChangeHash>,
    /// Whether a person has read *on this tablet*.
    pub promised: bool,
    pub shown: Option<EditState>,
    pub discarded: bool,
}

/// Every edit, and every acknowledgement.
#[derive(Debug, Default)]
pub struct Ledger {
    pub edits: BTreeMap<PendingKey, Account>,
    /// What the relay said it has, and where.
    pub acknowledged: BTreeSet<(Sequence, ChangeHash)>,
    /// What was in the log, was lost with a backup, and is on some disk.
    pub to_return: BTreeSet<ChangeHash>,
    /// What was lost with a backup, and is on no disk.
    pub gone: BTreeSet<ChangeHash>,
    /// What each change made here builds on.
    pub dependencies: BTreeMap<ChangeHash, Vec<ChangeHash>>,
    /// What the relay said it will never take.
    pub refused: BTreeSet<ChangeHash>,
}

impl Ledger {
    pub fn builds_on(&mut self, hash: ChangeHash, change: &[u8]) {
        let scanned = change::scan(change);
        let dependencies = scanned.map(|scanned| scanned.dependencies).unwrap_or_default();
        self.dependencies.insert(hash, dependencies);
    }

    pub fn shown(&mut self, key: PendingKey, state: EditState) {
        if let Some(edit) = self.edits.get_mut(&key) {
            edit.shown = Some(state);
            edit.promised |= !matches!(state, EditState::Saving | EditState::NotSaved);
        }
    }
}
