//! Moves a deal to another stage; a deal that is lost is asked why.

use crate::{
    accounts::choices,
    language::{names, texts, texts::fill},
    ui::{
        dialog::{Dialog, DialogButtons},
        field::Field,
        select::Select,
    },
    workspace::use_workspace,
};
use domain::{
    deal::StageEvent,
    edit::AccountEdit,
    id::{DealId, StageEventId},
    pipeline::{StageCategory, StageId},
};
use leptos::{ev, prelude::*};

#[component]
pub fn MoveTo(
    deal: DealId,
    #[prop(into)] name: Signal<String>,
    #[prop(into)] from: Signal<Option<StageId>>,
    on_move: Callback<AccountEdit>,
) -> impl IntoView {
    let words = &texts().deals;
    let workspace = use_workspace();
    let configuration = workspace.configuration();
    let losing = RwSignal::new(None::<StageId>);
    let stages = Signal::derive(move || {
        let stages = choices::deal_stages(&configuration.read()).into_iter();
        let here = from.get().map(|stage| stage.0);
        let others = stages.filter(|(code, _)| Some(code) != here.as_ref());
        [(String::new(), words.move_to.to_owned())].into_iter().chain(others).collect()
    });
    let make = move |to: StageId, reason: Option<String>| {
        let stages = &configuration.read_untracked().stages;
        let category = stages.get(&to).map(|stage| stage.category);
        let event = StageEvent {
            from: from.get_untracked(),
            to,
            at: workspace.now(),
            by: Some(workspace.person()),
            reason,
            category,
        };
        let id = StageEventId(workspace.fresh_id());
        on_move.run(AccountEdit::MoveDeal(deal, id, event));
    };
    let pick = Callback::new(move |code: String| {
        if code.is_empty() {
            return;
        }
        let to = StageId(code);
        let category = configuration.read_untracked().stages.get(&to).map(|stage| stage.category);
        match category {
            Some(StageCategory::Lost) => losing.set(Some(to)),
            _ => make(to, None),
        }
    });
    let stop = Callback::new(move |()| losing.set(None));
    let lost = Callback::new(move |(to, reason): (StageId, String)| {
        losing.set(None);
        make(to, Some(reason));
    });
    let ask = move |to: StageId| {
        let stage = names::deal_stage(&configuration.read_untracked(), &to);
        let title = fill(words.move_title, &[&name.read_untracked(), &stage]);
        let reason = RwSignal::new(String::new());
        let submit = move |event: ev::SubmitEvent| {
            event.prevent_default();
            let why = reason.read_untracked().trim().to_owned();
            if !why.is_empty() {
                lost.run((to.clone(), why));
            }
        };
        view! {
            <Dialog title on_close=stop>
                <form class="form" on:submit=submit>
                    <Field label=words.reason value=reason />
                    <DialogButtons commit=texts().words.save on_cancel=stop />
                </form>
            </Dialog>
        }
    };
    view! {
        <Select
            label=words.move_to
            choices=stages
            value=Signal::stored(String::new())
            on_pick=pick
            class="select move-to"
        />
        {move || losing.get().map(ask)}
    }
    .into_any()
}
