//! What only the deals ask beyond the filter of every screen: which pipeline, and board or list.
//! The choice outlives the page, so that coming back finds it as it was left.

use crate::{
    accounts::{book::use_book, choices},
    language::{self, names},
    ui::select::Select,
    workspace::use_workspace,
};
use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Board,
    List,
}

thread_local! {
    static SHAPE: ArcRwSignal<Shape> = ArcRwSignal::new(Shape::Board);
}

/// Returns the shape as it was left.
pub fn shape() -> RwSignal<Shape> {
    SHAPE.with(Clone::clone).into()
}

/// The pipeline, where there is more than one.
#[component]
pub fn PipelineSelect() -> impl IntoView {
    let words = language::deals();
    let configuration = use_workspace().configuration();
    let filter = use_book().filter;
    let value = Signal::derive(move || filter.read().pipeline_id().0);
    let choices = Memo::new(move |_| {
        let configuration = configuration.read();
        let all = configuration.pipelines_in_use().into_iter();
        let named = |id| names::pipeline(&configuration, id);
        all.map(|one| (one.id.0.clone(), named(&one.id))).collect::<Vec<_>>()
    });
    let several = Memo::new(move |_| choices.read().len() > 1);
    let on_pick =
        Callback::new(move |code: String| filter.write().pipeline = choices::typed(&code));
    move || several.get().then(|| view! { <Select label=words.pipeline choices value on_pick /> })
}

#[component]
pub fn Shapes(shape: RwSignal<Shape>) -> impl IntoView {
    let words = language::deals();
    let choice = |one: Shape, said: &'static str| {
        view! {
            <button
                type="button"
                class="button shape"
                aria-pressed=move || (shape.get() == one).to_string()
                on:click=move |_| shape.set(one)
            >
                {said}
            </button>
        }
    };
    view! {
        <div class="shapes" role="group" aria-label=words.shape>
            {choice(Shape::Board, words.board)} {choice(Shape::List, words.list)}
        </div>
    }
    .into_any()
}
