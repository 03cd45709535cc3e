//! One pushed batch on its way through the gate, document by document.

use crate::{
    change::{self, PUSH_OPERATIONS_MAX, Scanned, Unfit},
    frame::{PushItem, VerdictItem},
    id::*,
    planted::{self, Planted},
    relay::{
        causality::{Known, Standing},
        input::*,
        log::Answer,
        output::*,
    },
    verdict::{Reason, Verdict},
};
use std::collections::{HashMap, VecDeque};

/// The most bytes of one typed edit.
pub const EDIT_BYTES_MAX: usize = 256 << 10;
/// The most bytes of one row.
pub const ROW_BYTES_MAX: usize = 256 << 10;

/// A batch as it arrived.
pub struct Push {
    pub connection: Connection,
    pub author: Author,
    pub schema: u16,
    /// Whether the device takes documents that were begun anew.
    pub lineages: bool,
    pub batch: u64,
    pub items: Vec<PushItem>,
}

/// Who made the changes of a batch, and on which device when it is known: what is offered again may
/// have been made on any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Author {
    pub person: PersonId,
    pub device: Option<DeviceId>,
}

/// A batch being judged.
pub struct Judging {
    pub push: Push,
    scanned: Vec<Result<Scanned, Unfit>>,
    verdicts: Vec<Option<VerdictItem>>,
    /// Documents still to come, each with its places in the batch.
    documents: VecDeque<(DocumentId, Vec<usize>)>,
    pub entries: Vec<Entry>,
    /// The rows the batch leaves, each beside the row it replaces.
    pub rows: Vec<(Option<StoredRow>, StoredRow)>,
    /// How many changes follow the snapshot of each document of those rows, with these.
    tails: Vec<u64>,
    pub step: Step,
}

/// What the batch waits for.
pub enum Step {
    Nothing,
    Causality { load: LoadId, document: DocumentId, places: Vec<usize> },
    Judgement { judgement: JudgementId, asked: Box<Asked> },
}

/// A document the gate has been asked about.
pub struct Asked {
    places: Vec<usize>,
    /// Those of the places whose changes were handed to the gate.
    next: Vec<usize>,
    known: Known,
}

impl Judging {
    /// Scans the batch and answers for what no document needs to be asked about.
    pub fn begin(push: Push, newest_schema: u16, knows: impl Fn(Class) -> bool) -> Self {
        let scanned: Vec<_> = push.items.iter().map(|item| change::scan(&item.change)).collect();
        let mut verdicts = Vec::new();
        let mut documents: VecDeque<(DocumentId, Vec<usize>)> = VecDeque::new();
        let mut operations = 0;
        for (place, (item, scanned)) in push.items.iter().zip(&scanned).enumerate() {
            let verdict = match scanned {
                Err(Unfit::Malformed) => Some(Verdict::Refused(Reason::Malformed)),
                Err(Unfit::TooLarge) => Some(Verdict::Refused(Reason::TooLarge)),
                Ok(_) if item.edit.len() > EDIT_BYTES_MAX => {
                    Some(Verdict::Refused(Reason::TooLarge))
                }
                Ok(_) if push.schema > newest_schema || !knows(item.class) => {
                    Some(Verdict::NotYet(Reason::NewerSchema))
                }
                Ok(scanned) if operations + scanned.operations > PUSH_OPERATIONS_MAX => {
                    Some(Verdict::NotYet(Reason::Rate))
                }
                Ok(scanned) => {
                    operations += scanned.operations;
                    None
                }
            };
            if verdict.is_none() {
                match documents.iter_mut().find(|(document, _)| *document == item.document) {
                    Some((_, places)) => places.push(place),
                    None => documents.push_back((item.document, vec![place])),
                }
            }
            let hash = scanned.as_ref().map_or(ChangeHash([0; 32]), |scanned| scanned.hash);
            verdicts.push(verdict.map(|verdict| VerdictItem { hash, verdict, after: None }));
        }
        let (entries, rows, tails, step) = (Vec::new(), Vec::new(), Vec::new(), Step::Nothing);
        Self { push, scanned, verdicts, documents, entries, rows, tails, step }
    }

