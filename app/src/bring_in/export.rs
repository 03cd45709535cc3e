//! Writing out: the whole book on this screen, one list from where it stands.

use super::writing_out::{Order, WrittenOut, file_name, write_out};
use crate::{
    browser::files::download,
    language::{self, format, texts, texts::fill},
    ui::{icon::Icon, notice::Notices},
    workspace::{Workspace, use_workspace},
};
use exchange::kind::Kind;
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

/// How far writing out has come.
#[derive(Clone)]
enum Writing {
    Idle,
    Under(u64, u64),
    Done(Arc<WrittenOut>),
}

/// Every account, as files that can be brought in again.
#[component]
pub fn WriteOut() -> impl IntoView {
    let words = language::bringing();
    let workspace = use_workspace();
    let writing = ArcRwSignal::new(Writing::Idle);
    let shown = RwSignal::from(writing.clone());
    let prepare = move |_| {
        let accounts: Vec<_> = workspace.with_rows(|rows| rows.iter().map(|row| row.id).collect());
        let (of, writing) = (accounts.len() as u64, writing.clone());
        writing.set(Writing::Under(0, of));
        let seen = writing.clone();
        spawn_local(async move {
            let order = Order { accounts, kinds: Kind::ALL.to_vec(), deals: None };
            let told = move |done| seen.set(Writing::Under(done, of));
            let written = write_out(workspace, order, told).await;
            writing.set(written.map_or(Writing::Idle, |written| Writing::Done(Arc::new(written))));
        });
    };
    let content = move || match shown.get() {
        Writing::Idle => ().into_any(),
        Writing::Under(done, of) => {
            let said = fill(words.preparing, &[&format::number(done), &format::number(of)]);
            view! { <p role="status">{said}</p> }.into_any()
        }
        Writing::Done(written) => saves(&written),
    };
    view! {
        <section class="panel write-out" aria-labelledby="write-out-title">
            <header class="panel-head"><h2 id="write-out-title">{words.write_out}</h2></header>
            <p class="quiet">{words.write_out_hint}</p>
            <button
                type="button"
                class="button"
                disabled=move || matches!(*shown.read(), Writing::Under(..))
                on:click=prepare
            >
                {words.prepare}
            </button>
            {content}
        </section>
    }
    .into_any()
}

fn saves(written: &Arc<WrittenOut>) -> AnyView {
    let words = language::bringing();
    let save = |at: usize| {
        let (kind, _, rows) = &written.files[at];
        let name = file_name(*kind);
        let label = fill(words.save, &[&name]);
        let count = texts().count(words.row_count, *rows, &format::number(*rows));
        let (shown, held) = (name.clone(), written.clone());
        view! {
            <li class="save-line">
                <button
                    type="button"
                    class="button"
                    data-save=name.clone()
                    aria-label=label
                    on:click=move |_| download(&name, "text/csv", &held.files[at].1)
                >
                    <Icon name="download" />
                    <span>{shown}</span>
                </button>
                <span class="quiet">{count}</span>
            </li>
        }
        .into_any()
    };
    let saves = (0..written.files.len()).map(save).collect_view();
    let missing = missing(written).map(|text| view! { <p class="chosen-trouble">{text}</p> });
    view! { <ul class="saves" role="status">{saves}</ul>{missing} }.into_any()
}

fn missing(written: &WrittenOut) -> Option<String> {
    let (words, missing) = (&language::bringing(), written.missing);
    (missing > 0).then(|| texts().count(words.missing, missing, &format::number(missing)))
}

/// Writes a list out, and hands each of its files to the person.
pub fn export(workspace: Workspace, notices: Notices, order: Order) {
    spawn_local(async move {
        let Some(written) = write_out(workspace, order, |_| {}).await else { return };
        for (kind, bytes, _) in &written.files {
            download(&file_name(*kind), "text/csv", bytes);
        }
        missing(&written).into_iter().for_each(|text| notices.say(text));
    });
}
