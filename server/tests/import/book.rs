//! Books to bring in, and what a workspace holds afterwards.

use crate::folder::Folder;
use documents::{
    actor::Actor,
    class::{CONFIGURATION_ID, Class},
    document::Document,
};
use domain::{
    account::Account,
    configuration::Configuration,
    edit::{AccountEdit, Edit},
    id::{AccountId, PersonId},
    time::Timestamp,
};
use exchange::{form::Answers, summary::Summary};
use server::{
    import::{self, Book, progress::Voice},
    storage::{
        entry::{Entry, Limit, Row},
        home::Home,
        store::Store,
    },
};
use std::{
    cell::RefCell,
    collections::BTreeMap,
    fs,
    io::Read,
    path::{Path, PathBuf},
};
use sync::id::{ChangeHash, DeviceId, DocumentId, Scope, Sequence, Time};

/// A workspace with a book in it.
pub struct Brought {
    pub store: Store,
    pub summary: Summary,
    report: PathBuf,
}

/// Brings a folder into a new workspace.
pub fn bring(folder: &Path) -> Brought {
    bring_as(folder, "demo")
}

/// Brings a folder into a new workspace of that name.
pub fn bring_as(folder: &Path, workspace: &str) -> Brought {
    let home = Home::open(&fresh_folder()).unwrap();
    let workspace = home.make_workspace(workspace, [7; 16]).unwrap();
    let mut store = home.open_store(&workspace).unwrap();
    let report = fresh_folder().join("report.csv");
    let book =
        Book { folder, report: Some(&report), answers: Answers::default(), voice: Voice::Silent };
    let summary = import::bring_in(&mut store, &workspace.name, &book).unwrap();
    Brought { store, summary, report }
}

/// Brings a folder into a workspace that has something already.
pub fn bring_into(store: &mut Store, folder: &Path) -> Summary {
    let book = Book { folder, report: None, answers: Answers::default(), voice: Voice::Silent };
    import::bring_in(store, "demo", &book).unwrap()
}

impl Brought {
    pub fn accounts(&self) -> BTreeMap<AccountId, Account> {
        let documents = self.documents_of(Class::Account).into_iter();
        // Which import brought it in is another one each time.
        let accounts = documents.map(|document| {
            let account = document.account().unwrap();
            Account { imports: BTreeMap::new(), ..account }
        });
        accounts.map(|account| (account.id, account)).collect()
    }

    pub fn by_name(&self) -> BTreeMap<String, Account> {
        let accounts = self.accounts().into_values();
        accounts.map(|account| (account.name.clone(), account)).collect()
    }

    pub fn only_account(&self) -> Account {
        let mut accounts = self.accounts().into_values();
        let account = accounts.next().unwrap();
        assert_eq!(accounts.next(), None);
        account
    }

    pub fn notes(&self) -> Vec<String> {
        let notes = self.documents_of(Class::Note).into_iter();
        notes.map(|document| document.note().unwrap().text).collect()
    }

    pub fn configuration(&self) -> Configuration {
        self.open(CONFIGURATION_ID, Class::Configuration).configuration().unwrap()
    }

    pub fn documents_of(&self, class: Class) -> Vec<Document> {
        let rows = self.store.rows_after(Scope(0), Sequence(0), Limit::ALL).unwrap();
        let mut ids: Vec<_> = rows
            .into_iter()
            .filter(|row| row.class.0 == class as u8)
            .map(|row| row.document.0)
            .collect();
        ids.sort_unstable();
        ids.into_iter().map(|id| self.open(id, class)).collect()
    }

    pub fn changes(&self) -> Vec<Vec<u8>> {
        let rows = self.store.rows_after(Scope(0), Sequence(0), Limit::ALL).unwrap();
        rows.into_iter().flat_map(|row| self.changes_of(row.document)).collect()
    }

