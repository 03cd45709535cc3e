//! What is looked for, as controls every screen with accounts or deals has above it. The filter
//! itself is one for all of them and lives in the book.

pub mod address;

use crate::{
    accounts::{book::use_book, choices},
    language::{texts, texts::records::Accounts},
    ui::{icon::Icon, select::Select},
    views::ViewSelect,
    workspace::use_workspace,
};
use domain::{
    filter::{Filter, Standing, Whose},
    period::Period,
};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The periods offered; any other comes by an address.
const PERIODS: [&str; 5] = ["month", "month+1", "quarter", "quarter+1", "year"];

/// Search, owner, territory and stage; what only one screen has comes after them.
#[component]
pub fn FilterBar(#[prop(optional)] children: Option<Children>) -> impl IntoView {
    let words = &texts().accounts;
    let filter = use_book().filter;
    view! {
        <div class="tools" role="search">
            <label class="search">
                <Icon name="search" />
                <input
                    type="search"
                    autocomplete="off"
                    aria-label=words.search
                    placeholder=words.search
                    prop:value=move || filter.read().text.clone()
                    on:input=move |event| filter.write().text = event_target_value(&event)
                    on:keydown=down_into_list
                />
            </label>
            {mine(words, filter)}
            {owner_and_place(words, filter)}
            <Select
                label=words.stage
                choices=Signal::derive(stages)
                value=Signal::derive(move || match filter.read().stage {
                    Standing::Any => String::new(),
                    Standing::In(stage) => choices::stage_code(stage),
                    Standing::Archived => "archived".to_owned(),
                })
                on_pick=Callback::new(move |code: String| filter.write().stage = standing(&code))
            />
            {children.map(|children| children())}
            <ViewSelect />
        </div>
    }
    .into_any()
}

/// When deals are expected to close.
#[component]
pub fn PeriodSelect() -> impl IntoView {
    let words = &texts().filter;
    let filter = use_book().filter;
    let shown = move || filter.read().period.map(|period| period.to_string()).unwrap_or_default();
    let choices = move || {
        let offered = PERIODS
            .iter()
            .zip(words.periods)
            .map(|(code, words)| ((*code).to_owned(), words.to_owned()));
        let mut choices: Vec<_> =
            [(String::new(), words.any_time.to_owned())].into_iter().chain(offered).collect();
        let shown = shown();
        if choices.iter().all(|(code, _)| *code != shown) {
            choices.push((shown.clone(), shown.replace("..", " – ")));
        }
        choices
    };
    view! {
        <Select
            label=words.period
            choices=Signal::derive(choices)
            value=Signal::derive(shown)
            on_pick=Callback::new(move |code: String| filter.write().period = Period::parse(&code))
        />
    }
}

fn mine(words: &'static Accounts, filter: RwSignal<Filter>) -> AnyView {
    let mine = move || filter.read().owner == Some(Whose::Reader);
    view! {
        <button
            type="button"
            class="button toggle"
            aria-pressed=move || mine().to_string()
            on:click=move |_| {
                let owner = if mine() { None } else { Some(Whose::Reader) };
                filter.write().owner = owner;
            }
        >
            {words.mine}
        </button>
    }
    .into_any()
}

fn owner_and_place(words: &'static Accounts, filter: RwSignal<Filter>) -> AnyView {
    let workspace = use_workspace();
    let configuration = workspace.configuration();
    let me = workspace.person();
    view! {
        <Select
            label=words.owner
            choices=Signal::derive(move || choices::everybody(&configuration.read(), words.everyone))
            value=Signal::derive(move || match filter.read().owner {
                None => String::new(),
                Some(Whose::Reader) => me.to_string(),
                Some(Whose::Of(person)) => person.to_string(),
            })
            on_pick=Callback::new(move |code: String| {
                filter.write().owner = choices::person_from(&code).map(Whose::Of);
            })
        />
        <Select
            label=words.territory
            choices=Signal::derive(move || {
                choices::territories(&configuration.read(), words.all_territories)
            })
            value=Signal::derive(move || filter.read().territory.clone().unwrap_or_default())
            on_pick=Callback::new(move |code: String| {
                filter.write().territory = choices::typed(&code);
            })
        />
    }
    .into_any()
}

fn stages() -> Vec<(String, String)> {
    let mut choices = choices::life_cycle();
    choices.insert(0, (String::new(), texts().accounts.all_stages.to_owned()));
    choices.push(("archived".to_owned(), texts().accounts.archived.to_owned()));
    choices
}

fn standing(code: &str) -> Standing {
    match choices::stage_from(code) {
        Some(stage) => Standing::In(stage),
        None if code == "archived" => Standing::Archived,
        None => Standing::Any,
    }
}

/// Goes on from the search to what it found.
fn down_into_list(event: ev::KeyboardEvent) {
    let first = document().query_selector(".virtual-scroll [tabindex='0']").ok().flatten();
    if event.key() == "ArrowDown"
        && let Some(row) = first.and_then(|row| row.dyn_into::<HtmlElement>().ok())
    {
        event.prevent_default();
        let _ = row.focus();
    }
}
