//! The dry run: every row read and worked on as if it were brought in, and nothing written.

use super::chosen::{self, Chosen};
use crate::workspace::{Workspace, imports::Breath};
use domain::{id::AccountId, row::AccountRow};
use exchange::{
    book::{Book, Flags, flagged, introduce},
    bundle::Outcome,
    context::Context,
    draft::{self, Draft, Layouts},
    duplicate::Parties,
    fate::{self, Count, Fate},
    fold,
    kind::Kind,
    mailboxes::Mailboxes,
    people::owner_id,
    reading::Reading,
    reason::{Fault, Reason},
};
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// How many problems are shown of a book.
const PROBLEMS_MAX: usize = 50;
/// How many rows of accounts here are looked at in one go.
const ROWS_AT_ONCE: usize = 1_000;
/// How many accounts are compared with all others in one go.
const PARTIES_AT_ONCE: usize = 200;
/// By how many letters of its name a company is looked for among those here.
const ALIKE_LETTERS: usize = 4;

/// What would become of a book.
pub struct Trial {
    pub book: Book,
    pub layouts: Layouts,
    pub context: Context,
    pub flags: Flags,
    pub files: BTreeMap<Kind, FileTrial>,
    /// The first of what is the matter, in the order of files and lines.
    pub problems: Vec<Problem>,
}

/// What would become of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileTrial {
    pub name: String,
    pub rows: u64,
    pub count: Count,
    /// How many cells wait for an answer to which comes first, day or month.
    pub unclear_days: u64,
    /// How many cells wait for an answer to what a comma is.
    pub unclear_numbers: u64,
}

/// What is the matter with a row or cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub kind: Kind,
    pub line: u64,
    pub outcome: Outcome,
    pub fault: Fault,
}

impl Trial {
    /// Returns how many rows would be taken.
    pub fn taken(&self) -> u64 {
        self.files.values().map(|file| file.count.taken).sum()
    }

    /// Returns how many rows and cells something is the matter with.
    pub fn troubled(&self) -> u64 {
        let count = |count: &Count| count.refused + count.left_out + count.flagged;
        self.files.values().map(|file| count(&file.count)).sum()
    }

    fn note(&mut self, kind: Kind, line: u64, fate: Fate) {
        let file = self.files.entry(kind).or_default();
        file.count.add(fate.outcome);
        let Some(fault) = fate.fault else { return };
        file.unclear_days += u64::from(fault.reason == Reason::AmbiguousDay);
        file.unclear_numbers += u64::from(fault.reason == Reason::AmbiguousNumber);
        self.problems.push(Problem { kind, line, outcome: fate.outcome, fault });
        // The first in the order of the files are wanted, and accounts come in another order.
        if self.problems.len() > PROBLEMS_MAX * 4 {
            self.keep_first();
        }
    }

    fn keep_first(&mut self) {
        self.problems.sort_by_key(|problem| (problem.kind, problem.line, problem.outcome));
        self.problems.truncate(PROBLEMS_MAX);
    }
}

/// Reads every file whose columns are known, and works every row out. `seen` is told how many rows
/// are read.
pub async fn run(workspace: Workspace, files: &[Chosen], seen: impl Fn(u64)) -> Trial {
    let mut breath = Breath::new();
    let mut trial = read(workspace, files, &mut breath, seen).await;
    trial.flags = alike(workspace, &trial, &mut breath).await;
    for stray in std::mem::take(&mut trial.book.astray) {
        let fate = Fate { outcome: Outcome::RowRefused, fault: Some(stray.fault.clone()) };
        trial.note(stray.row.kind, stray.row.line, fate);
        trial.book.astray.push(stray);
    }
    let accounts: Vec<_> = trial.book.accounts().collect();
    for account in accounts {
        breath.take().await;
        let bundle = trial.book.bundle(account);
        let draft = match workspace.standing(account).await {
            Ok(stands) => draft::draft(&bundle, stands.as_deref(), &trial.layouts, &trial.context),
            Err(_) => {
                let refused = draft::Outcome::Refused(Fault::row(Reason::NotHere));
                Draft { outcomes: vec![refused; bundle.rows.len()], ..Draft::default() }
            }
        };
        let flags = std::mem::take(&mut trial.flags);
        fate::tell(&bundle, &draft.outcomes, &draft.left_out, &flags, |row, fate| {
            trial.note(row.kind, row.line, fate);
        });
        trial.flags = flags;
    }
    trial.keep_first();
    trial
}