    pub fn kept(&self, name: &str) -> String {
        let mut text = String::new();
        self.store.read_kept_file(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    /// Returns the rows of the report, without its heading.
    pub fn report(&self) -> Vec<Vec<String>> {
        read_csv(&self.report).1
    }

    /// Returns the rows of the report that something is the matter with.
    pub fn troubled(&self) -> Vec<Vec<String>> {
        self.report().into_iter().filter(|row| !row[4].is_empty()).collect()
    }

    /// Makes edits as a person would, in one change.
    pub fn edit(&mut self, account: AccountId, edits: &[AccountEdit]) {
        let mut document = self.open(account.0, Class::Account);
        let edits: Vec<_> = edits.iter().cloned().map(Edit::Account).collect();
        let actor = Actor { person: PersonId([9; 16]), life: account.0 };
        let change = document.author(actor, Timestamp(1_700_000_000_000), &edits).unwrap();
        let (document_id, class) = (DocumentId(account.0), sync::id::Class(Class::Account as u8));
        let entry = Entry {
            document: document_id,
            class,
            scope: Scope(0),
            hash: ChangeHash(change.hash),
            actor: actor.to_bytes().to_vec(),
            actor_sequence: 1,
            person: sync::id::PersonId(actor.person.0),
            device: DeviceId([1; 16]),
            schema: 1,
            device_time: Time(0),
            relay_time: Time(0),
            edit: Vec::new(),
            change: change.bytes,
        };
        let row = document.row().unwrap();
        let row = Row { document: document_id, class, scope: Scope(0), version: 1, row };
        self.store.append(&[entry], &[row]).unwrap();
    }

    fn open(&self, id: [u8; 16], class: Class) -> Document {
        Document::open(class, id, self.changes_of(DocumentId(id))).unwrap()
    }

    fn changes_of(&self, document: DocumentId) -> Vec<Vec<u8>> {
        let changes = self.store.changes(document, Sequence(0), Limit::ALL).unwrap();
        changes.into_iter().map(|(_, change)| change).collect()
    }
}

/// Returns the folder of a book that lies beside the tests.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures").join(name)
}

/// Writes files into a folder of their own.
pub fn write_book(files: &[(&str, &str)]) -> PathBuf {
    let folder = fresh_folder();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    folder
}

/// Copies a book, every file written another way.
pub fn recode(book: &Path, write: impl Fn(&str) -> Vec<u8>) -> PathBuf {
    let folder = fresh_folder();
    for entry in fs::read_dir(book).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(folder.join(path.file_name().unwrap()), write(&text)).unwrap();
    }
    folder
}

/// Returns a CSV text with another delimiter.
pub fn redelimit(text: &str, delimiter: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_writer(Vec::new());
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    for record in reader.records() {
        writer.write_record(&record.unwrap()).unwrap();
    }
    writer.into_inner().unwrap()
}

/// Counts the rows that have something in a column.
pub fn filled(folder: &Path, file: &str, column: &str) -> u64 {
    let (headings, rows) = read_csv(&folder.join(file));
    let place = headings.iter().position(|heading| heading == column).unwrap();
    rows.iter().filter(|row| !row[place].is_empty()).count() as u64
}

/// Returns what the maker of a book says its purchases add up to, in minor units by currency.
pub fn manifest_sums(folder: &Path) -> BTreeMap<String, i64> {
    let manifest = fs::read(folder.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let currencies = manifest["purchases_by_currency"].as_object().unwrap();
    let sum = |told: &serde_json::Value| told["net_minor_after_refunds"].as_i64().unwrap();
    currencies.iter().map(|(currency, told)| (currency.clone(), sum(told))).collect()
}

/// Reads a file into its headings and rows.
pub fn read_csv(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).unwrap();
    let texts = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
    let headings = texts(reader.headers().unwrap());
    let rows = reader.records().map(|record| texts(&record.unwrap())).collect();
    (headings, rows)
}

/// Makes an empty folder nobody else has; it is gone when the test's thread is.
pub fn fresh_folder() -> PathBuf {
    thread_local! {
        static FOLDERS: RefCell<Vec<Folder>> = const { RefCell::new(Vec::new()) };
    }
    let folder = Folder::new();
    let path = folder.path().to_owned();
    FOLDERS.with_borrow_mut(|folders| folders.push(folder));
    path
}
