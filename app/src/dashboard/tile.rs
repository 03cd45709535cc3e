//! One number, with its name; it opens what explains it.

use super::explained::Behind;
use crate::language::{figure, measures::words_of};
use analytics::{measure::Measure, sales::dashboard::Sales};
use leptos::prelude::*;
use std::sync::Arc;

/// What a tile shows of a measure: everything but the deals behind it, which are many.
#[derive(Clone, PartialEq)]
struct Face {
    id: &'static str,
    said: String,
    missing: bool,
    /// Value, numerator, denominator and rows covered, exactly.
    exact: [Option<String>; 4],
}

#[component]
pub fn Tile(place: usize, sales: Memo<Arc<Sales>>, on_open: Callback<Behind>) -> impl IntoView {
    let face = Memo::new(move |_| {
        let sales = sales.read();
        sales.measures().get(place).map(|measure| face(measure, &sales))
    });
    move || {
        let Face { id, said, missing, exact: [value, numerator, denominator, covered] } =
            face.get()?;
        let open = move |_| on_open.run(Behind::Measure(id));
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
                <span class="tile-name">{words_of(id).name}</span>
                <span class="tile-figure" class:missing=missing>{said}</span>
            </button>
        })
    }
}

fn face(measure: &Measure, sales: &Sales) -> Face {
    let exact = |number: f64| number.to_string();
    Face {
        id: measure.definition.id,
        said: figure::written(measure, sales.currency),
        missing: measure.number().is_none() || figure::lacks_currency(measure, sales.currency),
        exact: [
            measure.number().map(exact),
            measure.numerator.map(exact),
            measure.denominator.map(exact),
            Some(measure.coverage.used.to_string()),
        ],
    }
}
