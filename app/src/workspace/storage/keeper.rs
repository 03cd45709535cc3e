//! The layout of the database: what is kept under which key of which store.
//!
//! | store | key | value |
//! |---|---|---|
//! | meta | `vault key` | the key of the vault; not sealed |
//! | meta | `mark` | random bytes by which the database is known again; not sealed |
//! | meta | `lead` | which tab speaks with the relay; not sealed |
//! | meta | `device`, `position` | who this device is, and where it stands in the log |
//! | meta | `brought in `, change | nothing: an edit of another tablet, made again here from a file |
//! | meta | `import `, name | a piece of the import under way, or of the last one |
//! | rows | page number | up to 128 row records (256 by earlier releases) |
//! | documents | document id, random number | some acknowledged changes of the document |
//! | pending | tab, number | an edit the relay has not dealt with |

use super::{
    Found, Kept, Notice, Piece, Restored,
    pages::{Placement, Slots, rewrite},
    plan::Plan,
};
use crate::browser::{
    entropy,
    failure::StorageFailure,
    indexed_db::{
        Database, Entries, Flush, Known,
        operation::{Keys, Operation},
    },
    vault::Vault,
};
use domain::row::AccountRow;
use futures_util::future::{join_all, join4, try_join_all};
use js_sys::Uint8Array;
use minicbor::{Decode, Encode, bytes::ByteVec};
use std::collections::{BTreeSet, HashSet};
use sync::{
    id::{ChangeHash, DeviceId, DocumentId, Lead, PendingKey},
    output::Write,
    record::{PendingRecord, Position, RowRecord},
};
use wasm_bindgen::JsValue;

const META: &str = "meta";
const MARK: &[u8] = b"mark";
const LEAD: &[u8] = b"lead";
const BROUGHT_IN: &[u8] = b"brought in ";
const IMPORT: &str = "import ";
const ROWS: &str = "rows";
const DOCUMENTS: &str = "documents";
const PENDING: &str = "pending";

/// A document in more records than this is packed into one when it is read.
pub const RECORDS_MAX: usize = 16;

/// The acknowledged changes of a document, and the records they stand in.
pub struct Records {
    pub keys: Vec<Vec<u8>>,
    pub changes: Vec<Vec<u8>>,
}

/// How many pages are asked for together when all are read.
const STRETCH_PAGES: u32 = 64;

/// How many stretches there are; the last goes on to the end.
const STRETCHES: u32 = 16;

/// Makes the account of a row that has one, while other rows are still on their way.
pub type ReadAccount = fn(&RowRecord) -> Option<AccountRow>;

struct Page {
    number: u32,
    rows: Vec<RowRecord>,
    accounts: Vec<Option<AccountRow>>,
}

pub struct Keeper {
    database: Database,
    vault: Vault,
    slots: Slots,
}

impl Keeper {
    pub async fn open(name: String) -> Result<Self, StorageFailure> {
        let database = Database::open(name, &[META, ROWS, DOCUMENTS, PENDING]).await?;
        database.recognise(META, MARK).await?;
        let vault = Vault::open(&database, META).await?;
        Ok(Self { database, vault, slots: Slots::default() })
    }

    /// Reads what a replica begins with. Rows that cannot be read are forgotten, because the relay
    /// can send them again; an edit that cannot be read is left where it is, and holds up no other.
    pub async fn restore(&mut self, account: ReadAccount) -> Result<Restored, StorageFailure> {
        // Asked for at once but in this order: rows may be newer than the position, never older.
        let all = join4(self.pending(), self.device(), self.position(), self.pages(account)).await;
        let (pending, device, position, pages) = all;
        let ((pending, unreadable), (device, fresh)) = (pending?, device?);
        let (position, (rows, accounts)) = match (position, pages) {
            (Ok(position), Ok(pages)) => (position, self.learn(pages)),
            (Err(StorageFailure::Corrupt), _) | (_, Err(StorageFailure::Corrupt)) => {
                self.forget_rows().await?;
                (None, Default::default())
            }
            (Err(failure), _) | (_, Err(failure)) => return Err(failure),
        };
        Ok(Restored { device, fresh, position, rows, accounts, pending, unreadable })
    }

    /// Names the tab that leads from now on: no other writes under its own lead any more.
    pub async fn name_leader(&self, lead: Lead) -> Result<(), StorageFailure> {
        let value = Uint8Array::from(lead.0.to_be_bytes().as_slice()).into();
        let put = Operation::Put { store: META, key: LEAD.to_vec(), value };
        self.database.write(&[put], Flush::Lazily).await
    }

