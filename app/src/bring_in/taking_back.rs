//! Taking an import back, whole: account by account, and nothing of what was worked on since.

use super::{
    bench::{Bench, Stage, TookBack, Trouble},
    running,
};
use crate::workspace::{
    Workspace,
    imports::{Breath, TakenBack},
};
use domain::id::{AccountId, BatchId};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// After how many accounts storage is waited for.
const ACCOUNTS_AT_ONCE: u64 = 25;

/// Returns how many accounts each import, not taken back, brought something into.
pub fn standing(workspace: Workspace) -> BTreeMap<BatchId, u64> {
    let mut standing = BTreeMap::new();
    workspace.with_rows(|rows| {
        for batch in rows.iter().flat_map(|row| row.imports.iter().flatten()) {
            *standing.entry(*batch).or_insert(0) += 1;
        }
    });
    standing
}

pub async fn take_back(workspace: Workspace, bench: Bench, batch: BatchId) {
    let accounts: Vec<AccountId> = workspace.with_rows(|rows| {
        let of = rows.iter().filter(|row| row.imports.iter().flatten().any(|one| *one == batch));
        of.map(|row| row.id).collect()
    });
    let (mut took, mut breath, of) = (TookBack::default(), Breath::new(), accounts.len() as u64);
    for (account, done) in accounts.into_iter().zip(0..) {
        breath.take().await;
        if done % ACCOUNTS_AT_ONCE == 0 {
            if workspace.all_stored().await.is_err() {
                return bench.fail(Trouble::NotSaved);
            }
            bench.stage.set(Stage::TakingBack { done, of });
        }
        match workspace.take_back(account, batch).await {
            TakenBack::Done => took.accounts += 1,
            TakenBack::WorkedOn => took.worked_on += 1,
            TakenBack::NotHere => took.not_here += 1,
        }
    }
    if workspace.all_stored().await.is_err() {
        return bench.fail(Trouble::NotSaved);
    }
    if took.not_here == 0 {
        running::forget(workspace, batch).await;
    }
    bench.files.set(Vec::new());
    bench.stage.set(Stage::TookBack(took));
}
