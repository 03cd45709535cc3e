//! The deals page: a plain list by stage, with the sum of each stage.

use crate::{
    accounts::{
        book::{Book, use_book},
        no_rows::NoRows,
        search::Index,
    },
    deals::{
        gathered::{Line, lay_out},
        row::{DealLine, DealListHead, StageLine},
    },
    filter::{FilterBar, PeriodSelect, address},
    language::{format, texts},
    route::Route,
    ui::{
        empty::Empty,
        virtual_list::{DrawRow, Place, VirtualList},
    },
    workspace::use_workspace,
};
use domain::row::AccountRow;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use std::{collections::BTreeSet, sync::Arc};

#[component]
pub fn DealsPage() -> impl IntoView {
    let words = &texts().deals;
    let workspace = use_workspace();
    let configuration = workspace.configuration();
    let version = workspace.rows_version();
    let book = use_book();
    let filter = book.filter;
    address::follow();
    // Deals that are over are many and seldom looked at.
    let folded = RwSignal::new(BTreeSet::from(["won".to_owned(), "lost".to_owned()]));
    let lines = Memo::new(move |_| {
        version.track();
        let (filter, reader) = (filter.read(), book.reader());
        let lay = |rows: &[AccountRow], places: Vec<u32>| {
            lay_out(rows, places, &configuration.read(), (&filter, reader), &folded.read())
        };
        if filter.text.trim().is_empty() {
            return workspace.with_rows(|rows| lay(rows, (0..rows.len() as u32).collect()));
        }
        // The text finds accounts, by their deals as well; the rest is asked of each deal.
        let found = |index: &Index| {
            workspace.with_rows(|rows| lay(rows, index.find_text(rows, &filter.text)))
        };
        book.read_index(found)
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
    let filtered = Memo::new(move |_| !filter.read().is_empty());
    let count = move || {
        let total = total.get() as u64;
        texts().count(words.count, total, &format::number(total))
    };
    let content = move || {
        if any.get() {
            list(lines, folded)
        } else if filtered.get() {
            nothing_fits(book)
        } else {
            view! { <NoRows title=words.empty hint=words.empty_hint /> }.into_any()
        }
    };
    view! {
        <section class="page list-page" aria-labelledby="deals-page-title">
            <header class="page-head">
                <h1 id="deals-page-title">{words.title}</h1>
                <p class="page-count" role="status">{count}</p>
            </header>
            <FilterBar><PeriodSelect /></FilterBar>
            <div class="list-body" data-row-count=move || total.get()>{content}</div>
        </section>
    }
    .into_any()
}

/// There are deals, it may be, but none that was looked for.
fn nothing_fits(book: Book) -> AnyView {
    let words = &texts().accounts;
    view! {
        <Empty title=words.no_hits hint=texts().filter.no_deals>
            <button type="button" class="button" on:click=move |_| book.clear()>{words.clear}</button>
        </Empty>
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
