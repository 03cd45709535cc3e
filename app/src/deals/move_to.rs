//! The choice of another stage for a deal: the way to move one without dragging.

use crate::{
    deals::moving::{Moving, Wish},
    language::{self, names},
    ui::select::Select,
    workspace::use_workspace,
};
use domain::{
    configuration::Configuration,
    edit::AccountEdit,
    id::DealId,
    pipeline::{ExitCheck, PipelineId, StageId},
};
use leptos::prelude::*;

#[component]
pub fn MoveTo(
    deal: DealId,
    #[prop(into)] name: Signal<String>,
    #[prop(into)] from: Signal<Option<StageId>>,
    #[prop(into, optional)] missing: Signal<Vec<ExitCheck>>,
    on_move: Callback<AccountEdit>,
) -> impl IntoView {
    let wish = RwSignal::new(None);
    let pick = Callback::new(move |code: String| {
        if !code.is_empty() {
            wish.set(Some(Wish {
                account: None,
                deal,
                name: name.get_untracked(),
                from: from.get_untracked(),
                to: StageId(code),
                missing: missing.get_untracked(),
            }));
        }
    });
    let made = Callback::new(move |(_, edit)| on_move.run(edit));
    view! {
        <StageSelect from on_pick=pick />
        <Moving wish on_move=made />
    }
    .into_any()
}

/// The other stages of the pipeline a deal is in, to pick one.
#[component]
pub fn StageSelect(from: Signal<Option<StageId>>, on_pick: Callback<String>) -> impl IntoView {
    let words = language::deals();
    let configuration = use_workspace().configuration();
    let stages = Signal::derive(move || {
        let others = others(&configuration.read(), from.get().as_ref());
        [(String::new(), words.move_to.to_owned())].into_iter().chain(others).collect()
    });
    view! {
        <Select
            label=words.move_to
            choices=stages
            value=Signal::stored(String::new())
            on_pick
            class="select move-to"
        />
    }
    .into_any()
}

fn others(configuration: &Configuration, here: Option<&StageId>) -> Vec<(String, String)> {
    let pipeline = here.and_then(|stage| configuration.pipeline_of(stage));
    let pipeline = pipeline.map_or_else(PipelineId::default, |one| one.id.clone());
    let stages = configuration.stages_of(&pipeline).into_iter();
    let others = stages.filter(|stage| Some(&stage.id) != here);
    others.map(|stage| (stage.id.0.clone(), names::deal_stage(configuration, &stage.id))).collect()
}
