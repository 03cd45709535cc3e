//! A document the relay has begun anew: what is kept here of its past gives way to the new beginning,
//! and edits made on that past are made again (rules H3 to H6).

use crate::{
    id::*,
    record::{PendingRecord, PendingState},
    replica::{Replica, known::Known},
};

impl Replica {
    /// Puts the new beginning of a document, which is about to be kept, in the place of its past.
    pub(super) fn begin_anew(&mut self, document: DocumentId, begins: Sequence) {
        self.evict(document);
        if let Some(known) = self.documents.get_mut(&document) {
            known.held = None;
            (known.begins, known.told) = (begins, known.told.max(begins));
        }
    }

    /// Has open copies of a document loaded again, whatever is being loaded: it was begun anew.
    pub(super) fn load_anew(&mut self, document: DocumentId, class: Class) {
        if self.outbox.of(document).any(|entry| entry.spoilt) {
            self.rebuilds.ask(document);
        }
        self.load_again(document, class, Vec::new());
    }

    /// Takes note of where the document of an edit begins, as a verdict says.
    pub(super) fn told_of_beginning(&mut self, key: PendingKey, begins: Option<Sequence>) {
        let (Some(begins), Some(entry)) = (begins, self.outbox.get(key)) else { return };
        let (document, class) = (entry.record.document, entry.record.class);
        let known = self.documents.entry(document).or_insert_with(|| Known::new(class));
        if begins > known.told {
            known.told = begins;
            self.pulls.want(document);
        }
    }

    /// Returns whether edits are not to be made again yet, because the new beginning they are to be made
    /// on is not all here.
    pub(super) fn awaits_beginning(&self, document: DocumentId) -> bool {
        let Some(known) = self.documents.get(&document) else { return false };
        let lacks = known.told != known.begins || known.is_behind() || self.is_keeping(document);
        known.told > Sequence(0) && lacks
    }

    /// Has open copies loaded again without an edit that has gone: it is part of the past the document
    /// was begun anew from.
    pub(super) fn forget_past(&mut self, record: &PendingRecord) {
        let Some(known) = self.documents.get(&record.document) else { return };
        if matches!(record.state, PendingState::Received(at) if at < known.begins) {
            self.load_anew(record.document, record.class);
        }
    }
}
