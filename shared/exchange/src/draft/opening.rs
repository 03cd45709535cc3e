//! The account itself: opened from its own row, from a lead's, or standing here already.

use super::{Outcome, desk::Desk};
use crate::{
    bundle::StagedRow,
    kind::Kind,
    noun::{account, lead, purchase},
    reading::Reading,
    reason::{Fault, Reason},
};
use domain::{account::LifecycleStage, edit::AccountEdit};

impl<'a> Desk<'a> {
    /// Opens the account, or finds it standing; says whether there is one to go on with.
    pub(super) fn open(&mut self) -> bool {
        if self.stands.is_some() {
            for (place, _) in self.rows(Kind::Accounts) {
                self.draft.outcomes[place] = Outcome::AlreadyHere;
            }
            return true;
        }
        let account = self.rows(Kind::Accounts).first().copied();
        let opened = match account {
            Some((place, row)) => self.open_account(place, row),
            None => self.open_prospect(),
        };
        for (place, _) in self.rows(Kind::Accounts).into_iter().skip(1) {
            let line = account.map_or(0, |(_, row)| row.line);
            self.draft.outcomes[place] = Outcome::Refused(Fault::row(Reason::Repeated { line }));
        }
        opened
    }

    fn open_account(&mut self, place: usize, row: &'a StagedRow) -> bool {
        let context = self.context;
        let Some(mut read) = self.read(place, row, |reading| account::read(reading, context))
        else {
            return false;
        };
        if !read.stage_told && self.purchases_made() >= 2 {
            read.account.stage = LifecycleStage::RepeatCustomer;
        }
        self.begin(place, read.account);
        if read.archived {
            self.draft.steps.push((place, AccountEdit::Archive));
        }
        self.draft.note = read.note.map(|note| (place, note));
        self.draft.outcomes[place] = Outcome::Taken;
        true
    }

    /// Opens an account for a lead that is none yet.
    fn open_prospect(&mut self) -> bool {
        let context = self.context;
        let own = self.rows(Kind::Leads).into_iter().find(|(_, row)| {
            Reading::new(&self.layouts[&row.kind], &row.cells).text("account_id").is_none()
        });
        let Some((place, row)) = own else { return false };
        let read = self.read(place, row, |reading| lead::read_prospect(reading, context));
        let Some(prospect) = read else { return false };
        self.begin(place, prospect.account);
        if let Some(contact) = prospect.contact {
            self.known.contacts.insert(contact.id);
            self.push(place, contact.edits());
        }
        true
    }

    /// Refuses the rows that have no account to belong to.
    pub(super) fn refuse_the_rest(&mut self) {
        let own = self
            .rows(Kind::Accounts)
            .first()
            .is_some_and(|(place, _)| matches!(self.draft.outcomes[*place], Outcome::Refused(_)));
        for (place, row) in self.bundle.rows.iter().enumerate() {
            if self.draft.outcomes[place] == Outcome::Refused(Fault::row(Reason::NoSuchAccount)) {
                let column = if row.kind == Kind::StageHistory { "deal_id" } else { "account_id" };
                let reason = if own { Reason::AccountRefused } else { Reason::NoSuchAccount };
                self.refuse(place, row, (column, reason));
            }
        }
    }

    fn purchases_made(&self) -> usize {
        let rows = self.rows(Kind::Purchases).into_iter();
        rows.filter(|(_, row)| {
            let mut reading = Reading::new(&self.layouts[&row.kind], &row.cells);
            purchase::read(&mut reading, self.context).is_ok_and(|(_, read)| read.amount.minor > 0)
        })
        .count()
    }
}
