//! The charts of the sales dashboard, each with its takeaway.

use super::{
    explained::Behind,
    figures::{KINDS, Sales},
};
use crate::{
    language::{format, names, texts, texts::fill},
    ui::bar_chart::{Bar, BarChart},
    workspace::use_workspace,
};
use domain::money::Money;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Charts(sales: Memo<Arc<Sales>>, on_open: Callback<Behind>) -> impl IntoView {
    view! {
        <div class="charts">
            {funnel(sales, on_open)} {by_stage(sales, on_open)} {by_owner(sales, on_open)}
            {activity(sales)}
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

fn money(sales: &Sales, minor: i128) -> String {
    let minor = i64::try_from(minor).unwrap_or(i64::MAX);
    sales
        .currency
        .map_or_else(String::new, |currency| format::whole_money(Money { minor, currency }))
}

fn funnel(sales: Memo<Arc<Sales>>, on_open: Callback<Behind>) -> AnyView {
    let words = &texts().dashboard;
    let bars = Signal::derive(move || {
        let sales = sales.read();
        let entered = sales.funnel.entered as f64;
        let steps = sales.funnel.stages.iter().enumerate();
        steps
            .map(|(place, step)| Bar {
                label: stage_name(&sales, place),
                figure: format::number(step.reached),
                share: share(step.reached as f64, entered),
                cells: vec![
                    sales
                        .funnel
                        .conversion(place)
                        .number()
                        .map(format::percent)
                        .unwrap_or_default(),
                    sales
                        .funnel
                        .median_days(place)
                        .number()
                        .map(format::decimal)
                        .unwrap_or_default(),
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
    view! { <BarChart title=words.funnel takeaway bars heads on_open=open /> }.into_any()
}

fn by_stage(sales: Memo<Arc<Sales>>, on_open: Callback<Behind>) -> AnyView {
    let words = &texts().dashboard;
    let sums = move || {
        let sales = sales.get();
        let stages = sales.ladder.stages.clone().into_iter();
        let of = |place: &u32| {
            let deal = sales.table.deals.get(*place as usize);
            i128::from(deal.and_then(|deal| deal.amount_minor).unwrap_or(0))
        };
        let sums = stages.map(|stage| {
            let deals = sales.open_in(&stage);
            (deals.iter().map(of).sum::<i128>(), deals)
        });
        sums.collect::<Vec<_>>()
    };
    let bars = Signal::derive(move || {
        let (sums, sales) = (sums(), sales.get());
        let most = sums.iter().map(|(sum, _)| *sum).max().unwrap_or(0) as f64;
        let bars = sums.iter().enumerate().map(|(place, (sum, deals))| Bar {
            label: stage_name(&sales, place),
            figure: money(&sales, *sum),
            share: share(*sum as f64, most),
            cells: vec![format::number(deals.len() as u64)],
        });
        bars.collect()
    });
    let takeaway = Signal::derive(move || {
        let (sums, sales) = (sums(), sales.get());
        if sales.currency.is_none() {
            return words.no_reporting_currency.to_owned();
        }
        let most = sums.iter().enumerate().max_by_key(|(_, (sum, _))| *sum);
        let most = most.map(|(place, _)| stage_name(&sales, place)).unwrap_or_default();
        let total = sums.iter().map(|(sum, _)| sum).sum();
        fill(words.stages_say, &[&money(&sales, total), &most])
    });
    let open = Callback::new(move |place: usize| {
        let sales = sales.get_untracked();
        let deals = sales.ladder.stages.get(place).map(|stage| sales.open_in(stage));
        let places = sales.table.places_of(&deals.unwrap_or_default());
        on_open.run(Behind::Deals(stage_name(&sales, place), places));
    });
    let heads = vec![words.stage, words.amount, words.deals];
    view! { <BarChart title=words.open_by_stage takeaway bars heads on_open=open /> }.into_any()
}

fn by_owner(sales: Memo<Arc<Sales>>, on_open: Callback<Behind>) -> AnyView {
    let words = &texts().dashboard;
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
        let bars = owners.map(|(place, (_, sum, deals))| Bar {
            label: name(place),
            figure: money(&sales, *sum),
            share: share(*sum as f64, most),
            cells: vec![format::number(deals.len() as u64)],
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
    view! { <BarChart title=words.open_by_owner takeaway bars heads on_open=open /> }.into_any()
}

fn activity(sales: Memo<Arc<Sales>>) -> AnyView {
    let words = &texts().dashboard;
    let counts = move || {
        let sales = sales.read();
        let count = |kind| sales.activities.get(&(kind as u8)).copied().unwrap_or(0);
        KINDS.map(|kind| (kind, count(kind)))
    };
    let bars = Signal::derive(move || {
        let counts = counts();
        let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0) as f64;
        let bars = counts.into_iter().map(|(kind, count)| Bar {
            label: names::activity(kind).to_owned(),
            figure: format::number(count),
            share: share(count as f64, most),
            cells: Vec::new(),
        });
        bars.collect()
    });
    let takeaway = Signal::derive(move || {
        let total: u64 = counts().iter().map(|(_, count)| count).sum();
        fill(words.activity_says, &[&format::number(total)])
    });
    let heads = vec![words.kind, words.count];
    let open = Callback::new(|_| ());
    view! { <BarChart title=words.activity takeaway bars heads on_open=open /> }.into_any()
}
