//! One thing to do: what it is, whose account it is of, and the tap that does it.

use super::done::Done;
use crate::{
    accounts::told,
    deals::move_to::MoveTo,
    language::{self, format, names, texts, texts::fill},
    route::Route,
    ui::{edit_mark::EditMark, icon::Icon, notice::use_notices},
    workspace::{Workspace, use_workspace},
};
use domain::{
    agenda::{Item, Matter, days_since},
    edit::AccountEdit,
    id::{AccountId, DealId},
    pipeline::StageId,
    row::AccountRow,
    task::TaskKind,
};
use leptos::{prelude::*, task::spawn_local_scoped};

/// What a line shows and does.
#[derive(Clone, PartialEq)]
struct Face {
    account: AccountId,
    account_name: String,
    icon: &'static str,
    title: String,
    /// The deal it is about, and when it is due.
    about: String,
    action: Action,
}

#[derive(Clone, PartialEq)]
enum Action {
    /// Does it, and takes it back.
    Do(Box<(AccountEdit, AccountEdit)>),
    Move(DealId, Option<StageId>),
}

#[component]
pub fn ItemLine(item: Item, done: Done) -> impl IntoView {
    let workspace = use_workspace();
    let version = workspace.rows_version();
    let face = Memo::new(move |_| {
        version.track();
        workspace.with_rows(|rows| face(rows.get(item.account as usize)?, item, workspace))
    });
    move || face.get().map(|face| drawn(face, done))
}

fn face(row: &AccountRow, item: Item, workspace: Workspace) -> Option<Face> {
    let configuration = workspace.configuration().get_untracked();
    let day = format::day(item.day, workspace.now());
    let (icon, title, about, action) = match item.matter {
        Matter::Task(place) => {
            let task = row.tasks.get(place as usize)?;
            let done = AccountEdit::CompleteTask(task.id, Some(workspace.now()));
            let undo = AccountEdit::CompleteTask(task.id, None);
            (task_icon(task.kind), task.title.clone(), day, Action::Do(Box::new((done, undo))))
        }
        Matter::NextStep(place) => {
            let deal = row.deals.get(place as usize)?;
            let step = deal.next_step.clone()?;
            let done = AccountEdit::SetDealNextStep(deal.id, None);
            let undo = AccountEdit::SetDealNextStep(deal.id, Some(step.clone()));
            (
                "milestone",
                step.text,
                format!("{} · {day}", deal.name),
                Action::Do(Box::new((done, undo))),
            )
        }
        Matter::Stale(place) => {
            let deal = row.deals.get(place as usize)?;
            let stage = names::deal_stage(&configuration, deal.stage.as_ref()?);
            let days = u64::from(days_since(deal.since?, workspace.now()));
            let lasted =
                texts().count(language::today().days_in_stage, days, &format::number(days));
            let about = format!("{stage} · {lasted}");
            ("handshake", deal.name.clone(), about, Action::Move(deal.id, deal.stage.clone()))
        }
    };
    let (account, account_name) = (row.id, row.name.clone());
    Some(Face { account, account_name, icon, title, about, action })
}

fn task_icon(kind: Option<TaskKind>) -> &'static str {
    match kind.unwrap_or_default() {
        TaskKind::ToDo => "calendar-check",
        TaskKind::Call => "phone",
        TaskKind::Visit => "map-pin",
        TaskKind::Message => "mail",
    }
}

fn drawn(face: Face, done: Done) -> AnyView {
    let workspace = use_workspace();
    let Face { account, account_name, icon, title, about, action } = face;
    let action = act(account, &title, action, done);
    view! {
        <li class="due-item">
            <Icon name=icon />
            <div class="due-text">
                <p class="due-title">{title} <EditMark state=workspace.edit_state(account.0) /></p>
                <p class="quiet">
                    <a href=Route::Account(account).path()>{account_name}</a> " · " {about}
                </p>
            </div>
            {action}
        </li>
    }
    .into_any()
}

fn act(account: AccountId, title: &str, action: Action, done: Done) -> AnyView {
    let (workspace, notices) = (use_workspace(), use_notices());
    let title = title.to_owned();
    match action {
        Action::Do(both) => {
            let label = fill(language::tasks().complete, &[&title]);
            let press = move |_| {
                let ((edit, undo), title) = (*both.clone(), title.clone());
                spawn_local_scoped(async move {
                    if told(notices, workspace.edit_unopened(account, edit).await) {
                        done.note(title, account, undo);
                    }
                });
            };
            view! {
                <button type="button" class="button due-done" aria-label=label on:click=press>
                    <Icon name="check" />
                    <span>{language::today().do_it}</span>
                </button>
            }
            .into_any()
        }
        Action::Move(deal, from) => {
            let on_move = Callback::new(move |edit: AccountEdit| {
                spawn_local_scoped(async move {
                    told(notices, workspace.edit_unopened(account, edit).await);
                });
            });
            let (name, from) = (Signal::stored(title), Signal::stored(from));
            view! { <MoveTo deal name from on_move /> }.into_any()
        }
    }
}
