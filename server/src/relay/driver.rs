//! Drives one workspace's machine on one thread: hands in what happened, carries out what it asks.

use crate::{
    clock,
    error::chain,
    relay::{
        answers::{self, SCOPE},
        colleagues,
        line::Line,
        shadow::Shadow,
        snapshots::{self, NotMade, TAIL_MAX},
        succession::Successions,
    },
    storage::{StorageFailure, failpoint, store::Store},
};
use documents::{document::Document, genesis};
use domain::id::PersonId;
use std::{
    collections::{HashMap, HashSet, VecDeque},
    time::Duration,
};
use sync::{
    digest,
    frame::ByeReason,
    id::{self, DocumentId, Sequence, Time},
    relay::{
        Relay, Start,
        input::{Connection, Principal, RelayInput},
        output::{Commit, CommitId, RelayOutput},
    },
};
use tokio::{runtime::Handle, sync::mpsc, time};

/// How many events may share one transaction.
const GROUP_MAX: usize = 256;

/// What happens to a workspace from outside.
#[derive(Debug)]
pub enum Event {
    Opened { connection: Connection, principal: Principal, name: String, line: Line },
    Frame { connection: Connection, bytes: Vec<u8> },
    Drained { connection: Connection, bytes: usize },
    Closed { connection: Connection },
    Stop,
}

pub struct Driver {
    machine: Relay,
    store: Store,
    shadow: Shadow,
    lines: HashMap<Connection, Line>,
    /// Who the configuration has been seen to know.
    introduced: HashSet<id::PersonId>,
    inputs: VecDeque<RelayInput>,
    group: Group,
    /// Documents a snapshot is to be made of, when there is time.
    due: VecDeque<(DocumentId, id::Class)>,
    /// Those of which none could be made; they are not tried again in this life.
    unfit: HashSet<DocumentId>,
    successions: Successions,
    wake_at: Option<Time>,
}

/// The commits that share the open transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    None,
    Open {
        first: CommitId,
        last: CommitId,
    },
    /// Undone; the machine has not been told yet, and what it asks until then is void.
    Failed,
}

impl Driver {
    /// Reads where the workspace stands.
    pub fn new(store: Store, changes_max: Option<u64>) -> Result<Self, StorageFailure> {
        let mut start = Start::empty(store.epoch(), genesis::SCHEMA, answers::classes());
        start.head = store.head();
        start.lives = store.lives()?;
        start.tail_max = TAIL_MAX;
        let begins_anew = start.lives.is_empty();
        start.digest = digest::EMPTY;
        store.durable().each_row(SCOPE, |row| {
            start.digest = start.digest.with(row.document, row.sequence, &row.row);
            start.documents += 1;
        })?;
        Ok(Self {
            machine: Relay::new(start),
            store,
            shadow: Shadow::default(),
            lines: HashMap::new(),
            introduced: HashSet::new(),
            inputs: VecDeque::new(),
            group: Group::None,
            due: VecDeque::new(),
            unfit: HashSet::new(),
            successions: Successions::new(changes_max.filter(|_| begins_anew)),
            wake_at: None,
        })
    }

    /// Runs until told to stop, or until nobody can tell any more.
    pub fn run(mut self, runtime: &Handle, mut events: mpsc::Receiver<Event>) {
        loop {
            // With snapshots to be made nobody waits for long.
            let wake_at = if self.due.is_empty() { self.wake_at } else { Some(clock::now()) };
            let next = runtime.block_on(next(&mut events, wake_at));
            failpoint::pass();
            match next {
                Next::Event(Event::Stop) | Next::Nobody => break,
                Next::Event(event) => self.take_in(event),
                Next::Tick => {
                    self.wake_at = None;
                    self.inputs.push_back(RelayInput::Tick);
                }
            }
            self.work();
            // Whoever is waiting now shares the transaction, and so its flush.
            for _ in 0..GROUP_MAX {
                match events.try_recv() {
                    Ok(Event::Stop) => return self.stop(),
                    Ok(event) => self.take_in(event),
                    Err(_) => break,
                }
                self.work();
            }
            self.commit();
            self.make_a_snapshot();
        }
        self.stop();
    }

