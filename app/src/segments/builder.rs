//! Puts a segment together from conditions, and says at once how many belong to it.

use super::{
    Known,
    range::{classes, range},
};
use crate::{
    accounts::{choices, told},
    language::{boards::boards, figure, format, names, segments::segments, texts, texts::fill},
    route::Route,
    ui::{
        dialog::{Dialog, DialogButtons},
        field::{Field, ProseField},
        notice::use_notices,
        select::{Choice, Select, SelectField},
    },
    workspace::use_workspace,
};
use analytics::segments::{
    facts::{ABC, RFM, STANDINGS},
    fitting, portrait,
    terms::Terms,
};
use domain::{
    filter::{Standing, Whose},
    id::SegmentId,
    segment::{FROZEN_MAX, Frozen},
    setting::{Setting, Subject},
    term::Vocabulary,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;
use std::collections::BTreeSet;

/// Makes a segment, or changes one. Conditions are shown only where this release knows all of them
/// and the segment is live.
#[component]
pub fn Builder(known: Known, of: Option<SegmentId>, on_close: Callback<()>) -> impl IntoView {
    let words = segments();
    let (workspace, notices, navigate) = (use_workspace(), use_notices(), use_navigate());
    workspace.hold_settings();
    let was =
        of.and_then(|id| workspace.configuration().read_untracked().segments.get(&id).cloned());
    let begins = match &was {
        None => Some(Terms::default()),
        Some(was) if was.frozen.is_some() => None,
        Some(was) => Terms::read(&was.conditions.clone().unwrap_or_default()).ok(),
    };
    let asks = begins.is_some();
    let terms = RwSignal::new(begins.unwrap_or_default());
    let was = was.unwrap_or_default();
    let name = RwSignal::new(was.name.clone());
    let advice = RwSignal::new(was.advice.clone().unwrap_or_default());
    let kind = RwSignal::new("live".to_owned());
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let mut settings = Vec::new();
        let typed = name.get_untracked();
        if typed.trim() != was.name || of.is_none() {
            settings.push(Setting::Name(typed));
        }
        let typed = choices::typed(&advice.get_untracked());
        if typed != was.advice {
            settings.push(Setting::Advice(typed));
        }
        if asks && kind.get_untracked() == "frozen" {
            settings.push(Setting::Frozen(Frozen::of(accounts(known, terms))));
        }
        // With its conditions it is whole and begins to be offered, so that they come last.
        let asked = terms.get_untracked().written();
        if asks && was.conditions.as_ref() != Some(&asked) {
            settings.push(Setting::Conditions(asked));
        }
        let id = of.unwrap_or_else(|| SegmentId(workspace.fresh_id()));
        let navigate = navigate.clone();
        spawn_local(async move {
            for setting in settings {
                if !told(notices, workspace.set(Subject::Segment(id), setting).await) {
                    return;
                }
            }
            on_close.run(());
            if of.is_none() {
                navigate(&Route::Segment(id).path(), Default::default());
            }
        });
    };
    let title = if of.is_some() { words.change } else { words.new };
    let kinds = [("live", words.live_hint), ("frozen", words.frozen_hint)];
    let kinds = kinds.map(|(code, words)| (code.to_owned(), words.to_owned())).to_vec();
    view! {
        <Dialog title on_close>
            <form class="form segment-builder" on:submit=save>
                <Field label=words.name value=name />
                {asks.then(|| conditions(terms))}
                {asks.then(|| view! { <p class="segment-count" role="status" data-fitting>{move || counted(known, terms)}</p> })}
                {of.is_none().then(|| view! { <SelectField label=words.kind choices=Signal::stored(kinds) value=kind /> })}
                <ProseField label=words.advice value=advice />
                <DialogButtons commit=texts().words.save on_cancel=on_close />
            </form>
        </Dialog>
    }
    .into_any()
}

/// Says how many fit and what they hold of the whole.
fn counted(known: Known, terms: RwSignal<Terms>) -> String {
    let words = segments();
    let said = known.ask(|base| match fitting(&terms.read().written(), base) {
        Err(untold) => fill(words.untold, &[&untold.0.join(", ")]),
        Ok(members) => {
            let count = members.places.len() as u64;
            let [_, money, share, _] = portrait::measures(&members, base);
            let currency = base.view.configuration.reporting_currency;
            let accounts = texts().count(boards().accounts, count, &format::number(count));
            let many = if members.places.len() > FROZEN_MAX { words.too_many } else { "" };
            let [money, share] = [money, share].map(|one| figure::written(&one, currency));
            format!("{} {many}", fill(words.counted, &[&accounts, &money, &share]))
        }
    });
    said.unwrap_or_default()
}

