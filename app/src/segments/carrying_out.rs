//! Makes one edit to each of many accounts, a stretch at a time, so that the page stays quick to
//! answer; ends when nobody looks any more.

use super::BUSY_MS_MAX;
use crate::{
    browser::clock,
    workspace::{EditError, Workspace},
};
use domain::{edit::AccountEdit, id::AccountId};
use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;

/// How far it has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    pub of: u64,
    pub done: u64,
    /// Accounts whose documents are not on this tablet.
    pub not_here: u64,
    pub refused: u64,
    pub is_over: bool,
}

/// Edits the accounts in turn, and says how far it has come.
pub async fn carry_out(
    workspace: Workspace,
    accounts: Vec<AccountId>,
    edit: impl Fn(AccountId) -> AccountEdit,
    progress: RwSignal<Progress>,
) {
    let mut told = Progress { of: accounts.len() as u64, ..Progress::default() };
    let mut begun = clock::ticks_ms();
    for account in accounts {
        let mut made = workspace.edit_unopened(account, edit(account)).await;
        if made == Err(EditError::NotHere) && workspace.standing(account).await.is_ok() {
            // It came from the relay just now.
            made = workspace.edit_unopened(account, edit(account)).await;
        }
        match made {
            Ok(()) => told.done += 1,
            Err(EditError::NotHere) => told.not_here += 1,
            Err(EditError::Refused(_)) => told.refused += 1,
            Err(EditError::ReadOnly) => {
                told.refused = told.of - told.done - told.not_here;
                break;
            }
        }
        if clock::ticks_ms() - begun > BUSY_MS_MAX {
            if progress.try_set(told).is_some() {
                return;
            }
            TimeoutFuture::new(0).await;
            begun = clock::ticks_ms();
        }
    }
    told.is_over = true;
    let _ = progress.try_set(told);
}
