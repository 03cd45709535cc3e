//! Making the edits of a file again, as if they were typed here.
//!
//! The changes in the file belong to the tablet that made them, and the relay takes them from no
//! other; so each edit is made anew from what the person meant.

use super::{
    EditError,
    core::Core,
    documents_here, edits, leaving,
    unsent_file::{UnsentFile, UnsentFileError},
};
use documents::class::Class;
use domain::{edit::Edit, refusal::Refusal};
use std::{collections::HashSet, rc::Rc};
use sync::{id::DocumentId, record::PendingRecord};

/// What became of a file's edits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BroughtIn {
    /// Made again and stored.
    pub made: usize,
    /// Not made: the record is not here, or has no place for them any more.
    pub left: usize,
}

/// Makes the edits of a file that are not here yet, and returns when they are stored.
pub async fn bring_in(core: &Rc<Core>, bytes: &[u8]) -> Result<BroughtIn, UnsentFileError> {
    if core.read_only() {
        return Err(UnsentFileError::ReadOnly);
    }
    let session = &core.session;
    let known = match &core.storage {
        Some(storage) => storage.brought_in().await.map_err(|_| UnsentFileError::ReadOnly)?,
        None => return Err(UnsentFileError::ReadOnly),
    };
    let is_here = |record: &PendingRecord| {
        core.outbox.borrow().has(record.key) || known.contains(&record.hash)
    };
    let file = UnsentFile::from_bytes(bytes)?;
    let records = file.for_here(&session.workspace, session.person, is_here)?;
    let (mut made, mut left) = (0, 0);
    for (document, records) in by_document(records) {
        let (made_here, left_here) = of_document(core, document, records).await;
        made += made_here;
        left += left_here;
    }
    leaving::kept(core).await.map_err(|_| UnsentFileError::NotStored)?;
    Ok(BroughtIn { made, left })
}

/// Keeps documents in the order of their first edits, so that an account is opened before its note.
fn by_document(records: Vec<PendingRecord>) -> Vec<(DocumentId, Vec<PendingRecord>)> {
    let mut documents: Vec<(DocumentId, Vec<PendingRecord>)> = Vec::new();
    for record in records {
        match documents.iter_mut().find(|(document, _)| *document == record.document) {
            Some((_, records)) => records.push(record),
            None => documents.push((record.document, vec![record])),
        }
    }
    documents
}

/// Returns how many edits were made again, and how many could not be.
async fn of_document(
    core: &Rc<Core>,
    document: DocumentId,
    records: Vec<PendingRecord>,
) -> (usize, usize) {
    let class = records.first().and_then(|record| Class::from_number(record.class.0));
    let Some(class) = class else { return (0, records.len()) };
    documents_here::open(core, document, class);
    let opens = records
        .first()
        .is_some_and(|record| Edit::decode(&record.edit).is_some_and(|edit| edits::opens(&edit)));
    let begins_here = opens && !core.rows.borrow().knows(document);
    let received = received(core, document, begins_here).await;
    let (mut made, mut left) = (0, 0);
    for record in records.iter().filter(|record| !received.contains(&record.hash.0)) {
        let Some(edit) = Edit::decode(&record.edit) else {
            left += 1;
            continue;
        };
        match edits::edit_from(core, document, &edit, record.hash) {
            Ok(()) => made += 1,
            Err(EditError::Refused(Refusal::TakenId | Refusal::AlreadyOpen)) => {}
            Err(_) => left += 1,
        }
    }
    core.documents.borrow_mut().release(document);
    (made, left)
}

/// Waits for a document to be here, and returns which changes it has.
async fn received(core: &Rc<Core>, document: DocumentId, begins: bool) -> HashSet<[u8; 32]> {
    if begins {
        let settled = core.documents.borrow_mut().get(document).map(|open| open.settled());
        if let Some(settled) = settled {
            // An open document is never closed while it is being read, so an answer always comes.
            let _ = settled.await;
        }
    } else {
        documents_here::come(core, document).await;
    }
    let mut documents = core.documents.borrow_mut();
    let here = documents.get(document).and_then(|open| open.document());
    here.map(|here| here.changes().iter().map(|change| change.hash).collect()).unwrap_or_default()
}