    /// Makes all the writes or none; under a lead only while that tab is named here. Returns whether
    /// it was.
    pub async fn write(
        &mut self,
        lead: Option<Lead>,
        writes: Vec<Write>,
        brought_in: Vec<ChangeHash>,
        flush: Flush,
    ) -> Result<bool, StorageFailure> {
        let mut plan = Plan::default();
        for origin in brought_in {
            plan.put(META, brought_in_key(origin.0), Vec::new());
        }
        let mut placement = Placement::default();
        for write in writes {
            match write {
                Write::Position(position) => plan.put(META, b"position".to_vec(), bytes(&position)),
                Write::Row(row) => placement.put(&self.slots, row),
                Write::Changes { document, changes } => {
                    plan.put(DOCUMENTS, record_key(document)?, packed(changes));
                }
                Write::Evict(document) => plan.add(Operation::RemoveBetween {
                    store: DOCUMENTS,
                    first: first_key(document),
                    last: last_key(document),
                }),
                Write::Pending(record) => {
                    plan.put(PENDING, pending_key(record.key), bytes(&record));
                }
                Write::RemovePending(key) => {
                    plan.add(Operation::Remove { store: PENDING, key: pending_key(key) });
                }
                Write::ForgetRows => {
                    placement.forget();
                    plan.add(Operation::Clear { store: ROWS });
                }
            }
        }
        for (page, changed) in placement.changed() {
            let before = if placement.forgets() { Vec::new() } else { self.page(page).await? };
            plan.put(ROWS, page_key(page), bytes(&rewrite(before, changed)));
        }
        let operations = plan.seal(&self.vault).await?;
        let written = match lead {
            Some(Lead(lead)) => {
                let value = lead.to_be_bytes().to_vec();
                let known = Known { store: META, key: LEAD, value };
                self.database.write_if(&known, &operations, flush).await?
            }
            None => {
                self.database.write(&operations, flush).await?;
                true
            }
        };
        if written {
            self.slots.adopt(placement);
        }
        Ok(written)
    }

    /// Returns the changes of other tablets whose edits were brought in here.
    pub async fn brought_in(&self) -> Result<HashSet<ChangeHash>, StorageFailure> {
        let keys = Keys::Between(brought_in_key([0; 32]), brought_in_key([0xff; 32]));
        let found = self.database.read(META, keys).await?;
        let origin = |(key, _): (Vec<u8>, JsValue)| {
            Some(ChangeHash(key.strip_prefix(BROUGHT_IN)?.try_into().ok()?))
        };
        Ok(found.into_iter().filter_map(origin).collect())
    }

    /// Keeps pieces of an import, all or none.
    pub async fn shelve(&self, pieces: Vec<Piece>) -> Result<(), StorageFailure> {
        let mut plan = Plan::default();
        for (name, piece) in pieces {
            let key = format!("{IMPORT}{name}").into_bytes();
            match piece {
                Some(piece) => plan.put(META, key, bytes(&ByteVec::from(piece))),
                None => plan.add(Operation::Remove { store: META, key }),
            }
        }
        self.database.write(&plan.seal(&self.vault).await?, Flush::ToDisk).await
    }

    /// Returns the pieces of an import whose names begin so.
    pub async fn shelf(&self, beginning: &str) -> Result<Vec<(String, Vec<u8>)>, StorageFailure> {
        let first = format!("{IMPORT}{beginning}").into_bytes();
        let last = [first.as_slice(), &[0xff]].concat();
        let found = self.some::<ByteVec>(META, Keys::Between(first, last)).await?;
        let named = |(key, piece): (Vec<u8>, ByteVec)| {
            let name = String::from_utf8(key).ok()?;
            Some((name.strip_prefix(IMPORT)?.to_owned(), Vec::from(piece)))
        };
        Ok(found.into_iter().filter_map(named).collect())
    }

    /// Returns the acknowledged changes of a document.
    pub async fn document(&self, document: DocumentId) -> Result<Records, StorageFailure> {
        let keys = Keys::Between(first_key(document), last_key(document));
        let records = self.some::<Vec<ByteVec>>(DOCUMENTS, keys).await?;
        let (keys, changes): (Vec<_>, Vec<_>) = records.into_iter().unzip();
        Ok(Records { keys, changes: changes.into_iter().flatten().map(Vec::from).collect() })
    }

