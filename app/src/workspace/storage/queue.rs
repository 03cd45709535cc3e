//! The line all jobs stand in, and the one who serves it.
//!
//! Writes that wait together are written together: one flush for many edits.

use super::{
    Found, Kept, Notice, Piece, Report, Restored,
    keeper::{Keeper, RECORDS_MAX, ReadAccount, Records},
};
use crate::browser::{failure::StorageFailure, indexed_db::Flush};
use futures_channel::{
    mpsc::{UnboundedReceiver, UnboundedSender, unbounded},
    oneshot,
};
use futures_util::StreamExt;
use std::collections::HashSet;
use sync::{
    id::{ChangeHash, DocumentId, Lead},
    input::Ticket,
    output::{Durability, Write},
};
use wasm_bindgen_futures::spawn_local;

/// The most writes that go into one transaction.
const WRITES_MAX: usize = 4096;

type Answer<T> = oneshot::Sender<Result<T, StorageFailure>>;

pub enum Job {
    Write {
        ticket: Ticket,
        durability: Durability,
        lead: Option<Lead>,
        writes: Vec<Write>,
        brought_in: Vec<ChangeHash>,
    },
    NameLeader(Lead, Answer<()>),
    BroughtIn(Answer<HashSet<ChangeHash>>),
    Document(DocumentId, Answer<Vec<Vec<u8>>>),
    Documents(u8, Answer<Kept>),
    Locate(Notice, Answer<Notice>),
    Reread(Notice, Answer<Found>),
    Restore(ReadAccount, Answer<Restored>),
    Shelve(Vec<Piece>, Answer<()>),
    Shelf(String, Answer<Vec<(String, Vec<u8>)>>),
}

/// Begins to serve the line.
pub fn begin(keeper: Keeper, report: impl Fn(Report) + 'static) -> UnboundedSender<Job> {
    let (jobs, line) = unbounded();
    spawn_local(serve(keeper, line, report));
    jobs
}

async fn serve(mut keeper: Keeper, mut line: UnboundedReceiver<Job>, report: impl Fn(Report)) {
    let mut put_back = None;
    loop {
        let next = match put_back.take() {
            Some(job) => Some(job),
            None => line.next().await,
        };
        let Some(job) = next else { return };
        match job {
            Job::Write { ticket, durability, lead, writes, brought_in } => {
                let tickets = vec![ticket];
                let mut batch = Batch { tickets, durability, lead, writes, brought_in };
                put_back = batch.gather(&mut line);
                report(batch.write(&mut keeper).await);
            }
            Job::Document(document, answer) => match keeper.document(document).await {
                Ok(records) => {
                    tell(answer, Ok(records.changes.clone()));
                    if records.keys.len() > RECORDS_MAX {
                        repack(&keeper, document, records).await;
                    }
                }
                Err(failure) => tell(answer, Err(failure)),
            },
            Job::Documents(beginning, answer) => tell(answer, keeper.documents(beginning).await),
            Job::NameLeader(lead, answer) => tell(answer, keeper.name_leader(lead).await),
            Job::BroughtIn(answer) => tell(answer, keeper.brought_in().await),
            Job::Locate(notice, answer) => tell(answer, Ok(keeper.locate(notice))),
            Job::Reread(notice, answer) => tell(answer, keeper.reread(notice).await),
            Job::Restore(account, answer) => tell(answer, keeper.restore(account).await),
            Job::Shelve(pieces, answer) => tell(answer, keeper.shelve(pieces).await),
            Job::Shelf(beginning, answer) => tell(answer, keeper.shelf(&beginning).await),
        }
    }
}

fn tell<T>(answer: Answer<T>, outcome: Result<T, StorageFailure>) {
    // Whoever asked may have gone; nobody is then left to be told.
    let _ = answer.send(outcome);
}

/// Packs a document that has come in many pieces.
async fn repack(keeper: &Keeper, document: DocumentId, records: Records) {
    let mut changes = records.changes;
    changes.sort_unstable();
    changes.dedup();
    // Only a saving of space: on failure the many records simply stay.
    let _ = keeper.repack(document, records.keys, changes).await;
}

/// Writes that are made together.
struct Batch {
    tickets: Vec<Ticket>,
    durability: Durability,
    lead: Option<Lead>,
    writes: Vec<Write>,
    brought_in: Vec<ChangeHash>,
}

impl Batch {
    /// Takes in the writes under the same lead that wait; returns the first job that is something else.
    fn gather(&mut self, line: &mut UnboundedReceiver<Job>) -> Option<Job> {
        while self.writes.len() < WRITES_MAX {
            match line.try_recv() {
                Ok(Job::Write { ticket, durability, lead, writes, brought_in })
                    if lead == self.lead =>
                {
                    self.brought_in.extend(brought_in);
                    self.tickets.push(ticket);
                    self.writes.extend(writes);
                    if durability == Durability::Strict {
                        self.durability = Durability::Strict;
                    }
                }
                Ok(other) => return Some(other),
                Err(_) => return None,
            }
        }
        None
    }

    async fn write(self, keeper: &mut Keeper) -> Report {
        let flush = match self.durability {
            Durability::Strict => Flush::ToDisk,
            Durability::Relaxed => Flush::Lazily,
        };
        match keeper.write(self.lead, self.writes, self.brought_in, flush).await {
            Ok(true) => Report::Stored(self.tickets),
            Ok(false) => Report::Deposed(self.tickets, self.lead),
            Err(failure) => Report::Failed(self.tickets, failure),
        }
    }
}
