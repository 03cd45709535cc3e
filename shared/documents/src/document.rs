//! One open document of any class.

use crate::{
    account, actor::Actor, catalogue, class::Class, configuration, genesis, malformed::Malformed,
    note, snapshot,
};
use automerge::{
    ActorId, Automerge, Change as Stored, ChangeHash, LoadOptions, ReadDoc, TextEncoding,
    transaction::{CommitOptions, Transaction},
};
use domain::{
    account::Account,
    configuration::Configuration,
    edit::Edit,
    id::{AccountId, BatchId, NoteId},
    note::Note,
    product::Catalogue,
    refusal::Refusal,
    row::{AccountRow, NoteRow},
    time::{HybridTime, SKEW_MS_MAX, Timestamp},
};

/// One open document.
#[derive(Clone)]
pub struct Document {
    pub(crate) class: Class,
    pub(crate) id: [u8; 16],
    pub(crate) automerge: Automerge,
    pub(crate) latest: HybridTime,
}

/// A change just made, as bytes, with the hash that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub hash: [u8; 32],
    pub bytes: Vec<u8>,
}

impl Document {
    /// Opens a document that has nothing but its genesis yet.
    pub fn new(class: Class, id: [u8; 16]) -> Self {
        Self { class, id, automerge: genesis::begin(class), latest: HybridTime(0) }
    }

    /// Opens a document from changes (those after genesis, in any order; repeats do no harm), or
    /// from a snapshot in the place of some of them.
    pub fn open<B: AsRef<[u8]>>(
        class: Class,
        id: [u8; 16],
        changes: impl IntoIterator<Item = B>,
    ) -> Result<Self, Malformed> {
        let mut document = Self::new(class, id);
        document.take_in(changes)?;
        Ok(document)
    }

    /// Opens a document from its packed form.
    pub fn unpack(class: Class, id: [u8; 16], bytes: &[u8]) -> Result<Self, Malformed> {
        let options = LoadOptions::new().text_encoding(TextEncoding::UnicodeCodePoint);
        let mut automerge = Automerge::load_with_options(bytes, options).map_err(unreadable)?;
        if automerge.get_change_meta_by_hash(&ChangeHash(class.genesis_hash())).is_none() {
            return Err(Malformed::MissingDependency);
        }
        genesis::lay_down(class, &mut automerge);
        let stamps = automerge.get_changes_meta(&[]);
        let latest = stamps.iter().map(|change| HybridTime(change.timestamp)).max();
        Ok(Self { class, id, latest: latest.unwrap_or_default(), automerge })
    }

    /// Returns the document in one piece, smaller than its changes.
    pub fn pack(&self) -> Vec<u8> {
        self.automerge.save()
    }

    /// Returns how many operations the document holds: what opening and judging it costs.
    pub fn operations(&self) -> u64 {
        self.automerge.stats().num_ops
    }

    /// Returns how many changes the document is made of, its layouts among them.
    pub fn changes_number(&self) -> u64 {
        self.automerge.stats().num_changes
    }

    pub fn class(&self) -> Class {
        self.class
    }

    pub fn id(&self) -> [u8; 16] {
        self.id
    }

    /// Takes in changes of others, snapshots among them; those already here do no harm. One whose
    /// dependency is missing is kept aside until that comes.
    pub fn take_in<B: AsRef<[u8]>>(
        &mut self,
        changes: impl IntoIterator<Item = B>,
    ) -> Result<(), Malformed> {
        let mut loose = Vec::new();
        for bytes in changes {
            let bytes = bytes.as_ref();
            if snapshot::is_one(bytes) {
                self.take_in_snapshot(bytes)?;
            } else {
                loose.push(read(bytes)?);
            }
        }
        self.apply(loose)?;
        if self.automerge.get_missing_deps(&[]).is_empty() {
            Ok(())
        } else {
            Err(Malformed::MissingDependency)
        }
    }

