//! What belongs to an account, deals apart: each row added unless it is here already.

use super::desk::Desk;
use crate::{
    kind::Kind,
    noun::{activity, address, contact, contact_point, lead, purchase, task},
    reading::Reading,
    reason::Reason,
};
use domain::{edit::AccountEdit, id::PurchaseId, purchase::Purchase};

impl Desk<'_> {
    pub(super) fn contacts(&mut self) {
        let context = self.context;
        for (place, row) in self.rows(Kind::Contacts) {
            let Some(read) = self.read(place, row, |reading| contact::read(reading, context))
            else {
                continue;
            };
            let here = self.stands.is_some_and(|account| account.contacts.contains_key(&read.id));
            if self.is_new(place, row, (read.id.0, here)) {
                self.known.contacts.insert(read.id);
                self.known.points.extend(read.points.iter().map(|(id, _)| *id));
                self.push(place, read.edits());
            }
        }
        for (place, row) in self.rows(Kind::ContactPoints) {
            let read = self.read(place, row, |reading| contact_point::read(reading, context));
            let Some(read) = read else { continue };
            if !self.known.contacts.contains(&read.contact) {
                self.refuse(place, row, ("contact_id", Reason::NoSuchContact));
            } else if self.is_new(place, row, (read.id.0, self.known.points.contains(&read.id))) {
                let edit = AccountEdit::SetContactPoint(read.contact, read.id, read.point);
                self.push(place, vec![edit]);
            }
        }
    }

    pub(super) fn addresses(&mut self) {
        let context = self.context;
        for (place, row) in self.rows(Kind::Addresses) {
            let read = self.read(place, row, |reading| address::read(reading, context));
            let Some((id, address)) = read else { continue };
            let here = self.stands.is_some_and(|account| account.addresses.contains_key(&id));
            if self.is_new(place, row, (id.0, here)) {
                self.push(place, vec![AccountEdit::SetAddress(id, address)]);
            }
        }
    }

    pub(super) fn enquiries(&mut self) {
        let (context, currency) = (self.context, self.currency);
        for (place, row) in self.rows(Kind::Leads) {
            let read =
                self.read(place, row, |reading| lead::read_enquiry(reading, context, currency));
            let Some((id, enquiry)) = read else { continue };
            let here = self.stands.is_some_and(|account| account.enquiries.contains_key(&id));
            if self.is_new(place, row, (id.0, here)) {
                self.push(place, vec![AccountEdit::RecordEnquiry(id, enquiry)]);
            }
        }
    }

    pub(super) fn activities(&mut self) {
        let context = self.context;
        for (place, row) in self.rows(Kind::Activities) {
            let known = std::mem::take(&mut self.known);
            let named = activity::Known { contacts: &known.contacts, deals: &known.deals };
            let read = self.read(place, row, |reading| activity::read(reading, context, &named));
            self.known = known;
            let Some((id, activity)) = read else { continue };
            let here = self.stands.is_some_and(|account| account.activities.contains_key(&id));
            if self.is_new(place, row, (id.0, here)) {
                self.push(place, vec![AccountEdit::LogActivity(id, activity)]);
            }
        }
    }

    pub(super) fn tasks(&mut self) {
        let context = self.context;
        for (place, row) in self.rows(Kind::Tasks) {
            let Some(read) = self.read(place, row, |reading| task::read(reading, context)) else {
                continue;
            };
            let here = self.stands.is_some_and(|account| account.tasks.contains_key(&read.id));
            if self.is_new(place, row, (read.id.0, here)) {
                self.push(place, read.edits());
            }
        }
    }

    pub(super) fn purchases(&mut self) {
        let context = self.context;
        let mut read_rows = Vec::new();
        for (place, row) in self.rows(Kind::Purchases) {
            let read = self.read(place, row, |reading| purchase::read(reading, context));
            let Some((id, purchase)) = read else { continue };
            let here = self.stands.is_some_and(|account| account.purchases.contains_key(&id));
            if self.is_new(place, row, (id.0, here)) {
                self.known.purchases.insert(id);
                read_rows.push((place, id, purchase));
            }
        }
        for (place, id, purchase) in read_rows {
            self.record_purchase(place, id, purchase);
        }
    }

    fn record_purchase(&mut self, place: usize, id: PurchaseId, mut purchase: Purchase) {
        if purchase.refund_of.is_some_and(|refunded| !self.known.purchases.contains(&refunded)) {
            purchase.refund_of = None;
            let row = &self.bundle.rows[place];
            let reading = Reading::new(&self.layouts[&row.kind], &row.cells);
            let fault = reading.fault("refund_of", Reason::NoSuchPurchase);
            self.draft.left_out.push((place, fault));
        }
        self.push(place, vec![AccountEdit::RecordPurchase(id, purchase)]);
    }
}
