//! A relay put back from a backup: what it lacks and this device keeps is offered again, whoever
//! made it (rules C4, R1 to R6).

use crate::{
    change::{self, PUSH_OPERATIONS_MAX},
    frame::{PUSH_ITEMS_MAX, PushItem, Up, VerdictItem},
    id::*,
    output::{Output, Shown},
    planted::{self, Planted},
    record::PendingState,
    replica::{Replica, outbox::Saved, push::PUSH_BYTES},
    verdict::Verdict,
};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What is being offered on the present connection, one document at a time.
#[derive(Debug, Default)]
pub struct Offers {
    under_way: Option<Offer>,
    /// Documents offered whole, whose row has not come yet: until then the relay may still lose
    /// what it was given, to an older backup.
    given: BTreeSet<DocumentId>,
    /// When to offer again what the relay had no use for yet.
    pub not_before: BTreeMap<DocumentId, Time>,
    attempts: u32,
}

#[derive(Debug)]
struct Offer {
    document: DocumentId,
    class: Class,
    /// What the relay has not taken, each change after those it builds on.
    changes: VecDeque<(PersonId, Vec<u8>)>,
    batch: Option<u64>,
    /// How many of the changes are in the batch.
    sent: usize,
    refused: bool,
}

impl Offers {
    /// Forgets what is on its way: the connection is gone.
    pub fn interrupt(&mut self) {
        self.under_way = None;
    }
}

impl Replica {
    /// The relay keeps another log than the one this device has read: the same up to `shared`, when
    /// that is known. What stood there stays; what came after is offered again.
    pub(super) fn begin_again(&mut self, epoch: Epoch, shared: Option<Sequence>) {
        let shared = shared.unwrap_or_default();
        let after = |sequence: Option<Sequence>| sequence.is_some_and(|one| one > shared);
        let mut to_offer = self.position.to_offer.take().unwrap_or_default();
        for (document, known) in &mut self.documents {
            let row = known.row.as_ref().map(|row| row.sequence);
            let unknown = row.is_none();
            if unknown || after(row) || after(known.held) {
                to_offer.insert(*document, known.class);
                known.held = known.held.map(|held| held.min(shared));
            }
            if known.begins > shared {
                // That beginning is not there any more: what is kept joins what is.
                (known.held, known.begins) = (known.held.map(|_| Sequence(0)), Sequence(0));
            }
            known.told = known.begins;
            if after(row) {
                known.row = None;
            }
        }
        self.offers = Offers::default();
        if planted::is(Planted::NothingOffered) {
            to_offer.clear();
        }
        self.position.to_offer = (!to_offer.is_empty()).then_some(to_offer);
        let mut again = Vec::new();
        for entry in self.outbox.iter_mut() {
            if matches!(entry.record.state, PendingState::Received(at) if at > shared) {
                entry.record.state = PendingState::Unsent;
                // A transaction under way may be taking it out of storage.
                (entry.settled, entry.saved, entry.again) = (false, Saved::UnderWay, true);
                again.push(entry.record.key);
            }
        }
        again.iter().for_each(|key| self.show_edit(*key));
        if !again.is_empty() {
            self.save(again);
        }
        self.position.epoch = Some(epoch);
        self.start_over_with_rows();
    }

    /// Another tab has read another log: its rows take the place of those here.
    pub(super) fn follow_epoch(&mut self, epoch: Option<Epoch>) {
        let writes = self.flush.unwritten.position || self.flush.writing.is_some();
        if !self.link.is_up() && !writes {
            self.take_epoch(epoch);
        }
    }

    pub(super) fn take_epoch(&mut self, epoch: Option<Epoch>) {
        if epoch.is_none() || epoch == self.position.epoch {
            return;
        }
        if std::mem::replace(&mut self.position.epoch, epoch).is_none() {
            return;
        }
        for known in self.documents.values_mut() {
            known.row = None;
            known.forget_held();
        }
        self.forget_cursor();
        self.out.push(Output::Show(Shown::RowsForgotten));
        self.show_edited();
    }

    /// Returns whether what the document is made of may still be missing at the relay.
    pub(super) fn is_offering(&self, document: DocumentId) -> bool {
        self.is_to_offer(document) && !self.offers.given.contains(&document)
    }

    /// Returns whether what is kept of the document is not to be let go of: the relay may lack it.
    pub(super) fn is_to_offer(&self, document: DocumentId) -> bool {
        self.position.to_offer.as_ref().is_some_and(|listed| listed.contains_key(&document))
    }

    /// Offers the next of what the relay may lack.
    pub(super) fn offer(&mut self) {
        if !self.link.is_open() {
            return;
        }
        if self.offers.under_way.is_some() {
            return self.offer_on();
        }
        let Some(listed) = &self.position.to_offer else { return };
        let due = |document: &DocumentId| {
            let wait = self.offers.not_before.get(document);
            !self.offers.given.contains(document) && wait.is_none_or(|time| *time <= self.now)
        };
        let next = listed.iter().find(|(document, _)| due(document));
        let Some((document, class)) = next.map(|(document, class)| (*document, *class)) else {
            return;
        };
        let changes = VecDeque::new();
        let offer = Offer { document, class, changes, batch: None, sent: 0, refused: false };
        self.offers.under_way = Some(offer);
        self.out.push(Output::Offer { document, class });
    }

