//! The work: two people push edits to two documents and pull one of them. The same work may be done
//! again by the next process, as devices offer again what they do not know to be received.

use documents::{actor::Actor, class::Class, document::Document, genesis};
use domain::{
    account::{LifecycleStage, NewAccount, PartyType},
    edit::{AccountEdit, Edit, NoteEdit},
    id::PersonId,
    note::Splice,
    time::Timestamp,
};
use server::{
    relay::{
        Relay, Relays,
        line::{LineEnd, line},
    },
    storage::{
        home::{Home, Workspace},
        people::Person,
    },
};
use std::path::Path;
use sync::{
    digest,
    frame::{self, Down, Form, PushItem, Up, Want},
    id::{self, DeviceId, DocumentId, Sequence, Time},
    relay::input::Connection,
    verdict::Verdict,
};
use tokio::runtime::{Builder, Runtime};

pub const WORKSPACE: &str = "acme";
const ACCOUNT: [u8; 16] = [1; 16];
const NOTE: [u8; 16] = [2; 16];
/// How many batches each of the two pushes.
const ROUNDS: usize = 3;
/// How often something is offered before it counts as never taken.
const ATTEMPTS_MAX: usize = 20;

/// Does all of the work, telling of each thing that happened.
pub fn run(folder: &Path, tell: &mut dyn FnMut(String)) -> Result<(), String> {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.map_err(|failure| failure.to_string())?;
    let home = Home::open(folder).map_err(told)?;
    let workspace = home.make_workspace(WORKSPACE, [7; 16]).map_err(told)?;
    let relays = Relays::new(None, None);
    let outcome =
        Desk { runtime: &runtime, relays: &relays, home: &home, workspace: &workspace }.work(tell);
    relays.stop();
    outcome
}

fn told(failure: impl std::error::Error) -> String {
    let mut text = failure.to_string();
    let mut cause = failure.source();
    while let Some(one) = cause {
        text.push_str(&format!(": {one}"));
        cause = one.source();
    }
    text
}

struct Desk<'d> {
    runtime: &'d Runtime,
    relays: &'d Relays,
    home: &'d Home,
    workspace: &'d Workspace,
}

/// One person's connection.
struct Talk {
    relay: Relay,
    connection: Connection,
    end: LineEnd,
}

