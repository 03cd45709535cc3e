//! What a transaction will write, before it is sealed.

use crate::browser::{failure::StorageFailure, indexed_db::operation::Operation, vault::Vault};
use futures_util::future::try_join_all;

/// Steps of one transaction, in order.
#[derive(Default)]
pub struct Plan(Vec<Step>);

enum Step {
    Put { store: &'static str, key: Vec<u8>, plain: Vec<u8> },
    Other(Operation),
}

impl Plan {
    pub fn put(&mut self, store: &'static str, key: Vec<u8>, plain: Vec<u8>) {
        self.0.push(Step::Put { store, key, plain });
    }

    pub fn add(&mut self, operation: Operation) {
        self.0.push(Step::Other(operation));
    }

    /// Seals everything; only then may a transaction be opened.
    pub async fn seal(self, vault: &Vault) -> Result<Vec<Operation>, StorageFailure> {
        try_join_all(self.0.into_iter().map(async |step| match step {
            Step::Put { store, key, plain } => {
                let value = vault.seal(store, &key, &plain).await?;
                Ok(Operation::Put { store, key, value })
            }
            Step::Other(operation) => Ok(operation),
        }))
        .await
    }
}
