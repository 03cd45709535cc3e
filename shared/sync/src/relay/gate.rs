//! From push to acknowledgement: known, judged, committed, answered, told. Never another order.

use crate::{
    change,
    frame::{Down, PushItem, VerdictItem},
    id::*,
    planted::{self, Planted},
    relay::{
        Relay,
        causality::Known,
        input::*,
        log::Answer,
        output::*,
        push::{Judging, Step},
    },
    verdict::{Reason, Verdict},
};
use std::collections::{BTreeMap, BTreeSet};

impl Relay {
    /// Begins with the next batch, when none is being judged.
    pub(super) fn judge_next(&mut self) {
        while self.judging.is_none() {
            let Some(push) = self.pushes.pop_front() else { return };
            let classes = &self.classes;
            let judging = Judging::begin(push, self.schema, |class| classes.contains_key(&class));
            self.judging = Some(judging);
            self.ask_on();
        }
    }

    /// Asks about the next document of the batch, or concludes it.
    fn ask_on(&mut self) {
        let load = LoadId(self.next_number());
        let Some(judging) = &mut self.judging else { return };
        match judging.next(load) {
            Some(query) => self.out.push(RelayOutput::Load { load, query }),
            None => self.conclude(),
        }
    }

    fn conclude(&mut self) {
        let Some(judging) = self.judging.take() else { return };
        let answer = judging.answer();
        if judging.entries.is_empty() {
            if let Some(answer) = self.log.answer(answer) {
                self.acknowledge(answer);
            }
        } else {
            if planted::is(Planted::AcknowledgedBeforeDurable) {
                self.acknowledge(answer.clone());
            }
            let due = judging.due(self.tail_max);
            let commit = self.log.append(judging.entries, judging.rows, due, vec![answer]);
            if planted::is(Planted::ToldBeforeDurable) {
                let from = self.log.durable().sequence;
                self.fan_out(from, self.log.tail().sequence, &commit.rows);
            }
            self.out.push(RelayOutput::Commit(commit));
        }
    }

    /// Takes in an answer of storage, to the batch being judged or to a connection.
    pub(super) fn loaded(&mut self, load: LoadId, loaded: Option<Loaded>) {
        let Some(judging) = &mut self.judging else { return self.loaded_for_peer(load, loaded) };
        let (document, places) = match std::mem::replace(&mut judging.step, Step::Nothing) {
            Step::Causality { load: asked, document, places } if asked == load => {
                (document, places)
            }
            other => {
                judging.step = other;
                return self.loaded_for_peer(load, loaded);
            }
        };
        if let Some(Loaded::Causality { document: stored, known, actors, tail }) = loaded {
            self.weigh(document, places, (stored, known, actors, tail));
        } else {
            judging.undecided(&places);
            self.ask_on();
        }
        self.judge_next();
    }

    fn weigh(&mut self, document: DocumentId, places: Vec<usize>, stored: Stored) {
        let judgement = JudgementId(self.next_number());
        let Some(judging) = &mut self.judging else { return };
        let before = self.log.row(document).or(stored.0.as_ref());
        let class = before.map_or(judging.push.items[places[0]].class, |row| row.class);
        let genesis = self.classes.get(&class).cloned().unwrap_or_default();
        let scanned = judging.scanned_at(&places);
        let known = Known::new(document, stored, &self.log, genesis, &scanned);
        let author = judging.push.author.person;
        match judging.known(judgement, places, known) {
            Some((class, changes)) => {
                self.out.push(RelayOutput::Judge { judgement, document, class, author, changes });
            }
            None => self.ask_on(),
        }
    }

    /// Takes in what the gate found; `None` when it could not open the document.
    pub(super) fn judged(&mut self, judgement: JudgementId, found: Option<Found>) {
        let (now, tail) = (self.now, self.log.tail().sequence);
        let Some(judging) = &mut self.judging else { return };
        let asked = match std::mem::replace(&mut judging.step, Step::Nothing) {
            Step::Judgement { judgement: asked_as, asked } if asked_as == judgement => asked,
            other => {
                judging.step = other;
                return;
            }
        };
        match found {
            Some((verdicts, row, version)) => {
                let spoilt = judging.judged(now, tail, *asked, verdicts, (row, version));
                self.out.extend(spoilt.map(RelayOutput::Forget));
            }
            None => judging.unopened(&asked),
        }
        self.ask_on();
        self.judge_next();
    }

    /// Acknowledges what became durable, and then tells of it: of all that did so together in one
    /// frame, because whoever listens pays for each.
    pub(super) fn committed(&mut self, upto: CommitId) {
        let from = self.log.durable().sequence;
        let (mut rows, mut due) = (BTreeMap::new(), BTreeSet::new());
        while let Some(settled) = self.log.settle(upto) {
            for answer in settled.answers {
                self.acknowledge(answer);
            }
            due.extend(settled.due);
            rows.extend(settled.rows.into_iter().map(|row| (row.document, row)));
        }
        if rows.is_empty() {
            return;
        }
        let mut rows: Vec<_> = rows.into_values().collect();
        rows.sort_unstable_by_key(|row| row.sequence);
        self.fan_out(from, self.log.durable().sequence, &rows);
        let due = due.into_iter();
        self.out.extend(due.map(|(document, class)| RelayOutput::Snapshot { document, class }));
    }

    /// Goes back to what is durable: nothing after it happened.
    pub(super) fn commit_failed(&mut self, from: CommitId) {
        let (answers, mut documents) = self.log.void(from);
        if let Some(judging) = self.judging.take() {
            documents.extend(judging.touched());
            self.pushes.push_front(judging.push);
        }
        documents.sort_unstable();
        documents.dedup();
        self.out.extend(documents.into_iter().map(RelayOutput::Forget));
        for answer in answers {
            self.acknowledge(answer);
        }
        self.judge_next();
    }

    /// Answers that a batch is to be offered again later, without looking at it.
    pub(super) fn put_off(&mut self, connection: Connection, batch: u64, items: &[PushItem]) {
        let put_off = items.iter().map(|item| VerdictItem {
            hash: change::scan(&item.change).map_or(ChangeHash([0; 32]), |scanned| scanned.hash),
            verdict: Verdict::NotYet(Reason::NotStored),
            after: None,
        });
        let answer = Answer { connection, batch, items: put_off.collect() };
        if let Some(answer) = self.log.answer(answer) {
            self.acknowledge(answer);
        }
    }

    fn acknowledge(&mut self, answer: Answer) {
        let peer = self.peers.get_mut(&answer.connection);
        if let Some(greeted) = peer.and_then(|peer| peer.greeted.as_mut()) {
            greeted.pushes = greeted.pushes.saturating_sub(1);
        }
        let Answer { connection, batch, items } = answer;
        self.send(connection, &Down::Verdicts { batch, items });
    }
}

/// What storage has of a document: its row, changes and actors, and how many changes follow its
/// snapshot.
pub type Stored = (Option<StoredRow>, Vec<(ChangeHash, Sequence)>, Vec<(ActorId, Binding)>, u64);

/// What the gate found: a verdict on each change, the row with those accepted, its version.
pub type Found = (Vec<Result<(), Reason>>, Vec<u8>, u16);