    /// Returns the acknowledged changes of every document whose id begins with that byte.
    pub async fn documents(&self, beginning: u8) -> Result<Kept, StorageFailure> {
        let (mut first, mut last) = ([0; 16], [0xff; 16]);
        (first[0], last[0]) = (beginning, beginning);
        let keys = Keys::Between(first_key(DocumentId(first)), last_key(DocumentId(last)));
        let records = self.some::<Vec<ByteVec>>(DOCUMENTS, keys).await?;
        let of = |(key, changes): (Vec<u8>, Vec<ByteVec>)| {
            let document = DocumentId(*key.first_chunk()?);
            Some((document, changes.into_iter().map(Vec::from).collect()))
        };
        Ok(records.into_iter().filter_map(of).collect())
    }

    /// Puts the changes of a document in one record in place of those named.
    pub async fn repack(
        &self,
        document: DocumentId,
        replaced: Vec<Vec<u8>>,
        changes: Vec<Vec<u8>>,
    ) -> Result<(), StorageFailure> {
        let mut plan = Plan::default();
        for key in replaced {
            plan.add(Operation::Remove { store: DOCUMENTS, key });
        }
        plan.put(DOCUMENTS, record_key(document)?, packed(changes));
        self.database.write(&plan.seal(&self.vault).await?, Flush::Lazily).await
    }

    pub fn locate(&self, mut notice: Notice) -> Notice {
        let pages = notice.documents.iter().filter_map(|id| self.slots.page_of(*id));
        notice.pages = pages.collect::<BTreeSet<_>>().into_iter().collect();
        notice
    }

    pub async fn reread(&mut self, notice: Notice) -> Result<Found, StorageFailure> {
        let wanted: BTreeSet<_> = notice.documents.into_iter().collect();
        let (mut rows, mut pending, mut gone) = (Vec::new(), Vec::new(), Vec::new());
        for page in notice.pages {
            let read = self.page(page).await?;
            self.slots.learn(page, &read);
            rows.extend(read.into_iter().filter(|row| wanted.contains(&row.document)));
        }
        for key in notice.pending {
            let found = self.some(PENDING, Keys::One(pending_key(key))).await?;
            match found.into_iter().next() {
                Some((_, record)) => pending.push(record),
                None => gone.push(key),
            }
        }
        let epoch = self.position().await?.and_then(|position| position.epoch);
        Ok(Found { epoch, rows, pending, gone })
    }

    /// Returns the edits that can be read, and how many cannot.
    async fn pending(&self) -> Result<(Vec<PendingRecord>, usize), StorageFailure> {
        let sealed = self.database.read(PENDING, Keys::All).await?;
        let opened = sealed.iter().map(|(key, value)| self.opened(PENDING, key, value));
        let opened: Vec<Result<_, _>> = join_all(opened).await;
        let all = opened.len();
        let readable: Vec<_> = opened.into_iter().flatten().collect();
        let unreadable = all - readable.len();
        Ok((readable, unreadable))
    }

    /// Reads every page: a stretch is opened and decoded while the next are on their way.
    async fn pages(&self, account: ReadAccount) -> Result<Vec<Page>, StorageFailure> {
        let open = async |sealed: Entries| {
            let opened = sealed.into_iter().map(async |(key, value): (Vec<u8>, JsValue)| {
                let rows: Vec<RowRecord> = self.opened(ROWS, &key, &value).await?;
                let number = key.try_into().map_err(|_| StorageFailure::Corrupt)?;
                let accounts = rows.iter().map(account).collect();
                Ok(Page { number: u32::from_be_bytes(number), rows, accounts })
            });
            try_join_all(opened).await
        };
        let stretches: Vec<_> = stretches().collect();
        let read = self.database.read_stretches(ROWS, &stretches, open).await?;
        Ok(read.into_iter().flatten().collect())
    }

    /// Takes note of where each row stands, and returns the rows with their accounts.
    fn learn(&mut self, pages: Vec<Page>) -> (Vec<RowRecord>, Vec<AccountRow>) {
        self.slots.forget();
        let (mut rows, mut accounts) = (Vec::new(), Vec::new());
        for page in pages {
            self.slots.learn(page.number, &page.rows);
            rows.extend(page.rows);
            accounts.extend(page.accounts.into_iter().flatten());
        }
        (rows, accounts)
    }

