//! Reminders of what is due: once a day as a notification where the person and the browser allow
//! it; the number in the rail says the same on screen.

use super::agenda::{Agenda, use_agenda};
use crate::{
    browser::notifications::{self, Permission},
    language::{format, texts},
    ui::icon::Icon,
};
use leptos::{prelude::*, task::spawn_local};

/// Reminds once a day for as long as the screens live.
pub fn remind(agenda: Agenda) {
    Effect::new(move |_| {
        let (due, today) = (agenda.due.get(), agenda.today.get());
        if due == 0 || notifications::permission() != Permission::Granted {
            return;
        }
        let texts = texts();
        let said = texts.count(texts.today.due, due as u64, &format::number(due as u64));
        notifications::show_once(texts.today.title, &said, &today.to_string());
    });
}

/// Offers reminders while nobody has said yes or no to them.
#[component]
pub fn Reminders() -> impl IntoView {
    let agenda = use_agenda();
    let asked = RwSignal::new(false);
    let ask = move |_| {
        spawn_local(async move {
            notifications::ask().await;
            asked.set(true);
            remind(agenda);
        });
    };
    move || {
        asked.track();
        (notifications::permission() == Permission::Unasked).then(|| {
            view! {
                <button type="button" class="button" on:click=ask>
                    <Icon name="bell" />
                    <span>{texts().today.remind}</span>
                </button>
            }
        })
    }
}
