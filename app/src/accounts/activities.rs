//! The timeline of an account: everything that happened, latest first, a page at a time.

use crate::{
    accounts::{
        OpenAccount,
        happening::{self, Happening, Kind},
    },
    language::{self, format, names},
    ui::{
        icon::Icon,
        select::{Choice, Select},
    },
};
use domain::{configuration::Configuration, term::Vocabulary, time::Timestamp};
use leptos::prelude::*;

/// Lines shown at first, and added by each press on "show older".
const LINES_AT_ONCE: usize = 40;

#[component]
pub fn TimelineSection(open: OpenAccount) -> impl IntoView {
    let words = language::timeline();
    let configuration = open.workspace.configuration();
    let narrowed = RwSignal::new(String::new());
    let shown = RwSignal::new(LINES_AT_ONCE);
    let all = Memo::new(move |_| match open.account.read().as_deref() {
        Some(account) => happening::all_of(account, &configuration.read()),
        None => Vec::new(),
    });
    let fitting = Memo::new(move |_| {
        let only = narrowed.read();
        let all = all.read();
        let fitting =
            all.iter().filter(|happening| only.is_empty() || code(&happening.kind) == *only);
        fitting.cloned().collect::<Vec<_>>()
    });
    let page = move || fitting.read().iter().take(shown.get()).cloned().collect::<Vec<_>>();
    let more = move || {
        (fitting.read().len() > shown.get()).then(|| {
            view! {
                <button
                    type="button"
                    class="button"
                    on:click=move |_| shown.update(|shown| *shown += LINES_AT_ONCE)
                >
                    {words.show_older}
                </button>
            }
        })
    };
    view! {
        <section class="panel timeline" aria-labelledby="timeline-title">
            <header class="panel-head">
                <h2 id="timeline-title">{words.title}</h2>
                <Select
                    label=words.kind
                    choices=Memo::new(move |_| kinds(&configuration.read(), &all.read()))
                    value=narrowed
                    on_pick=Callback::new(move |code| {
                        narrowed.set(code);
                        shown.set(LINES_AT_ONCE);
                    })
                />
            </header>
            <ol class="happenings" data-count=move || fitting.read().len()>
                <For
                    each=page
                    key=|happening| (code(&happening.kind), happening.id)
                    children=move |happening| line(happening, open)
                />
            </ol>
            {move || fitting.read().is_empty().then(|| view! { <p class="nothing">{words.none}</p> })}
            {more}
        </section>
    }
    .into_any()
}

fn line(happening: Happening, open: OpenAccount) -> AnyView {
    let workspace = open.workspace;
    view! {
        <li class="happening" data-kind=code(&happening.kind)>
            <span class="happening-icon"><Icon name=happening.icon /></span>
            <div class="happening-text">
                <p class="happening-title">{happening.title}</p>
                {happening.body.map(|body| view! { <p class="happening-body">{body}</p> })}
                <p class="quiet">{happening.details.join(" · ")}</p>
            </div>
            <time class="quiet" title=format::moment(happening.at)>
                {move || when(happening.at, workspace.now())}
            </time>
        </li>
    }
    .into_any()
}

/// How long ago, while that says more than the day.
fn when(at: Timestamp, now: Timestamp) -> String {
    const WEEK_MS: i64 = 7 * 24 * 60 * 60 * 1000;
    if now.0 - at.0 < WEEK_MS {
        format::ago(at, now)
    } else {
        format::day(format::local_day(at), now)
    }
}

/// Returns what the timeline can be narrowed to. A kind that is out of use is offered as long as
/// something of it stands here.
fn kinds(configuration: &Configuration, all: &[Happening]) -> Vec<Choice> {
    let words = language::timeline();
    let in_use = configuration.terms_in_use(Vocabulary::ActivityKind);
    let mut codes: Vec<&str> = in_use.into_iter().map(|(code, _)| code).collect();
    for happening in all {
        match &happening.kind {
            Kind::Activity(code) if !codes.contains(&code.as_str()) => codes.push(code),
            _ => {}
        }
    }
    let named = |kind: Kind, name: String| (code(&kind), name);
    let activities = codes.into_iter().map(|code| {
        named(Kind::Activity(code.to_owned()), names::activity_term(configuration, code))
    });
    let others = [
        (Kind::Purchase, words.purchases),
        (Kind::Move, words.moves),
        (Kind::Enquiry, words.enquiries),
    ];
    let others = others.map(|(kind, name)| named(kind, name.to_owned()));
    let everything = (String::new(), words.all.to_owned());
    [everything].into_iter().chain(activities).chain(others).collect()
}

/// Returns what a kind is called in the page; a word of the workspace's own is never taken for
/// anything else that happens.
fn code(kind: &Kind) -> String {
    match kind {
        Kind::Activity(code) => format!("activity-{code}"),
        Kind::Purchase => "purchase".to_owned(),
        Kind::Move => "move".to_owned(),
        Kind::Enquiry => "enquiry".to_owned(),
    }
}