    async fn page(&self, page: u32) -> Result<Vec<RowRecord>, StorageFailure> {
        let found = self.some(ROWS, Keys::One(page_key(page))).await?;
        Ok(found.into_iter().next().map(|(_, rows)| rows).unwrap_or_default())
    }

    async fn position(&self) -> Result<Option<Position>, StorageFailure> {
        let found = self.some(META, Keys::One(b"position".to_vec())).await?;
        Ok(found.into_iter().next().map(|(_, position)| position))
    }

    /// Returns who this device is, and whether it has only now become somebody.
    async fn device(&self) -> Result<(DeviceId, bool), StorageFailure> {
        let mut fresh = true;
        let key = b"device".to_vec();
        match self.some(META, Keys::One(key.clone())).await {
            Ok(found) => {
                if let Some((_, device)) = found.into_iter().next() {
                    return Ok((device, false));
                }
            }
            // It goes on as another device, rather than not at all.
            Err(StorageFailure::Corrupt) => {
                fresh = false;
                let remove = Operation::Remove { store: META, key: key.clone() };
                self.database.write(&[remove], Flush::ToDisk).await?;
            }
            Err(failure) => return Err(failure),
        }
        let device = DeviceId(entropy::random().map_err(|_| StorageFailure::Unavailable)?);
        let value = self.vault.seal(META, &key, &bytes(&device)).await?;
        let add = Operation::Add { store: META, key: key.clone(), value };
        // Another tab may have been faster; then its device is the one.
        let kept = self.database.write(&[add], Flush::ToDisk).await;
        let found = self.some(META, Keys::One(key)).await?;
        match found.into_iter().next() {
            Some((_, device)) => Ok((device, fresh && kept.is_ok())),
            None => Err(kept.err().unwrap_or(StorageFailure::Corrupt)),
        }
    }

    async fn forget_rows(&mut self) -> Result<(), StorageFailure> {
        self.slots.forget();
        let operations = [
            Operation::Clear { store: ROWS },
            Operation::Remove { store: META, key: b"position".to_vec() },
        ];
        self.database.write(&operations, Flush::Lazily).await
    }

    async fn some<T: for<'b> Decode<'b, ()>>(
        &self,
        store: &'static str,
        keys: Keys,
    ) -> Result<Vec<(Vec<u8>, T)>, StorageFailure> {
        let sealed = self.database.read(store, keys).await?;
        let opened = sealed.into_iter().map(async |(key, value): (Vec<u8>, JsValue)| {
            let opened = self.opened(store, &key, &value).await?;
            Ok((key, opened))
        });
        try_join_all(opened).await
    }

    async fn opened<T: for<'b> Decode<'b, ()>>(
        &self,
        store: &'static str,
        key: &[u8],
        value: &JsValue,
    ) -> Result<T, StorageFailure> {
        let plain = self.vault.unseal(store, key, value).await?;
        minicbor::decode(&plain).map_err(|_| StorageFailure::Corrupt)
    }
}

fn bytes<T: Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).expect("writing to memory cannot fail")
}

fn packed(changes: Vec<Vec<u8>>) -> Vec<u8> {
    bytes(&changes.into_iter().map(ByteVec::from).collect::<Vec<_>>())
}

/// Returns all pages there can be, in stretches.
fn stretches() -> impl Iterator<Item = Keys> {
    (0..STRETCHES).map(|stretch| {
        let last = match stretch + 1 {
            STRETCHES => u32::MAX,
            next => next * STRETCH_PAGES - 1,
        };
        Keys::Between(page_key(stretch * STRETCH_PAGES), page_key(last))
    })
}

fn page_key(page: u32) -> Vec<u8> {
    page.to_be_bytes().to_vec()
}

fn pending_key(key: PendingKey) -> Vec<u8> {
    [key.tab.to_be_bytes(), key.number.to_be_bytes()].concat()
}

fn brought_in_key(origin: [u8; 32]) -> Vec<u8> {
    [BROUGHT_IN, &origin].concat()
}

/// Returns a key no other tab uses.
fn record_key(document: DocumentId) -> Result<Vec<u8>, StorageFailure> {
    let random: [u8; 8] = entropy::random().map_err(|_| StorageFailure::Unavailable)?;
    Ok([document.0.as_slice(), &random].concat())
}

fn first_key(document: DocumentId) -> Vec<u8> {
    [document.0.as_slice(), &[0; 8]].concat()
}

fn last_key(document: DocumentId) -> Vec<u8> {
    [document.0.as_slice(), &[0xff; 8]].concat()
}
