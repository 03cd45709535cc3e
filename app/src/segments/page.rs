//! One segment: who belongs to it, how valuable they are, how they buy, how to work with them, and
//! what can be done to all of them.

use super::{
    Known,
    action::{ActionDialog, Wanted},
    asked::Asked,
    builder::Builder,
};
use crate::{
    accounts::{AccountRows, NoSuchPage, told},
    boards::{
        Shown as Board, Tiles,
        charts::Charts,
        explained::{Behind, Explained},
        tabs::Tabs,
    },
    language::{boards::boards, format, segments::segments, texts, texts::fill},
    route::Route,
    ui::{
        icon::{Icon, IconButton},
        notice::use_notices,
    },
    workspace::use_workspace,
};
use analytics::{
    boards::customers,
    segments::{Members, Untold, members, portrait::portrait},
    span::Stretch,
};
use domain::{
    id::{AccountId, SegmentId},
    setting::{Setting, Subject},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

#[component]
pub fn SegmentPage(id: SegmentId, known: Known) -> impl IntoView {
    let configuration = use_workspace().configuration();
    let exists = Memo::new(move |_| configuration.read().segments.contains_key(&id));
    move || {
        if exists.get() {
            view! { <OneSegment id known /> }.into_any()
        } else {
            view! { <NoSuchPage /> }.into_any()
        }
    }
}

#[component]
fn OneSegment(id: SegmentId, known: Known) -> impl IntoView {
    let words = segments();
    let (workspace, notices, navigate) = (use_workspace(), use_notices(), use_navigate());
    workspace.hold_settings();
    let configuration = workspace.configuration();
    let segment =
        Memo::new(move |_| configuration.read().segments.get(&id).cloned().unwrap_or_default());
    let found = Memo::new(move |_| known.ask(|base| members(&segment.read(), base)));
    let editing = RwSignal::new(false);
    let stop = Callback::new(move |()| editing.set(false));
    let put_away = Callback::new(move |()| {
        let navigate = navigate.clone();
        spawn_local(async move {
            let set = workspace.set(Subject::Segment(id), Setting::Archived(true));
            if told(notices, set.await) {
                navigate(&Route::Segments.path(), Default::default());
            }
        });
    });
    let name = move || segment.read().name.clone();
    let frozen = move || segment.read().frozen.is_some();
    let advice = move || {
        let advice = segment.read().advice.clone();
        advice.unwrap_or_else(|| words.no_advice.to_owned())
    };
    let is_told = Memo::new(move |_| found.read().as_ref().map(Result::is_ok));
    let content = move || match is_told.get() {
        None => view! { <div class="tiles" aria-busy="true"></div> }.into_any(),
        Some(false) => {
            view! { <p class="dashboard-warning" role="status">{refused(found)}</p> }.into_any()
        }
        Some(true) => view! { <Told known found /> }.into_any(),
    };
    view! {
        <section
            class="page dashboard segment-page"
            aria-labelledby="segment-title"
            data-ready=move || is_told.get().is_some().to_string()
            data-members=move || match found.read().as_ref() {
                Some(Ok(members)) => members.places.len().to_string(),
                _ => String::new(),
            }
        >
            <header class="page-head">
                <a class="button icon-button" href=Route::Segments.path() aria-label=words.back title=words.back>
                    <Icon name="arrow-left" />
                </a>
                <h1 id="segment-title">{name}</h1>
                <span class="chip">{move || if frozen() { words.frozen } else { words.live }}</span>
                <span class="page-count"></span>
                <button type="button" class="button" data-edit-segment on:click=move |_| editing.set(true)>
                    <Icon name="pencil" />
                    <span>{texts().words.edit}</span>
                </button>
                <IconButton icon="archive" label=Signal::stored(words.put_away.to_owned()) on_press=put_away />
            </header>
            <Tabs />
            <div class="segment-about">
                <section class="panel" aria-labelledby="advice-title">
                    <h2 id="advice-title">{words.advice}</h2>
                    <p class="segment-advice">{advice}</p>
                </section>
                <Asked segment />
            </div>
            {content}
            {move || editing.get().then(|| view! { <Builder known of=Some(id) on_close=stop /> })}
        </section>
    }
    .into_any()
}

type Found = Memo<Option<Result<Members, Untold>>>;

fn refused(found: Found) -> String {
    match found.read().as_ref() {
        Some(Err(untold)) => fill(segments().refused, &[&untold.0.join(", ")]),
        _ => String::new(),
    }
}

/// What is told of the members, and what can be done to them.
#[component]
fn Told(known: Known, found: Found) -> impl IntoView {
    let words = segments();
    let workspace = use_workspace();
    let shown = Memo::new(move |_| {
        let found = found.read();
        let members = found.as_ref()?.as_ref().ok()?;
        known.ask(|base| Board {
            board: Arc::new(portrait(members, base)),
            currency: base.view.configuration.reporting_currency,
            accounts: members.places.len() as u64,
        })
    });
    let hits = Memo::new(move |_| {
        let found = found.read();
        let Some(Ok(members)) = found.as_ref() else { return Vec::new() };
        workspace.with_rows(|rows| {
            let named = members.places.iter().filter_map(|at| Some((*at, rows.get(*at as usize)?)));
            let mut named: Vec<_> = named.collect();
            format::sort_by_name(&mut named, |(_, row)| &row.name);
            named.into_iter().map(|(at, _)| at).collect()
        })
    });
    let notes = move || {
        let found = found.read();
        let Some(Ok(members)) = found.as_ref() else { return String::new() };
        let said = |count: u64, plural| {
            (count > 0).then(|| texts().count(plural, count, &format::number(count)))
        };
        let said = [said(members.missing, words.missing), said(members.untold, words.no_rate)];
        said.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let opened = RwSignal::new(None::<Behind>);
    let open = Callback::new(move |behind| opened.set(Some(behind)));
    let close = Callback::new(move |()| opened.set(None));
    let acting = RwSignal::new(None::<(Wanted, Vec<AccountId>)>);
    let stop = Callback::new(move |()| acting.set(None));
    let act = move |wanted| {
        let accounts = workspace.with_rows(|rows| {
            let hits = hits.read_untracked();
            let accounts = hits.iter().filter_map(|at| Some(rows.get(*at as usize)?.id));
            accounts.collect::<Vec<_>>()
        });
        acting.set(Some((wanted, accounts)));
    };
    let any = Memo::new(move |_| !hits.read().is_empty());
    let count = move || {
        let count = hits.read().len() as u64;
        texts().count(boards().accounts, count, &format::number(count))
    };
    let year = customers::window(known.today());
    let stretch = Stretch { days: year, before: year, partial: false };
    view! {
        <Tiles shown on_open=open />
        <Charts shown on_open=open />
        <section class="segment-members" aria-labelledby="members-title">
            <header class="page-head">
                <h2 id="members-title">{words.members}</h2>
                <p class="page-count" role="status">{count}</p>
                <button type="button" class="button" data-tag-all disabled=move || !any.get() on:click=move |_| act(Wanted::Tag)>
                    {words.tag_all}
                </button>
                <button type="button" class="button" data-task-all disabled=move || !any.get() on:click=move |_| act(Wanted::Task)>
                    {words.task_all}
                </button>
            </header>
            <p class="quiet">{notes}</p>
            <div class="list-body" data-row-count=move || hits.read().len()>
                <AccountRows label=words.members hits active=RwSignal::new(0) scroll=RwSignal::new(0.0) />
            </div>
        </section>
        {move || opened.get().map(|behind| view! { <Explained behind shown stretch on_close=close /> })}
        {move || acting.get().map(|(wanted, accounts)| view! { <ActionDialog wanted accounts on_close=stop /> })}
    }
    .into_any()
}
