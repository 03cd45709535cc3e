//! Choosing files, by a field or by dropping them, and trying them out.

use super::{
    bench::{Bench, Stage},
    chosen::Chosen,
    file::FilePanel,
    running, trial,
};
use crate::{
    browser::files,
    language::{self, format, texts},
    ui::icon::Icon,
    workspace::{Workspace, imports::Breath, use_workspace},
};
use leptos::{
    ev, html,
    prelude::*,
    task::{spawn_local, tick},
};
use std::{collections::HashSet, sync::Arc};
use web_sys::{File, FileList};

#[component]
pub fn Files() -> impl IntoView {
    let words = language::bringing();
    let workspace = use_workspace();
    let bench = Bench::here();
    let chosen = RwSignal::from(bench.files.clone());
    let stage = RwSignal::from(bench.stage.clone());
    let over = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let picked = move |_: ev::Event| {
        let Some(input) = input.get_untracked() else { return };
        take(workspace, input.files());
        // So that choosing the same file again is heard.
        input.set_value("");
    };
    let drop = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        take(workspace, event.data_transfer().and_then(|carried| carried.files()));
    };
    let hover = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    let any = Memo::new(move |_| !chosen.read().is_empty());
    let places = Memo::new(move |_| (0..chosen.read().len()).collect::<Vec<_>>());
    let second = move |at: usize| {
        let chosen = chosen.read();
        let kind = chosen.get(at).and_then(|file| file.kind);
        kind.is_some() && chosen.iter().take(at).any(|file| file.kind == kind)
    };
    let can_try = Memo::new(move |_| {
        let ready = |file: &Chosen| matches!(file.layout(), Some(Ok(_)));
        chosen.read().iter().any(ready) && !matches!(stage.get(), Stage::Reading(_))
    });
    let reading = move || match stage.get() {
        Stage::Reading(rows) => Some(texts().count(words.reading, rows, &format::number(rows))),
        _ => None,
    };
    view! {
        <p class="quiet bring-in-hint">{words.hint}</p>
        <div
            class="panel drop-zone"
            class:over=move || over.get()
            on:dragover=hover
            on:dragleave=move |_| over.set(false)
            on:drop=drop
        >
            <label class="button file-button">
                <Icon name="upload" />
                <span>{words.choose}</span>
                <input type="file" multiple accept=".csv,.tsv,.txt,text/csv" node_ref=input on:change=picked />
            </label>
            <span class="quiet">{words.drop}</span>
        </div>
        <For each=move || places.get() key=|at| *at let(at)>
            <FilePanel at second=Signal::derive(move || second(at)) />
        </For>
        {move || {
            any.get().then(|| {
                view! {
                    <div class="bring-in-acts">
                        <button
                            type="button"
                            class="button primary"
                            disabled=move || !can_try.get()
                            on:click=move |_| try_out(workspace)
                        >
                            {words.try_out}
                        </button>
                        <button type="button" class="button" on:click=move |_| Bench::here().clear()>
                            {words.start_over}
                        </button>
                        <span role="status" class="quiet">{reading}</span>
                    </div>
                }
            })
        }}
    }
    .into_any()
}

/// Reads the files, and has each as somebody once arranged one with the same headings.
fn take(workspace: Workspace, list: Option<FileList>) {
    let Some(list) = list else { return };
    let handed: Vec<File> = (0..list.length()).filter_map(|at| list.get(at)).collect();
    let bench = Bench::here();
    spawn_local(async move {
        let known = mappings(workspace).await;
        let mut breath = Breath::new();
        for file in handed {
            let Some(bytes) = files::read(&file).await else { continue };
            let mut chosen = Chosen::new(file.name(), bytes.into());
            breath.take().await;
            chosen.look().await;
            breath.take().await;
            let mapping = known.iter().find(|(name, _)| *name == mapping_name(&chosen));
            if let Some((_, mapping)) = mapping {
                chosen.arrange_as(mapping);
            }
            bench.files.update(|all| {
                all.retain(|before| before.name != chosen.name);
                all.push(chosen);
            });
            // It is drawn before the next one is read.
            tick().await;
            breath.take().await;
        }
        bench.stage.set(Stage::Choosing);
    });
}

/// Tries the files out, and remembers how their columns were arranged.
pub fn try_out(workspace: Workspace) {
    let bench = Bench::here();
    let files = bench.files.get_untracked();
    bench.stage.set(Stage::Reading(0));
    spawn_local(async move {
        let arranged = files.iter().filter(|file| !file.said.is_empty()).map(|file| {
            let mapping = minicbor::to_vec(file.mapping()).expect("writing to memory cannot fail");
            (mapping_name(file), Some(mapping))
        });
        // Without it the columns are said again the next time.
        let _ = workspace.shelve(arranged.collect()).await;
        let seen = bench.clone();
        let trial = trial::run(workspace, &files, move |rows| seen.stage.set(Stage::Reading(rows)));
        bench.stage.set(Stage::Tried(Arc::new(trial.await)));
    });
}

/// Begins to bring in what was tried.
pub fn begin(workspace: Workspace, trial: Arc<trial::Trial>) {
    let bench = Bench::here();
    let files = bench.files.get_untracked();
    let of = trial.book.len() as u64;
    bench.stage.set(Stage::Writing { done: 0, of });
    spawn_local(running::begin(workspace, bench, files, trial));
}

const MAPPING: &str = "columns ";

async fn mappings(workspace: Workspace) -> Vec<(String, Vec<(String, String)>)> {
    let found = workspace.shelf(MAPPING).await.unwrap_or_default();
    found
        .into_iter()
        .filter_map(|(name, bytes)| Some((name, minicbor::decode(&bytes).ok()?)))
        .collect()
}

/// A file of the same kind with the same headings is arranged the same way.
fn mapping_name(file: &Chosen) -> String {
    let kind = file.kind.map_or("", |kind| kind.stem());
    let headings = file.read.as_ref().map(|text| text.headings.as_slice()).unwrap_or_default();
    let unique: HashSet<_> = headings.iter().map(String::as_str).collect();
    let mut sorted: Vec<_> = unique.into_iter().collect();
    sorted.sort_unstable();
    format!("{MAPPING}{kind} {}", sorted.join("\u{1f}"))
}
