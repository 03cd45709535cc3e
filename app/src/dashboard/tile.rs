//! One number, with its name; it opens what explains it.

use crate::language::figure;
use analytics::measure::Measure;
use domain::money::Currency;
use leptos::prelude::*;

/// What a tile shows of a measure: everything but what is behind it, which is much.
#[derive(Clone, PartialEq)]
pub struct Face {
    id: &'static str,
    name: &'static str,
    said: String,
    missing: bool,
    /// Value, numerator, denominator and rows covered, exactly.
    exact: [Option<String>; 4],
}

#[component]
pub fn Tile(face: Memo<Option<Face>>, on_open: Callback<&'static str>) -> impl IntoView {
    move || {
        let Face { id, name, said, missing, exact: [value, numerator, denominator, covered] } =
            face.get()?;
        let open = move |_| on_open.run(id);
        Some(view! {
            <button
                type="button"
                class="tile"
                data-measure=id
                data-exact=value
                data-numerator=numerator
                data-denominator=denominator
                data-covered=covered
                on:click=open
            >
                <span class="tile-name">{name}</span>
                <span class="tile-figure" class:missing=missing>{said}</span>
            </button>
        })
    }
}

impl Face {
    pub fn of(measure: &Measure, name: &'static str, currency: Option<Currency>) -> Self {
        let exact = |number: f64| number.to_string();
        Self {
            id: measure.definition.id,
            name,
            said: figure::written(measure, currency),
            missing: measure.number().is_none() || figure::lacks_currency(measure, currency),
            exact: [
                measure.number().map(exact),
                measure.numerator.map(exact),
                measure.denominator.map(exact),
                Some(measure.coverage.used.to_string()),
            ],
        }
    }
}
