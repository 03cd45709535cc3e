//! One tab of one device: a replica, the documents a person has open, the line of writes.

use crate::world::{device::Device, disk::Disk, event::Event};
use documents::{actor::Actor, document::Document, genesis};
use domain::{edit::Edit, id::PersonId, refusal::Refusal, time::Timestamp};
use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};
use sync::{
    id::*,
    input::{Authored, Ticket},
    output::{Durability, Line, Write},
    record::PendingState,
    replica::{Replica, Start},
};

/// One life of one tab.
pub struct Tab {
    pub life: u64,
    pub replica: Replica,
    pub open: BTreeMap<DocumentId, Document>,
    /// The rows its lists show.
    pub rows: BTreeMap<DocumentId, Vec<u8>>,
    /// Writes in the order asked for, not yet done.
    pub writes: VecDeque<(Ticket, Durability, Option<Lead>, Vec<Write>)>,
    pub wire: Option<u64>,
    pub wake_at: Option<i64>,
    actors: BTreeMap<DocumentId, [u8; 16]>,
    /// What was taken from the disk into the open copies.
    taken: BTreeMap<DocumentId, Vec<Arc<[u8]>>>,
    /// How far the relay's clock was off when it last told the time, until this clock jumps.
    pub told_time: Option<i64>,
    /// Which life of the log its rows are of.
    pub epoch: Option<Epoch>,
    /// Under which it speaks with the relay, while it believes that it does.
    pub lead: Option<Lead>,
    /// How it stands with the relay.
    pub line: Line,
    /// What has happened to it since it was frozen; nothing while it runs.
    pub frozen: Option<Vec<Event>>,
}

impl Tab {
    pub fn begin(life: u64, device: &Device, seeds: [u64; 2]) -> Self {
        let content = &device.disk.content;
        let replica = Replica::new(Start {
            device: device.id,
            person: sync::id::PersonId(device.person.0),
            tab: seeds[0],
            seed: seeds[1],
            schema: genesis::SCHEMA,
            pin_bytes: device.pin_bytes,
            lead: None,
            position: content.position.clone(),
            rows: content.rows.values().cloned().collect(),
            pending: content.pending.values().cloned().collect(),
        });
        let rows = replica.rows().map(|(id, _, row)| (id, row.to_vec())).collect();
        let epoch = replica.position().epoch;
        Self {
            life,
            epoch,
            replica,
            open: BTreeMap::new(),
            rows,
            writes: VecDeque::new(),
            wire: None,
            wake_at: None,
            actors: BTreeMap::new(),
            taken: BTreeMap::new(),
            told_time: None,
            lead: None,
            line: Line::Offline,
            frozen: None,
        }
    }

    /// Loads a document as this tab has it: what is stored, and what is unsent but for `without`.
    pub fn load(
        &self,
        disk: &Disk,
        document: DocumentId,
        class: Class,
        without: &[PendingKey],
    ) -> Option<Document> {
        let mut loaded = disk.open(document, class)?;
        let pending = self.replica.edits().map(|(record, _)| record).filter(|record| {
            let refused = matches!(record.state, PendingState::Refused(_));
            record.document == document && !refused && !without.contains(&record.key)
        });
        // A change whose dependency is missing is kept aside, and told of when it matters.
        let _ = loaded.take_in(pending.map(|record| record.change.as_slice()));
        Some(loaded)
    }

    /// Takes into an open copy what has been stored since.
    pub fn catch_up(&mut self, disk: &Disk, document: DocumentId) {
        let Some(open) = self.open.get_mut(&document) else { return };
        let kept = disk.content.documents.get(&document).map_or(&[][..], Vec::as_slice);
        let taken = self.taken.entry(document).or_default();
        let known = if kept.starts_with(taken) { taken.len() } else { 0 };
        if known < kept.len() {
            let _ = open.take_in(&kept[known..]);
            *taken = kept.to_vec();
        }
    }

    /// Returns the open copy of a document, opening it when it is not.
    pub fn opened(&mut self, disk: &Disk, document: DocumentId, class: Class) -> Option<&Document> {
        if !self.open.contains_key(&document) {
            let loaded = self.load(disk, document, class, &[])?;
            self.open.insert(document, loaded);
        }
        self.open.get(&document)
    }

    /// Authors an edit on the open copy.
    pub fn author(
        &mut self,
        person: PersonId,
        fresh: [u8; 16],
        now: Timestamp,
        document: DocumentId,
        edit: &Edit,
    ) -> Result<Authored, Refusal> {
        let life = *self.actors.entry(document).or_insert(fresh);
        let Some(open) = self.open.get_mut(&document) else { return Err(Refusal::NoSuchAccount) };
        author(open, Actor { person, life }, now, edit)
    }

    /// Puts a document loaded again in the place of the open copy; it is written under a new actor.
    pub fn replace(&mut self, document: DocumentId, loaded: Document) {
        self.open.insert(document, loaded);
        self.actors.remove(&document);
        self.taken.remove(&document);
    }
}

/// Makes one change of an edit.
pub fn author(
    document: &mut Document,
    actor: Actor,
    now: Timestamp,
    edit: &Edit,
) -> Result<Authored, Refusal> {
    let change = document.author(actor, now, std::slice::from_ref(edit))?;
    Ok(Authored {
        document: DocumentId(document.id()),
        class: Class(document.class() as u8),
        hash: ChangeHash(change.hash),
        change: change.bytes,
        edit: edit.encode(),
        row: document.row().unwrap_or_default(),
    })
}
