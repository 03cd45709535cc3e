//! The list of accounts: search as you type, filter, sort, open.

use crate::{
    accounts::{
        book::{Book, use_book},
        no_rows::NoRows,
        row::{AccountListRow, RowHead},
    },
    bring_in::{ListExport, Order},
    commands::{Sheet, use_desk},
    filter::{FilterBar, address},
    language::{format, texts, texts::fill},
    route::Route,
    ui::{
        empty::Empty,
        icon::Icon,
        select::Select,
        virtual_list::{DrawRow, Place, VirtualList},
    },
    workspace::use_workspace,
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use search::Sort;
use std::sync::Arc;

#[component]
pub fn AccountList() -> impl IntoView {
    let words = &texts().accounts;
    let book = use_book();
    let rows = row_count();
    let shown = move || {
        let hits = book.hits.with(Vec::len) as u64;
        fill(words.shown_of, &[&format::number(hits), &format::number(rows.get() as u64)])
    };
    let desk = use_desk();
    let workspace = use_workspace();
    let order = Callback::new(move |()| {
        let hits = book.hits.read_untracked();
        workspace.with_rows(|rows| Order::of_accounts(rows, hits.iter().copied()))
    });
    address::follow();
    view! {
        <section class="page list-page" aria-labelledby="accounts-title">
            <header class="page-head">
                <h1 id="accounts-title">{words.title}</h1>
                <p class="page-count" role="status">{shown}</p>
                <ListExport order=order />
                <button type="button" class="button primary" on:click=move |_| desk.open(Sheet::NewAccount)>
                    <Icon name="plus" />
                    <span>{words.new_account}</span>
                </button>
            </header>
            <FilterBar><SortSelect book /></FilterBar>
            {move || list_or_why_not(book, rows)}
        </section>
    }
    .into_any()
}

fn row_count() -> Signal<usize> {
    let workspace = use_workspace();
    let version = workspace.rows_version();
    Memo::new(move |_| {
        version.track();
        workspace.with_rows(<[_]>::len)
    })
    .into()
}

/// What the screen shows below the tools; made again only when the answer is another one.
fn list_or_why_not(book: Book, rows: Signal<usize>) -> AnyView {
    let words = &texts().accounts;
    let some_rows = Memo::new(move |_| rows.get() > 0);
    let some_hits = Memo::new(move |_| !book.hits.read().is_empty());
    let content = move || {
        if !some_rows.get() {
            view! { <NoRows title=words.empty hint=words.empty_hint /> }.into_any()
        } else if !book.ready.get() {
            view! { <p class="preparing" role="status">{words.preparing}</p> }.into_any()
        } else if !some_hits.get() {
            view! {
                <Empty title=words.no_hits hint=words.no_hits_hint>
                    <button type="button" class="button" on:click=move |_| book.clear()>
                        {words.clear}
                    </button>
                </Empty>
            }
            .into_any()
        } else {
            view! { <AccountRows label=words.title hits=book.hits active=book.active scroll=book.scroll /> }.into_any()
        }
    };
    view! {
        <div
            class="list-body"
            data-row-count=move || rows.get()
            data-hits=move || book.hits.with(Vec::len)
            data-ready=move || book.ready.get().to_string()
        >
            {content}
        </div>
    }
    .into_any()
}

/// Accounts as lines that open them, by the places of their rows.
#[component]
pub fn AccountRows(
    label: &'static str,
    hits: Memo<Vec<u32>>,
    active: RwSignal<usize>,
    scroll: RwSignal<f64>,
) -> impl IntoView {
    let workspace = use_workspace();
    let navigate = use_navigate();
    let open = Callback::new(move |index: usize| {
        let place = hits.read_untracked().get(index).copied();
        let id = place.and_then(|place| {
            workspace.with_rows(|rows| rows.get(place as usize).map(|row| row.id))
        });
        if let Some(id) = id {
            navigate(&Route::Account(id).path(), Default::default());
        }
    });
    let draw: DrawRow = Arc::new(move |place: Place| {
        view! { <AccountListRow hits place on_open=open /> }.into_any()
    });
    view! {
        <VirtualList
            label=label
            count=Signal::derive(move || hits.with(Vec::len))
            active=active
            scroll=scroll
            head=view! { <RowHead /> }.into_any()
            row=draw
            on_open=open
        />
    }
    .into_any()
}

/// By name, or by what happened last.
#[component]
fn SortSelect(book: Book) -> impl IntoView {
    let words = &texts().accounts;
    let sorts = [("name", words.by_name), ("last", words.by_last_activity)]
        .map(|(code, words)| (code.to_owned(), words.to_owned()));
    view! {
        <Select
            label=words.sort
            choices=Signal::derive(move || sorts.to_vec())
            value=Signal::derive(move || match book.sort.get() {
                Sort::Name => "name".to_owned(),
                Sort::LastActivity => "last".to_owned(),
            })
            on_pick=Callback::new(move |code: String| {
                book.sort.set(if code == "last" { Sort::LastActivity } else { Sort::Name })
            })
        />
    }
}