fn accounts(known: Known, terms: RwSignal<Terms>) -> Vec<domain::id::AccountId> {
    let found = known.ask(|base| {
        let members = fitting(&terms.read_untracked().written(), base).ok()?;
        let ids = members.places.iter().filter_map(|at| Some(base.rows.get(*at as usize)?.id));
        Some(ids.collect())
    });
    found.flatten().unwrap_or_default()
}

fn conditions(terms: RwSignal<Terms>) -> AnyView {
    let words = segments();
    let workspace = use_workspace();
    let configuration = workspace.configuration();
    let currency = configuration.read_untracked().reporting_currency;
    let begins = terms.get_untracked();
    let any = |mut choices: Vec<Choice>| {
        choices.insert(0, (String::new(), words.any.to_owned()));
        Signal::stored(choices)
    };
    let known = configuration.read_untracked();
    let people = Signal::stored(choices::everybody(&known, words.any));
    let territories = Signal::stored(choices::territories(&known, words.any));
    let sources = known.terms_in_use(Vocabulary::LeadSource).into_iter();
    let sources = sources.map(|(code, _)| (code.to_owned(), names::lead_source(&known, code)));
    let sources = any(sources.collect());
    let tags: BTreeSet<_> =
        workspace.with_rows(|rows| rows.iter().flat_map(|row| row.tags.iter().cloned()).collect());
    let tags = any(tags.into_iter().map(|tag| (tag.clone(), tag)).collect());
    let named = |codes: &[&'static str]| {
        codes.iter().map(|code| ((*code).to_owned(), boards().class(code).to_owned())).collect()
    };
    let money = currency.map(|currency| {
        let label = format!("{}, {currency}", words.bought);
        range(label, Some(currency), begins.bought_in.map(|(_, between)| between), move |between| {
            terms.write().bought_in = between.map(|between| (currency, between));
        })
    });
    view! {
        <div class="form-pair">
            <Select class="field select-field" label=texts().accounts.owner choices=people
                value=Signal::derive(move || match terms.read().filter.owner {
                    Some(Whose::Of(person)) => person.to_string(),
                    _ => String::new(),
                })
                on_pick=Callback::new(move |code: String| {
                    terms.write().filter.owner = choices::person_from(&code).map(Whose::Of);
                })
            />
            <Select class="field select-field" label=texts().accounts.territory choices=territories
                value=Signal::derive(move || terms.read().filter.territory.clone().unwrap_or_default())
                on_pick=Callback::new(move |code: String| {
                    terms.write().filter.territory = choices::typed(&code);
                })
            />
            <Select class="field select-field" label=texts().accounts.stage choices=any(choices::life_cycle())
                value=Signal::derive(move || match terms.read().filter.stage {
                    Standing::In(stage) => choices::stage_code(stage),
                    _ => String::new(),
                })
                on_pick=Callback::new(move |code: String| {
                    terms.write().filter.stage = choices::stage_from(&code).map_or(Standing::Any, Standing::In);
                })
            />
            <Select class="field select-field" label=words.source choices=sources
                value=Signal::derive(move || terms.read().source.clone().unwrap_or_default())
                on_pick=Callback::new(move |code: String| terms.write().source = choices::typed(&code))
            />
            <Select class="field select-field" label=words.tag choices=tags
                value=Signal::derive(move || terms.read().tag.clone().unwrap_or_default())
                on_pick=Callback::new(move |code: String| terms.write().tag = choices::typed(&code))
            />
        </div>
        {classes(words.rfm, named(&RFM), terms, |terms| &terms.rfm, |terms, code| flip(&mut terms.rfm, &RFM, code))}
        {classes(words.abc, named(&ABC), terms, |terms| &terms.abc, |terms, code| flip(&mut terms.abc, &ABC, code))}
        {classes(words.standing, named(&STANDINGS), terms, |terms| &terms.standing, |terms, code| flip(&mut terms.standing, &STANDINGS, code))}
        <div class="form-pair">
            {money}
            {range(words.orders.to_owned(), None, begins.orders, move |between| terms.write().orders = between)}
            {range(words.silent.to_owned(), None, begins.silent_days, move |between| terms.write().silent_days = between)}
        </div>
    }
    .into_any()
}

/// Chooses a class, or lets go of it; they stay in their order.
fn flip(chosen: &mut Vec<&'static str>, known: &[&'static str], code: &str) {
    let was = chosen.contains(&code);
    let keep = known.iter().filter(|one| if **one == code { !was } else { chosen.contains(one) });
    *chosen = keep.copied().collect();
}
