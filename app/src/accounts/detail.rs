//! One account's page: the whole portrait on one screen.

use crate::{
    accounts::{
        OpenAccount, activities::TimelineSection, addresses::AddressesSection,
        conflicts::ConflictsSection, deals::DealsSection, header::AccountHeader, log::LogForm,
        note::NoteSection, people::PeopleSection, profile::ProfileSection, tasks::TasksSection,
        why_unreadable,
    },
    language::{self, texts},
    route::Route,
    ui::empty::Empty,
    workspace::{Opened, Unreadable, use_workspace},
};
use domain::{account::Account, id::AccountId};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::sync::Arc;

/// The page for the account its address names.
#[component]
pub fn AccountPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id")?.parse::<AccountId>().ok());
    move || match id.get() {
        Some(id) => view! { <OpenedAccount id /> }.into_any(),
        None => view! { <NoSuchPage /> }.into_any(),
    }
}

/// What an address that leads nowhere shows.
#[component]
pub fn NoSuchPage() -> impl IntoView {
    let words = &texts().shell;
    view! {
        <section class="page">
            <Empty title=words.no_such_page>
                <a class="button" href=Route::Accounts.path()>{words.to_accounts}</a>
            </Empty>
        </section>
    }
    .into_any()
}

/// How an account stands, without its content: the page is built again only when this changes.
#[derive(Clone, PartialEq)]
enum Standing {
    Loading,
    NotHere,
    Malformed(Unreadable),
    Here,
}

#[component]
fn OpenedAccount(id: AccountId) -> impl IntoView {
    let opened = use_workspace().open(id);
    let standing = Memo::new(move |_| match &*opened.read() {
        Opened::Loading => Standing::Loading,
        Opened::NotHere => Standing::NotHere,
        Opened::Malformed(why) => Standing::Malformed(why.clone()),
        Opened::Here(_) => Standing::Here,
    });
    let account: Signal<Option<Arc<Account>>> = Signal::derive(move || match &*opened.read() {
        Opened::Here(account) => Some(Arc::clone(account)),
        _ => None,
    });
    move || match standing.get() {
        Standing::Loading => loading(),
        Standing::NotHere => view! { <NotHere id /> }.into_any(),
        Standing::Malformed(why) => malformed(why),
        Standing::Here => portrait(OpenAccount::new(id, account)),
    }
}

fn loading() -> AnyView {
    view! { <section class="page page-loading" role="status" aria-label=texts().words.loading></section> }
        .into_any()
}

fn malformed(why: Unreadable) -> AnyView {
    let words = language::account();
    view! {
        <section class="page">
            <Empty title=words.malformed hint=words.malformed_hint>
                <p class="malformed">{why_unreadable(&why)}</p>
            </Empty>
        </section>
    }
    .into_any()
}

#[component]
fn NotHere(id: AccountId) -> impl IntoView {
    let words = language::account();
    let workspace = use_workspace();
    let asked = RwSignal::new(false);
    let fetch = move |_| {
        workspace.fetch(id.0);
        asked.set(true);
    };
    view! {
        <section class="page">
            <Empty title=words.not_here hint=words.not_here_hint>
                <button type="button" class="button primary" disabled=move || asked.get() on:click=fetch>
                    {words.fetch}
                </button>
                <p role="status">{move || asked.get().then_some(words.fetching)}</p>
            </Empty>
        </section>
    }
    .into_any()
}

fn portrait(open: OpenAccount) -> AnyView {
    view! {
        <article class="page account-page">
            <AccountHeader open />
            <ConflictsSection open />
            <div class="portrait">
                <div class="portrait-side">
                    <PeopleSection open />
                    <AddressesSection open />
                    <ProfileSection open />
                </div>
                <div class="portrait-main">
                    <LogForm open />
                    <TimelineSection open />
                </div>
                <div class="portrait-side">
                    <TasksSection open />
                    <DealsSection open />
                    <NoteSection open />
                </div>
            </div>
        </article>
    }
    .into_any()
}
