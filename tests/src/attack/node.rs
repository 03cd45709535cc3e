//! The relay under attack: the machine, the judge and the store of the server, without sockets.

use documents::genesis;
use server::{
    relay::{answers, shadow::Shadow, snapshots},
    storage::{StorageFailure, entry::Limit, home::Home, store::Store},
};
use std::{
    collections::{HashMap, HashSet, VecDeque},
    fs,
    path::{Path, PathBuf},
};
use sync::{
    frame::{self, Down},
    id::*,
    relay::{
        Relay, Start,
        input::{Connection, Principal, RelayInput},
        output::RelayOutput,
    },
};

pub struct Node {
    machine: Relay,
    shadow: Shadow,
    pub store: Store,
    folder: PathBuf,
    now: i64,
    /// Connections the relay has closed since they were opened.
    pub closed: HashSet<Connection>,
    sent: Vec<(Connection, Down)>,
    /// Bytes given out that have not left.
    undrained: HashMap<Connection, usize>,
    /// How often the judge was asked.
    pub judged: u64,
}

impl Node {
    /// Begins an empty workspace in a folder of its own, which goes with the node.
    pub fn new(folder: &Path) -> Result<Self, StorageFailure> {
        let home = Home::open(folder)?;
        let workspace = home.make_workspace("attacked", [7; 16])?;
        let store = home.open_store(&workspace)?;
        let start = Start::empty(store.epoch(), genesis::SCHEMA, answers::classes());
        Ok(Self {
            machine: Relay::new(start),
            shadow: Shadow::default(),
            store,
            folder: folder.to_owned(),
            now: 1_767_571_200_000,
            closed: HashSet::new(),
            sent: Vec::new(),
            undrained: HashMap::new(),
            judged: 0,
        })
    }

    /// Opens a connection of a person from a device of the same number.
    pub fn open(&mut self, connection: Connection, person: u8) {
        self.closed.remove(&connection);
        let device = DeviceId([person; 16]);
        let principal = Principal { person: PersonId([person; 16]), device: Some(device) };
        self.hear(RelayInput::Opened { connection, principal });
        let hello = super::frames::hello(device, genesis::SCHEMA);
        self.frame(connection, frame::encode(&hello));
    }

    /// Hands in a frame and carries out whatever comes of it. Returns the verdicts that were sent.
    pub fn frame(&mut self, connection: Connection, bytes: Vec<u8>) -> Vec<(Connection, Down)> {
        self.now += 10;
        self.hear(RelayInput::Frame { connection, bytes });
        std::mem::take(&mut self.sent)
    }

    /// Has everything given out leave, and what is given out in its place.
    pub fn drain(&mut self) {
        while let Some(connection) = self.undrained.keys().next().copied() {
            let bytes = self.undrained.remove(&connection).unwrap_or(0);
            self.hear(RelayInput::Drained { connection, bytes });
        }
    }

    fn hear(&mut self, input: RelayInput) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            for output in self.machine.handle(Time(self.now), input) {
                inputs.extend(self.carry_out(output));
            }
        }
    }

    fn carry_out(&mut self, output: RelayOutput) -> Option<RelayInput> {
        match output {
            RelayOutput::Load { load, query } => Some(match answers::answer(&self.store, query) {
                Ok(loaded) => RelayInput::Loaded { load, loaded },
                Err(_) => RelayInput::LoadFailed { load },
            }),
            RelayOutput::Judge { judgement, document, class, author, changes } => {
                self.judged += 1;
                let found = self.shadow.judge(&self.store, document, class, author, &changes);
                Some(match found {
                    Ok(found) => RelayInput::Judged {
                        judgement,
                        verdicts: found.verdicts,
                        row: found.row,
                        version: found.version,
                    },
                    Err(_) => RelayInput::JudgeFailed { judgement },
                })
            }
            RelayOutput::Commit(commit) => {
                let id = commit.commit;
                let entries: Vec<_> = commit.entries.into_iter().map(answers::entry).collect();
                let rows: Vec<_> = commit.rows.into_iter().map(answers::row).collect();
                Some(match self.store.append(&entries, &rows) {
                    Ok(_) => RelayInput::Committed(id),
                    Err(_) => RelayInput::CommitFailed(id),
                })
            }
            RelayOutput::Forget(document) => {
                self.shadow.forget(document);
                None
            }
            RelayOutput::Send { connection, bytes } => {
                *self.undrained.entry(connection).or_default() += bytes.len();
                let down = frame::decode(&bytes).ok();
                let verdicts = down.filter(|down| matches!(down, Down::Verdicts { .. }));
                self.sent.extend(verdicts.map(|down| (connection, down)));
                None
            }
            RelayOutput::Close { connection, .. } => {
                self.closed.insert(connection);
                None
            }
            RelayOutput::Snapshot { document, class } => {
                // One that could not be made costs nothing but time.
                let _ = snapshots::make(&mut self.store, document, class);
                None
            }
            RelayOutput::WakeAt(_) => None,
        }
    }

    /// Returns the stored changes of a document, in the order of the log.
    pub fn changes(&self, document: DocumentId) -> Result<Vec<Vec<u8>>, StorageFailure> {
        let changes = self.store.changes(document, Sequence(0), Limit::ALL)?;
        Ok(changes.into_iter().map(|(_, change)| change).collect())
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // A folder that stays does no harm but the room it takes.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
