//! One number, with its name; it opens what explains it.

use super::{explained::Behind, figures::Sales};
use crate::language::{figure, measures::words_of};
use analytics::measure::Measure;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Tile(
    measure: Memo<Option<Measure>>,
    sales: Memo<Arc<Sales>>,
    on_open: Callback<Behind>,
) -> impl IntoView {
    move || {
        let measure = measure.get()?;
        let currency = sales.read().currency;
        let said = figure::written(&measure, currency);
        let missing = measure.number().is_none() || figure::lacks_currency(&measure, currency);
        let words = words_of(measure.definition.id);
        let id = measure.definition.id;
        let open = move |_| on_open.run(Behind::Measure(id));
        Some(view! {
            <button type="button" class="tile" data-measure=id on:click=open>
                <span class="tile-name">{words.name}</span>
                <span class="tile-figure" class:missing=missing>{said}</span>
            </button>
        })
    }
}
