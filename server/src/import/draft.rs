//! Every row of one account → the edits that bring them in, and what became of each row.
//!
//! A row of a kind is read when what it may name has been read before it: contacts before deals,
//! deals before activities. Nothing here touches a document.

use super::{
    context::Context,
    heading::Layout,
    kind::Kind,
    noun::{
        account, activity, address, contact, contact_point, deal, lead, purchase,
        stage_event::{self, StageEventRow},
        task,
    },
    reading::Reading,
    reason::{Fault, Reason},
    staging::{Bundle, StagedRow},
};
use domain::{
    account::{Account, LifecycleStage, NewAccount, ProfileField},
    edit::AccountEdit,
    id::*,
    money::Currency,
    purchase::Purchase,
};
use std::collections::{BTreeMap, HashMap, HashSet};

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

/// Works out what to write for the rows of an account, given what stands there already.
pub fn draft(
    bundle: &Bundle,
    stands: Option<&Account>,
    layouts: &Layouts,
    context: &Context,
) -> Draft {
    let outcomes = vec![Outcome::Refused(Fault::row(Reason::NoSuchAccount)); bundle.rows.len()];
    let mut desk = Desk {
        bundle,
        layouts,
        context,
        stands,
        known: stands.map(Known::of).unwrap_or_default(),
        lines: HashMap::new(),
        currency: None,
        draft: Draft { outcomes, ..Draft::default() },
    };
    if desk.open() {
        desk.contacts();
        desk.addresses();
        desk.enquiries();
        desk.deals();
        desk.activities();
        desk.tasks();
        desk.purchases();
        desk.close();
    }
    desk.draft
}

/// What can be named within the account so far.
#[derive(Default)]
struct Known {
    contacts: HashSet<ContactId>,
    points: HashSet<ContactPointId>,
    deals: HashSet<DealId>,
    stage_events: HashSet<StageEventId>,
    purchases: HashSet<PurchaseId>,
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

struct Desk<'a> {
    bundle: &'a Bundle,
    layouts: &'a Layouts,
    context: &'a Context,
    stands: Option<&'a Account>,
    known: Known,
    /// Where each id of this book was first read.
    lines: HashMap<(Kind, [u8; 16]), u64>,
    /// The currency the account pays in.
    currency: Option<Currency>,
    draft: Draft,
}

impl<'a> Desk<'a> {
    /// Opens the account, or finds it standing; says whether there is one to go on with.
    fn open(&mut self) -> bool {
        if let Some(account) = self.stands {
            self.currency = currency_of(&account.profile);
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

    fn begin(&mut self, place: usize, account: NewAccount) {
        self.currency = currency_of(&account.profile);
        self.draft.steps.push((place, AccountEdit::Open(account)));
    }

    fn contacts(&mut self) {
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

    fn addresses(&mut self) {
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

    fn enquiries(&mut self) {
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

    fn deals(&mut self) {
        let context = self.context;
        let mut histories = self.histories();
        for (place, row) in self.rows(Kind::Deals) {
            let contacts = std::mem::take(&mut self.known.contacts);
            let read = self.read(place, row, |reading| deal::read(reading, context, &contacts));
            self.known.contacts = contacts;
            let Some(read) = read else { continue };
            let here = self.stands.is_some_and(|account| account.deals.contains_key(&read.id));
            if !self.is_new(place, row, (read.id.0, here)) {
                continue;
            }
            self.known.deals.insert(read.id);
            let history = histories.remove(&read.id).unwrap_or_default();
            for (history_place, _) in &history {
                self.draft.outcomes[*history_place] = Outcome::Taken;
            }
            let history = history.into_iter().map(|(_, row)| row).collect();
            let (edits, disagrees) = read.edits(context, history);
            self.push(place, edits);
            if disagrees {
                let reading = Reading::new(&self.layouts[&row.kind], &row.cells);
                let fault = reading.fault("stage", Reason::HistoryDisagrees);
                self.draft.left_out.push((place, fault));
            }
        }
        for (deal, history) in histories {
            self.later_history(deal, history);
        }
    }

    /// Moves a deal that stands here already through history it has not seen.
    fn later_history(&mut self, deal: DealId, history: Vec<(usize, StageEventRow)>) {
        for (place, read) in history {
            if !self.known.deals.contains(&deal) {
                let row = &self.bundle.rows[place];
                self.refuse(place, row, ("deal_id", Reason::NoSuchDeal));
            } else if self.known.stage_events.contains(&read.id) {
                self.draft.outcomes[place] = Outcome::AlreadyHere;
            } else {
                self.push(place, vec![AccountEdit::MoveDeal(deal, read.id, read.event)]);
            }
        }
    }

    fn histories(&mut self) -> BTreeMap<DealId, Vec<(usize, StageEventRow)>> {
        let context = self.context;
        let mut histories: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (place, row) in self.rows(Kind::StageHistory) {
            let read = self.read(place, row, |reading| stage_event::read(reading, context));
            let Some(read) = read else { continue };
            if self.is_new(place, row, (read.id.0, false)) {
                histories.entry(read.deal).or_default().push((place, read));
            }
        }
        histories
    }

    fn activities(&mut self) {
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

    fn tasks(&mut self) {
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

    fn purchases(&mut self) {
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

    /// Puts the archiving of the account behind everything else.
    fn close(&mut self) {
        let archives = |step: &(usize, AccountEdit)| step.1 == AccountEdit::Archive;
        if let Some(place) = self.draft.steps.iter().position(archives) {
            let step = self.draft.steps.remove(place);
            self.draft.steps.push(step);
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

    fn rows(&self, kind: Kind) -> Vec<(usize, &'a StagedRow)> {
        let rows = self.bundle.rows.iter().enumerate();
        rows.filter(|(_, row)| row.kind == kind).collect()
    }

    /// Reads a row; one that cannot be read is refused.
    fn read<T>(
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
    fn is_new(&mut self, place: usize, row: &StagedRow, (id, here): ([u8; 16], bool)) -> bool {
        let outcome = match self.lines.insert((row.kind, id), row.line) {
            Some(line) => Outcome::Refused(Fault::row(Reason::Repeated { line })),
            None if here => Outcome::AlreadyHere,
            None => return true,
        };
        self.draft.outcomes[place] = outcome;
        self.draft.left_out.retain(|(other, _)| *other != place);
        false
    }

    fn push(&mut self, place: usize, edits: Vec<AccountEdit>) {
        self.draft.outcomes[place] = Outcome::Taken;
        self.draft.steps.extend(edits.into_iter().map(|edit| (place, edit)));
    }

    fn refuse(&mut self, place: usize, row: &StagedRow, (column, reason): (&str, Reason)) {
        let fault = Reading::new(&self.layouts[&row.kind], &row.cells).fault(column, reason);
        self.draft.outcomes[place] = Outcome::Refused(fault);
    }
}

fn currency_of(profile: &BTreeMap<ProfileField, String>) -> Option<Currency> {
    profile.get(&ProfileField::Currency)?.parse().ok()
}
