//! Accounts of this tablet as files in the plain style, which can be brought in again.

use crate::workspace::{Workspace, imports::Breath};
use domain::{
    id::{AccountId, DealId},
    row::AccountRow,
};
use exchange::{kind::Kind, names::Names, sheets::Sheets, written};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// What is to be written.
pub struct Order {
    pub accounts: Vec<AccountId>,
    pub kinds: Vec<Kind>,
    /// Only these deals, where not all are wanted.
    pub deals: Option<BTreeSet<DealId>>,
}

impl Order {
    /// Orders deals, each by the place of its account's row and its own place in it.
    pub fn of_deals<'a>(
        rows: &[AccountRow],
        places: impl IntoIterator<Item = &'a (u32, u32)>,
    ) -> Self {
        let (mut accounts, mut deals) = (Vec::new(), BTreeSet::new());
        for (at, inside) in places {
            let Some(row) = rows.get(*at as usize) else { continue };
            accounts.push(row.id);
            deals.extend(row.deals.get(*inside as usize).map(|deal| deal.id));
        }
        Self { accounts, kinds: vec![Kind::Deals], deals: Some(deals) }
    }

    /// Orders accounts, each by the place of its row.
    pub fn of_accounts(rows: &[AccountRow], places: impl IntoIterator<Item = u32>) -> Self {
        let ids = places.into_iter().filter_map(|at| Some(rows.get(at as usize)?.id));
        Self { accounts: ids.collect(), kinds: vec![Kind::Accounts], deals: None }
    }
}

/// What was written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WrittenOut {
    /// Each file with the number of its rows, without those that have none.
    pub files: Vec<(Kind, Vec<u8>, u64)>,
    /// Accounts that are not on this tablet, so that they are in no file.
    pub missing: u64,
}

/// Writes accounts out in the order of their ids; `done` is told how many.
pub async fn write_out(
    workspace: Workspace,
    mut order: Order,
    done: impl Fn(u64),
) -> Option<WrittenOut> {
    order.accounts.sort_unstable();
    order.accounts.dedup();
    let names = Names::of(&workspace.configuration().get_untracked());
    let with_note = order.kinds.contains(&Kind::Accounts);
    let sheets = order.kinds.iter().map(|kind| (*kind, Vec::new()));
    let mut sheets = Sheets::new(sheets).ok()?;
    let (mut breath, mut missing) = (Breath::new(), 0);
    for (account, number) in order.accounts.into_iter().zip(1..) {
        breath.take().await;
        let Ok(Some(account)) = workspace.standing(account).await else {
            missing += 1;
            continue;
        };
        let note = if with_note { workspace.note_text(account.id).await } else { String::new() };
        match &order.deals {
            None => written::write(&mut sheets, &names, &account, &note).ok()?,
            Some(deals) => {
                let mut account = (*account).clone();
                account.deals.retain(|id, _| deals.contains(id));
                written::write(&mut sheets, &names, &account, &note).ok()?;
            }
        }
        if number % 25 == 0 {
            done(number);
        }
    }
    let files = sheets.finish().ok()?.into_iter();
    let files = files.filter(|(_, (_, rows))| *rows > 0);
    Some(WrittenOut {
        files: files.map(|(kind, (bytes, rows))| (kind, bytes, rows)).collect(),
        missing,
    })
}

/// Returns what a file of that kind is called.
pub fn file_name(kind: Kind) -> String {
    format!("{}.csv", kind.stem())
}