    /// Returns the question for the next document, or nothing when every one has been judged.
    pub fn next(&mut self, load: LoadId) -> Option<Query> {
        let (document, places) = self.documents.pop_front()?;
        let mut hashes = Vec::new();
        let mut actors = Vec::new();
        for change in self.changes(&places) {
            hashes.extend(change.dependencies.iter().copied());
            hashes.push(change.hash);
            actors.push(change.actor.clone());
        }
        hashes.sort_unstable();
        hashes.dedup();
        actors.sort_unstable();
        actors.dedup();
        self.step = Step::Causality { load, document, places };
        Some(Query::Causality { document, hashes, actors })
    }

    /// Takes in what is known of the document asked about. Returns what the gate is to judge, or
    /// nothing when there is nothing to judge.
    pub fn known(
        &mut self,
        judgement: JudgementId,
        places: Vec<usize>,
        known: Known,
    ) -> Option<(Class, Vec<Vec<u8>>)> {
        let class = known.before.as_ref().map_or(self.push.items[places[0]].class, |row| row.class);
        let (places, strangers): (Vec<_>, Vec<_>) =
            places.into_iter().partition(|place| self.push.items[*place].class == class);
        self.settle(&strangers, Verdict::Refused(Reason::Malformed));
        let standings = self.standings(&known, &places, &HashMap::new());
        let next: Vec<_> = places
            .iter()
            .zip(&standings)
            .filter(|(_, standing)| **standing == Standing::Next)
            .map(|(place, _)| *place)
            .collect();
        if next.is_empty() {
            self.conclude(&known, &places, &standings);
            return None;
        }
        let changes = next.iter().map(|place| self.push.items[*place].change.to_vec()).collect();
        let asked = Box::new(Asked { places, next, known });
        self.step = Step::Judgement { judgement, asked };
        Some((class, changes))
    }

    /// Takes in what the gate found. Returns the document when its loaded copy is to be dropped.
    pub fn judged(
        &mut self,
        now: Time,
        tail: Sequence,
        asked: Asked,
        mut verdicts: Vec<Result<(), Reason>>,
        (row, version): (Vec<u8>, u16),
    ) -> Option<DocumentId> {
        let Asked { places, next, known } = asked;
        // A gate that answers for fewer changes than it was asked about has judged none of them.
        verdicts.resize(next.len(), Err(Reason::Poison));
        let too_large = row.len() > ROW_BYTES_MAX;
        if too_large {
            verdicts.fill(Err(Reason::TooLarge));
        }
        let hashes = next.iter().filter_map(|place| self.scanned[*place].as_ref().ok());
        let judged = hashes.map(|change| change.hash).zip(verdicts).collect();
        let standings = self.standings(&known, &places, &judged);
        let overruled = places.iter().zip(&standings).any(|(place, standing)| {
            let judged = self.scanned[*place].as_ref().ok().and_then(|one| judged.get(&one.hash));
            judged == Some(&Ok(())) && *standing != Standing::Next
        });
        self.conclude(&known, &places, &standings);
        let first = self.entries.len();
        self.enter(now, tail, &known, &places, &standings);
        if let Some(last) = self.entries[first..].last() {
            let (document, class, scope) = (known.document, last.class, last.scope);
            let sequence = last.sequence;
            let begins = known.begins();
            let after = StoredRow { document, class, scope, sequence, version, row, begins };
            self.rows.push((known.before, after));
            self.tails.push(known.tail + (self.entries.len() - first) as u64);
        }
        (too_large || overruled).then_some(known.document)
    }

    /// Returns the documents a snapshot of which is due once the batch is durable.
    pub fn due(&self, tail_max: u64) -> Vec<(DocumentId, Class)> {
        let tails = self.rows.iter().zip(&self.tails).filter(|(_, tail)| **tail >= tail_max);
        tails.map(|((_, row), _)| (row.document, row.class)).collect()
    }

