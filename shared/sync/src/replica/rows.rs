//! Rows: the relay's, and what lies over them until the relay's catch up (rules F1 to F6).

use crate::{
    digest,
    frame::RowItem,
    id::*,
    output::{Output, Shown},
    planted::{self, Planted},
    record::{PendingState, RowRecord},
    replica::{
        Replica,
        known::{Known, RelayRow},
    },
};
use std::collections::BTreeSet;

impl Replica {
    pub(super) fn took_rows(
        &mut self,
        from: Sequence,
        to: Sequence,
        more: bool,
        items: Vec<RowItem>,
        digest: Option<Digest>,
    ) {
        // A page from another place in the log: this device began again since it was sent.
        if !self.link.is_open() || from > self.position.cursor {
            return;
        }
        for item in items {
            self.took_row(item);
        }
        self.position.cursor = self.position.cursor.max(to);
        self.link.head = self.link.head.max(to);
        self.flush.unwritten.position = true;
        self.link.more = more || planted::is(Planted::PagesAskedForever);
        if let Some(digest) = digest.filter(|_| self.position.cursor == to && !more) {
            self.compare(digest);
        }
    }

    fn took_row(&mut self, item: RowItem) {
        let RowItem { document, class, sequence, version, row, begins } = item;
        let known = self.documents.entry(document).or_insert_with(|| Known::new(class));
        let older = known.row.as_ref().is_some_and(|row| row.sequence >= sequence);
        if older {
            return;
        }
        known.class = class;
        known.told = begins.unwrap_or_default();
        self.replace_row(document, RelayRow { sequence, version, bytes: row });
        self.offer_ends(document);
        self.flush.unwritten.rows.insert(document);
        self.catch_up_edits(document, sequence);
        self.show_row(document);
        self.pulls.note(document, &self.documents, &self.outbox);
    }

    fn replace_row(&mut self, document: DocumentId, row: RelayRow) {
        let Some(known) = self.documents.get_mut(&document) else { return };
        let mut sum = self.position.digest;
        if let Some(before) = &known.row {
            sum = sum.without(document, before.sequence, &before.bytes);
        }
        self.position.digest = sum.with(document, row.sequence, &row.bytes);
        known.row = Some(row);
    }

    /// Lets go of edits whose acknowledgement the relay's row has reached.
    pub(super) fn catch_up_edits(&mut self, document: DocumentId, sequence: Sequence) {
        let reached = |state| matches!(state, PendingState::Received(at) if at <= sequence);
        let reached = self.outbox.of(document).filter(|entry| reached(entry.record.state));
        for key in reached.map(|entry| entry.record.key).collect::<Vec<_>>() {
            if let Some(entry) = self.outbox.get_mut(key) {
                entry.settled = true;
                self.flush.unwritten.pending.insert(key);
            }
        }
    }

    /// Shows the row lists are to have: that of the last edit here, else the relay's.
    pub(super) fn show_row(&mut self, document: DocumentId) {
        let known = self.documents.get(&document);
        let relayed =
            known.and_then(|known| known.row.as_ref().map(|row| (known.class, &row.bytes)));
        let laid_over = self.outbox.laid_over(document);
        let laid_over = laid_over.map(|entry| (entry.record.class, &entry.record.row));
        let row = match planted::is(Planted::FlickersBack) {
            true => relayed.or(laid_over),
            false => laid_over.or(relayed),
        };
        self.out.push(Output::Show(match row {
            Some((class, row)) => Shown::Row { document, class, row: row.to_vec() },
            None => Shown::RowGone(document),
        }));
    }

    pub(super) fn reread_row(&mut self, record: RowRecord) {
        let document = record.document;
        let theirs = Known::restore(record);
        let Some(row) = theirs.row else { return };
        let known = self.documents.entry(document).or_insert_with(|| Known::new(theirs.class));
        let (class, begins) = (theirs.class, theirs.begins);
        let mut begun = false;
        if theirs.held >= known.held {
            (known.held, known.held_bytes) = (theirs.held, theirs.held_bytes);
            begun = std::mem::replace(&mut known.begins, begins) != begins;
            known.told = known.told.max(begins);
        }
        let later = known.row.as_ref().is_none_or(|before| before.sequence < row.sequence);
        if later {
            self.replace_row(document, row);
            self.show_row(document);
        }
        if begun {
            self.load_anew(document, class);
        }
        self.pulls.note(document, &self.documents, &self.outbox);
    }

    /// Asks for a projection with everything unsent in it.
    pub(super) fn project(&mut self, document: DocumentId, class: Class) {
        if let Some(last) = self.outbox.laid_over(document) {
            self.rebuilds.projecting.insert(document, last.record.hash);
            self.out.push(Output::Project { document, class });
        }
    }

    pub(super) fn projected(&mut self, document: DocumentId, row: Vec<u8>) {
        let asked = self.rebuilds.projecting.remove(&document);
        let Some(last) = self.outbox.laid_over(document) else { return };
        let (key, hash, same) = (last.record.key, last.record.hash, *last.record.row == row);
        // An edit made since was projected with what was asked about already in it.
        if asked != Some(hash) || same {
            return;
        }
        if let Some(entry) = self.outbox.get_mut(key) {
            entry.record.row = row.into();
            self.flush.unwritten.pending.insert(key);
            self.show_row(document);
        }
    }

    /// Compares what the rows here add up to with what they should (rule D2).
    pub(super) fn compare(&mut self, relays: Digest) {
        if self.summed && self.position.digest == relays {
            return;
        }
        // The sum in storage is not believed: rows may be missing there, and another tab may have
        // stored rows it was not told of.
        self.summed = true;
        self.position.digest = self.sum();
        self.flush.unwritten.position = true;
        if self.position.digest != relays && !self.link.started_over {
            self.start_over();
        }
    }

    /// Forgets every row and asks for them again. Edits and held documents stay.
    pub(super) fn start_over(&mut self) {
        self.documents.values_mut().for_each(|known| known.row = None);
        self.start_over_with_rows();
    }

    /// Asks for every row again, but keeps those that are there: written anew with nothing beside
    /// them, and shown.
    pub(super) fn start_over_with_rows(&mut self) {
        self.link.started_over = true;
        self.forget_cursor();
        self.flush.unwritten.forget_rows = true;
        self.flush.unwritten.position = true;
        let kept = self.documents.iter().filter(|(_, known)| known.row.is_some());
        let kept: BTreeSet<_> = kept.map(|(document, _)| *document).collect();
        self.flush.unwritten.rows = kept.clone();
        self.link.more = true;
        self.out.push(Output::Show(Shown::RowsForgotten));
        for document in kept {
            self.show_row(document);
            self.pulls.note(document, &self.documents, &self.outbox);
        }
        self.show_edited();
    }

    /// Goes back to before the first entry, with the sum of the rows that are here.
    pub(super) fn forget_cursor(&mut self) {
        self.position.cursor = Sequence(0);
        self.position.digest = self.sum();
        self.pulls.forget_behind();
    }

    /// Shows the rows of edits that stand alone.
    pub(super) fn show_edited(&mut self) {
        let edited: BTreeSet<_> = self.outbox.iter().map(|entry| entry.record.document).collect();
        for document in edited {
            if self.outbox.laid_over(document).is_some() {
                self.show_row(document);
            }
        }
    }

    pub(super) fn sum(&self) -> Digest {
        self.documents.iter().fold(digest::EMPTY, |sum, (id, known)| {
            known.row.as_ref().map_or(sum, |row| sum.with(*id, row.sequence, &row.bytes))
        })
    }
}
