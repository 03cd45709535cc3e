//! Who a colleague is: ids that come out the same wherever they are worked out.

use domain::id::PersonId;
use sha2::{Digest, Sha256};

/// Returns the id of the colleague a workspace's books call by this name.
///
/// Derived, so that a book brought in twice, or brought in before its owners can sign in, names
/// the same people.
pub fn owner_id(workspace: &str, name: &str) -> PersonId {
    let hash = Sha256::new()
        .chain_update("person")
        .chain_update([0])
        .chain_update(workspace)
        .chain_update([0])
        .chain_update(name)
        .finalize();
    let mut id = [0; 16];
    id.copy_from_slice(&hash[..16]);
    PersonId(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_is_another_person_in_another_workspace() {
        assert_eq!(owner_id("demo", "刘敏"), owner_id("demo", "刘敏"));
        assert_ne!(owner_id("demo", "刘敏"), owner_id("acme", "刘敏"));
    }
}
