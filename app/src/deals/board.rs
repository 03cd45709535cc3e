//! The deals page: a plain list by stage, with the sum of each stage.

use crate::{
    accounts::choices,
    deals::{
        gathered::{Line, lay_out},
        row::{DealLine, DealListHead, StageLine},
    },
    language::{format, texts},
    route::Route,
    ui::{
        empty::Empty,
        select::Select,
        virtual_list::{DrawRow, Place, VirtualList},
    },
    workspace::use_workspace,
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use std::{collections::BTreeSet, sync::Arc};

#[component]
pub fn DealsPage() -> impl IntoView {
    let words = &texts().deals;
    let workspace = use_workspace();
    let configuration = workspace.configuration();
    let version = workspace.rows_version();
    let owner = RwSignal::new(String::new());
    // Deals that are over are many and seldom looked at.
    let folded = RwSignal::new(BTreeSet::from(["won".to_owned(), "lost".to_owned()]));
    let lines = Memo::new(move |_| {
        version.track();
        let owner = choices::person_from(&owner.read());
        let lay = |rows: &[_]| lay_out(rows, &configuration.read(), owner, &folded.read());
        workspace.with_rows(lay)
    });
    let total = Memo::new(move |_| {
        let lines = lines.read();
        let heads = lines.iter().map(|line| match line {
            Line::Stage(head) => head.deals,
            Line::Deal(..) => 0,
        });
        heads.sum::<usize>()
    });
    let any = Memo::new(move |_| total.get() > 0);
    let count = move || {
        let total = total.get() as u64;
        texts().count(words.count, total, &format::number(total))
    };
    let content = move || {
        if any.get() {
            list(lines, folded)
        } else {
            view! { <Empty title=words.empty hint=words.empty_hint /> }.into_any()
        }
    };
    view! {
        <section class="page list-page" aria-labelledby="deals-page-title">
            <header class="page-head">
                <h1 id="deals-page-title">{words.title}</h1>
                <p class="page-count" role="status">{count}</p>
                <Select
                    label=words.owner
                    choices=Signal::derive(move || {
                        choices::people(&configuration.read(), texts().accounts.everyone)
                    })
                    value=owner
                    on_pick=Callback::new(move |code| owner.set(code))
                />
            </header>
            <div class="list-body" data-row-count=move || total.get()>{content}</div>
        </section>
    }
    .into_any()
}

fn list(lines: Memo<Vec<Line>>, folded: RwSignal<BTreeSet<String>>) -> AnyView {
    let workspace = use_workspace();
    let navigate = use_navigate();
    let fold = Callback::new(move |code: String| {
        folded.update(|folded| {
            if !folded.remove(&code) {
                folded.insert(code);
            }
        });
    });
    let open = Callback::new(move |index: usize| {
        let line = lines.read_untracked().get(index).cloned();
        match line {
            Some(Line::Stage(head)) => fold.run(head.code()),
            Some(Line::Deal(at, _)) => {
                let id = workspace.with_rows(|rows| rows.get(at as usize).map(|row| row.id));
                if let Some(id) = id {
                    navigate(&Route::Account(id).path(), Default::default());
                }
            }
            None => {}
        }
    });
    let draw: DrawRow = Arc::new(move |place: Place| line_at(lines, place, open));
    view! {
        <VirtualList
            label=texts().deals.title
            count=Signal::derive(move || lines.read().len())
            active=RwSignal::new(0)
            scroll=RwSignal::new(0.0)
            head=view! { <DealListHead /> }.into_any()
            row=draw
            on_open=open
        />
    }
    .into_any()
}

/// Draws the line at a place; again only when another line comes to stand there.
fn line_at(lines: Memo<Vec<Line>>, place: Place, open: Callback<usize>) -> AnyView {
    let line = Memo::new(move |_| lines.read().get(place.index).cloned());
    let draw = move || match line.get() {
        Some(Line::Stage(head)) => view! { <StageLine head place on_fold=open /> }.into_any(),
        Some(Line::Deal(at, inside)) => {
            view! { <DealLine at inside place on_open=open /> }.into_any()
        }
        None => ().into_any(),
    };
    draw.into_any()
}
