//! The deals page: one filter over a board and a list.

use crate::{
    accounts::{
        book::{Book, use_book},
        no_rows::NoRows,
    },
    bring_in::{ListExport, Order},
    deals::{
        board::Board,
        filter::{PipelineSelect, Shape, Shapes, shape},
        gathered::{ByStage, View},
        list::DealList,
    },
    filter::{FilterBar, PeriodSelect, address},
    gathering::{self, Gathers},
    language::{self, format, texts},
    ui::empty::Empty,
    workspace::use_workspace,
};
use leptos::prelude::*;
use search::Index;

#[component]
pub fn DealsPage() -> impl IntoView {
    let words = language::deals();
    let workspace = use_workspace();
    let configuration = workspace.configuration();
    let book = use_book();
    let filter = book.filter;
    address::follow();
    let shape = shape();
    let found = Memo::new(move |_| {
        let text = filter.read().text.trim().to_owned();
        // The text finds accounts, by their deals as well; the rest is asked of each deal.
        let find = |index: &Index| workspace.with_rows(|rows| index.find_text(rows, &text).into());
        (!text.is_empty()).then(|| book.read_index(find))
    });
    let view = Memo::new(move |_| View {
        configuration: configuration.get(),
        filter: filter.get(),
        reader: book.reader(),
        found: found.get(),
    });
    let gathered = gathering::gather::<ByStage>(move || view.get());
    let columns = Memo::new(move |_| {
        gathered.read().as_ref().map(|by_stage| by_stage.columns.clone()).unwrap_or_default()
    });
    let ready = Memo::new(move |_| {
        gathered.read().as_ref().is_some_and(|by_stage| *by_stage.view() == *view.read())
    });
    let total =
        Memo::new(move |_| columns.read().iter().map(|column| column.deals.len()).sum::<usize>());
    let any = Memo::new(move |_| total.get() > 0);
    let filtered = Memo::new(move |_| !filter.read().is_empty());
    let order = Callback::new(move |()| {
        let columns = columns.read_untracked();
        let places = columns.iter().flat_map(|column| &column.deals);
        workspace.with_rows(|rows| Order::of_deals(rows, places))
    });
    let count = move || {
        let total = total.get() as u64;
        texts().count(words.count, total, &format::number(total))
    };
    let content = move || match (any.get(), shape.get()) {
        (false, _) if !ready.get() => {
            view! { <p class="preparing" aria-busy="true"></p> }.into_any()
        }
        (false, _) if filtered.get() => nothing_fits(book),
        (false, _) => view! { <NoRows title=words.empty hint=words.empty_hint /> }.into_any(),
        (true, Shape::Board) => view! { <Board columns /> }.into_any(),
        (true, Shape::List) => view! { <DealList columns /> }.into_any(),
    };
    view! {
        <section class="page list-page" aria-labelledby="deals-page-title">
            <header class="page-head">
                <h1 id="deals-page-title">{words.title}</h1>
                <p class="page-count" role="status">{count}</p>
                <ListExport order=order />
                <Shapes shape />
            </header>
            <FilterBar><PipelineSelect /><PeriodSelect /></FilterBar>
            <div class="list-body" data-row-count=move || total.get() data-ready=move || ready.get().to_string()>{content}</div>
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
