//! Who in the book looks like whom, and like whom that is here already.

use super::{ImportFailure, staging::Staging};
use crate::{
    relay::answers::SCOPE,
    storage::{entry::Limit, store::Store},
};
use documents::{class::Class, document::Document};
use domain::row::AccountRow;
use exchange::{
    book::{Flags, flags},
    draft::Layouts,
    duplicate::Parties,
    reading::Reading,
};
use sync::id::{DocumentId, Sequence};

/// Returns the staged rows that look like others. An account that cannot be read is like nobody.
pub fn find(store: &Store, staging: &Staging, layouts: &Layouts) -> Result<Flags, ImportFailure> {
    let mut parties = Parties::default();
    let mut here = Vec::new();
    store.durable().each_row(SCOPE, |row| {
        let stands = AccountRow::decode(&row.row).is_some_and(|row| row.withdrawn != Some(true));
        if row.class.0 == Class::Account as u8 && stands {
            here.push(row.document);
        }
    })?;
    for document in here {
        let changes = store.changes(document, Sequence(0), Limit::ALL)?;
        let changes = changes.into_iter().map(|(_, change)| change);
        let opened = Document::open(Class::Account, document.0, changes);
        if let Ok(account) = opened.and_then(|document| document.account()) {
            parties.know(&account);
        }
    }
    staging.each_party(|account, row| {
        let layout = &layouts[&row.kind];
        parties.read(account, (row.kind, row.line), &Reading::new(layout, &row.cells));
        Ok::<_, ImportFailure>(())
    })?;
    Ok(flags(&parties))
}

/// Returns the accounts an undone import had brought in.
pub fn withdrawn(store: &Store) -> Result<Vec<DocumentId>, ImportFailure> {
    let mut withdrawn = Vec::new();
    store.durable().each_row(SCOPE, |row| {
        let is_withdrawn =
            || AccountRow::decode(&row.row).is_some_and(|row| row.withdrawn == Some(true));
        if row.class.0 == Class::Account as u8 && is_withdrawn() {
            withdrawn.push(row.document);
        }
    })?;
    Ok(withdrawn)
}
