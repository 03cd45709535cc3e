//! The conditions of a segment in words; one this release does not know as it was written.

use crate::{
    language::{boards::boards, format, names, segments::segments, texts::fill},
    workspace::use_workspace,
};
use analytics::segments::terms::{Between, Terms};
use domain::{
    configuration::Configuration,
    filter::{Standing, Whose},
    money::Money,
    segment::{Conditions, Segment},
};
use leptos::prelude::*;

/// What a segment asks of its accounts, or that they were put together once.
#[component]
pub fn Asked(segment: Memo<Segment>) -> impl IntoView {
    let words = segments();
    let configuration = use_workspace().configuration();
    let lines = move || {
        let segment = segment.read();
        if segment.frozen.is_some() {
            return view! { <p>{words.frozen_hint}</p> }.into_any();
        }
        let conditions = segment.conditions.clone().unwrap_or_default();
        if conditions.0.is_empty() {
            return view! { <p>{words.everybody}</p> }.into_any();
        }
        let line =
            |(label, said): (String, String)| view! { <div><dt>{label}</dt><dd>{said}</dd></div> };
        let configuration = configuration.read();
        let lines = conditions.0.iter().map(|(name, asks)| line(said(name, asks, &configuration)));
        view! { <dl class="facts">{lines.collect_view()}</dl> }.into_any()
    };
    view! {
        <section class="panel" aria-labelledby="asked-title">
            <h2 id="asked-title">{words.who}</h2>
            {lines}
        </section>
    }
    .into_any()
}

/// Returns what a condition is called and what it asks.
fn said(name: &str, asks: &str, configuration: &Configuration) -> (String, String) {
    let words = segments();
    let alone = Conditions([(name.to_owned(), asks.to_owned())].into());
    let label = words.condition(name).unwrap_or(name).to_owned();
    let Ok(terms) = Terms::read(&alone) else {
        return (label, format!("{asks} ({})", words.unknown));
    };
    let number = |between: Between| range(between, |number| format::number(number.unsigned_abs()));
    let class = |codes: &[&'static str]| {
        codes.iter().map(|code| boards().class(code)).collect::<Vec<_>>().join(", ")
    };
    let said = match name {
        "owner" => match terms.filter.owner {
            Some(Whose::Of(person)) => names::person(configuration, Some(person)),
            _ => names::person(configuration, None),
        },
        "territory" => names::territory(configuration, asks),
        "stage" => match terms.filter.stage {
            Standing::In(stage) => names::stage(stage).to_owned(),
            _ => asks.to_owned(),
        },
        "source" => names::lead_source(configuration, asks),
        "rfm" => class(&terms.rfm),
        "abc" => class(&terms.abc),
        "standing" => class(&terms.standing),
        "bought" => terms.bought_in.map_or_else(String::new, |(currency, between)| {
            range(between, |minor| format::whole_money(Money { minor, currency }))
        }),
        "orders" => terms.orders.map(number).unwrap_or_default(),
        "silent" => terms.silent_days.map(number).unwrap_or_default(),
        _ => asks.to_owned(),
    };
    (label, said)
}

fn range(between: Between, say: impl Fn(i64) -> String) -> String {
    let words = segments();
    match (between.from, between.to) {
        (Some(from), Some(to)) => fill(words.between, &[&say(from), &say(to)]),
        (Some(from), None) => fill(words.at_least, &[&say(from)]),
        (None, to) => fill(words.at_most, &[&say(to.unwrap_or(0))]),
    }
}
