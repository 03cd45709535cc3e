//! What colleagues have to do for an account.

use crate::{
    accounts::{OpenAccount, choices},
    commands::{Ask, when_asked},
    language::{self, format, names, texts, texts::fill},
    ui::{
        dialog::{Dialog, DialogButtons},
        field::Field,
        icon::IconButton,
        select::{Choice, SelectField},
    },
};
use domain::{
    edit::AccountEdit,
    id::TaskId,
    task::{NewTask, Task, TaskKind},
};
use leptos::{ev, prelude::*};

#[component]
pub fn TasksSection(open: OpenAccount) -> impl IntoView {
    let words = language::tasks();
    let ids = move |wanted: fn(&Task) -> bool| {
        open.read(move |account| {
            let mut tasks: Vec<_> = account.tasks.values().filter(|task| wanted(task)).collect();
            tasks.sort_by_key(|task| (task.due.is_none(), task.due, task.id));
            tasks.into_iter().map(|task| task.id).collect::<Vec<_>>()
        })
    };
    let to_do = ids(|task| task.done_at.is_none());
    let done = ids(|task| task.done_at.is_some());
    let adding = RwSignal::new(false);
    let stop = Callback::new(move |()| adding.set(false));
    when_asked(Ask::NewTask, move || adding.set(true));
    let done_list = move || {
        (!done.read().is_empty()).then(|| {
            view! {
                <details class="done-tasks">
                    <summary>
                        {words.done} " " {move || format::number(done.read().len() as u64)}
                    </summary>
                    <ul class="tasks">
                        <For each=move || done.get() key=|id| *id let(id)><TaskLine open id /></For>
                    </ul>
                </details>
            }
        })
    };
    view! {
        <section class="panel" aria-labelledby="tasks-title">
            <header class="panel-head">
                <h2 id="tasks-title">{words.title}</h2>
                <IconButton icon="plus" label=texts().commands.add_task on_press=Callback::new(move |()| adding.set(true)) />
            </header>
            <ul class="tasks">
                <For each=move || to_do.get() key=|id| *id let(id)><TaskLine open id /></For>
            </ul>
            {move || to_do.read().is_empty().then(|| view! { <p class="nothing">{words.none}</p> })}
            {done_list}
            {move || adding.get().then(|| view! { <TaskDialog open task=None on_close=stop /> })}
        </section>
    }
    .into_any()
}

#[component]
fn TaskLine(open: OpenAccount, id: TaskId) -> impl IntoView {
    let words = language::tasks();
    let workspace = open.workspace;
    let configuration = workspace.configuration();
    let task = open.read(move |account| account.tasks.get(&id).cloned());
    let editing = RwSignal::new(false);
    let stop = Callback::new(move |()| editing.set(false));
    let title = Signal::derive(move || {
        task.read().as_ref().map(|task| task.title.clone()).unwrap_or_default()
    });
    let is_done = move || task.read().as_ref().is_some_and(|task| task.done_at.is_some());
    let overdue = move || {
        let today = format::local_day(workspace.now());
        let due = task.read().as_ref().and_then(|task| task.due);
        !is_done() && due.is_some_and(|due| due < today)
    };
    let line = move || {
        let task = task.read();
        let task = task.as_ref()?;
        let due = task.due.map(|day| format::day(day, workspace.now()));
        let late = overdue().then(|| words.overdue.to_owned());
        let who = task.assignee.map(|who| names::person(&configuration.read(), Some(who)));
        Some(due.into_iter().chain(late).chain(who).collect::<Vec<_>>().join(" · "))
    };
    let label =
        move || fill(if is_done() { words.reopen } else { words.complete }, &[&title.read()]);
    let toggle = move |_| {
        let done_at = if is_done() { None } else { Some(workspace.now()) };
        open.edit(AccountEdit::CompleteTask(id, done_at));
    };
    view! {
        <li class="task" class:overdue=overdue data-task=id.to_string()>
            <label class="check">
                <input
                    type="checkbox"
                    aria-label=label
                    prop:checked=is_done
                    on:change=toggle
                />
            </label>
            <div class="task-text">
                <p>{move || title.get()}</p>
                <p class="quiet">{line}</p>
            </div>
            <IconButton
                icon="pencil"
                label=Signal::derive(move || fill(words.edit, &[&title.read()]))
                on_press=Callback::new(move |()| editing.set(true))
            />
            {move || editing.get().then(|| {
                view! { <TaskDialog open task=task.get_untracked() on_close=stop /> }
            })}
        </li>
    }
    .into_any()
}

