//! Unsent edits as a file: the way out when storage fails, and the way in on another tablet.

use super::{core::Core, neighbours, storage::Notice};
use domain::id::PersonId;
use minicbor::{Decode, Encode};
use std::rc::Rc;
use sync::{output::Write, record::PendingRecord};
use wasm_bindgen_futures::spawn_local;

const MARK: &[u8] = b"TESSERA UNSENT\n";
const VERSION: u8 = 1;

/// Why a file of unsent edits was not taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnsentFileError {
    #[error("the file is not a file of unsent edits")]
    NotUnsentEdits,
    #[error("the file comes from another workspace")]
    OtherWorkspace,
    #[error("the file holds the edits of another person")]
    OtherPerson,
    #[error("the file comes from a newer Tessera")]
    Newer,
    #[error("storage cannot be written, so nothing can be taken in")]
    ReadOnly,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct UnsentFile {
    #[n(0)]
    workspace: String,
    #[n(1)]
    person: PersonId,
    #[n(2)]
    edits: Vec<PendingRecord>,
}

/// Returns the file of everything the relay has not taken.
pub fn export(core: &Core) -> Vec<u8> {
    let edits = core.outbox.borrow().unsent();
    let workspace = core.session.workspace.clone();
    let file = UnsentFile { workspace, person: core.session.person, edits };
    let content = minicbor::to_vec(&file).expect("writing to memory cannot fail");
    [MARK, &[VERSION], &content].concat()
}

/// Takes in the edits of a file that are not here yet and returns how many there were.
///
/// They are stored before the replica hears of them, like those another tab has made.
pub fn import(core: &Rc<Core>, bytes: &[u8]) -> Result<usize, UnsentFileError> {
    if core.read_only() {
        return Err(UnsentFileError::ReadOnly);
    }
    let edits = read(core, bytes)?;
    let (count, core) = (edits.len(), core.clone());
    spawn_local(async move {
        let Some(storage) = core.storage.clone() else { return };
        let writes = edits.iter().cloned().map(Write::Pending).collect();
        if storage.keep(writes).await.is_ok() {
            let documents: Vec<_> = edits.iter().map(|edit| edit.document).collect();
            let notice = Notice {
                documents: documents.clone(),
                pending: edits.iter().map(|edit| edit.key).collect(),
                ..Notice::default()
            };
            neighbours::take_in(&core, notice).await;
        }
    });
    Ok(count)
}

fn read(core: &Core, bytes: &[u8]) -> Result<Vec<PendingRecord>, UnsentFileError> {
    let body = bytes.strip_prefix(MARK).ok_or(UnsentFileError::NotUnsentEdits)?;
    let content = match body.split_first() {
        Some((&VERSION, content)) => content,
        Some((version, _)) if *version > VERSION => return Err(UnsentFileError::Newer),
        _ => return Err(UnsentFileError::NotUnsentEdits),
    };
    let file: UnsentFile =
        minicbor::decode(content).map_err(|_| UnsentFileError::NotUnsentEdits)?;
    if file.workspace != core.session.workspace {
        return Err(UnsentFileError::OtherWorkspace);
    }
    if file.person != core.session.person {
        return Err(UnsentFileError::OtherPerson);
    }
    let outbox = core.outbox.borrow();
    Ok(file.edits.into_iter().filter(|edit| !outbox.has(edit.key)).collect())
}
