//! Every row of one account → the edits that bring them in, and what became of each row.
//!
//! A row of a kind is read when what it may name has been read before it: contacts before deals,
//! deals before activities. Nothing here touches a document.

mod belongings;
mod deals;
mod desk;
mod opening;

use crate::{bundle::Bundle, context::Context, heading::Layout, kind::Kind, reason::Fault};
use desk::Desk;
use domain::{account::Account, edit::AccountEdit, id::BroughtId};
use std::collections::BTreeMap;

/// The columns of every file that is read.
pub type Layouts = BTreeMap<Kind, Layout>;

/// What is to be written for one account.
#[derive(Debug, Default)]
pub struct Draft {
    /// In the order they are to be made; each with the row it came from.
    pub steps: Vec<(usize, AccountEdit)>,
    /// The text of the shared note, with the row it came from.
    pub note: Option<(usize, String)>,
    /// What became of each row, by its place in the bundle.
    pub outcomes: Vec<Outcome>,
    /// Cells left out of rows that were taken.
    pub left_out: Vec<(usize, Fault)>,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Taken,
    AlreadyHere,
    Refused(Fault),
}

/// Returns the ids of what an edit brings into an account that was here before.
pub fn brought(edit: &AccountEdit) -> Option<BroughtId> {
    use AccountEdit as E;
    Some(BroughtId(match edit {
        E::AddContact(id, _) => id.0,
        E::SetContactPoint(_, id, _) => id.0,
        E::SetAddress(id, _) => id.0,
        E::LogActivity(id, _) => id.0,
        E::AddTask(id, _) => id.0,
        E::AddDeal(id, ..) => id.0,
        E::MoveDeal(_, id, _) => id.0,
        E::RecordPurchase(id, _) => id.0,
        E::RecordEnquiry(id, _) => id.0,
        _ => return None,
    }))
}

/// Works out what to write for the rows of an account, given what stands there already.
pub fn draft(
    bundle: &Bundle,
    stands: Option<&Account>,
    layouts: &Layouts,
    context: &Context,
) -> Draft {
    let mut desk = Desk::new(bundle, stands, layouts, context);
    if desk.open() {
        desk.contacts();
        desk.addresses();
        desk.enquiries();
        desk.deals();
        desk.activities();
        desk.tasks();
        desk.purchases();
        desk.close();
    } else {
        desk.refuse_the_rest();
    }
    desk.draft
}
