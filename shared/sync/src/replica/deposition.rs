//! Another tab leads now: what this one was told by the relay and has not stored is let go of, because
//! that tab is told it as well. What people did here stays (rule S6).

use crate::{
    output::{CloseReason, Output},
    replica::{
        Replica,
        flush::Unwritten,
        link::Phase,
        offers::Offers,
        outbox::{Entry, Saved},
    },
};

impl Replica {
    pub(super) fn deposed(&mut self) {
        self.lead = None;
        self.out.push(Output::Close(CloseReason::Deposed));
        self.drop_link(Phase::Down(self.now));
        self.offers = Offers::default();
        self.rebuilds.abandon();
        let writing = self.flush.writing.take().map(|(_, writing)| writing.pending);
        let pending = std::mem::take(&mut self.flush.unwritten).pending.into_iter();
        let pending = pending.chain(writing.into_iter().flatten());
        // A person let go of these. What became of the others the tab that leads finds out again.
        let pending = pending.filter(|key| self.outbox.get(*key).is_none()).collect();
        self.flush.unwritten = Unwritten { pending, ..Unwritten::default() };
        // What is held of documents is in storage, or nowhere.
        for known in self.documents.values_mut() {
            known.forget_held();
        }
        let mut undone = Vec::new();
        for entry in self.outbox.iter_mut() {
            entry.settled = false;
            if is_undone(entry) {
                // As storage has it, it is read again.
                entry.saved = Saved::Done;
                undone.push(entry.record.key);
            }
        }
        self.saving.values_mut().for_each(|keys| keys.retain(|key| !undone.contains(key)));
    }
}

/// Says whether it was to be written anew, which only the tab that leads does.
fn is_undone(entry: &Entry) -> bool {
    entry.again && entry.saved != Saved::Done
}
