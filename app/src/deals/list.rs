//! Deals as a plain list by stage, with the sum of each stage.

use crate::{
    deals::{
        gathered::{Column, Line, lay_out},
        row::{DealLine, DealListHead, StageLine},
    },
    language,
    route::Route,
    ui::virtual_list::{DrawRow, Place, VirtualList},
    workspace::use_workspace,
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use std::{collections::BTreeSet, sync::Arc};

#[component]
pub fn DealList(columns: Memo<Vec<Arc<Column>>>) -> impl IntoView {
    let workspace = use_workspace();
    let navigate = use_navigate();
    // Deals that are over are many and seldom looked at.
    let folded = RwSignal::new(BTreeSet::from(["won".to_owned(), "lost".to_owned()]));
    let lines = Memo::new(move |_| lay_out(&columns.read(), &folded.read()));
    let fold = Callback::new(move |code: String| {
        folded.update(|folded| {
            if !folded.remove(&code) {
                folded.insert(code);
            }
        });
    });
    let open = Callback::new(move |index: usize| {
        let line = lines.read_untracked().get(index).cloned();
        match line {
            Some(Line::Stage(head)) => fold.run(head.code()),
            Some(Line::Deal(at, _)) => {
                let id = workspace.with_rows(|rows| rows.get(at as usize).map(|row| row.id));
                if let Some(id) = id {
                    navigate(&Route::Account(id).path(), Default::default());
                }
            }
            None => {}
        }
    });
    let draw: DrawRow = Arc::new(move |place: Place| line_at(lines, place, open));
    view! {
        <VirtualList
            label=language::deals().title
            count=Signal::derive(move || lines.read().len())
            active=RwSignal::new(0)
            scroll=RwSignal::new(0.0)
            head=view! { <DealListHead /> }.into_any()
            row=draw
            on_open=open
        />
    }
    .into_any()
}

/// Draws the line at a place; again only when another line comes to stand there.
fn line_at(lines: Memo<Vec<Line>>, place: Place, open: Callback<usize>) -> AnyView {
    let line = Memo::new(move |_| lines.read().get(place.index).cloned());
    let draw = move || match line.get() {
        Some(Line::Stage(head)) => view! { <StageLine head place on_fold=open /> }.into_any(),
        Some(Line::Deal(at, inside)) => {
            view! { <DealLine at inside place on_open=open /> }.into_any()
        }
        None => ().into_any(),
    };
    draw.into_any()
}
