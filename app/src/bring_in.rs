//! Files in and out: chosen, looked at, tried, brought in, and taken back as a whole; lists and the
//! whole book written out.
//!
//! [`chosen`] is a file and what is said of it, [`trial`] the dry run, [`running`] the import itself,
//! which [`job`] keeps over a reload; [`taking_back`] and [`writing_out`] say what they do. [`bench`]
//! holds how far it all has come.

mod bench;
mod chosen;
mod columns;
mod export;
mod file;
mod files;
mod job;
mod list_export;
mod past;
mod progress;
mod result;
mod running;
mod taking_back;
mod trial;
mod writing_out;

pub use export::export;
pub use list_export::ListExport;
pub use writing_out::Order;

use crate::{
    language::{self},
    workspace::use_workspace,
};
use bench::{Bench, Stage};
use export::WriteOut;
use files::Files;
use leptos::prelude::*;
use past::Past;
use progress::{Finished, Stopped, TookBackSaid, Working};
use result::Tried;

#[component]
pub fn BringInPage() -> impl IntoView {
    let words = language::bringing();
    let workspace = use_workspace();
    workspace.hold_settings();
    let bench = Bench::here();
    let stage = RwSignal::from(bench.stage.clone());
    find_unfinished(bench);
    // What is drawn stays while numbers on it change.
    let face = Memo::new(move |_| Face::of(&stage.read()));
    let tried = move || match stage.get() {
        Stage::Tried(trial) => Some(view! { <Tried trial /> }),
        _ => None,
    };
    let content = move || match (face.get(), stage.get_untracked()) {
        (Face::Files, _) => view! { <Files />{tried} }.into_any(),
        (Face::Working, _) => view! { <Working stage /> }.into_any(),
        (_, Stage::Stopped(job)) => view! { <Stopped job /> }.into_any(),
        (_, Stage::Finished(job)) => view! { <Finished job /> }.into_any(),
        (_, Stage::TookBack(took)) => view! { <TookBackSaid took /> }.into_any(),
        (_, Stage::Failed(trouble)) => progress::trouble(trouble),
        _ => ().into_any(),
    };
    view! {
        <section class="page bring-in" aria-labelledby="bring-in-title">
            <header class="page-head">
                <h1 id="bring-in-title">{words.title}</h1>
            </header>
            <div class="bring-in-columns">
                <div class="bring-in-main">{content}</div>
                <div class="bring-in-side">
                    <Past />
                    <WriteOut />
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// Which of its faces the screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Face {
    Files,
    Working,
    Stopped,
    Finished,
    TookBack,
    Failed,
}

impl Face {
    fn of(stage: &Stage) -> Self {
        match stage {
            Stage::Choosing | Stage::Reading(_) | Stage::Tried(_) => Self::Files,
            Stage::Writing { .. } | Stage::TakingBack { .. } => Self::Working,
            Stage::Stopped(_) => Self::Stopped,
            Stage::Finished(_) => Self::Finished,
            Stage::TookBack(_) => Self::TookBack,
            Stage::Failed(_) => Self::Failed,
        }
    }
}

/// Offers to go on with an import that was cut off with its page.
fn find_unfinished(bench: Bench) {
    let workspace = use_workspace();
    if matches!(bench.stage.get_untracked(), Stage::Choosing) {
        leptos::task::spawn_local(async move {
            let found = running::unfinished(workspace).await;
            if let (Some(job), Stage::Choosing) = (found, bench.stage.get_untracked()) {
                bench.stage.set(Stage::Stopped(job));
            }
        });
    }
}