/// Reads the files in the order kinds build on each other.
async fn read(
    workspace: Workspace,
    files: &[Chosen],
    breath: &mut Breath,
    seen: impl Fn(u64),
) -> Trial {
    let mut context =
        Context::of(&workspace.configuration().get_untracked(), &workspace.workspace_name());
    workspace.withdrawn().into_iter().for_each(|account| context.identity.avoid(account));
    let (mut book, mut layouts) = (Book::default(), Layouts::new());
    let mut told: BTreeMap<Kind, FileTrial> = BTreeMap::new();
    let mut ready: Vec<_> = files
        .iter()
        .filter_map(|file| Some((file.layout()?.ok()?, file.read.as_ref().ok()?)))
        .collect();
    ready.sort_by_key(|(layout, _)| layout.kind);
    let mut rows = 0;
    for (layout, text) in ready {
        if layouts.contains_key(&layout.kind) {
            continue;
        }
        let file = told.entry(layout.kind).or_default();
        file.name.clone_from(&layout.file);
        let Ok(mut source) = chosen::open(text) else { continue };
        while let Ok(Some(row)) = source.read_row() {
            book.take(&layout, &context, &row);
            file.rows += 1;
            rows += 1;
            if rows % 64 == 0 {
                seen(rows);
                breath.take().await;
            }
        }
        layouts.insert(layout.kind, layout);
    }
    // Those the book names and nobody here is called, as they will be.
    for name in &book.mentioned.people {
        let id = || owner_id(&workspace.workspace_name(), name);
        context.people.entry(name.clone()).or_insert_with(id);
    }
    Trial { book, layouts, context, flags: Flags::new(), files: told, problems: Vec::new() }
}

/// Finds who looks like whom. Of the accounts here, those are opened that share the beginning of a
/// name, a person or an e-mail address with the book.
async fn alike(workspace: Workspace, trial: &Trial, breath: &mut Breath) -> Flags {
    let sought = Sought::of(trial, breath).await;
    let mut near: BTreeSet<AccountId> = trial.book.accounts().collect();
    let rows = workspace.with_rows(<[_]>::len);
    for from in (0..rows).step_by(ROWS_AT_ONCE) {
        breath.take().await;
        near.extend(workspace.with_rows(|rows| {
            let stretch = rows.iter().skip(from).take(ROWS_AT_ONCE);
            stretch.filter(|row| sought.is_near(row)).map(|row| row.id).collect::<Vec<_>>()
        }));
    }
    if !sought.mailboxes.is_empty() {
        for beginning in 0..=u8::MAX {
            breath.take().await;
            let is_in = |change: &[u8]| sought.mailboxes.may_be_in(change);
            // Where storage cannot be read, accounts are told by what their rows say.
            near.extend(workspace.kept_with(beginning, is_in).await.unwrap_or_default());
        }
    }
    let mut parties = Parties::default();
    for account in near {
        breath.take().await;
        if let Ok(Some(account)) = workspace.standing(account).await {
            parties.know(&account);
        }
    }
    for who in trial.book.who() {
        breath.take().await;
        introduce(&mut parties, who, &trial.layouts);
    }
    let mut comparison = parties.compare();
    while !comparison.go_on(PARTIES_AT_ONCE) {
        breath.take().await;
    }
    flagged(comparison.found())
}

/// Names a book speaks of.
#[derive(Default)]
struct Sought {
    companies: HashSet<String>,
    people: HashSet<String>,
    mailboxes: Mailboxes,
}

impl Sought {
    async fn of(trial: &Trial, breath: &mut Breath) -> Self {
        let mut sought = Self::default();
        for (_, row) in trial.book.who() {
            breath.take().await;
            let reading = Reading::new(&trial.layouts[&row.kind], &row.cells);
            let text = |column| reading.text(column).unwrap_or_default();
            if row.kind == Kind::Accounts {
                sought.companies.insert(beginning(text("name")));
            } else {
                let name = fold::person(text("first_name"), text("last_name"));
                sought.people.insert(name);
                sought.mailboxes.seek(text("email"));
            }
        }
        sought.people.remove("");
        sought
    }

    fn is_near(&self, row: &AccountRow) -> bool {
        self.companies.contains(&beginning(&row.name))
            || row.people.iter().any(|name| self.people.contains(&fold::person(name, "")))
    }
}

fn beginning(name: &str) -> String {
    fold::company(name).chars().take(ALIKE_LETTERS).collect()
}
