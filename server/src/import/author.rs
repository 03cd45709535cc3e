//! The rows of one account → changes and rows for the log, by the same edits as the app.
//!
//! Runs on any thread: it is given what stands and returns what is to be appended. The typed edits
//! are not kept beside an imported change: the book itself can be brought in again.

use crate::{
    relay::answers::SCOPE,
    storage::entry::{Entry, Row},
};
use documents::{
    actor::{Actor, RELAY},
    class::Class,
    document::{Change, Document},
    genesis,
    malformed::Malformed,
};
use domain::{
    edit::{Edit, NoteEdit},
    id::BatchId,
    note::Splice,
    refusal::Refusal,
    row::PROJECTOR_VERSION,
    time::Timestamp,
};
use exchange::{
    bundle::Bundle,
    context::Context,
    draft::{self, Draft, Layouts, Outcome},
    piece::{Marks, Step, pieces},
    reason::{Fault, Reason},
};
use sync::id::{self, ChangeHash, DeviceId, DocumentId, PersonId, Time};

/// The device imports write from.
const DEVICE: DeviceId = DeviceId(*b"tessera import\0\0");
/// Each edit is some ten operations of a change that may have twenty thousand.
const EDITS_MAX: usize = 1_000;
/// Each character is an operation.
const NOTE_CHARACTERS_MAX: usize = 5_000;

/// One account's rows and what stands of it.
pub struct Job {
    pub bundle: Bundle,
    pub stands: Vec<Vec<u8>>,
    pub note_stands: bool,
}

/// What is to be appended, and what became of the rows.
pub struct Authored {
    pub bundle: Bundle,
    pub outcomes: Vec<Outcome>,
    pub left_out: Vec<(usize, Fault)>,
    pub entries: Vec<Entry>,
    pub rows: Vec<Row>,
}

/// Makes changes in the name of nobody, at one moment.
pub struct Author {
    pub layouts: Layouts,
    pub context: Context,
    pub actor: Actor,
    pub now: Timestamp,
}

impl Author {
    /// Works one account off.
    pub fn work(&self, job: Job) -> Authored {
        match self.try_work(&job) {
            Ok((draft, pages)) => {
                let (mut entries, mut rows) = (Vec::new(), Vec::new());
                for page in pages {
                    entries.extend(self.entries(&page));
                    rows.push(page.row);
                }
                let Draft { outcomes, left_out, .. } = draft;
                Authored { bundle: job.bundle, outcomes, left_out, entries, rows }
            }
            Err(_) => {
                let refused = Outcome::Refused(Fault::row(Reason::MalformedDocument));
                let outcomes = vec![refused; job.bundle.rows.len()];
                let nothing = (Vec::new(), Vec::new(), Vec::new());
                let (left_out, entries, rows) = nothing;
                Authored { bundle: job.bundle, outcomes, left_out, entries, rows }
            }
        }
    }

    fn try_work(&self, job: &Job) -> Result<(Draft, Vec<Page>), Malformed> {
        let account = job.bundle.account;
        let mut document = Document::open(Class::Account, account.0, &job.stands)?;
        let stands = if job.stands.is_empty() { None } else { Some(document.account()?) };
        let mut draft = draft::draft(&job.bundle, stands.as_ref(), &self.layouts, &self.context);
        let mut marks = Marks::new(self.batch(), account, stands.is_some());
        let changes = self.write_account(&mut document, (&mut draft, &mut marks));
        let mut pages = Vec::new();
        if !changes.is_empty() {
            pages.push(page(&document, changes)?);
            let note = draft.note.take().filter(|_| !job.note_stands);
            if let Some((place, text)) = note {
                let mut note = Document::new(Class::Note, account.note().0);
                match self.write_note(&mut note, &text) {
                    Ok(changes) => pages.push(page(&note, changes)?),
                    Err(refusal) => draft.left_out.push((place, refused(refusal))),
                }
            }
        }
        Ok((draft, pages))
    }

    /// Names this import: its changes are those of one life of its actor.
    pub fn batch(&self) -> BatchId {
        BatchId(self.actor.life)
    }

    /// Writes everything in as few changes as fit; where one is refused, each row stands alone.
    fn write_account(
        &self,
        document: &mut Document,
        (draft, marks): (&mut Draft, &mut Marks),
    ) -> Vec<Change> {
        let mut changes = Vec::new();
        for piece in pieces(&std::mem::take(&mut draft.steps), EDITS_MAX) {
            match self.write_piece(document, marks, &piece) {
                Ok(change) => changes.push(change),
                Err(_) => {
                    for of_row in piece.chunk_by(|left, right| left.0 == right.0) {
                        match self.write_piece(document, marks, of_row) {
                            Ok(change) => changes.push(change),
                            Err(refusal) => {
                                draft.outcomes[of_row[0].0] = Outcome::Refused(refused(refusal));
                            }
                        }
                    }
                }
            }
        }
        changes
    }

    fn write_piece(
        &self,
        document: &mut Document,
        marks: &mut Marks,
        piece: &[Step],
    ) -> Result<Change, Refusal> {
        let edit = Edit::BringIn(marks.mark(piece));
        let change = document.author(self.actor, self.now, &[edit])?;
        marks.wrote();
        Ok(change)
    }

    fn write_note(&self, note: &mut Document, text: &str) -> Result<Vec<Change>, Refusal> {
        let characters: Vec<char> = text.chars().collect();
        let mut changes = Vec::new();
        for (piece, place) in characters.chunks(NOTE_CHARACTERS_MAX).zip(0..) {
            let at = place * NOTE_CHARACTERS_MAX as u32;
            let splice = Splice { at, delete: 0, insert: piece.iter().collect(), cursor: None };
            let edit = Edit::Note(NoteEdit::Splice(splice));
            changes.push(note.author(self.actor, self.now, &[edit])?);
        }
        Ok(changes)
    }

    fn entries<'p>(&'p self, page: &'p Page) -> impl Iterator<Item = Entry> + 'p {
        page.changes.iter().zip(1..).map(|(change, actor_sequence)| Entry {
            document: page.row.document,
            class: page.row.class,
            scope: SCOPE,
            hash: ChangeHash(change.hash),
            actor: self.actor.to_bytes().to_vec(),
            actor_sequence,
            person: PersonId(RELAY.0),
            device: DEVICE,
            schema: genesis::SCHEMA,
            device_time: Time(self.now.0),
            relay_time: Time(self.now.0),
            edit: Vec::new(),
            change: change.bytes.clone(),
        })
    }
}

/// One document's changes and the row they leave.
struct Page {
    changes: Vec<Change>,
    row: Row,
}

fn page(document: &Document, changes: Vec<Change>) -> Result<Page, Malformed> {
    let row = Row {
        document: DocumentId(document.id()),
        class: id::Class(document.class() as u8),
        scope: SCOPE,
        version: PROJECTOR_VERSION,
        row: document.row()?,
    };
    Ok(Page { changes, row })
}

fn refused(refusal: Refusal) -> Fault {
    Fault::row(Reason::Refused(refusal))
}
