//! The desk one account's rows are worked on at: what is known so far, and what became of each row.

use super::{Draft, Layouts, Outcome};
use crate::{
    bundle::{Bundle, StagedRow},
    context::Context,
    kind::Kind,
    reading::Reading,
    reason::{Fault, Reason},
};
use domain::{
    account::{Account, NewAccount, ProfileField},
    edit::AccountEdit,
    id::*,
    money::Currency,
};
use std::collections::{BTreeMap, BTreeSet};

/// Where one account's rows are worked on.
pub(super) struct Desk<'a> {
    pub(super) bundle: &'a Bundle,
    pub(super) layouts: &'a Layouts,
    pub(super) context: &'a Context,
    pub(super) stands: Option<&'a Account>,
    pub(super) known: Known,
    /// Where each id of this book was first read.
    pub(super) lines: BTreeMap<(Kind, [u8; 16]), u64>,
    /// The currency the account pays in.
    pub(super) currency: Option<Currency>,
    pub(super) draft: Draft,
}

impl<'a> Desk<'a> {
    pub(super) fn new(
        bundle: &'a Bundle,
        stands: Option<&'a Account>,
        layouts: &'a Layouts,
        context: &'a Context,
    ) -> Self {
        let outcomes = vec![Outcome::Refused(Fault::row(Reason::NoSuchAccount)); bundle.rows.len()];
        Self {
            bundle,
            layouts,
            context,
            stands,
            known: stands.map(Known::of).unwrap_or_default(),
            lines: BTreeMap::new(),
            currency: stands.and_then(|account| currency_of(&account.profile)),
            draft: Draft { outcomes, ..Draft::default() },
        }
    }

    /// Begins the account.
    pub(super) fn begin(&mut self, place: usize, account: NewAccount) {
        self.currency = currency_of(&account.profile);
        self.draft.steps.push((place, AccountEdit::Open(account)));
    }

    /// Puts the archiving of the account behind everything else.
    pub(super) fn close(&mut self) {
        let archives = |step: &(usize, AccountEdit)| step.1 == AccountEdit::Archive;
        if let Some(place) = self.draft.steps.iter().position(archives) {
            let step = self.draft.steps.remove(place);
            self.draft.steps.push(step);
        }
    }

    pub(super) fn rows(&self, kind: Kind) -> Vec<(usize, &'a StagedRow)> {
        let rows = self.bundle.rows.iter().enumerate();
        rows.filter(|(_, row)| row.kind == kind).collect()
    }

    /// Reads a row; one that cannot be read is refused.
    pub(super) fn read<T>(
        &mut self,
        place: usize,
        row: &StagedRow,
        read: impl FnOnce(&mut Reading<'_>) -> Result<T, Fault>,
    ) -> Option<T> {
        let mut reading = Reading::new(&self.layouts[&row.kind], &row.cells);
        match read(&mut reading) {
            Ok(value) => {
                let left_out = reading.left_out.into_iter().map(|fault| (place, fault));
                self.draft.left_out.extend(left_out);
                Some(value)
            }
            Err(fault) => {
                self.draft.outcomes[place] = Outcome::Refused(fault);
                None
            }
        }
    }

    /// Says whether the id is neither here already nor in an earlier row of the book.
    pub(super) fn is_new(
        &mut self,
        place: usize,
        row: &StagedRow,
        (id, here): ([u8; 16], bool),
    ) -> bool {
        let outcome = match self.lines.insert((row.kind, id), row.line) {
            Some(line) => Outcome::Refused(Fault::row(Reason::Repeated { line })),
            None if here => Outcome::AlreadyHere,
            None => return true,
        };
        self.draft.outcomes[place] = outcome;
        self.draft.left_out.retain(|(other, _)| *other != place);
        false
    }

    pub(super) fn push(&mut self, place: usize, edits: Vec<AccountEdit>) {
        self.draft.outcomes[place] = Outcome::Taken;
        self.draft.steps.extend(edits.into_iter().map(|edit| (place, edit)));
    }

    pub(super) fn refuse(
        &mut self,
        place: usize,
        row: &StagedRow,
        (column, reason): (&str, Reason),
    ) {
        let fault = Reading::new(&self.layouts[&row.kind], &row.cells).fault(column, reason);
        self.draft.outcomes[place] = Outcome::Refused(fault);
    }
}

fn currency_of(profile: &BTreeMap<ProfileField, String>) -> Option<Currency> {
    profile.get(&ProfileField::Currency)?.parse().ok()
}

/// What can be named within the account so far.
#[derive(Default)]
pub(super) struct Known {
    pub(super) contacts: BTreeSet<ContactId>,
    pub(super) points: BTreeSet<ContactPointId>,
    pub(super) deals: BTreeSet<DealId>,
    pub(super) stage_events: BTreeSet<StageEventId>,
    pub(super) purchases: BTreeSet<PurchaseId>,
}

impl Known {
    fn of(account: &Account) -> Self {
        let contacts = account.contacts.values();
        let deals = account.deals.values();
        Self {
            contacts: account.contacts.keys().copied().collect(),
            points: contacts.flat_map(|contact| contact.points.keys().copied()).collect(),
            deals: account.deals.keys().copied().collect(),
            stage_events: deals.flat_map(|deal| deal.events.keys().copied()).collect(),
            purchases: account.purchases.keys().copied().collect(),
        }
    }
}
