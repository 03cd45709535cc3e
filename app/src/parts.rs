//! The parts of the app that load with their screens; the list of accounts is in the main part.
//!
//! The service worker keeps every part, so that they are there with no line; before it has, one
//! that cannot be fetched says so and can be tried again. See docs/adr/0012.

use crate::{
    accounts::AccountPage,
    boards::BoardPage,
    bring_in::{self, BringInPage, Order},
    commands::OpenSheet,
    dashboard::DashboardPage,
    deals::DealsPage,
    language::texts,
    segments::SegmentsPage,
    settings::SettingsPage,
    sync_centre::SyncCentre,
    today::TodayPage,
    ui::{
        empty::Empty,
        notice::{Notices, use_notices},
    },
    workspace::Workspace,
};
use leptos::{
    prelude::*,
    task::spawn_local_scoped,
    wasm_split::{SplitLoaderError, wasm_split},
};
use std::future::Future;

/// How a screen is drawn, once its part is here.
type Screen = Result<fn() -> AnyView, SplitLoaderError>;

#[wasm_split(today, wasm_split_path = leptos::wasm_split, fallible)]
pub fn today() -> Screen {
    Ok(|| view! { <TodayPage /> }.into_any())
}

#[wasm_split(account, wasm_split_path = leptos::wasm_split, fallible)]
pub fn account() -> Screen {
    Ok(|| view! { <AccountPage /> }.into_any())
}

#[wasm_split(deals, wasm_split_path = leptos::wasm_split, fallible)]
pub fn deals() -> Screen {
    Ok(|| view! { <DealsPage /> }.into_any())
}

#[wasm_split(dashboard, wasm_split_path = leptos::wasm_split, fallible)]
pub fn dashboard() -> Screen {
    Ok(|| view! { <DashboardPage /> }.into_any())
}

#[wasm_split(boards, wasm_split_path = leptos::wasm_split, fallible)]
pub fn boards() -> Screen {
    Ok(|| view! { <BoardPage /> }.into_any())
}

#[wasm_split(segments, wasm_split_path = leptos::wasm_split, fallible)]
pub fn segments() -> Screen {
    Ok(|| view! { <SegmentsPage /> }.into_any())
}

#[wasm_split(sync_centre, wasm_split_path = leptos::wasm_split, fallible)]
pub fn sync_centre() -> Screen {
    Ok(|| view! { <SyncCentre /> }.into_any())
}

/// What lies open above the screens: the palette, the help sheet, a new account.
#[wasm_split(sheets, wasm_split_path = leptos::wasm_split, fallible)]
pub fn sheets() -> Screen {
    Ok(|| view! { <OpenSheet /> }.into_any())
}

#[wasm_split(settings, wasm_split_path = leptos::wasm_split, fallible)]
pub fn settings() -> Screen {
    Ok(|| view! { <SettingsPage /> }.into_any())
}

#[wasm_split(bring_in, wasm_split_path = leptos::wasm_split, fallible)]
pub fn bring_in() -> Screen {
    Ok(|| view! { <BringInPage /> }.into_any())
}

/// How the accounts or deals of a list are written out, once its part is here.
#[wasm_split(export, wasm_split_path = leptos::wasm_split, fallible)]
pub fn export() -> Result<fn(Workspace, Notices, Order), SplitLoaderError> {
    Ok(bring_in::export)
}

/// What is known of a part.
#[derive(Clone, Copy)]
enum Part {
    Loading,
    Here(fn() -> AnyView),
    Missing,
}

/// Draws the screen of a part when it has loaded.
pub fn screen<F: Future<Output = Screen> + 'static>(load: fn() -> F) -> AnyView {
    let part = RwSignal::new(Part::Loading);
    let fetch = Callback::new(move |()| {
        part.set(Part::Loading);
        spawn_local_scoped(async move {
            part.set(load().await.map_or(Part::Missing, Part::Here));
        });
    });
    fetch.run(());
    drawn(part, fetch)
}

/// Draws what lies above the screens when its part has loaded; says that it is not here yet, and
/// lets go of it, when it cannot be fetched.
pub fn above<F>(load: fn() -> F, let_go: Callback<()>) -> AnyView
where
    F: Future<Output = Screen> + 'static,
{
    let notices = use_notices();
    let part = RwSignal::new(None);
    spawn_local_scoped(async move {
        match load().await {
            Ok(draw) => part.set(Some(draw)),
            Err(_) => {
                notices.say(texts().shell.part_missing.to_owned());
                let_go.run(());
            }
        }
    });
    (move || part.get().map(|draw| draw())).into_any()
}

fn drawn(part: RwSignal<Part>, fetch: Callback<()>) -> AnyView {
    let draw = move || match part.get() {
        Part::Loading => view! { <div class="page" aria-busy="true"></div> }.into_any(),
        Part::Here(draw) => draw(),
        Part::Missing => missing(fetch),
    };
    draw.into_any()
}

fn missing(fetch: Callback<()>) -> AnyView {
    let words = &texts().shell;
    view! {
        <section class="page">
            <Empty title=words.part_missing hint=words.part_missing_hint>
                <button type="button" class="button" on:click=move |_| fetch.run(())>
                    {words.try_again}
                </button>
            </Empty>
        </section>
    }
    .into_any()
}
