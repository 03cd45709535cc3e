//! The periods a dashboard can speak of, in words and as instants of the reporting time zone.

use crate::{
    language::{dashboard, zone::start_of},
    ui::select::{Choice, Select},
};
use analytics::{measure::Period, span::Span};
use domain::time::Day;
use leptos::prelude::*;

/// Chooses what a dashboard speaks of.
#[component]
pub fn SpanSelect(span: RwSignal<Span>) -> impl IntoView {
    let pick = Callback::new(move |code: String| {
        if let Some(picked) = Span::from_code(&code) {
            span.set(picked);
        }
    });
    view! {
        <Select
            label=dashboard().period
            choices=Signal::stored(choices())
            value=Signal::derive(move || span.get().code().to_owned())
            on_pick=pick
        />
    }
    .into_any()
}

fn choices() -> Vec<Choice> {
    let names = dashboard().periods;
    let named = Span::ALL.into_iter().zip(names);
    named.map(|(span, name)| (span.code().to_owned(), name.to_owned())).collect()
}

/// Returns the period as it stands on a day: from its first day, to the first one after it.
pub fn period(span: Span, today: Day, zone: Option<&str>) -> Period {
    let days = span.days(today);
    Period { from: start_of(days.from, zone), to: start_of(days.to, zone) }
}
