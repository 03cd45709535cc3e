//! One device's part of a workspace: what it holds, what it has not sent, where it stands in the
//! log.
//!
//! Every tab of a device has a replica over the same storage; only the one whose driver says
//! `Connected` speaks with the relay. It then hands over what other tabs made, too.

mod deposition;
mod edits;
mod flush;
mod known;
mod link;
mod offers;
mod outbox;
mod promotion;
mod pull;
mod push;
mod rebuild;
mod rows;
mod succession;

use crate::{
    backoff::Backoff,
    frame::{ByeReason, Down, MalformedFrame},
    id::*,
    input::{Input, Ticket},
    output::{EditState, Line, Output, Outputs, Shown},
    planted::{self, Planted},
    record::{PendingRecord, Position, RowRecord},
};
use flush::Flush;
use known::Known;
use link::Link;
use offers::Offers;
use outbox::{Outbox, Saved};
use pull::Pulls;
use rebuild::Rebuilds;
use std::collections::BTreeMap;

/// What a replica begins with.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    pub device: DeviceId,
    /// Whose edits these are, and in whose name alone they leave.
    pub person: PersonId,
    /// Random; no two page loads have the same.
    pub tab: u64,
    /// Random; for jitter.
    pub seed: u64,
    /// The newest document schema this release writes.
    pub schema: u16,
    /// How many bytes of changes to keep here without being asked.
    pub pin_bytes: u64,
    /// Of a tab that leads from the first: storage was read after this was named in it.
    pub lead: Option<Lead>,
    pub position: Option<Position>,
    pub rows: Vec<RowRecord>,
    pub pending: Vec<PendingRecord>,
}

/// One tab's part of a workspace.
pub struct Replica {
    device: DeviceId,
    person: PersonId,
    tab: u64,
    schema: u16,
    /// Under which storage takes what comes from the relay, while this tab speaks with it.
    lead: Option<Lead>,
    position: Position,
    /// Whether the sum of the position was worked out from the rows that are here.
    summed: bool,
    documents: BTreeMap<DocumentId, Known>,
    outbox: Outbox,
    link: Link,
    pulls: Pulls,
    /// How many bytes of changes are kept here.
    held_bytes: u64,
    rebuilds: Rebuilds,
    offers: Offers,
    flush: Flush,
    backoff: Backoff,
    /// Edits being written down, by ticket.
    saving: BTreeMap<Ticket, Vec<PendingKey>>,
    /// When to try again what could not be saved, or what the relay said *not yet* to.
    retry_at: Option<Time>,
    save_attempts: u32,
    last_number: u64,
    last_ticket: u64,
    last_batch: u64,
    shown_line: Line,
    shown_outbox: (u32, Option<Time>),
    wake_at: Option<Time>,
    now: Time,
    out: Outputs,
}

impl Replica {
    pub fn new(start: Start) -> Self {
        let documents: BTreeMap<_, _> =
            start.rows.into_iter().map(|row| (row.document, Known::restore(row))).collect();
        let pulls = Pulls::new(start.pin_bytes, &documents);
        let outbox = Outbox::restore(start.pending);
        let told = outbox.iter().filter(|entry| entry.is_unsent());
        let pending: Vec<_> = told.map(|entry| entry.record.key).collect();
        // A tab that died may have stored edits and told nobody.
        let out = match pending.is_empty() {
            true => Vec::new(),
            false => vec![Output::Tell { documents: Vec::new(), pending }],
        };
        let held_bytes = documents.values().map(|known| known.held_bytes).sum();
        Self {
            device: start.device,
            person: start.person,
            tab: start.tab,
            schema: start.schema,
            lead: start.lead,
            position: start.position.unwrap_or_else(Position::nowhere),
            summed: false,
            documents,
            outbox,
            link: Link::default(),
            pulls,
            held_bytes,
            rebuilds: Rebuilds::default(),
            offers: Offers::default(),
            flush: Flush::default(),
            backoff: Backoff::new(start.seed),
            saving: BTreeMap::new(),
            retry_at: None,
            save_attempts: 0,
            last_number: 0,
            last_ticket: 0,
            last_batch: 0,
            shown_line: Line::Offline,
            shown_outbox: (0, None),
            wake_at: None,
            now: Time(i64::MIN),
            out,
        }
    }

    /// Takes in one thing that happened and returns what is to be done, in order.
    pub fn handle(&mut self, now: Time, input: Input) -> Outputs {
        self.notice_jump(now);
        self.now = now;
        self.rebuilds.begin();
        match input {
            Input::Edited(authored) => self.edited(authored),
            Input::Connected => self.connected(),
            Input::Closed => self.closed(),
            Input::Frame(bytes) => self.frame(&bytes),
            Input::Stored(ticket) => self.stored(ticket),
            Input::StoreFailed(ticket) => self.store_failed(ticket),
            Input::Deposed => self.deposed(),
            Input::Wanted(document) => self.pulls.want(document),
            Input::Unreadable(document) => self.pulls.distrust(document),
            Input::Rebuilt { rebuild, document, authored } => {
                self.rebuilt(rebuild, document, authored);
            }
            Input::Projected { document, row } => self.projected(document, row),
            Input::Offered { document, changes } => self.offered(document, changes),
            Input::Reread { epoch, rows, pending, gone } => {
                self.follow_epoch(epoch);
                self.reread(rows, pending, gone);
            }
            Input::Promoted { lead, position, rows, pending, gone } => {
                self.lead = lead;
                self.promoted(position, rows, pending, gone);
            }
            Input::Discarded(key) => self.discarded(key),
            Input::Tick => self.wake_at = None,
        }
        self.keep_time();
        self.rebuild();
        self.push();
        self.offer();
        self.fetch_anew();
        self.pull();
        self.flush();
        self.ask_for_more();
        self.show_summary();
        self.set_alarm();
        std::mem::take(&mut self.out)
    }