    /// Makes one of the snapshots that are due, between one group of commits and the next.
    fn make_a_snapshot(&mut self) {
        let Some((document, class)) = self.due.pop_front() else { return };
        failpoint::pass();
        let failure = match snapshots::make(&mut self.store, document, class) {
            Ok(stands) => return stands.iter().for_each(|stands| self.begin_anew(stands)),
            Err(failure) => failure,
        };
        // What storage had no room or no ear for is due again with the next change.
        if !matches!(failure, NotMade::Storage(_)) {
            self.unfit.insert(document);
        }
        let failure = chain(&failure);
        tracing::error!(%document, failure, "no snapshot could be made; the changes are there");
    }

    /// Begins a document anew when its history has become long.
    fn begin_anew(&mut self, stands: &Document) {
        let document = DocumentId(stands.id());
        match self.successions.of(&self.store, stands) {
            Ok(None) => (),
            Ok(Some(succession)) => {
                tracing::info!(%document, changes = succession.changes.len(), "begun anew");
                self.inputs.push_back(RelayInput::Begun(succession));
                self.work();
                self.commit();
            }
            Err(failure) => {
                let failure = chain(&failure);
                tracing::error!(%document, failure, "not begun anew; its history stays");
            }
        }
    }

    fn stop(mut self) {
        self.commit();
        self.inputs.push_back(RelayInput::ShuttingDown);
        self.work();
        self.commit();
    }

    fn take_in(&mut self, event: Event) {
        let input = match event {
            Event::Opened { connection, principal, name, line } => {
                self.introduce(principal.person, &name);
                self.lines.insert(connection, line);
                RelayInput::Opened { connection, principal }
            }
            Event::Frame { connection, bytes } => RelayInput::Frame { connection, bytes },
            Event::Drained { connection, bytes } => RelayInput::Drained { connection, bytes },
            Event::Closed { connection } => {
                self.lines.remove(&connection);
                RelayInput::Closed { connection }
            }
            Event::Stop => RelayInput::ShuttingDown,
        };
        self.inputs.push_back(input);
    }

    /// Sees that the configuration knows somebody who has just come in. What is not stored now is
    /// said again when they come in next.
    fn introduce(&mut self, person: id::PersonId, name: &str) {
        if !self.introduced.insert(person) {
            return;
        }
        match colleagues::introduce(&self.store, PersonId(person.0), name) {
            Ok(inputs) => self.inputs.extend(inputs),
            Err(failure) => {
                self.introduced.remove(&person);
                tracing::error!(failure = chain(&failure), "nobody was introduced");
            }
        }
    }

    /// Hands in what waits, and whatever comes of it.
    fn work(&mut self) {
        while let Some(input) = self.inputs.pop_front() {
            if matches!(input, RelayInput::CommitFailed(_)) {
                self.group = Group::None;
            }
            for output in self.machine.handle(clock::now(), input) {
                failpoint::pass();
                self.carry_out(output);
            }
            failpoint::pass();
        }
    }

