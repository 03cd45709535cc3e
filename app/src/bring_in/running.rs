//! Bringing a book in: account by account, told how far it has come, and kept so that it can go on.

use super::{
    bench::{Bench, Stage, Trouble},
    chosen::Chosen,
    job::{Job, JobFile, Lines},
    trial::{self, Trial},
};
use crate::{
    browser::{entropy, tabs},
    workspace::{
        Workspace,
        imports::{Breath, Importing},
    },
};
use domain::id::BatchId;
use exchange::{
    bundle::{Outcome, StagedRow},
    fate::{self, Count, Fate},
    mention::people_by_name,
    outcome_file::{Line, OutcomeFile},
};
use leptos::prelude::*;
use std::sync::Arc;

/// How many accounts are written down as done at once.
const ACCOUNTS_AT_ONCE: usize = 25;

const JOB: &str = "job";
const FILE: &str = "file ";
const LINES: &str = "lines ";
const DONE: &str = "done ";

/// Brings in what was tried.
pub async fn begin(workspace: Workspace, bench: Bench, files: Vec<Chosen>, trial: Arc<Trial>) {
    let Ok(batch) = entropy::random() else { return bench.fail(Trouble::NotSaved) };
    let job = Job {
        batch: BatchId(batch),
        at: workspace.now(),
        files: trial.files.values().map(|file| file.name.clone()).collect(),
        done: 0,
        of: trial.book.len() as u64,
        attempt: 0,
        finished: false,
        tally: Default::default(),
        pieces: 0,
    };
    let mut pieces = Vec::new();
    for left_over in [LINES, FILE] {
        let Ok(found) = workspace.shelf(left_over).await else {
            return bench.fail(Trouble::NotSaved);
        };
        pieces.extend(found.into_iter().map(|(name, _)| (name, None)));
    }
    let kept = files.iter().zip(0..).map(|(file, number): (_, u32)| {
        (format!("{FILE}{number:04}"), Some(encoded(&JobFile::of(file))))
    });
    pieces.extend(kept);
    pieces.push((JOB.to_owned(), Some(encoded(&job))));
    if workspace.shelve(pieces).await.is_err() {
        return bench.fail(Trouble::NotSaved);
    }
    run(workspace, bench, job, trial).await;
}

/// Goes on with an import that was cut off or stopped.
pub async fn go_on(workspace: Workspace, bench: Bench, mut job: Job) {
    bench.stage.set(Stage::Reading(0));
    let Ok(files) = workspace.shelf(FILE).await else { return bench.fail(Trouble::NotSaved) };
    let files = files.into_iter().filter_map(|(_, bytes)| minicbor::decode::<JobFile>(&bytes).ok());
    let mut chosen = Vec::new();
    for file in files {
        chosen.push(file.chosen().await);
    }
    let files = chosen;
    let seen = bench.clone();
    let trial = trial::run(workspace, &files, move |rows| seen.stage.set(Stage::Reading(rows)));
    let trial = Arc::new(trial.await);
    job.attempt += 1;
    run(workspace, bench, job, trial).await;
}

/// Returns the import that was not finished, if there is one.
pub async fn unfinished(workspace: Workspace) -> Option<Job> {
    let found = workspace.shelf(JOB).await.ok()?;
    let job: Job = minicbor::decode(&found.first()?.1).ok()?;
    (!job.finished).then_some(job)
}

/// Returns the imports that are remembered here, latest first.
pub async fn remembered(workspace: Workspace) -> Vec<Job> {
    let found = workspace.shelf(DONE).await.unwrap_or_default();
    let mut jobs: Vec<Job> =
        found.iter().filter_map(|(_, bytes)| minicbor::decode(bytes).ok()).collect();
    jobs.sort_by_key(|job| std::cmp::Reverse(job.at));
    jobs
}

/// Forgets an import that was taken back.
pub async fn forget(workspace: Workspace, batch: BatchId) {
    // One that cannot be forgotten is listed, and has nothing left to be taken back.
    let _ = workspace.shelve(vec![(format!("{DONE}{batch}"), None)]).await;
    if unfinished(workspace).await.is_some_and(|job| job.batch == batch) {
        let _ = workspace.shelve(vec![(JOB.to_owned(), None)]).await;
    }
}

/// Leaves an import as far as it has come.
pub async fn leave(workspace: Workspace, bench: Bench, job: Job) {
    end(workspace, &bench, job).await;
}

/// Returns the outcome file of the last import, in the order of files and lines.
pub async fn outcome_file(workspace: Workspace) -> Vec<u8> {
    let pieces = workspace.shelf(LINES).await.unwrap_or_default();
    let decoded = pieces.iter().filter_map(|(_, bytes)| minicbor::decode::<Lines>(bytes).ok());
    let mut lines: Lines = decoded.flatten().collect();
    lines.sort_by_key(|(kind, line, _)| (*kind, *line));
    let head = OutcomeFile::new(Vec::new()).and_then(OutcomeFile::finish).unwrap_or_default();
    lines.into_iter().fold(head, |mut file, (_, _, line)| {
        file.extend(line.into_bytes());
        file
    })
}