/// Adds a task, or changes the one given: only what was changed is written.
#[component]
fn TaskDialog(open: OpenAccount, task: Option<Task>, on_close: Callback<()>) -> impl IntoView {
    let words = language::tasks();
    let configuration = open.workspace.configuration();
    let was = task.clone();
    let title = RwSignal::new(was.as_ref().map(|task| task.title.clone()).unwrap_or_default());
    let due = was.as_ref().and_then(|task| task.due).map(|day| day.to_string());
    let due = RwSignal::new(due.unwrap_or_default());
    let kind = was.as_ref().map(|task| task.kind).unwrap_or_default();
    let kind = RwSignal::new((kind as u8).to_string());
    let me = Some(open.workspace.person());
    let assignee = was.as_ref().map_or(me, |task| task.assignee);
    let assignee = RwSignal::new(assignee.map(|who| who.to_string()).unwrap_or_default());
    let typed = move || NewTask {
        title: title.read_untracked().trim().to_owned(),
        due: due.read_untracked().parse().ok(),
        assignee: choices::person_from(&assignee.read_untracked()),
        kind: kind_from(&kind.read_untracked()),
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let edits = match &task {
            Some(was) => changed(was, typed()),
            None => vec![AccountEdit::AddTask(TaskId(open.workspace.fresh_id()), typed())],
        };
        if open.edit_all(edits) {
            on_close.run(());
        }
    };
    let heading = was.map(|task| fill(words.edit, &[&task.title]));
    view! {
        <Dialog title=heading.unwrap_or_else(|| texts().commands.add_task.to_owned()) on_close>
            <form class="form" on:submit=submit>
                <Field label=words.what value=title />
                <div class="form-pair">
                    <Field label=words.due value=due kind="date" />
                    <SelectField
                        label=words.assignee
                        choices=Signal::derive(move || {
                            let now = choices::person_from(&assignee.read());
                            choices::people(&configuration.read(), texts().words.nobody, now)
                        })
                        value=assignee
                    />
                    <SelectField label=words.kind choices=Signal::stored(kinds()) value=kind />
                </div>
                <DialogButtons commit=texts().words.save on_cancel=on_close />
            </form>
        </Dialog>
    }
    .into_any()
}

const KINDS: [TaskKind; 4] = [TaskKind::ToDo, TaskKind::Call, TaskKind::Visit, TaskKind::Message];

/// Returns what a task can be, in words.
fn kinds() -> Vec<Choice> {
    let named = KINDS.into_iter().zip(language::tasks().kinds);
    named.map(|(kind, words)| ((kind as u8).to_string(), words.to_owned())).collect()
}

fn kind_from(code: &str) -> Option<TaskKind> {
    KINDS.into_iter().find(|kind| (*kind as u8).to_string() == code)
}

fn changed(was: &Task, now: NewTask) -> Vec<AccountEdit> {
    let edits = [
        (now.title != was.title).then_some(AccountEdit::RetitleTask(was.id, now.title.clone())),
        (now.due != was.due).then_some(AccountEdit::RescheduleTask(was.id, now.due)),
        (now.kind.unwrap_or_default() != was.kind)
            .then_some(AccountEdit::SetTaskKind(was.id, now.kind)),
        (now.assignee != was.assignee).then_some(AccountEdit::AssignTask(was.id, now.assignee)),
    ];
    edits.into_iter().flatten().collect()
}