    /// Takes in everything a snapshot holds. Where nothing else is here yet, the snapshot is the
    /// document: that is what makes it quick.
    fn take_in_snapshot(&mut self, bytes: &[u8]) -> Result<(), Malformed> {
        let unpacked = Self::unpack(self.class, self.id, bytes)?;
        if self.automerge.get_heads() == genesis::begin(self.class).get_heads()
            && self.automerge.get_missing_deps(&[]).is_empty()
        {
            *self = unpacked;
            return Ok(());
        }
        self.apply(unpacked.automerge.get_changes(&[]))
    }

    pub(crate) fn apply(&mut self, changes: Vec<Stored>) -> Result<(), Malformed> {
        let stamps = changes.iter().map(|change| HybridTime(change.timestamp()));
        let latest = stamps.max().unwrap_or_default().max(self.latest);
        self.automerge.apply_changes(changes).map_err(unreadable)?;
        self.latest = latest;
        Ok(())
    }

    /// Makes one change of the edits, or refuses and writes nothing. Stamped later than anything
    /// in the document (what a wrong clock stamped in the future apart), not before `now`.
    pub fn author(
        &mut self,
        actor: Actor,
        now: Timestamp,
        edits: &[Edit],
    ) -> Result<Change, Refusal> {
        let stamp = self.seen(now).next(now);
        let mut stands = Stands::of(self)?;
        self.automerge.set_actor(ActorId::from(actor.to_bytes()));
        let mut transaction = self.automerge.transaction();
        for edit in edits {
            if let Err(refusal) = stands.write(&mut transaction, edit) {
                transaction.rollback();
                return Err(refusal);
            }
        }
        let options = || CommitOptions::default().with_time(stamp.0);
        let (hash, _) = transaction.commit_with(options());
        // An edit that changes nothing is a change all the same: it is accounted for.
        let hash = hash.unwrap_or_else(|| self.automerge.empty_commit(options()));
        self.latest = self.latest.max(stamp);
        let stored = self.automerge.get_change_by_hash(&hash);
        Ok(exported(&stored.expect("the change was committed the line before")))
    }

    /// Returns every change after the layouts, dependencies first.
    pub fn changes(&self) -> Vec<Change> {
        let layouts: Vec<_> = self.class.layout_hashes().into_iter().map(ChangeHash).collect();
        self.automerge.get_changes(&layouts).iter().map(exported).collect()
    }

    /// Returns the hashes of the changes no other builds on.
    pub fn heads(&self) -> Vec<[u8; 32]> {
        self.automerge.get_heads().into_iter().map(|hash| hash.0).collect()
    }

    /// Returns the latest stamp in the document.
    pub fn latest(&self) -> HybridTime {
        self.latest
    }

    /// Returns the row of the document: an `AccountRow`, a `NoteRow`, or the whole configuration
    /// or catalogue.
    pub fn row(&self) -> Result<Vec<u8>, Malformed> {
        Ok(match self.class {
            Class::Account => AccountRow::of(&self.account()?).encode(),
            Class::Note => NoteRow::of(&self.note()?).encode(),
            Class::Configuration => self.configuration()?.encode(),
            Class::Catalogue => self.catalogue()?.encode(),
        })
    }

    pub fn account(&self) -> Result<Account, Malformed> {
        self.expect(Class::Account)?;
        account::read(&self.automerge, AccountId(self.id))
    }

    /// Says whether anybody worked on the account since an import, or beside it.
    pub fn is_worked_on_since(&self, batch: BatchId) -> bool {
        account::imports::is_worked_on(&self.automerge, batch)
    }

    /// Says whether anybody but an actor of that life, whoever it was, wrote in the document.
    pub fn is_written_by_others(&self, life: [u8; 16]) -> bool {
        let layouts: Vec<_> = self.class.layout_hashes().into_iter().map(ChangeHash).collect();
        let is_of = |actor: &ActorId| {
            Actor::from_bytes(actor.to_bytes()).is_some_and(|actor| actor.life == life)
        };
        self.automerge.get_changes(&layouts).iter().any(|change| !is_of(change.actor_id()))
    }

    pub fn note(&self) -> Result<Note, Malformed> {
        self.expect(Class::Note)?;
        note::read(&self.automerge, NoteId(self.id))
    }

