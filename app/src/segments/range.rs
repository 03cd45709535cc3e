//! From and up to a number, as two fields.

use crate::{language::segments::segments, ui::select::Choice};
use analytics::segments::terms::{Between, Terms};
use domain::money::{Currency, Money};
use leptos::prelude::*;

/// Reads a number a person typed; nothing where it is none.
fn typed(text: &str, currency: Option<Currency>) -> Option<i64> {
    let text = text.trim().replace(',', ".");
    match currency {
        Some(currency) => Money::parse(&text, currency).ok().map(|money| money.minor),
        None => text.parse().ok(),
    }
}

fn written(number: Option<i64>, currency: Option<Currency>) -> String {
    match (number, currency) {
        (None, _) => String::new(),
        (Some(minor), Some(currency)) => Money { minor, currency }.decimal(),
        (Some(number), None) => number.to_string(),
    }
}

/// Asks for a range; `put` takes what stands in the fields.
pub fn range(
    label: String,
    currency: Option<Currency>,
    begins: Option<Between>,
    put: impl Fn(Option<Between>) + Copy + Send + 'static,
) -> AnyView {
    let words = segments();
    let between = StoredValue::new(begins.unwrap_or_default());
    let field = move |end: &'static str,
                      begins: Option<i64>,
                      keep: fn(&mut Between, Option<i64>)| {
        let keep = move |event| {
            between.update_value(|between| {
                keep(between, typed(&event_target_value(&event), currency))
            });
            let between = between.get_value();
            put((between != Between::default()).then_some(between));
        };
        view! {
            <label class="field">
                <span class="field-label">{end}</span>
                <input type="text" inputmode="decimal" autocomplete="off" value=written(begins, currency) on:input=keep />
            </label>
        }
    };
    let Between { from, to } = between.get_value();
    view! {
        <fieldset class="form-group segment-range">
            <legend>{label}</legend>
            {field(words.from, from, |between, number| between.from = number)}
            {field(words.to, to, |between, number| between.to = number)}
        </fieldset>
    }
    .into_any()
}

/// Offers classes, of which several may be chosen.
pub fn classes(
    legend: &'static str,
    codes: Vec<Choice>,
    terms: RwSignal<Terms>,
    of: fn(&Terms) -> &Vec<&'static str>,
    flip: impl Fn(&mut Terms, &str) + Copy + Send + Sync + 'static,
) -> AnyView {
    let button = move |(code, words): Choice| {
        let (on, flipped) = (code.clone(), code.clone());
        let on = move || of(&terms.read()).contains(&&*on).to_string();
        view! {
            <button
                type="button"
                class="button toggle"
                data-class=code
                aria-pressed=on
                on:click=move |_| terms.update(|terms| flip(terms, &flipped))
            >
                {words}
            </button>
        }
    };
    view! {
        <fieldset class="form-group">
            <legend>{legend}</legend>
            <div class="segment-classes">{codes.into_iter().map(button).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
