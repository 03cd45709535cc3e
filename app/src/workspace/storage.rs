//! What is kept in this browser: one database per workspace and person, every value sealed.
//!
//! Screens never come here. All jobs stand in one line and are done in order, so a reading sees
//! every writing asked for before it. [`keeper`] knows the layout, [`pages`] how rows are packed.

mod keeper;
mod pages;
mod plan;
mod queue;

use crate::browser::failure::StorageFailure;
use domain::row::AccountRow;
use futures_channel::{mpsc::UnboundedSender, oneshot};
use keeper::{Keeper, ReadAccount};
use std::collections::HashSet;
use sync::{
    id::{ChangeHash, DeviceId, DocumentId, Epoch, Lead, PendingKey},
    input::Ticket,
    output::{Durability, Write},
    record::{PendingRecord, Position, RowRecord},
};

/// Everything a replica begins with.
pub struct Restored {
    pub device: DeviceId,
    /// Whether the database has only now been made.
    pub fresh: bool,
    pub position: Option<Position>,
    pub rows: Vec<RowRecord>,
    /// The accounts of the rows, where they were asked for.
    pub accounts: Vec<AccountRow>,
    pub pending: Vec<PendingRecord>,
    /// How many edits cannot be read; they are left where they are.
    pub unreadable: usize,
}

/// What other tabs are to read again.
#[derive(Debug, Clone, Default, PartialEq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct Notice {
    #[n(0)]
    pub documents: Vec<DocumentId>,
    #[n(1)]
    pub pending: Vec<PendingKey>,
    /// The pages the rows of the documents stand on.
    #[n(2)]
    pub pages: Vec<u32>,
}

/// What was found for a notice.
pub struct Found {
    /// Which life of the log storage is of.
    pub epoch: Option<Epoch>,
    pub rows: Vec<RowRecord>,
    pub pending: Vec<PendingRecord>,
    pub gone: Vec<PendingKey>,
}

/// What became of the writes of these tickets.
pub enum Report {
    Stored(Vec<Ticket>),
    /// Nothing was written: another tab leads than the one this was to be written under.
    Deposed(Vec<Ticket>, Option<Lead>),
    Failed(Vec<Ticket>, StorageFailure),
}

/// What an import keeps here until it is done, by name; nothing where it is to go.
pub type Piece = (String, Option<Vec<u8>>);

/// The acknowledged changes of documents, in pieces as they came.
pub type Kept = Vec<(DocumentId, Vec<Vec<u8>>)>;

/// The way into the line of jobs.
#[derive(Clone)]
pub struct Storage(UnboundedSender<queue::Job>);

impl Storage {
    /// Opens the database and begins to take jobs.
    pub async fn open(
        name: String,
        report: impl Fn(Report) + 'static,
    ) -> Result<Self, StorageFailure> {
        Ok(Self(queue::begin(Keeper::open(name).await?, report)))
    }

    /// Makes the writes, and remembers in the same transaction what is brought in by them.
    pub fn write(
        &self,
        ticket: Ticket,
        durability: Durability,
        lead: Option<Lead>,
        writes: Vec<Write>,
        brought_in: Vec<ChangeHash>,
    ) {
        self.ask(queue::Job::Write { ticket, durability, lead, writes, brought_in });
    }

    /// Names the tab that leads; what others write under their own lead is not taken any more.
    pub async fn name_leader(&self, lead: Lead) -> Result<(), StorageFailure> {
        self.answer(|answer| queue::Job::NameLeader(lead, answer)).await
    }

    /// Returns the changes of other tablets whose edits were brought in here from files.
    pub async fn brought_in(&self) -> Result<HashSet<ChangeHash>, StorageFailure> {
        self.answer(queue::Job::BroughtIn).await
    }

    /// Keeps pieces of an import under their names, all or none; one of nothing is let go of.
    pub async fn shelve(&self, pieces: Vec<Piece>) -> Result<(), StorageFailure> {
        self.answer(|answer| queue::Job::Shelve(pieces, answer)).await
    }

    /// Returns the pieces whose names begin so, in the order of their names.
    pub async fn shelf(&self, beginning: &str) -> Result<Vec<(String, Vec<u8>)>, StorageFailure> {
        self.answer(|answer| queue::Job::Shelf(beginning.to_owned(), answer)).await
    }

    /// Returns the acknowledged changes of a document that are kept here.
    pub async fn document(&self, document: DocumentId) -> Result<Vec<Vec<u8>>, StorageFailure> {
        self.answer(|answer| queue::Job::Document(document, answer)).await
    }

    /// Returns the acknowledged changes of every document whose id begins with that byte.
    pub async fn documents(&self, beginning: u8) -> Result<Kept, StorageFailure> {
        self.answer(|answer| queue::Job::Documents(beginning, answer)).await
    }

    /// Completes a notice with the pages other tabs need to know.
    pub async fn locate(&self, notice: Notice) -> Result<Notice, StorageFailure> {
        self.answer(|answer| queue::Job::Locate(notice, answer)).await
    }

    pub async fn reread(&self, notice: Notice) -> Result<Found, StorageFailure> {
        self.answer(|answer| queue::Job::Reread(notice, answer)).await
    }

    /// Reads everything a replica begins with, and makes accounts of the rows as they come.
    pub async fn restore(&self, account: ReadAccount) -> Result<Restored, StorageFailure> {
        self.answer(|answer| queue::Job::Restore(account, answer)).await
    }

    fn ask(&self, job: queue::Job) {
        // The line ends only with the page.
        let _ = self.0.unbounded_send(job);
    }

    async fn answer<T>(
        &self,
        job: impl FnOnce(oneshot::Sender<Result<T, StorageFailure>>) -> queue::Job,
    ) -> Result<T, StorageFailure> {
        let (answer, answered) = oneshot::channel();
        self.ask(job(answer));
        answered.await.unwrap_or(Err(StorageFailure::ConnectionLost))
    }
}