    fn carry_out(&mut self, output: RelayOutput) {
        match output {
            RelayOutput::Load { load, query } => {
                let input = match answers::answer(&self.store, query) {
                    Ok(loaded) => RelayInput::Loaded { load, loaded },
                    Err(failure) => {
                        tracing::error!(failure = chain(&failure), "a question failed");
                        RelayInput::LoadFailed { load }
                    }
                };
                self.inputs.push_back(input);
            }
            RelayOutput::Judge { judgement, document, class, author, changes } => {
                let found = self.shadow.judge(&self.store, document, class, author, &changes);
                let input = match found {
                    Ok(found) => RelayInput::Judged {
                        judgement,
                        verdicts: found.verdicts,
                        row: found.row,
                        version: found.version,
                    },
                    Err(failure) => {
                        let failure = chain(&failure);
                        tracing::error!(%document, failure, "nothing could be judged");
                        RelayInput::JudgeFailed { judgement }
                    }
                };
                self.inputs.push_back(input);
            }
            RelayOutput::Commit(commit) => self.write(commit),
            RelayOutput::Snapshot { document, class } => {
                if !self.unfit.contains(&document) && !self.due.contains(&(document, class)) {
                    self.due.push_back((document, class));
                }
            }
            RelayOutput::Forget(document) => self.shadow.forget(document),
            RelayOutput::Send { connection, bytes } => self.send(connection, bytes),
            // Without its line a socket closes once what waits has left.
            RelayOutput::Close { connection, .. } => drop(self.lines.remove(&connection)),
            RelayOutput::WakeAt(time) => {
                self.wake_at = Some(self.wake_at.map_or(time, |before| before.min(time)));
            }
        }
    }

    fn send(&mut self, connection: Connection, bytes: Vec<u8>) {
        let Some(line) = self.lines.get(&connection) else { return };
        if line.send(bytes).is_err() {
            if let Some(line) = self.lines.remove(&connection) {
                line.end(ByeReason::TooSlow);
            }
            self.inputs.push_back(RelayInput::Closed { connection });
        }
    }

    /// Writes a commit into the open transaction, opening one when there is none.
    fn write(&mut self, commit: Commit) {
        let id = commit.commit;
        let first = match self.group {
            Group::Failed => return,
            Group::None => id,
            Group::Open { first, .. } => first,
        };
        match self.try_write(commit) {
            Ok(()) => self.group = Group::Open { first, last: id },
            Err(failure) => self.fail(first, &failure),
        }
    }

    fn try_write(&mut self, commit: Commit) -> Result<(), StorageFailure> {
        let wanted = commit.entries.first().map_or(0, |entry| entry.sequence.0);
        let found = self.store.head().0 + 1;
        if wanted != found {
            return Err(StorageFailure::OutOfSequence { wanted, found });
        }
        if self.group == Group::None {
            self.store.begin()?;
        }
        let begun = commit.rows.iter().filter(|row| row.begins > Sequence(0));
        let begun: Vec<_> = begun.map(|row| (row.document, (row.begins, row.sequence))).collect();
        let entries: Vec<_> = commit.entries.into_iter().map(answers::entry).collect();
        let rows: Vec<_> = commit.rows.into_iter().map(answers::row).collect();
        self.store.append(&entries, &rows)?;
        begun.into_iter().try_for_each(|(document, places)| self.store.begin_anew(document, places))
    }

    /// Makes the open transaction durable; only then does anything of it leave.
    fn commit(&mut self) {
        while let Group::Open { first, last } = self.group {
            match self.store.commit() {
                Ok(()) => {
                    self.group = Group::None;
                    self.inputs.push_back(RelayInput::Committed(last));
                }
                Err(failure) => self.fail(first, &failure),
            }
            self.work();
        }
    }

    fn fail(&mut self, first: CommitId, failure: &StorageFailure) {
        tracing::error!(failure = chain(failure), "nothing was stored");
        self.store.roll_back();
        self.group = Group::Failed;
        self.inputs.push_front(RelayInput::CommitFailed(first));
    }
}

enum Next {
    Event(Event),
    Tick,
    Nobody,
}

async fn next(events: &mut mpsc::Receiver<Event>, wake_at: Option<Time>) -> Next {
    let event = match wake_at {
        None => events.recv().await,
        Some(at) => {
            let wait = u64::try_from(at.0 - clock::now().0).unwrap_or(0);
            match time::timeout(Duration::from_millis(wait), events.recv()).await {
                Ok(event) => event,
                Err(_) => return Next::Tick,
            }
        }
    };
    event.map_or(Next::Nobody, Next::Event)
}
