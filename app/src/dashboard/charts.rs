//! The charts of the sales dashboard, each with its takeaway.

use super::explained::Behind;
use crate::{
    language::{dashboard, format, names, texts::fill},
    ui::bar_chart::{Bar, BarChart, Figure},
    workspace::use_workspace,
};
use analytics::sales::dashboard::Sales;
use domain::{activity::ActivityKind, money::Money};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Charts(sales: Signal<Arc<Sales>>, on_open: Callback<Behind>) -> impl IntoView {
    view! {
        <div class="charts">
            {funnel(sales, on_open)} {by_stage(sales, on_open)} {by_owner(sales, on_open)}
            {activity(sales, on_open)}
        </div>
    }
    .into_any()
}

fn share(part: f64, most: f64) -> f64 {
    if most > 0.0 { part / most } else { 0.0 }
}

fn stage_name(sales: &Sales, place: usize) -> String {
    let configuration = use_workspace().configuration().get_untracked();
    let stage = sales.ladder.stages.get(place);
    stage.map(|stage| names::deal_stage(&configuration, stage)).unwrap_or_default()
}

fn stage_code(sales: &Sales, place: usize) -> String {
    sales.ladder.stages.get(place).map(|stage| stage.0.clone()).unwrap_or_default()
}

fn count(count: u64) -> Figure {
    Figure::whole(count.into(), format::number(count))
}

fn money(sales: &Sales, minor: i128) -> String {
    let minor = i64::try_from(minor).unwrap_or(i64::MAX);
    sales
        .currency
        .map_or_else(String::new, |currency| format::whole_money(Money { minor, currency }))
}

fn funnel(sales: Signal<Arc<Sales>>, on_open: Callback<Behind>) -> AnyView {
    let words = dashboard();
    let bars = Signal::derive(move || {
        let sales = sales.read();
        let entered = sales.funnel.entered as f64;
        let steps = sales.funnel.stages.iter().enumerate();
        steps
            .map(|(place, step)| Bar {
                code: stage_code(&sales, place),
                label: stage_name(&sales, place),
                figure: count(step.reached),
                share: share(step.reached as f64, entered),
                cells: vec![
                    Figure::of(sales.funnel.conversion(place).number(), format::percent),
                    Figure::of(sales.funnel.median_days(place).number(), format::decimal),
                ],
            })
            .collect()
    });
    let takeaway = Signal::derive(move || {
        let sales = sales.read();
        let overall = sales.funnel.overall().number().map(format::percent);
        let (entered, won) =
            (format::number(sales.funnel.entered), format::number(sales.funnel.won));
        fill(words.funnel_says, &[&entered, &won, &overall.unwrap_or_default()])
    });
    let open = Callback::new(move |place: usize| {
        let sales = sales.get_untracked();
        let places = sales.cohort.places_of(&sales.reached(place));
        on_open.run(Behind::Deals(stage_name(&sales, place), places));
    });
    let heads = vec![words.stage, words.reached, words.conversion, words.median_days];
    view! { <BarChart name="funnel" title=words.funnel takeaway bars heads on_open=open /> }
        .into_any()
}

fn by_stage(sales: Signal<Arc<Sales>>, on_open: Callback<Behind>) -> AnyView {
    let words = dashboard();
    let bars = Signal::derive(move || {
        let sales = sales.read();
        let most = sales.by_stage.iter().map(|(sum, _)| *sum).max().unwrap_or(0) as f64;
        let bars = sales.by_stage.iter().enumerate().map(|(place, (sum, deals))| Bar {
            code: stage_code(&sales, place),
            label: stage_name(&sales, place),
            figure: Figure::whole(*sum, money(&sales, *sum)),
            share: share(*sum as f64, most),
            cells: vec![count(deals.len() as u64)],
        });
        bars.collect()
    });
    let takeaway = Signal::derive(move || {
        let sales = sales.read();
        if sales.currency.is_none() {
            return words.no_reporting_currency.to_owned();
        }
        let sums = || sales.by_stage.iter().map(|(sum, _)| *sum);
        let most = sums().enumerate().max_by_key(|(_, sum)| *sum);
        let most = most.map(|(place, _)| stage_name(&sales, place)).unwrap_or_default();
        let total = sums().sum();
        fill(words.stages_say, &[&money(&sales, total), &most])
    });
    let open = Callback::new(move |place: usize| {
        let sales = sales.get_untracked();
        let deals = sales.by_stage.get(place).map(|(_, deals)| deals.as_slice());
        let places = sales.table.places_of(deals.unwrap_or_default());
        on_open.run(Behind::Deals(stage_name(&sales, place), places));
    });
    let heads = vec![words.stage, words.amount, words.deals];
    view! { <BarChart name="stage" title=words.open_by_stage takeaway bars heads on_open=open /> }
        .into_any()
}

fn by_owner(sales: Signal<Arc<Sales>>, on_open: Callback<Behind>) -> AnyView {
    let words = dashboard();
    let configuration = use_workspace().configuration();
    let name = move |place: usize| {
        let sales = sales.get();
        let owner = sales.by_owner.get(place).and_then(|(owner, ..)| *owner);
        names::person(&configuration.read(), owner)
    };
    let bars = Signal::derive(move || {
        let sales = sales.get();
        let most = sales.by_owner.first().map_or(0, |(_, sum, _)| *sum) as f64;
        let owners = sales.by_owner.iter().enumerate();
        let bars = owners.map(|(place, (owner, sum, deals))| Bar {
            code: owner.map(|owner| owner.to_string()).unwrap_or_default(),
            label: name(place),
            figure: Figure::whole(*sum, money(&sales, *sum)),
            share: share(*sum as f64, most),
            cells: vec![count(deals.len() as u64)],
        });
        bars.collect()
    });
    let takeaway = Signal::derive(move || {
        if sales.read().by_owner.is_empty() {
            return words.nothing_open.to_owned();
        }
        fill(words.owners_say, &[&name(0)])
    });
    let open = Callback::new(move |place: usize| {
        let sales = sales.get_untracked();
        let deals = sales.by_owner.get(place).map(|(_, _, deals)| deals.as_slice());
        let places = sales.table.places_of(deals.unwrap_or_default());
        on_open.run(Behind::Deals(name(place), places));
    });
    let heads = vec![words.owner, words.amount, words.deals];
    view! { <BarChart name="owner" title=words.open_by_owner takeaway bars heads on_open=open /> }
        .into_any()
}

fn activity(sales: Signal<Arc<Sales>>, on_open: Callback<Behind>) -> AnyView {
    let words = dashboard();
    let counts = move || sales.read().activities.counts();
    let bars = Signal::derive(move || {
        let counts = counts();
        let most = counts.iter().copied().max().unwrap_or(0) as f64;
        let bars = ActivityKind::ALL.into_iter().zip(counts).map(|(kind, done)| Bar {
            code: (kind as u8).to_string(),
            label: names::activity(kind).to_owned(),
            figure: count(done),
            share: share(done as f64, most),
            cells: Vec::new(),
        });
        bars.collect()
    });
    let takeaway = Signal::derive(move || {
        let total: u64 = counts().iter().sum();
        fill(words.activity_says, &[&format::number(total)])
    });
    let heads = vec![words.kind, words.count];
    let open = Callback::new(move |place: usize| {
        let Some(kind) = ActivityKind::ALL.get(place).copied() else { return };
        let accounts = sales.get_untracked().activities.behind(kind);
        on_open.run(Behind::Accounts(names::activity(kind).to_owned(), accounts));
    });
    view! { <BarChart name="activity" title=words.activity takeaway bars heads on_open=open /> }
        .into_any()
}
