//! How far it has come, and what can be done about it then.

use super::{
    bench::{Bench, Stage, TookBack, Trouble},
    job::Job,
    running, taking_back,
};
use crate::{
    browser::files::download,
    language::{
        self, format, texts,
        texts::{Plural, fill},
    },
    ui::{dialog::Dialog, icon::Icon},
    workspace::{Workspace, use_workspace},
};
use domain::id::BatchId;
use leptos::{prelude::*, task::spawn_local};

/// Bars of what is under way.
#[component]
pub fn Working(stage: RwSignal<Stage>) -> impl IntoView {
    let words = language::bringing();
    let numbers = move || match stage.get() {
        Stage::Writing { done, of } | Stage::TakingBack { done, of } => (done, of),
        _ => (0, 0),
    };
    let writes = Memo::new(move |_| matches!(stage.get(), Stage::Writing { .. }));
    let said = move || {
        let pattern = if writes.get() { words.writing } else { words.taking_back };
        let (done, of) = numbers();
        fill(pattern, &[&format::number(done), &format::number(of)])
    };
    view! {
        <section class="panel working" data-working=move || numbers().0>
            <progress
                aria-label=words.title
                max=move || numbers().1.max(1)
                prop:value=move || numbers().0 as f64
            ></progress>
            <p role="status">{said}</p>
            {move || {
                writes.get().then(|| {
                    view! {
                        <button type="button" class="button" on:click=move |_| Bench::here().stop.set(true)>
                            <Icon name="x" />
                            <span>{words.stop}</span>
                        </button>
                    }
                })
            }}
        </section>
    }
    .into_any()
}

/// A panel that says how an import stands and offers what can be done then; `named` heads it.
fn stands(named: Option<(&'static str, &'static str)>, said: AnyView, acts: AnyView) -> AnyView {
    let title = named.map(|(id, title)| view! { <h2 id=id>{title}</h2> });
    view! {
        <section class="panel working" aria-labelledby=named.map(|(id, _)| id)>
            {title}
            {said}
            <div class="bring-in-acts">{acts}</div>
        </section>
    }
    .into_any()
}

/// Clears the bench for other files.
fn start_over(class: &'static str) -> AnyView {
    let clear = |_| Bench::here().clear();
    view! {
        <button type="button" class=class on:click=clear>{language::bringing().start_over}</button>
    }
    .into_any()
}

/// An import that was stopped or cut off.
#[component]
pub fn Stopped(job: Job) -> impl IntoView {
    let words = language::bringing();
    let workspace = use_workspace();
    let said = fill(words.stopped_hint, &[&format::number(job.done), &format::number(job.of)]);
    let (undone, again, left) = (job.batch, job.clone(), job);
    let acts = view! {
        <button
            type="button"
            class="button primary"
            on:click=move |_| spawn_local(running::go_on(workspace, Bench::here(), again.clone()))
        >
            {words.go_on}
        </button>
        <TakeBack workspace batch=undone />
        <button
            type="button"
            class="button"
            on:click=move |_| spawn_local(running::leave(workspace, Bench::here(), left.clone()))
        >
            {words.leave}
        </button>
    };
    let said = view! { <p>{said}</p> }.into_any();
    stands(Some(("stopped-title", words.stopped)), said, acts.into_any())
}

/// An import that is done: its counts, its outcome file, and the way back.
#[component]
pub fn Finished(job: Job) -> impl IntoView {
    let words = language::bringing();
    let workspace = use_workspace();
    let tally = job.tally;
    let numbers = [tally.taken, tally.already_here, tally.refused, tally.left_out, tally.flagged];
    let counts = words.outcomes.into_iter().zip(numbers);
    let counts = counts.map(|(word, number)| {
        view! {
            <div>
                <dt>{word}</dt>
                <dd>{format::number(number)}</dd>
            </div>
        }
    });
    let save = move |_| {
        spawn_local(async move {
            let file = running::outcome_file(workspace).await;
            let day = format::local_day(workspace.now());
            download(&format!("tessera-outcome-{day}.csv"), "text/csv", &file);
        });
    };
    let said = view! {
        <dl class="tally" role="status" data-batch=job.batch.to_string()>{counts.collect_view()}</dl>
    };
    let acts = view! {
        <button type="button" class="button primary" on:click=save>
            <Icon name="download" />
            <span>{words.outcome_file}</span>
        </button>
        <TakeBack workspace batch=job.batch />
        {start_over("button")}
    };
    stands(Some(("finished-title", words.finished)), said.into_any(), acts.into_any())
}

/// What became of an import that was taken back.
#[component]
pub fn TookBackSaid(took: TookBack) -> impl IntoView {
    let words = language::bringing();
    let said = |pattern: Plural, count: u64| {
        let text = texts().count(pattern, count, &format::number(count));
        view! { <p>{text}</p> }
    };
    let kept = (took.worked_on > 0).then(|| said(words.worked_on, took.worked_on));
    let missing = (took.not_here > 0).then(|| said(words.not_here, took.not_here));
    let said = view! {
        <div role="status" data-took-back=took.accounts>
            {said(words.took_back, took.accounts)}
            {kept}
            {missing}
        </div>
    };
    stands(None, said.into_any(), start_over("button primary"))
}

/// Takes an import back, once the person has said that it is meant.
#[component]
pub fn TakeBack(workspace: Workspace, batch: BatchId) -> impl IntoView {
    let words = language::bringing();
    let asking = RwSignal::new(false);
    let take = move |_| {
        let bench = Bench::here();
        bench.stage.set(Stage::TakingBack { done: 0, of: 0 });
        spawn_local(taking_back::take_back(workspace, bench, batch));
    };
    view! {
        <button
            type="button"
            class="button"
            disabled=workspace.is_read_only()
            aria-haspopup="dialog"
            on:click=move |_| asking.set(true)
        >
            {words.take_back}
        </button>
        {move || {
            asking.get().then(|| {
                view! {
                    <Dialog title=words.take_back on_close=Callback::new(move |()| asking.set(false))>
                        <p>{words.sure}</p>
                        <div class="dialog-foot">
                            <button type="button" class="button" on:click=move |_| asking.set(false)>
                                {texts().words.cancel}
                            </button>
                            <button type="button" class="button primary" on:click=take>
                                {words.take_back}
                            </button>
                        </div>
                    </Dialog>
                }
            })
        }}
    }
    .into_any()
}

/// Says why it could not go on.
pub fn trouble(trouble: Trouble) -> AnyView {
    let words = language::bringing();
    let text = match trouble {
        Trouble::NotSaved => words.not_saved,
        Trouble::OtherTab => words.other_tab,
    };
    let said = view! { <p role="alert">{text}</p> };
    stands(None, said.into_any(), start_over("button"))
}