    /// Returns the rows lists are to show, with what is unsent laid over the relay's.
    pub fn rows(&self) -> impl Iterator<Item = (DocumentId, Class, &[u8])> {
        let relayed = self.documents.iter().filter_map(|(document, known)| {
            let row = match self.outbox.laid_over(*document) {
                Some(entry) => &entry.record.row,
                None => &known.row.as_ref()?.bytes,
            };
            Some((*document, known.class, row.as_slice()))
        });
        let local = self.outbox.iter().filter_map(|entry| {
            let document = entry.record.document;
            let last = self.outbox.laid_over(document)?.record.key == entry.record.key;
            let alone = last && !self.documents.contains_key(&document);
            alone.then_some((document, entry.record.class, entry.record.row.as_slice()))
        });
        relayed.chain(local)
    }

    /// Returns every edit the relay has not dealt with, and the state each is visibly in.
    pub fn edits(&self) -> impl Iterator<Item = (&PendingRecord, EditState)> {
        self.outbox.iter().map(|entry| (&entry.record, entry.state()))
    }

    /// Returns whether the whole document is here, as far as this device knows of it.
    pub fn is_here(&self, document: DocumentId) -> bool {
        self.documents.get(&document).is_some_and(|known| !known.is_behind())
            || (!self.documents.contains_key(&document)
                && self.outbox.laid_over(document).is_some())
    }

    /// Returns whether a document that did not open is to be fetched once more, or is on its way.
    pub fn is_fetched_anew(&self, document: DocumentId) -> bool {
        self.pulls.is_fetched_anew(document, &self.documents)
    }

    /// Returns how far the clock here is behind the relay's, as last heard; nothing until then.
    pub fn clock_behind_ms(&self) -> Option<i64> {
        self.link.clock_behind_ms
    }

    /// Returns how far the device has come in the log.
    pub fn position(&self) -> &Position {
        &self.position
    }

    fn stored(&mut self, ticket: Ticket) {
        if !self.flushed(ticket) {
            self.saved(ticket, Saved::Done);
        }
    }

    fn store_failed(&mut self, ticket: Ticket) {
        if !self.flush_failed(ticket) {
            self.saved(ticket, Saved::Failed);
        }
    }

    fn frame(&mut self, bytes: &[u8]) {
        if !self.link.is_up() {
            return;
        }
        self.link.heard = self.now;
        match crate::frame::decode::<Down>(bytes) {
            Ok(Down::Welcome { person, .. })
                if person != self.person && !planted::is(Planted::OtherPersonAccepted) =>
            {
                self.hang_up(crate::output::CloseReason::OtherPerson);
            }
            Ok(Down::Welcome { epoch, head, clock, digest, shared, .. }) => {
                self.welcomed((epoch, head, digest), clock, shared);
            }
            Ok(Down::Rows { from, to, more, items, digest }) => {
                self.took_rows(from, to, more, items, digest);
            }
            Ok(Down::Changes { document, class, after, to, changes, last, begins }) => {
                let begins = begins.unwrap_or_default();
                self.took_changes((document, class), after, to, changes, last, begins);
            }
            Ok(Down::Verdicts { batch, items }) => self.judged(batch, items),
            Ok(Down::Pong) => self.link.attempts = 0,
            Ok(Down::Bye { reason: ByeReason::UnknownVersion })
            | Err(MalformedFrame::UnknownVersion(_)) => self.met_other_version(),
            Ok(Down::Bye { .. }) => self.dismissed(),
            Err(_) => self.hang_up(crate::output::CloseReason::Malformed),
        }
    }

    fn next_ticket(&mut self) -> Ticket {
        self.last_ticket += 1;
        Ticket(self.last_ticket)
    }

    fn show_summary(&mut self) {
        let line = self.line();
        if line != self.shown_line {
            self.shown_line = line;
            self.out.push(Output::Show(Shown::Line(line)));
        }
        let unsent = self.outbox.iter().filter(|entry| entry.is_unsent());
        let outbox = unsent.fold((0, None), |(count, since): (u32, Option<Time>), entry| {
            let at = entry.record.at;
            (count + 1, Some(since.map_or(at, |earlier| earlier.min(at))))
        });
        if outbox != self.shown_outbox {
            self.shown_outbox = outbox;
            let (unsent, since) = outbox;
            self.out.push(Output::Show(Shown::Outbox { unsent, since }));
        }
    }
}

#[cfg(test)]
mod tests;
