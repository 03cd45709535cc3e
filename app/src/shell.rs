//! The frame around every screen: where one can go, how the tablet stands, who is signed in.

mod print_head;
mod settings;
mod sync_badge;

use crate::{
    accounts::{
        AccountList, NoSuchPage,
        book::{Book, use_book},
    },
    commands::{Act, COMMANDS, Command, Desk, DeskSheets, Sheet, use_desk},
    language::{format, texts},
    parts::{self, screen},
    route::Route as Address,
    today::{
        agenda::{Agenda, use_agenda},
        reminder::remind,
    },
    ui::{
        icon::{Icon, Token},
        notice::{NoticeBoard, use_notices},
    },
    warnings::leave,
    workspace::use_workspace,
};
use leptos::prelude::*;
use leptos_router::{
    components::{A, Redirect, Route, Router, Routes},
    path,
};
use print_head::PrintHead;
use settings::Settings;
use sync_badge::SyncBadge;

#[component]
pub fn Shell() -> impl IntoView {
    let words = &texts().shell;
    let workspace = use_workspace();
    Book::provide(workspace);
    Desk::provide();
    let drawn = use_book().drawn();
    Agenda::provide(workspace, drawn);
    Effect::new(move |_| {
        if drawn.get() {
            workspace.warm_up();
        }
    });
    format::follow_time();
    let agenda = use_agenda();
    remind(agenda);
    let due = move || {
        let due = agenda.due.get() as u64;
        let said = texts().count(texts().shell.due, due, &format::number(due));
        (due > 0).then(|| {
            view! { <span class="rail-count" title=said.clone() aria-label=said>{format::number(due)}</span> }
        })
    };
    let link = move |command: &'static Command| {
        let Act::Rail(address) = command.act else { return None };
        let counted = (address == Address::Today).then_some(due);
        Some(view! {
            <li>
                <A href=address.path() attr:class="rail-link">
                    <Icon name=command.icon />
                    <span>{(command.words)(texts())}</span>
                    {counted}
                </A>
            </li>
        })
    };
    view! {
        <Router>
        <a class="skip" href="#content">{words.skip}</a>
        <div class="shell">
            <nav class="rail" aria-label=words.navigation>
                <div class="rail-mark" title=workspace.workspace_name()><Token /></div>
                <ul class="rail-links">
                    {COMMANDS.iter().filter_map(link).collect_view()}
                </ul>
                <SearchButton />
                <UpdateReady />
                <SyncBadge />
                <Settings />
            </nav>
            <main id="content" tabindex="-1">
                <PrintHead />
                <Routes fallback=|| view! { <NoSuchPage /> }>
                    <Route path=path!("/") view=|| view! { <Redirect path=Address::Accounts.path() /> } />
                    <Route path=path!("/today") view=|| screen(parts::today) />
                    <Route path=path!("/accounts") view=AccountList />
                    <Route path=path!("/accounts/:id") view=|| screen(parts::account) />
                    <Route path=path!("/deals") view=|| screen(parts::deals) />
                    <Route path=path!("/dashboard") view=|| screen(parts::dashboard) />
                    <Route path=path!("/dashboard/:which") view=|| screen(parts::boards) />
                    <Route path=path!("/sync") view=|| screen(parts::sync_centre) />
                    <Route path=path!("/bring-in") view=|| screen(parts::bring_in) />
                    <Route path=path!("/settings") view=|| screen(parts::settings) />
                </Routes>
            </main>
        </div>
        <NoticeBoard />
        <DeskSheets />
        </Router>
    }
    .into_any()
}

/// The palette, for those who have no keys.
#[component]
fn SearchButton() -> impl IntoView {
    let words = &texts().commands;
    let desk = use_desk();
    view! {
        <button
            type="button"
            class="rail-link rail-search"
            title=words.title
            aria-haspopup="dialog"
            on:click=move |_| desk.open(Sheet::Palette)
        >
            <Icon name="search" />
            <span>{words.search}</span>
        </button>
    }
    .into_any()
}

#[component]
fn UpdateReady() -> impl IntoView {
    let workspace = use_workspace();
    let notices = use_notices();
    let ready = workspace.update_ready();
    let take = move |_| leave(workspace.apply_update(), notices);
    move || {
        ready.get().then(|| {
            view! {
                <button type="button" class="update-ready" on:click=take>
                    <Icon name="sparkles" />
                    <span>{texts().shell.update_ready}</span>
                </button>
            }
        })
    }
}
