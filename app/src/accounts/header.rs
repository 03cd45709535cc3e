//! The top of an account's page: who it is, where it stands, whose it is.

use crate::{
    accounts::{OpenAccount, choices},
    language::{self, format, names, texts, texts::fill},
    route::Route,
    ui::{
        avatar::Avatar,
        edit_mark::EditMark,
        editable_text::EditableText,
        icon::{Icon, IconButton},
        select::Select,
    },
};
use domain::edit::AccountEdit;
use leptos::{ev, prelude::*};

#[component]
pub fn AccountHeader(open: OpenAccount) -> impl IntoView {
    let words = language::account();
    let name = open.read(|account| account.name.clone());
    let archived = open.read(|account| account.archived);
    let workspace = open.workspace;
    let since = move || {
        let account = open.account.read();
        let account = account.as_ref()?;
        let day = format::day(account.created_at.day(), workspace.now());
        Some(format!("{} · {}", names::party(account.party), fill(words.since, &[&day])))
    };
    let rename = Callback::new(move |name: String| open.edit(AccountEdit::Rename(name)));
    let archive = move |_| {
        let edit =
            if archived.get_untracked() { AccountEdit::Restore } else { AccountEdit::Archive };
        open.edit(edit);
    };
    view! {
        <header class="account-head">
            <a class="button icon-button" href=Route::Accounts.path() aria-label=words.back title=words.back>
                <Icon name="arrow-left" />
            </a>
            <Avatar name=name />
            <div class="account-title">
                <h1><EditableText label=words.name value=name on_commit=rename /></h1>
                <p class="quiet">
                    <span>{since}</span>
                    {move || archived.get().then(|| view! { <span class="chip">{texts().accounts.archived}</span> })}
                    <EditMark state=workspace.edit_state(open.id.0) />
                </p>
            </div>
            <Standing open />
            <button type="button" class="button" on:click=archive>
                <Icon name="archive" />
                <span>{move || if archived.get() { words.restore } else { words.archive }}</span>
            </button>
        </header>
        <Tags open />
    }
    .into_any()
}

/// Stage, owner and territory, each set where it stands.
#[component]
fn Standing(open: OpenAccount) -> impl IntoView {
    let words = language::account();
    let configuration = open.workspace.configuration();
    let read = move |part: fn(&domain::account::Account) -> String| open.read(part);
    let owner = read(|account| account.owner.map(|id| id.to_string()).unwrap_or_default());
    view! {
        <div class="account-standing">
            <Select
                label=words.stage
                choices=Signal::derive(choices::life_cycle)
                value=read(|account| choices::stage_code(account.stage))
                on_pick=Callback::new(move |code: String| {
                    if let Some(stage) = choices::stage_from(&code) {
                        open.edit(AccountEdit::SetStage(stage));
                    }
                })
            />
            <Select
                label=words.owner
                choices=Signal::derive(move || {
                    let now = choices::person_from(&owner.read());
                    choices::people(&configuration.read(), texts().words.nobody, now)
                })
                value=owner
                on_pick=Callback::new(move |code: String| {
                    open.edit(AccountEdit::SetOwner(choices::person_from(&code)));
                })
            />
            <Select
                label=words.territory
                choices=Signal::derive(move || {
                    choices::territories(&configuration.read(), texts().words.not_set)
                })
                value=read(|account| account.territory.clone().unwrap_or_default())
                on_pick=Callback::new(move |code: String| {
                    open.edit(AccountEdit::SetTerritory(choices::typed(&code)));
                })
            />
        </div>
    }
    .into_any()
}

#[component]
fn Tags(open: OpenAccount) -> impl IntoView {
    let words = language::account();
    let tags = open.read(|account| account.tags.iter().cloned().collect::<Vec<_>>());
    let typed = RwSignal::new(String::new());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if open.edit(AccountEdit::Tag(typed.get_untracked())) {
            typed.set(String::new());
        }
    };
    let chip = move |tag: String| {
        let label = fill(words.remove_tag, &[&tag]);
        let untag = Callback::new({
            let tag = tag.clone();
            move |()| {
                open.edit(AccountEdit::Untag(tag.clone()));
            }
        });
        view! {
            <li class="chip tag">
                <span>{tag}</span>
                <IconButton icon="x" label on_press=untag />
            </li>
        }
    };
    view! {
        <div class="tags">
            <ul aria-label=words.tags>
                <For each=move || tags.get() key=Clone::clone children=chip />
            </ul>
            <form on:submit=submit>
                <input
                    class="tag-input"
                    aria-label=words.add_tag
                    placeholder=words.add_tag
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                />
            </form>
        </div>
    }
    .into_any()
}