async fn run(workspace: Workspace, bench: Bench, mut job: Job, trial: Arc<Trial>) {
    let lock = format!("tessera import {}", workspace.workspace_name());
    let Some(_held) = tabs::try_hold(&lock).await else { return bench.fail(Trouble::OtherTab) };
    bench.stop.set(false);
    bench.stage.set(Stage::Writing { done: job.done, of: job.of });
    let Some(importing) = prepare(workspace, &job, &trial).await else {
        return bench.fail(Trouble::NotSaved);
    };
    let mut desk = Desk { trial: &trial, count: job.tally.into(), lines: Vec::new() };
    if job.done == 0 && job.pieces == 0 {
        desk.strays();
    }
    let mut breath = Breath::new();
    let accounts: Vec<_> = trial.book.accounts().skip(job.done as usize).collect();
    for accounts in accounts.chunks(ACCOUNTS_AT_ONCE) {
        for account in accounts {
            breath.take().await;
            let bundle = trial.book.bundle(*account);
            let draft = workspace.bring_into(&importing, &bundle).await;
            let told = |row: &StagedRow, fate: Fate| desk.tell(row, &fate);
            fate::tell(&bundle, &draft.outcomes, &draft.left_out, &trial.flags, told);
        }
        // What is written down as done has to be stored before.
        if workspace.all_stored().await.is_err() {
            return bench.fail(Trouble::NotSaved);
        }
        job.done += accounts.len() as u64;
        if !desk.put_down(workspace, &mut job).await {
            return bench.fail(Trouble::NotSaved);
        }
        bench.stage.set(Stage::Writing { done: job.done, of: job.of });
        if bench.stop.get_untracked() {
            return bench.stage.set(Stage::Stopped(job));
        }
    }
    desk.put_down(workspace, &mut job).await;
    end(workspace, &bench, job).await;
}

/// Writes into the configuration what the book speaks of and nobody here knows.
async fn prepare(workspace: Workspace, job: &Job, trial: &Trial) -> Option<Importing> {
    let name = workspace.workspace_name();
    let mentioned = &trial.book.mentioned;
    let missing = mentioned.missing(&workspace.configuration().get_untracked(), &name);
    for edit in missing {
        workspace.configure(edit).await.ok()?;
    }
    let mut context = trial.context.clone();
    let now = workspace.configuration().get_untracked();
    context.people.extend(people_by_name(&now));
    let (batch, attempt, layouts) = (job.batch, job.attempt, trial.layouts.clone());
    Some(Importing { batch, attempt, layouts, context })
}

async fn end(workspace: Workspace, bench: &Bench, mut job: Job) {
    job.finished = true;
    let files = workspace.shelf(FILE).await.unwrap_or_default();
    let mut pieces: Vec<_> = files.into_iter().map(|(name, _)| (name, None)).collect();
    pieces.push((JOB.to_owned(), Some(encoded(&job))));
    pieces.push((format!("{DONE}{}", job.batch), Some(encoded(&job))));
    if workspace.shelve(pieces).await.is_err() {
        return bench.fail(Trouble::NotSaved);
    }
    bench.stage.set(Stage::Finished(job));
}

/// What became of rows since it was last put down.
struct Desk<'a> {
    trial: &'a Trial,
    count: Count,
    lines: Lines,
}

impl Desk<'_> {
    /// Tells of the rows that belong nowhere.
    fn strays(&mut self) {
        for stray in &self.trial.book.astray {
            let fate = Fate { outcome: Outcome::RowRefused, fault: Some(stray.fault.clone()) };
            self.tell(&stray.row, &fate);
        }
    }

    fn tell(&mut self, row: &StagedRow, fate: &Fate) {
        self.count.add(fate.outcome);
        let reason = fate.fault.as_ref().map(|fault| fault.reason.to_string()).unwrap_or_default();
        let fault = fate.fault.as_ref();
        let mut file = OutcomeFile::more(Vec::new());
        let written = file.write(Line {
            file: &self.trial.layouts[&row.kind].file,
            line: row.line,
            column: fault.map_or("", |fault| &fault.column),
            value: fault.map_or("", |fault| &fault.value),
            reason: &reason,
            outcome: fate.outcome,
            cells: &row.cells,
        });
        let text = written.and_then(|()| file.finish()).unwrap_or_default();
        let text = String::from_utf8_lossy(&text).into_owned();
        self.lines.push((row.kind as u8, row.line, text));
    }

    /// Keeps how far the import has come; says whether that is stored.
    async fn put_down(&mut self, workspace: Workspace, job: &mut Job) -> bool {
        let lines = std::mem::take(&mut self.lines);
        let mut pieces = Vec::new();
        if !lines.is_empty() {
            pieces.push((format!("{LINES}{:08}", job.pieces), Some(encoded(&lines))));
            job.pieces += 1;
        }
        job.tally = self.count.into();
        pieces.push((JOB.to_owned(), Some(encoded(job))));
        workspace.shelve(pieces).await.is_ok()
    }
}

fn encoded(value: &impl minicbor::Encode<()>) -> Vec<u8> {
    minicbor::to_vec(value).expect("writing to memory cannot fail")
}
