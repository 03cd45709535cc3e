//! The segments of the workspace, each with how many belong to it and what they hold.

use super::{Known, builder::Builder};
use crate::{
    boards::tabs::Tabs,
    language::{boards::boards, figure, format, segments::segments, texts, texts::fill},
    route::Route,
    ui::{empty::Empty, icon::Icon},
    workspace::use_workspace,
};
use analytics::segments::{members, portrait};
use domain::id::SegmentId;
use leptos::prelude::*;

#[component]
pub fn SegmentList(known: Known) -> impl IntoView {
    let words = segments();
    let configuration = use_workspace().configuration();
    let ids = Memo::new(move |_| {
        let configuration = configuration.read();
        let offered = configuration.segments.iter().filter(|(_, one)| one.is_offered());
        let mut named: Vec<_> = offered.map(|(id, one)| (*id, one.name.clone())).collect();
        format::sort_by_name(&mut named, |(_, name)| name);
        named.into_iter().map(|(id, _)| id).collect::<Vec<_>>()
    });
    let making = RwSignal::new(false);
    let make = move |_| making.set(true);
    let stop = Callback::new(move |()| making.set(false));
    let any = Memo::new(move |_| !ids.read().is_empty());
    let content = move || {
        if any.get() {
            view! {
                <ul class="segment-list panel">
                    <For each=move || ids.get() key=|id| *id let(id)><SegmentLine id known /></For>
                </ul>
            }
            .into_any()
        } else {
            view! { <Empty title=words.none hint=words.none_hint /> }.into_any()
        }
    };
    view! {
        <section class="page dashboard" aria-labelledby="segments-title">
            <header class="page-head segments-head">
                <h1 id="segments-title">{words.title}</h1>
                <button type="button" class="button primary" data-new-segment on:click=make>
                    <Icon name="plus" />
                    <span>{words.new}</span>
                </button>
            </header>
            <Tabs />
            <p class="quiet">{words.over}</p>
            {content}
            {move || making.get().then(|| view! { <Builder known of=None on_close=stop /> })}
        </section>
    }
    .into_any()
}

/// What a line shows of its segment.
#[derive(Debug, Clone, PartialEq)]
enum Shown {
    Told {
        accounts: u64,
        money: String,
        share: String,
    },
    /// Conditions this release does not know.
    Untold(String),
}

#[component]
fn SegmentLine(id: SegmentId, known: Known) -> impl IntoView {
    let words = segments();
    let configuration = use_workspace().configuration();
    let segment = Memo::new(move |_| configuration.read().segments.get(&id).cloned());
    let shown = Memo::new(move |_| {
        let segment = segment.read();
        let segment = segment.as_ref()?;
        known.ask(|base| match members(segment, base) {
            Err(untold) => Shown::Untold(untold.0.join(", ")),
            Ok(members) => {
                let measures = portrait::measures(&members, base);
                let currency = base.view.configuration.reporting_currency;
                let [money, share] = [1, 2].map(|at| figure::written(&measures[at], currency));
                Shown::Told { accounts: members.places.len() as u64, money, share }
            }
        })
    });
    let name = move || segment.read().as_ref().map(|one| one.name.clone()).unwrap_or_default();
    let frozen = move || segment.read().as_ref().is_some_and(|one| one.frozen.is_some());
    let figures = move || match shown.get() {
        None => ().into_any(),
        Some(Shown::Untold(conditions)) => {
            view! { <span class="segment-untold">{fill(words.untold, &[&conditions])}</span> }
                .into_any()
        }
        Some(Shown::Told { accounts, money, share }) => {
            let counted = texts().count(boards().accounts, accounts, &format::number(accounts));
            view! {
                <span class="number">{counted}</span>
                <span class="number">{money}</span>
                <span class="number">{share}</span>
            }
            .into_any()
        }
    };
    view! {
        <li class="segment-line" data-segment=id.to_string()>
            <a href=Route::Segment(id).path()>{name}</a>
            <span class="chip">{move || if frozen() { words.frozen } else { words.live }}</span>
            {figures}
        </li>
    }
    .into_any()
}
