//! Which column of a file is which: as its headings say, or as somebody does.

use super::{chosen::Chosen, file::change};
use crate::{
    language::{self, Language, texts::fill},
    ui::select::{Choice, Select},
};
use exchange::heading::{Known, Layout, known};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Columns(at: usize, file: Memo<Option<Chosen>>) -> impl IntoView {
    let words = language::bringing();
    let columns = Memo::new(move |_| {
        let kind = file.read().as_ref().and_then(|file| file.kind);
        kind.into_iter().flat_map(known).collect::<Vec<_>>()
    });
    let incomplete = Memo::new(move |_| {
        file.read().as_ref().is_some_and(|file| matches!(file.layout(), Some(Err(_))))
    });
    // Worked out once for all columns: each heading is held against every name there is.
    let layout = Memo::new(move |_| file.read().as_ref().and_then(Chosen::proposed).map(Arc::new));
    let choices = Memo::new(move |_| {
        let file = file.read();
        let read = file.as_ref().and_then(|file| file.read.as_ref().ok());
        let headings = read.map(|text| text.headings.as_slice()).unwrap_or_default();
        let headings =
            headings.iter().enumerate().map(|(at, heading)| (at.to_string(), heading.clone()));
        let none: Choice = (String::new(), words.not_taken.to_owned());
        [none].into_iter().chain(headings).collect::<Vec<_>>()
    });
    let unused = Memo::new(move |_| {
        let layout = layout.read();
        let homeless = &layout.as_ref()?.homeless;
        (!homeless.is_empty()).then(|| fill(words.unused, &[&homeless.join(", ")]))
    });
    // There are many columns, and mostly they are found without anybody looking.
    let looked_at = RwSignal::new(incomplete.get_untracked());
    let remembered =
        Memo::new(move |_| file.read().as_ref().is_some_and(|file| !file.said.is_empty()));
    move || {
        (!columns.read().is_empty()).then(|| {
            view! {
                <details
                    class="columns"
                    open=incomplete.get_untracked()
                    on:toggle=move |_| looked_at.set(true)
                >
                    <summary>{words.columns}</summary>
                    {move || remembered.get().then(|| view! { <p class="quiet">{words.remembered}</p> })}
                    {move || {
                        looked_at.get().then(|| {
                            view! {
                                <div class="column-list">
                                    <For each=move || columns.get() key=|column| column.name let(column)>
                                        <Column at layout choices column />
                                    </For>
                                </div>
                            }
                        })
                    }}
                </details>
                {move || unused.get().map(|text| view! { <p class="quiet unused">{text}</p> })}
            }
            .into_any()
        })
    }
}

/// One of our columns, and the heading it is taken from.
#[component]
fn Column(
    at: usize,
    layout: Memo<Option<Arc<Layout>>>,
    choices: Memo<Vec<Choice>>,
    column: Known,
) -> impl IntoView {
    let words = language::bringing();
    let value = Signal::derive(move || {
        let place = layout.read().as_ref().and_then(|layout| layout.place(column.name));
        place.map(|at| at.to_string()).unwrap_or_default()
    });
    let pick = Callback::new(move |code: String| {
        change(at, |file| {
            file.said.retain(|(name, _)| *name != column.name);
            file.said.push((column.name, code.parse().ok()));
        });
    });
    let name = name_of(column);
    let label = if column.needed { format!("{name} ({})", words.needed) } else { name.to_owned() };
    view! { <Select label choices value on_pick=pick class="field select-field" /> }
}

/// Returns what a column is called in files of the reader's language, where it has such a name.
fn name_of(column: Known) -> &'static str {
    let written_in = |others: fn(char) -> bool| {
        column.others.iter().find(|other| other.chars().any(others)).copied()
    };
    let own = match language::current() {
        Language::English => None,
        Language::Russian => written_in(|letter| ('а'..='я').contains(&letter)),
        Language::Chinese => written_in(|letter| ('一'..='鿿').contains(&letter)),
    };
    own.unwrap_or(column.name)
}