impl Desk<'_> {
    fn work(&self, tell: &mut dyn FnMut(String)) -> Result<(), String> {
        let (kims, lius) = (account_work(), note_work());
        let mut kim = self.connect(1)?;
        let mut liu = self.connect(2)?;
        for round in 0..ROUNDS {
            self.push(&mut kim, 1, &kims[round * 2..round * 2 + 2], tell)?;
            self.push(&mut liu, 2, &lius[round * 2..round * 2 + 2], tell)?;
        }
        self.pull(&mut liu, tell)
    }

    fn connect(&self, person: u8) -> Result<Talk, String> {
        let _within = self.runtime.enter();
        let relay = self.relays.open(self.home, self.workspace).map_err(told)?;
        let (to_line, end) = line();
        let (connection, device) = (self.relays.connection(), DeviceId([person; 16]));
        let hello = frame::encode(&Up::Hello {
            device,
            epoch: None,
            cursor: Sequence(0),
            digest: digest::EMPTY,
            clock: Time(0),
            unsent: 0,
            schema: genesis::SCHEMA,
            lineages: None,
        });
        let somebody = somebody(person, self.workspace);
        self.runtime.block_on(async {
            relay.begin(connection, &somebody, device, to_line).await.map_err(told)?;
            relay.frame(connection, hello).await.map_err(told)
        })?;
        Ok(Talk { relay, connection, end })
    }

    /// Pushes until everything is received, as a device does: offered again after *not yet*, and
    /// after a connection that ended.
    fn push(
        &self,
        talk: &mut Talk,
        person: u8,
        items: &[PushItem],
        tell: &mut dyn FnMut(String),
    ) -> Result<(), String> {
        let mut left = items.to_vec();
        for batch in 0..ATTEMPTS_MAX as u64 {
            let sent = self.send(talk, &Up::Push { batch, items: left.clone(), author: None });
            let verdicts = sent.and_then(|()| self.verdicts(talk, batch));
            let Some(verdicts) = verdicts else {
                tell("told connection ended".to_owned());
                *talk = self.connect(person)?;
                continue;
            };
            let mut again = Vec::new();
            for (item, verdict) in left.into_iter().zip(verdicts) {
                match verdict.verdict {
                    Verdict::Received(place) => tell(format!("ack {} {}", verdict.hash, place.0)),
                    Verdict::NotYet(reason) => {
                        tell(format!("told not yet: {reason:?}"));
                        again.push(item);
                    }
                    other => return Err(format!("an honest change got {other:?}")),
                }
            }
            left = again;
            if left.is_empty() {
                return Ok(());
            }
        }
        Err("an honest change was never taken".to_owned())
    }

    fn pull(&self, talk: &mut Talk, tell: &mut dyn FnMut(String)) -> Result<(), String> {
        for _ in 0..ATTEMPTS_MAX {
            let (document, after) = (DocumentId(ACCOUNT), Sequence(0));
            let want = Want { document, after, form: Some(Form::Snapshot), begins: None };
            let asked = self.send(talk, &Up::Pull { wants: vec![want] });
            let found = asked.and_then(|()| {
                self.wait(talk, |down| match down {
                    Down::Changes { changes, .. } => {
                        let chunks = changes.into_iter().map(Vec::from);
                        let account = Document::open(Class::Account, ACCOUNT, chunks);
                        account.ok().map(|account| account.changes().len())
                    }
                    _ => None,
                })
            });
            match found {
                Some(found) if found >= ROUNDS * 2 => return Ok(()),
                Some(found) => return Err(format!("only {found} changes came")),
                None => {
                    tell("told connection ended".to_owned());
                    *talk = self.connect(2)?;
                }
            }
        }
        Err("nothing could be pulled".to_owned())
    }

    fn send(&self, talk: &Talk, up: &Up) -> Option<()> {
        self.runtime.block_on(talk.relay.frame(talk.connection, frame::encode(up))).ok()
    }

    fn verdicts(&self, talk: &mut Talk, batch: u64) -> Option<Vec<frame::VerdictItem>> {
        self.wait(talk, |down| match down {
            Down::Verdicts { batch: of, items } if of == batch => Some(items),
            _ => None,
        })
    }

    /// Returns the first thing that fits, or nothing when the connection ends before.
    fn wait<T>(&self, talk: &mut Talk, fits: impl Fn(Down) -> Option<T>) -> Option<T> {
        self.runtime.block_on(async {
            while let Some(bytes) = talk.end.frames.recv().await {
                talk.relay.drained(talk.connection, bytes.len()).await.ok()?;
                if let Some(found) = frame::decode(&bytes).ok().and_then(&fits) {
                    return Some(found);
                }
            }
            None
        })
    }
}

fn somebody(person: u8, workspace: &Workspace) -> Person {
    let login = format!("person {person}");
    let id = PersonId([person; 16]);
    let (name, workspace) = (login.clone(), workspace.clone());
    Person { login, id, name, workspace, password_hash: String::new() }
}

/// Everything that is pushed, in order.
pub fn everything() -> Vec<PushItem> {
    [account_work(), note_work()].concat()
}

fn account_work() -> Vec<PushItem> {
    let mut account = Document::new(Class::Account, ACCOUNT);
    let open = AccountEdit::Open(NewAccount {
        name: "Acme".to_owned(),
        party: PartyType::Organisation,
        created_at: Timestamp(1_000_000),
        stage: LifecycleStage::Lead,
        owner: None,
        territory: None,
        profile: Default::default(),
        tags: Vec::new(),
    });
    let renames = (1..ROUNDS * 2).map(|number| AccountEdit::Rename(format!("Acme {number}")));
    let edits = std::iter::once(open).chain(renames);
    edits.map(|edit| author(&mut account, 1, Edit::Account(edit))).collect()
}

fn note_work() -> Vec<PushItem> {
    let mut note = Document::new(Class::Note, NOTE);
    let words = (0..ROUNDS * 2).map(|number| {
        let insert = format!("word {number} ");
        Edit::Note(NoteEdit::Splice(Splice { at: 0, delete: 0, insert, cursor: None }))
    });
    words.map(|edit| author(&mut note, 2, edit)).collect()
}

fn author(document: &mut Document, person: u8, edit: Edit) -> PushItem {
    let actor = Actor { person: PersonId([person; 16]), life: [9; 16] };
    let at = Timestamp(1_000_000);
    let change = document.author(actor, at, std::slice::from_ref(&edit));
    PushItem {
        document: DocumentId(document.id()),
        class: id::Class(document.class() as u8),
        change: change.expect("the script's edits are admitted").bytes.into(),
        edit: edit.encode().into(),
        device_time: Time(at.0),
    }
}
