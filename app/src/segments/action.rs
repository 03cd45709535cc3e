//! One thing done to every account of a segment: asked, confirmed with its count, carried out.

use super::carrying_out::{Progress, carry_out};
use crate::{
    accounts::choices,
    language::{self, boards::boards, format, segments::segments, texts, texts::fill},
    ui::{dialog::Dialog, field::Field, select::SelectField},
    workspace::use_workspace,
};
use domain::{
    edit::AccountEdit,
    id::{AccountId, TaskId},
    task::NewTask,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use std::collections::BTreeMap;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    Tag,
    Task,
}

/// Where the dialog stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Asking,
    Confirming,
    CarryingOut,
}

#[component]
pub fn ActionDialog(
    wanted: Wanted,
    accounts: Vec<AccountId>,
    on_close: Callback<()>,
) -> impl IntoView {
    let words = segments();
    let workspace = use_workspace();
    let (text, due) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let assignee = RwSignal::new(String::new());
    let step = RwSignal::new(Step::Asking);
    let progress = RwSignal::new(Progress::default());
    let accounts = StoredValue::new(accounts);
    // Whoever has the tag already is not written to.
    let wanting = move || {
        let tag = text.read_untracked().trim().to_owned();
        let tagged: BTreeMap<AccountId, bool> = workspace.with_rows(|rows| {
            rows.iter()
                .map(|row| (row.id, wanted == Wanted::Tag && row.tags.contains(&tag)))
                .collect()
        });
        let mut wanting = accounts.get_value();
        wanting.retain(|account| tagged.get(account) == Some(&false));
        wanting
    };
    let confirmed = StoredValue::new(Vec::<AccountId>::new());
    let next = move |event: SubmitEvent| {
        event.prevent_default();
        if !text.read_untracked().trim().is_empty() {
            confirmed.set_value(wanting());
            step.set(Step::Confirming);
        }
    };
    let begin = move |_| {
        step.set(Step::CarryingOut);
        let typed = text.get_untracked().trim().to_owned();
        let (due, assignee) = (due.get_untracked().parse().ok(), assignee.get_untracked());
        let owners: BTreeMap<_, _> =
            workspace.with_rows(|rows| rows.iter().map(|row| (row.id, row.owner)).collect());
        let edit = move |account: AccountId| match wanted {
            Wanted::Tag => AccountEdit::Tag(typed.clone()),
            Wanted::Task => {
                let owner = owners.get(&account).copied().flatten();
                let assignee = choices::person_from(&assignee).or(owner);
                let task = NewTask { title: typed.clone(), due, assignee, kind: None };
                AccountEdit::AddTask(TaskId(workspace.fresh_id()), task)
            }
        };
        spawn_local(carry_out(workspace, confirmed.get_value(), edit, progress));
    };
    let counted = |count: u64| texts().count(boards().accounts, count, &format::number(count));
    let asking = move || {
        let people = choices::people(&workspace.configuration().read(), words.each_owner, None);
        let task = (wanted == Wanted::Task).then(|| {
            view! {
                <div class="form-pair">
                    <Field label=language::tasks().due value=due kind="date" />
                    <SelectField label=language::tasks().assignee choices=Signal::stored(people) value=assignee />
                </div>
            }
        });
        let label = if wanted == Wanted::Tag { words.tag } else { words.task };
        view! {
            <form class="form" on:submit=next>
                <Field label value=text />
                {task}
                <footer class="dialog-foot">
                    <button type="submit" class="button primary">{words.go_on}</button>
                </footer>
            </form>
        }
        .into_any()
    };
    let confirming = move || {
        let count = confirmed.with_value(Vec::len) as u64;
        let pattern = if wanted == Wanted::Tag { words.confirm_tag } else { words.confirm_task };
        view! {
            <p class="segment-confirm">{fill(pattern, &[&counted(count), text.read_untracked().trim()])}</p>
            <footer class="dialog-foot">
                <button type="button" class="button" on:click=move |_| step.set(Step::Asking)>{words.back_to}</button>
                <button type="button" class="button primary" data-confirm disabled=count == 0 on:click=begin>
                    {fill(words.do_it, &[&counted(count)])}
                </button>
            </footer>
        }
        .into_any()
    };
    let carrying_out = move || {
        let Progress { of, done, not_here, refused, is_over } = progress.get();
        let mut said =
            vec![fill(words.done, &[&format::number(done), &format::number(of.max(done))])];
        if not_here > 0 {
            said.push(texts().count(words.not_here, not_here, &format::number(not_here)));
        }
        if refused > 0 {
            said.push(texts().count(words.refusals, refused, &format::number(refused)));
        }
        view! {
            <p role="status" data-done=done.to_string() data-over=is_over.to_string()>{said.join(" ")}</p>
            <footer class="dialog-foot">
                <button type="button" class="button" on:click=move |_| on_close.run(())>
                    {if is_over { texts().words.close } else { words.stop }}
                </button>
            </footer>
        }
        .into_any()
    };
    let title = if wanted == Wanted::Tag { words.tag_all } else { words.task_all };
    view! {
        <Dialog title on_close>
            {move || match step.get() {
                Step::Asking => asking(),
                Step::Confirming => confirming(),
                Step::CarryingOut => carrying_out(),
            }}
        </Dialog>
    }
    .into_any()
}
