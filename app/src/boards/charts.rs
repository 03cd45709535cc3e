//! The charts of a dashboard over accounts, each with its takeaway.

use super::{Shown, explained::Behind};
use crate::{
    language::{boards::boards, dashboard, figure, format, names, texts::fill},
    ui::bar_chart::{Bar, BarChart, Figure},
    workspace::use_workspace,
};
use analytics::{
    boards::{Bar as Counted, Chart, Label},
    measure::Unit,
    reason::Found,
};
use domain::{configuration::Configuration, money::Currency};
use leptos::prelude::*;

#[component]
pub fn Charts(shown: Memo<Option<Shown>>, on_open: Callback<Behind>) -> impl IntoView {
    let count = shown.read_untracked().as_ref().map_or(0, |shown| shown.board.charts.len());
    let charts = (0..count).filter_map(|place| chart(place, shown, on_open));
    view! { <div class="charts">{charts.collect_view()}</div> }.into_any()
}

fn chart(place: usize, shown: Memo<Option<Shown>>, on_open: Callback<Behind>) -> Option<AnyView> {
    let words = boards();
    let (id, columns) = {
        let shown = shown.read_untracked();
        let chart = shown.as_ref()?.board.charts.get(place)?;
        (chart.id, chart.columns)
    };
    let configuration = use_workspace().configuration();
    let of = words.chart(id);
    let bars = Signal::derive(move || {
        let shown = shown.read();
        let chart = shown.as_ref().and_then(|shown| Some((shown.board.charts.get(place)?, shown)));
        chart
            .map(|(chart, shown)| bars(chart, shown.currency, &configuration.read()))
            .unwrap_or_default()
    });
    let takeaway = Signal::derive(move || {
        let shown = shown.read();
        let chart = shown.as_ref().and_then(|shown| Some((shown.board.charts.get(place)?, shown)));
        chart
            .and_then(|(chart, shown)| {
                says(of.takeaway, chart, shown.currency, &configuration.read())
            })
            .unwrap_or_else(|| dashboard().nothing_to_count.to_owned())
    });
    let open = Callback::new(move |bar: usize| {
        let shown = shown.read_untracked();
        let bar = shown.as_ref().and_then(|shown| shown.board.charts.get(place)?.bars.get(bar));
        if let Some(bar) = bar {
            let title = label(&bar.label, &configuration.read_untracked());
            on_open.run(Behind::Accounts(title, bar.accounts.clone()));
        }
    });
    let mut heads = vec![of.head];
    heads.extend(columns.iter().map(|(column, _)| words.column(column)));
    Some(view! { <BarChart name=id title=of.title takeaway bars heads on_open=open /> }.into_any())
}

fn bars(chart: &Chart, currency: Option<Currency>, configuration: &Configuration) -> Vec<Bar> {
    let length = |bar: &Counted| first(bar).map_or(0.0, f64::abs);
    let most = chart.bars.iter().map(length).fold(0.0, f64::max);
    let figure = |(cell, (_, unit)): (&Found<f64>, &(&str, Unit))| Figure {
        said: cell.map_or_else(|_| String::new(), |cell| figure::number(*unit, cell, currency)),
        exact: cell.map_or_else(|_| String::new(), |cell| cell.to_string()),
    };
    let bars = chart.bars.iter().map(|bar| {
        let mut cells = bar.cells.iter().zip(chart.columns).map(figure);
        Bar {
            code: bar.label.code(),
            label: label(&bar.label, configuration),
            figure: cells.next().unwrap_or_default(),
            share: if most > 0.0 { length(bar) / most } else { 0.0 },
            cells: cells.collect(),
        }
    });
    bars.collect()
}

/// Says what there is to see; nothing where there is nothing.
fn says(
    pattern: &str,
    chart: &Chart,
    currency: Option<Currency>,
    configuration: &Configuration,
) -> Option<String> {
    let (_, unit) = chart.columns.first()?;
    let said = |number: f64| figure::number(*unit, number, currency);
    let of = |bar: &Counted| first(bar).unwrap_or(0.0);
    let by = |one: &&Counted, other: &&Counted| of(one).total_cmp(&of(other));
    let (largest, smallest) = (chart.bars.iter().max_by(by)?, chart.bars.iter().min_by(by)?);
    let total: f64 = chart.bars.iter().map(of).sum();
    if of(largest) == 0.0 && of(smallest) == 0.0 {
        return None;
    }
    let name = |bar: &Counted| label(&bar.label, configuration);
    let (first, last) = (chart.bars.first().map_or(0.0, of), chart.bars.last().map_or(0.0, of));
    let told = [
        name(largest),
        said(of(largest)),
        said(total),
        said(first),
        said(last),
        name(smallest),
        said(of(smallest)),
    ];
    Some(fill(pattern, &told.each_ref().map(String::as_str)))
}

fn first(bar: &Counted) -> Option<f64> {
    bar.cells.first().and_then(|cell| cell.ok())
}

fn label(label: &Label, configuration: &Configuration) -> String {
    match label {
        Label::Class(code) => boards().class(code).to_owned(),
        Label::Word(None) => boards().unnamed.to_owned(),
        Label::Word(Some(word)) => names::lead_source(configuration, word),
        Label::Month(month) => month.first().map_or_else(String::new, format::month),
        Label::Person(person) => names::person(configuration, *person),
        Label::Field(field) => names::field(*field).to_owned(),
        Label::Stage(stage) => names::stage(*stage).to_owned(),
    }
}
