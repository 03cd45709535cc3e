//! The list of accounts: search as you type, filter, sort, open.

use crate::{
    accounts::{
        book::{Book, use_book},
        choices,
        form::NewAccountDialog,
        row::{AccountListRow, RowHead},
        search::{Filter, Sort, Standing},
    },
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
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

#[component]
pub fn AccountList() -> impl IntoView {
    let words = &texts().accounts;
    let book = use_book();
    let adding = RwSignal::new(false);
    let rows = row_count();
    let shown = move || {
        let hits = book.hits.with(Vec::len) as u64;
        fill(words.shown_of, &[&format::number(hits), &format::number(rows.get() as u64)])
    };
    let stop_adding = Callback::new(move |()| adding.set(false));
    view! {
        <section class="page list-page" aria-labelledby="accounts-title">
            <header class="page-head">
                <h1 id="accounts-title">{words.title}</h1>
                <p class="page-count" role="status">{shown}</p>
                <button type="button" class="button primary" on:click=move |_| adding.set(true)>
                    <Icon name="plus" />
                    <span>{words.new_account}</span>
                </button>
            </header>
            <Tools book />
            {move || list_or_why_not(book, rows)}
            {move || adding.get().then(|| view! { <NewAccountDialog on_close=stop_adding /> })}
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
            view! { <Empty title=words.empty hint=words.empty_hint /> }.into_any()
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
            view! { <Rows book /> }.into_any()
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

#[component]
fn Rows(book: Book) -> impl IntoView {
    let workspace = use_workspace();
    let navigate = use_navigate();
    let open = Callback::new(move |index: usize| {
        let place = book.hits.read_untracked().get(index).copied();
        let id = place.and_then(|place| {
            workspace.with_rows(|rows| rows.get(place as usize).map(|row| row.id))
        });
        if let Some(id) = id {
            navigate(&Route::Account(id).path(), Default::default());
        }
    });
    let draw: DrawRow = Arc::new(move |place: Place| {
        view! { <AccountListRow book place on_open=open /> }.into_any()
    });
    view! {
        <VirtualList
            label=texts().accounts.title
            count=Signal::derive(move || book.hits.with(Vec::len))
            active=book.active
            scroll=book.scroll
            head=view! { <RowHead /> }.into_any()
            row=draw
            on_open=open
        />
    }
    .into_any()
}

#[component]
fn Tools(book: Book) -> impl IntoView {
    let words = &texts().accounts;
    let workspace = use_workspace();
    let configuration = workspace.configuration();
    let me = workspace.person();
    let narrow = move |change: &dyn Fn(&mut Filter)| book.filter.update(|filter| change(filter));
    let mine = move || book.filter.read().owner == Some(me);
    let down_into_list = move |event: ev::KeyboardEvent| {
        let first = document().query_selector(".virtual-scroll [tabindex='0']").ok().flatten();
        if event.key() == "ArrowDown"
            && let Some(row) = first
        {
            event.prevent_default();
            focus(row);
        }
    };
    let stages = || {
        let mut choices = choices::life_cycle();
        choices.insert(0, (String::new(), texts().accounts.all_stages.to_owned()));
        choices.push(("archived".to_owned(), texts().account.archived.to_owned()));
        choices
    };
    let sorts = [("name", words.by_name), ("last", words.by_last_activity)]
        .map(|(code, words)| (code.to_owned(), words.to_owned()));
    view! {
        <div class="tools" role="search">
            <label class="search">
                <Icon name="search" />
                <input
                    type="search"
                    autocomplete="off"
                    aria-label=words.search
                    placeholder=words.search
                    prop:value=move || book.search.get()
                    on:input=move |event| book.search.set(event_target_value(&event))
                    on:keydown=down_into_list
                />
            </label>
            <button
                type="button"
                class="button toggle"
                aria-pressed=move || mine().to_string()
                on:click=move |_| {
                    let owner = if mine() { None } else { Some(me) };
                    narrow(&|filter| filter.owner = owner);
                }
            >
                {words.mine}
            </button>
            <Select
                label=words.owner
                choices=Signal::derive(move || choices::people(&configuration.read(), words.everyone))
                value=Signal::derive(move || {
                    book.filter.read().owner.map(|owner| owner.to_string()).unwrap_or_default()
                })
                on_pick=Callback::new(move |code: String| {
                    narrow(&|filter| filter.owner = choices::person_from(&code))
                })
            />
            <Select
                label=words.territory
                choices=Signal::derive(move || {
                    choices::territories(&configuration.read(), words.all_territories)
                })
                value=Signal::derive(move || book.filter.read().territory.clone().unwrap_or_default())
                on_pick=Callback::new(move |code: String| {
                    narrow(&|filter| filter.territory = choices::typed(&code))
                })
            />
            <Select
                label=words.stage
                choices=Signal::derive(stages)
                value=Signal::derive(move || match book.filter.read().stage {
                    Standing::Any => String::new(),
                    Standing::In(stage) => choices::stage_code(stage),
                    Standing::Archived => "archived".to_owned(),
                })
                on_pick=Callback::new(move |code: String| {
                    narrow(&|filter| filter.stage = standing(&code))
                })
            />
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
        </div>
    }
    .into_any()
}

fn standing(code: &str) -> Standing {
    match choices::stage_from(code) {
        Some(stage) => Standing::In(stage),
        None if code == "archived" => Standing::Archived,
        None => Standing::Any,
    }
}

fn focus(element: web_sys::Element) {
    use wasm_bindgen::JsCast;
    if let Ok(element) = element.dyn_into::<web_sys::HtmlElement>() {
        let _ = element.focus();
    }
}