    pub fn configuration(&self) -> Result<Configuration, Malformed> {
        self.expect(Class::Configuration)?;
        configuration::read(&self.automerge)
    }

    pub fn catalogue(&self) -> Result<Catalogue, Malformed> {
        self.expect(Class::Catalogue)?;
        Ok(catalogue::read(&self.automerge))
    }

    /// Says whether another document of the class reads to the same value, conflicts and all.
    pub fn reads_as(&self, other: &Self) -> Result<bool, Malformed> {
        Ok(match self.class {
            Class::Account => self.account()? == other.account()?,
            Class::Note => self.note()? == other.note()?,
            Class::Configuration => self.configuration()? == other.configuration()?,
            Class::Catalogue => self.catalogue()? == other.catalogue()?,
        })
    }

    /// Returns the name of a place in a note, for a splice; it stays right while others type.
    pub fn cursor(&self, at: u32) -> Option<String> {
        (self.class == Class::Note).then(|| note::cursor(&self.automerge, at)).flatten()
    }

    /// Returns where a named place of a note is now.
    pub fn place(&self, cursor: &str) -> Option<u32> {
        (self.class == Class::Note).then(|| note::place(&self.automerge, cursor)).flatten()
    }

    fn expect(&self, class: Class) -> Result<(), Malformed> {
        if self.class == class { Ok(()) } else { Err(Malformed::Field("class".to_owned())) }
    }

    /// Returns the latest stamp that is not from the future.
    pub(crate) fn seen(&self, now: Timestamp) -> HybridTime {
        if self.latest.timestamp().0 <= now.0.saturating_add(SKEW_MS_MAX) {
            return self.latest;
        }
        let changes = self.automerge.get_changes_meta(&[]);
        let stamps = changes.iter().map(|change| HybridTime(change.timestamp));
        stamps.fold(HybridTime(0), |seen, stamp| seen.absorb(stamp, now))
    }
}

/// What edits are held against: read once for all edits of a change where the whole is asked for.
enum Stands {
    Account,
    Note,
    Configuration(Box<Configuration>),
    Catalogue(Catalogue),
}

impl Stands {
    fn of(document: &Document) -> Result<Self, Refusal> {
        Ok(match document.class {
            Class::Account => Self::Account,
            Class::Note => Self::Note,
            Class::Configuration => {
                let read = document.configuration().map_err(|_| Refusal::MalformedDocument)?;
                Self::Configuration(Box::new(read))
            }
            Class::Catalogue => Self::Catalogue(catalogue::read(&document.automerge)),
        })
    }

    fn write(&mut self, transaction: &mut Transaction<'_>, edit: &Edit) -> Result<(), Refusal> {
        match (self, edit) {
            (Self::Account, Edit::Account(edit)) => account::write(transaction, edit),
            (Self::Account, Edit::BringIn(edits)) => {
                edits.iter().try_for_each(|edit| account::write(transaction, edit))
            }
            (Self::Note, Edit::Note(edit)) => note::write(transaction, edit),
            (Self::Configuration(stands), Edit::Configuration(edit)) => {
                configuration::write(transaction, stands, edit)
            }
            (Self::Catalogue(stands), Edit::Catalogue(edit)) => {
                catalogue::write(transaction, stands, edit)
            }
            _ => Err(Refusal::WrongDocument),
        }
    }
}

/// Reads a change. Automerge leaves its checksum, the beginning of its hash, to the reader.
pub(crate) fn read(bytes: &[u8]) -> Result<Stored, Malformed> {
    let change = Stored::try_from(bytes).map_err(unreadable)?;
    if bytes.get(4..8) == Some(&change.hash().0[..4]) {
        Ok(change)
    } else {
        Err(Malformed::Bytes("the checksum does not match".to_owned()))
    }
}

/// Changes travel uncompressed, so that a relay can count what is in them before it unpacks them.
pub(crate) fn exported(change: &Stored) -> Change {
    Change { hash: change.hash().0, bytes: change.raw_bytes().to_vec() }
}

fn unreadable(error: impl std::fmt::Display) -> Malformed {
    Malformed::Bytes(error.to_string())
}
