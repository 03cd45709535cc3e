//! Reminders of what is due: once a day as a notification where the person and the browser allow
//! it; the number in the rail says the same on screen.

use super::agenda::Agenda;
use crate::{
    browser::notifications::{self, Permission},
    language::{self, format, texts},
    ui::icon::Icon,
};
use leptos::{prelude::*, task::spawn_local};

thread_local! {
    static PERMISSION: ArcRwSignal<Permission> = ArcRwSignal::new(notifications::permission());
}

/// Returns what the person has said of reminders.
fn permission() -> RwSignal<Permission> {
    PERMISSION.with(Clone::clone).into()
}

/// Reminds once a day for as long as the screens live, from when the person agrees.
pub fn remind(agenda: Agenda) {
    let permission = permission();
    Effect::new(move |_| {
        let (due, today) = (agenda.due.get(), agenda.today.get());
        if due == 0 || permission.get() != Permission::Granted {
            return;
        }
        let texts = texts();
        let said = texts.count(texts.shell.due, due as u64, &format::number(due as u64));
        notifications::show_once(texts.shell.today, &said, &today.to_string());
    });
}

/// Offers reminders while nobody has said yes or no to them.
#[component]
pub fn Reminders() -> impl IntoView {
    let permission = permission();
    let ask = move |_| {
        spawn_local(async move {
            notifications::ask().await;
            PERMISSION.with(|permission| permission.set(notifications::permission()));
        });
    };
    move || {
        (permission.get() == Permission::Unasked).then(|| {
            view! {
                <button type="button" class="button" on:click=ask>
                    <Icon name="bell" />
                    <span>{language::today().remind}</span>
                </button>
            }
        })
    }
}
