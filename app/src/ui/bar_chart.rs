//! A chart of horizontal bars: a caption that says what to see, bars that open what is behind them,
//! and the same figures as a table.

use crate::language;
use leptos::prelude::*;

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What the bar stands for, in no language.
    pub code: String,
    pub label: String,
    /// Stands beside the bar.
    pub figure: Figure,
    /// How long the bar is, from 0 to 1.
    pub share: f64,
    /// Further cells of the table.
    pub cells: Vec<Figure>,
}

/// A number as people read it, and as it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Figure {
    pub said: String,
    pub exact: String,
}

impl Figure {
    /// Returns the figure of a whole number.
    pub fn whole(number: i128, said: String) -> Self {
        Self { said, exact: number.to_string() }
    }

    /// Returns the figure of a number, or of none.
    pub fn of(number: Option<f64>, say: fn(f64) -> String) -> Self {
        let figure = |number: f64| Self { said: say(number), exact: number.to_string() };
        number.map(figure).unwrap_or_default()
    }
}

/// Draws the bars; `on_open` is called with the place of the bar somebody wants to look behind.
#[component]
pub fn BarChart(
    /// Names the chart in no language.
    name: &'static str,
    #[prop(into)] title: String,
    #[prop(into)] takeaway: Signal<String>,
    bars: Signal<Vec<Bar>>,
    /// The heads of the table: of the label, of the figure, of each further cell.
    heads: Vec<&'static str>,
    on_open: Callback<usize>,
) -> impl IntoView {
    let drawn = move || {
        let bars = bars.get().into_iter().enumerate();
        bars.map(|(place, bar)| bar_of(place, bar, on_open)).collect_view()
    };
    let rows = move || {
        let bars = bars.get().into_iter();
        bars.map(|bar| {
            let cell = |cell: Figure| view! { <td data-exact=cell.exact>{cell.said}</td> };
            let cells = [bar.figure].into_iter().chain(bar.cells).map(cell).collect_view();
            view! { <tr data-code=bar.code><th scope="row">{bar.label}</th>{cells}</tr> }
        })
        .collect_view()
    };
    let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    view! {
        <figure class="panel chart" data-chart=name>
            <figcaption>
                <h2>{title}</h2>
                <p class="quiet">{move || takeaway.get()}</p>
            </figcaption>
            <ul class="bars">{drawn}</ul>
            <details class="chart-table">
                <summary>{language::charts().as_table}</summary>
                <table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
            </details>
        </figure>
    }
    .into_any()
}

fn bar_of(place: usize, bar: Bar, on_open: Callback<usize>) -> AnyView {
    let width = format!("{:.2}", (bar.share.clamp(0.0, 1.0)) * 100.0);
    view! {
        <li>
            <button type="button" class="bar" on:click=move |_| on_open.run(place)>
                <span class="bar-label">{bar.label}</span>
                <svg class="bar-line" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                    <rect class="bar-ground" width="100" height="4" />
                    <rect class="bar-part" width=width height="4" />
                </svg>
                <span class="bar-figure">{bar.figure.said}</span>
            </button>
        </li>
    }
    .into_any()
}