    /// Returns the documents whose loaded copies may hold changes of this batch.
    pub fn touched(&self) -> Vec<DocumentId> {
        let judged = self.rows.iter().map(|(_, row)| row.document);
        let asked = match &self.step {
            Step::Judgement { asked, .. } => Some(asked.known.document),
            _ => None,
        };
        judged.chain(asked).collect()
    }

    /// Answers for a document that could not be asked about.
    pub fn undecided(&mut self, places: &[usize]) {
        self.settle(places, Verdict::NotYet(Reason::NotStored));
    }

    /// Answers for a document that was handed to the gate, and could not be opened.
    pub fn unopened(&mut self, asked: &Asked) {
        self.undecided(&asked.places);
    }

    /// Returns the answer to the batch, once every document has been judged.
    pub fn answer(&self) -> Answer {
        let items = self.verdicts.iter().map(|verdict| {
            verdict.clone().expect("every place of the batch belongs to a document that was judged")
        });
        let (connection, batch) = (self.push.connection, self.push.batch);
        Answer { connection, batch, items: items.collect() }
    }

    fn changes<'s>(&'s self, places: &'s [usize]) -> impl Iterator<Item = &'s Scanned> {
        places.iter().map(|place| {
            self.scanned[*place].as_ref().expect("only changes that scan belong to a document")
        })
    }

    /// Returns the changes at those places, for [`Known::new`].
    pub fn scanned_at<'s>(&'s self, places: &'s [usize]) -> Vec<&'s Scanned> {
        self.changes(places).collect()
    }

    fn standings(
        &self,
        known: &Known,
        places: &[usize],
        judged: &HashMap<ChangeHash, Result<(), Reason>>,
    ) -> Vec<Standing> {
        let changes = self.scanned_at(places);
        known.standings(&changes, self.push.author, self.push.lineages, judged)
    }

    fn settle(&mut self, places: &[usize], verdict: Verdict) {
        for place in places {
            let hash =
                self.scanned[*place].as_ref().map_or(ChangeHash([0; 32]), |scanned| scanned.hash);
            let verdict = verdict.clone();
            self.verdicts[*place] = Some(VerdictItem { hash, verdict, after: None });
        }
    }

    fn conclude(&mut self, known: &Known, places: &[usize], standings: &[Standing]) {
        for (place, standing) in places.iter().zip(standings) {
            let Some(verdict) = standing.verdict() else { continue };
            let builds = verdict == Verdict::Refused(Reason::DependencyRefused);
            self.settle(&[*place], verdict);
            if let Some(item) = self.verdicts[*place].as_mut().filter(|_| builds) {
                item.after = Some(known.begins()).filter(|begins| *begins > Sequence(0));
            }
        }
        self.step = Step::Nothing;
    }

    fn enter(
        &mut self,
        now: Time,
        tail: Sequence,
        known: &Known,
        places: &[usize],
        standings: &[Standing],
    ) {
        let mut after = known.before.as_ref().map_or(Sequence(0), |row| row.sequence);
        let scope = known.before.as_ref().map_or(WORKSPACE, |row| row.scope);
        for (place, standing) in places.iter().zip(standings) {
            if *standing != Standing::Next {
                continue;
            }
            let same = planted::is(Planted::NumberGivenTwice);
            let before = if same { 0 } else { self.entries.len() as u64 };
            let sequence = Sequence(tail.0 + before + 1);
            let item = &self.push.items[*place];
            let Ok(scanned) = &self.scanned[*place] else { continue };
            let entry = Entry {
                sequence,
                document: item.document,
                class: item.class,
                scope,
                hash: scanned.hash,
                actor: scanned.actor.clone(),
                actor_sequence: scanned.sequence,
                person: self.push.author.person,
                device: known.device(&scanned.actor, self.push.author),
                schema: self.push.schema,
                device_time: item.device_time,
                relay_time: now,
                edit: item.edit.to_vec(),
                change: item.change.to_vec(),
            };
            let (hash, verdict) = (entry.hash, Verdict::Received(sequence));
            self.verdicts[*place] = Some(VerdictItem { hash, verdict, after: Some(after) });
            after = sequence;
            self.entries.push(entry);
        }
    }
}
