//! The palette: type a few letters, and any screen, record or action is one key away.

use super::{
    Ask,
    desk::Carry,
    palette_found::{self as found, Found},
    sheet::Keys,
};
use crate::{
    accounts::book::use_book,
    language::{format, texts, texts::fill},
    route::Route,
    ui::{dialog::Dialog, icon::Icon},
    workspace::use_workspace,
};
use leptos::{ev, prelude::*};

#[component]
pub fn Palette(
    /// What is asked, when only the account it is asked of is still to be chosen.
    ask: Option<Ask>,
    on_close: Callback<()>,
) -> impl IntoView {
    let words = &texts().commands;
    let workspace = use_workspace();
    let book = use_book();
    let carry: Carry = expect_context();
    let text = RwSignal::new(String::new());
    let lines = Memo::new_with_compare(
        move |_| {
            let text = text.read();
            let read =
                |index: &_| match ask {
                    Some(_) => workspace
                        .with_rows(|rows| found::accounts(rows, index, &text, book.reader())),
                    None if text.trim().is_empty() => Vec::new(),
                    None => workspace
                        .with_rows(|rows| found::records(rows, index, &text, book.reader())),
                };
            let records = book.read_index(read);
            let mut lines =
                if ask.is_none() { found::commands(&text, texts()) } else { Vec::new() };
            if ask.is_none() {
                let configuration = workspace.configuration();
                lines.extend(found::views(&configuration.read(), workspace.person(), &text));
            }
            lines.extend(records);
            lines
        },
        |_, _| true,
    );
    let active = RwSignal::new(0usize);
    let pick = move |at: usize| match (lines.read_untracked().get(at), ask) {
        (Some(Found::Command(command)), _) => carry.command.run(command),
        (Some(Found::Account(account, _)), Some(ask)) => carry.on_account.run((*account, ask)),
        (Some(Found::Account(id, _) | Found::Person(id, ..) | Found::Deal(id, ..)), _) => {
            carry.to.run(Route::Account(*id).path());
        }
        (Some(Found::View(id, _)), _) => carry.view.run(*id),
        (None, _) => {}
    };
    let on_keydown = move |event: ev::KeyboardEvent| {
        let (at, last) = (active.get_untracked(), lines.read_untracked().len().saturating_sub(1));
        let to = match event.key().as_str() {
            "ArrowDown" => {
                if at >= last {
                    0
                } else {
                    at + 1
                }
            }
            "ArrowUp" => at.checked_sub(1).unwrap_or(last),
            "Enter" if !event.is_composing() => {
                event.prevent_default();
                return pick(at);
            }
            _ => return,
        };
        event.prevent_default();
        active.set(to);
        if let Some(line) = document().get_element_by_id(&format!("found-{to}")) {
            line.scroll_into_view_with_bool(false);
        }
    };
    let title = if ask.is_some() { words.which_account } else { words.title };
    let label = if ask.is_some() { texts().accounts.search } else { words.placeholder };
    let count = move || {
        let count = lines.read().len() as u64;
        texts().count(words.found, count, &format::number(count))
    };
    view! {
        <Dialog title on_close>
            <div class="palette">
                <input
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    aria-expanded="true"
                    aria-autocomplete="list"
                    aria-controls="found"
                    aria-activedescendant=move || {
                        (!lines.read().is_empty()).then(|| format!("found-{}", active.get()))
                    }
                    aria-label=label
                    placeholder=label
                    on:input=move |event| {
                        active.set(0);
                        text.set(event_target_value(&event));
                    }
                    on:keydown=on_keydown
                />
                <p class="hidden-title" role="status">{count}</p>
                <ul id="found" role="listbox" aria-label=title class="found">
                    {move || {
                        let lines = lines.read();
                        let lines = lines.iter().enumerate();
                        lines.map(|(at, found)| line(found, at, active, Callback::new(pick))).collect_view()
                    }}
                </ul>
                {move || lines.read().is_empty().then(|| view! { <p class="nothing">{texts().accounts.no_hits}</p> })}
            </div>
        </Dialog>
    }
    .into_any()
}

fn line(found: &Found, at: usize, active: RwSignal<usize>, pick: Callback<usize>) -> AnyView {
    let words = &texts().commands;
    let (icon, name, kind, keys, id) = match found {
        Found::Command(command) => (
            command.icon,
            (command.words)(texts()).to_owned(),
            (command.kind)(texts()).to_owned(),
            command.keys,
            command.id,
        ),
        Found::Account(_, name) => ("book-user", name.clone(), words.account.to_owned(), "", ""),
        Found::View(_, name) => ("bookmark", name.clone(), texts().views.view.to_owned(), "", ""),
        Found::Person(_, name, account) => {
            ("users", name.clone(), fill(words.person_at, &[account]), "", "")
        }
        Found::Deal(_, name, account) => {
            ("handshake", name.clone(), fill(words.deal_of, &[account]), "", "")
        }
    };
    view! {
        <li
            id=format!("found-{at}")
            role="option"
            class="found-line"
            data-command=id
            aria-selected=move || (active.get() == at).to_string()
            on:click=move |_| pick.run(at)
            on:pointermove=move |_| if active.get_untracked() != at { active.set(at) }
        >
            <Icon name=icon />
            <span class="found-name">{name}</span>
            <span class="quiet">{kind}</span>
            {(!keys.is_empty()).then(|| view! { <Keys keys /> })}
        </li>
    }
    .into_any()
}
