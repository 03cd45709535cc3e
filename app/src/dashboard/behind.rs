//! What stands behind a number, alike on every dashboard: the figure, its definition, its parts,
//! what it covers, and the head of the list that comes below.

use crate::{
    language::{dashboard, figure, format, measures::MeasureWords, texts::fill},
    sync_centre::more,
    workspace::use_workspace,
};
use analytics::measure::Measure;
use domain::{money::Currency, time::Day};
use leptos::prelude::*;

/// Lines listed at most; the rest is counted.
pub const LINES_MAX: usize = 200;

/// What is said of a measure beyond what it says of itself.
pub struct Said {
    pub words: MeasureWords,
    pub currency: Option<Currency>,
    /// The first and the last day it speaks of.
    pub days: Option<(Day, Day)>,
    /// How many it covers, in words.
    pub covered: String,
    /// Stands where what was left out has no word of its own.
    pub left_out_besides: &'static str,
    /// How an interval is written, and what it is called; nothing where none is told.
    pub interval: Option<(&'static str, &'static str)>,
    /// Said where there are too few to say much.
    pub thin: Option<&'static str>,
}

/// Says what a measure is and how it came about.
pub fn definition(measure: &Measure, said: Said) -> AnyView {
    let words = dashboard();
    let part = |label: &'static str, said: Option<String>| {
        said.map(|said| view! { <div><dt>{label}</dt><dd>{said}</dd></div> })
    };
    let number = |number: f64| figure::number_of(measure, number, said.currency);
    let unit = measure.definition.unit;
    let interval = measure.interval.zip(said.interval).and_then(|(one, (label, pattern))| {
        let [low, high] = [one.low, one.high].map(|end| figure::number(unit, end, said.currency));
        part(label, Some(fill(pattern, &[&low, &high])))
    });
    let now = use_workspace().now();
    let days = said.days.map(|(first, last)| {
        fill(words.from_to, &[&format::day(first, now), &format::day(last, now)])
    });
    let left_out = measure.coverage.left_out.iter().map(|(lack, count)| {
        let word = words.lacks.get(*lack as usize).copied().unwrap_or(said.left_out_besides);
        format!("{word}: {}", format::number(*count))
    });
    let left_out = left_out.collect::<Vec<_>>().join(" · ");
    view! {
        <div class="explained">
            <p class="explained-figure">{figure::written(measure, said.currency)}</p>
            <p>{said.words.sentence}</p>
            {said.thin.map(|thin| view! { <p class="quiet">{thin}</p> })}
            <dl class="facts">
                {part(words.formula, Some(said.words.formula.to_owned()))}
                {part(words.numerator, measure.numerator.map(number))}
                {part(words.denominator, measure.denominator.map(format::decimal))}
                {interval}
                {part(words.period, days)}
                {part(words.coverage, Some(said.covered))}
                {part(words.left_out, Some(left_out).filter(|said| !said.is_empty()))}
            </dl>
        </div>
    }
    .into_any()
}

/// Lists what stands behind, under its count; `above` stands between the two.
pub fn list(head: String, above: Option<AnyView>, lines: AnyView, count: usize) -> AnyView {
    view! {
        <h3 class="behind-head">{head}</h3>
        {above}
        <ul class="behind-deals">{lines}</ul>
        {more(count, LINES_MAX)}
    }
    .into_any()
}
