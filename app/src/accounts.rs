//! Accounts: the list, one account's page, and what every part of them shares.

mod activities;
mod addresses;
pub mod book;
pub mod choices;
pub mod conflicts;
mod deals;
mod detail;
mod form;
mod happening;
mod header;
mod list;
mod log;
pub mod no_rows;
mod note;
mod people;
mod person;
mod point;
mod profile;
mod row;
pub mod row_sums;
mod tasks;
mod text_difference;

pub use detail::{AccountPage, NoSuchPage};
pub use form::NewAccountDialog;
pub use list::{AccountList, AccountRows};

use crate::{
    language::{self, names, texts, texts::fill},
    sync_centre::trouble_in_words,
    ui::notice::{Notices, use_notices},
    workspace::{EditError, Unreadable, Workspace, use_workspace},
};
use documents::malformed::Malformed;
use domain::{account::Account, edit::AccountEdit, id::AccountId};
use leptos::prelude::*;
use std::sync::Arc;

/// One open account: what a part of its page reads from and sends edits to.
#[derive(Clone, Copy)]
pub struct OpenAccount {
    pub id: AccountId,
    pub account: Signal<Option<Arc<Account>>>,
    pub workspace: Workspace,
    notices: Notices,
}

impl OpenAccount {
    pub fn new(id: AccountId, account: Signal<Option<Arc<Account>>>) -> Self {
        Self { id, account, workspace: use_workspace(), notices: use_notices() }
    }

    /// Makes an edit; what is refused is said to the person. Returns whether it was made.
    pub fn edit(self, edit: AccountEdit) -> bool {
        told(self.notices, self.workspace.edit(self.id, edit))
    }

    /// Makes all the edits or none; what is refused is said to the person. Returns whether they
    /// were made.
    pub fn edit_all(self, edits: impl IntoIterator<Item = AccountEdit>) -> bool {
        told(self.notices, self.workspace.edit_all(self.id, edits))
    }

    /// Says something to the person.
    pub fn say(self, text: &str) {
        self.notices.say(text.to_owned());
    }

    /// Reads a part of the account; redraws only when that part has changed.
    pub fn read<T>(self, part: impl Fn(&Account) -> T + Send + Sync + 'static) -> Signal<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        let read =
            move |_: Option<&T>| self.account.read().as_deref().map(&part).unwrap_or_default();
        Memo::new(read).into()
    }
}

/// Says why an edit was not made, if it was not; returns whether it was.
pub fn told(notices: Notices, made: Result<(), EditError>) -> bool {
    let words = &texts().refusal;
    match made {
        Ok(()) => {
            notices.clear();
            return true;
        }
        Err(EditError::Refused(refusal)) => notices.say(names::refusal(&refusal)),
        Err(EditError::NotHere) => notices.say(words.not_here.to_owned()),
        Err(EditError::ReadOnly) => notices.say(words.read_only.to_owned()),
    }
    false
}

/// Says why a document that is stored here cannot be shown.
fn why_unreadable(why: &Unreadable) -> String {
    let words = language::account();
    match why {
        Unreadable::FetchedAnew => words.malformed_fetched.to_owned(),
        Unreadable::Document(Malformed::Bytes(_)) => words.malformed_bytes.to_owned(),
        Unreadable::Document(Malformed::MissingDependency) => words.malformed_gap.to_owned(),
        Unreadable::Document(Malformed::Field(field)) => fill(words.malformed_field, &[field]),
        Unreadable::Storage(failure) => trouble_in_words((*failure).into()).to_owned(),
    }
}
