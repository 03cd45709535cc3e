//! What imports brought in, and what was taken back of it.
//!
//! Each piece of an import is a field of its own at the root, and so is the mark that undoes it:
//! no collection is made, because two devices could make it twice. What was taken back stays in the
//! document and is left out of what is read.

use crate::register::Fields;
use automerge::{Automerge, ROOT, ReadDoc};
use domain::{
    account::Account,
    deal::Deal,
    id::{BatchId, BroughtId, StageEventId},
};
use std::collections::BTreeSet;

const BROUGHT: &str = "brought/";
const UNDONE: &str = "undone/";

/// Whether a field of the root belongs to an import.
pub(crate) fn is_key(key: &str) -> bool {
    let rest = key.strip_prefix(BROUGHT).map(|rest| rest.split_once('/'));
    match rest {
        Some(Some((batch, piece))) => is_id(batch) && piece.parse::<u32>().is_ok(),
        Some(None) => false,
        None => key.strip_prefix(UNDONE).is_some_and(is_id),
    }
}

fn is_id(text: &str) -> bool {
    text.parse::<BatchId>().is_ok()
}

pub(crate) fn brought_key(batch: BatchId, piece: u32) -> String {
    format!("{BROUGHT}{batch}/{piece}")
}

pub(crate) fn undone_key(batch: BatchId) -> String {
    format!("{UNDONE}{batch}")
}

/// Says whether anybody worked on the account since an import, or beside it: whether there is a
/// change that the import's own did not build on.
pub(crate) fn is_worked_on(document: &Automerge, batch: BatchId) -> bool {
    let prefix = format!("{BROUGHT}{batch}/");
    let pieces = document.map_range(ROOT, ..).filter(|item| item.key.starts_with(&prefix));
    let hashes = pieces.filter_map(|item| document.hash_for_opid(&item.id()));
    !document.get_changes(&hashes.collect::<Vec<_>>()).is_empty()
}

/// Leaves out of an account what was taken back.
pub(crate) fn settle(account: &mut Account, fields: &Fields<'_>) {
    let mut withdrawn = BTreeSet::new();
    for key in fields.keys() {
        let Some((batch, _)) = key.strip_prefix(BROUGHT).and_then(|rest| rest.split_once('/'))
        else {
            continue;
        };
        let Ok(batch) = batch.parse::<BatchId>() else { continue };
        let undone = fields.shown(&undone_key(batch)).unwrap_or(false);
        account.imports.insert(batch, undone);
        if undone {
            withdrawn.extend(fields.shown::<Vec<BroughtId>>(key).unwrap_or_default());
        }
    }
    account.withdrawn = withdrawn.contains(&BroughtId(account.id.0));
    if !withdrawn.is_empty() {
        leave_out(account, &withdrawn);
    }
}

fn leave_out(account: &mut Account, withdrawn: &BTreeSet<BroughtId>) {
    let stays = |id: &[u8; 16]| !withdrawn.contains(&BroughtId(*id));
    account.contacts.retain(|id, _| stays(&id.0));
    for contact in account.contacts.values_mut() {
        contact.points.retain(|id, _| stays(&id.0));
    }
    account.addresses.retain(|id, _| stays(&id.0));
    account.activities.retain(|id, _| stays(&id.0));
    account.tasks.retain(|id, _| stays(&id.0));
    account.purchases.retain(|id, _| stays(&id.0));
    account.enquiries.retain(|id, _| stays(&id.0));
    account.deals.retain(|id, _| stays(&id.0));
    for deal in account.deals.values_mut() {
        take_moves_back(deal, |id| stays(&id.0));
    }
}

/// Takes moves back: the deal stands where its latest remaining move left it.
fn take_moves_back(deal: &mut Deal, stays: impl Fn(&StageEventId) -> bool) {
    let before = deal.events.len();
    deal.events.retain(|id, _| stays(id));
    if deal.events.len() < before && !deal.events.contains_key(&deal.stage_event) {
        let last = deal.events.iter().max_by_key(|(id, event)| (event.at, **id));
        deal.stage_event = last.map_or(StageEventId([0; 16]), |(id, _)| *id);
    }
}
