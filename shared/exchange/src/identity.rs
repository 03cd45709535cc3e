//! Ids of what a book holds, the same each time it is brought in.
//!
//! An id of Tessera's own, as its exports have it, is taken as it stands; any other name of
//! another system is hashed together with the workspace and what it names.

use domain::id::AccountId;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Derives ids for one workspace.
#[derive(Debug, Clone)]
pub struct Identity {
    workspace: String,
    /// Ids of what was brought in and taken back: they are not used again.
    withdrawn: BTreeSet<[u8; 16]>,
}

impl Identity {
    pub fn of(workspace: &str) -> Self {
        Self { workspace: workspace.to_owned(), withdrawn: BTreeSet::new() }
    }

    /// Returns the id of what another system calls `external`.
    pub fn id(&self, noun: &str, external: &str) -> [u8; 16] {
        let mut id = own_id(external).unwrap_or_else(|| self.derive(noun, external));
        while self.withdrawn.contains(&id) {
            id = self.derive(noun, &format!("{external} again {}", AccountId(id)));
        }
        id
    }

    /// Gives what an undone import had brought in another id when it comes again.
    pub fn avoid(&mut self, withdrawn: AccountId) {
        self.withdrawn.insert(withdrawn.0);
    }

    /// Returns the id of something that has no name of its own, only the parts it is known by.
    pub fn derive(&self, noun: &str, known_by: &str) -> [u8; 16] {
        let hash = Sha256::new()
            .chain_update(noun)
            .chain_update([0])
            .chain_update(&self.workspace)
            .chain_update([0])
            .chain_update(known_by)
            .finalize();
        let mut id = [0; 16];
        id.copy_from_slice(&hash[..16]);
        id
    }
}

fn own_id(external: &str) -> Option<[u8; 16]> {
    external.parse::<AccountId>().ok().map(|id| id.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_means_another_thing_in_another_workspace_or_of_another_noun() {
        let demo = Identity::of("demo");
        assert_eq!(demo.id("account", "A1"), demo.id("account", "A1"));
        assert_ne!(demo.id("account", "A1"), demo.id("contact", "A1"));
        assert_ne!(demo.id("account", "A1"), Identity::of("acme").id("account", "A1"));
    }

    #[test]
    fn an_id_of_our_own_is_taken_as_it_stands() {
        assert_eq!(Identity::of("demo").id("account", &"0a".repeat(16)), [0x0a; 16]);
    }
}