    pub(super) fn offered(
        &mut self,
        document: DocumentId,
        changes: Option<Vec<(PersonId, Vec<u8>)>>,
    ) {
        let offer = self.offers.under_way.as_mut().filter(|offer| offer.document == document);
        let Some(offer) = offer.filter(|offer| offer.batch.is_none()) else { return };
        match changes {
            Some(changes) if !changes.is_empty() => offer.changes = changes.into(),
            // Nothing of it was kept here.
            Some(_) => {
                self.offers.under_way = None;
                self.end_offer(document);
            }
            None => self.offer_later(document),
        }
    }

    /// Sends the next changes of one author, once those before are dealt with.
    fn offer_on(&mut self) {
        let Some(offer) = self.offers.under_way.as_mut().filter(|one| one.batch.is_none()) else {
            return;
        };
        let Some((author, _)) = offer.changes.front() else { return };
        let author = *author;
        let (mut items, mut bytes, mut operations) = (Vec::new(), 0, 0);
        for (_, change) in offer.changes.iter().take_while(|(person, _)| *person == author) {
            bytes += change.len();
            operations += change::scan(change).map_or(0, |scanned| scanned.operations);
            let full = bytes > PUSH_BYTES || operations > PUSH_OPERATIONS_MAX;
            if items.len() == PUSH_ITEMS_MAX || (full && !items.is_empty()) {
                break;
            }
            items.push(PushItem {
                document: offer.document,
                class: offer.class,
                change: change.clone().into(),
                edit: Vec::new().into(),
                device_time: self.now,
            });
        }
        self.last_batch += 1;
        (offer.batch, offer.sent) = (Some(self.last_batch), items.len());
        let batch = self.last_batch;
        self.send(&Up::Push { batch, items, author: Some(author) });
    }

    /// Takes in what the relay says to what was offered.
    pub(super) fn offer_judged(&mut self, batch: u64, items: Vec<VerdictItem>) {
        let offer = self.offers.under_way.as_mut().filter(|offer| offer.batch == Some(batch));
        let Some(offer) = offer else { return };
        self.link.attempts = 0;
        offer.batch = None;
        let sent: Vec<_> = offer.changes.drain(..offer.sent).collect();
        let mut verdicts = items.into_iter().map(|item| item.verdict);
        let mut later = false;
        for _ in sent {
            match verdicts.next() {
                Some(Verdict::Received(_) | Verdict::Held(_)) => (),
                Some(Verdict::Refused(_)) => offer.refused = true,
                Some(Verdict::NotYet(_)) | None => later = true,
            }
        }
        let (document, refused) = (offer.document, offer.refused);
        if later {
            // What builds on it would wait as well: the document comes again, as a whole.
            self.offer_later(document);
        } else if offer.changes.is_empty() {
            self.offers.under_way = None;
            self.offers.attempts = 0;
            if refused {
                self.evict(document);
            }
            self.offers.given.insert(document);
            if self.documents.get(&document).is_some_and(|known| known.row.is_some()) {
                self.end_offer(document);
            }
        }
    }

    fn offer_later(&mut self, document: DocumentId) {
        self.offers.under_way = None;
        let delay = self.backoff.delay_ms(self.offers.attempts);
        self.offers.attempts += 1;
        self.offers.not_before.insert(document, Time(self.now.0 + delay));
        self.retry_in(delay);
    }

    /// Takes notice that the relay's row of a document has come.
    pub(super) fn offer_ends(&mut self, document: DocumentId) {
        if self.offers.given.contains(&document) {
            self.end_offer(document);
        }
    }

    fn end_offer(&mut self, document: DocumentId) {
        self.offers.given.remove(&document);
        if let Some(listed) = &mut self.position.to_offer {
            listed.remove(&document);
            if listed.is_empty() {
                self.position.to_offer = None;
            }
            self.flush.unwritten.position = true;
        }
        self.pulls.note(document, &self.documents, &self.outbox);
    }

    /// Forgets the kept copy of a document: the relay will not have it so, or it does not open.
    pub(super) fn evict(&mut self, document: DocumentId) {
        if let Some(known) = self.documents.get_mut(&document) {
            self.held_bytes -= known.held_bytes.min(self.held_bytes);
            (known.held, known.held_bytes) = (None, 0);
            if known.row.is_some() {
                self.flush.unwritten.rows.insert(document);
            }
        }
        self.flush.unwritten.evict.insert(document);
        self.flush.unwritten.changes.remove(&document);
        self.pulls.note(document, &self.documents, &self.outbox);
    }
}
