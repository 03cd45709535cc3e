//! Things said to the person: they stay until dismissed, and a screen reader hears them.

use crate::{language::texts, ui::icon::IconButton};
use leptos::prelude::*;

/// What is being said, newest last.
#[derive(Clone, Copy)]
pub struct Notices(RwSignal<Vec<(u64, String)>>);

/// More than this many are not read; the oldest goes.
const NOTICES_MAX: usize = 3;

impl Notices {
    pub fn provide() {
        provide_context(Self(RwSignal::new(Vec::new())));
    }

    /// Takes back what was said, once it no longer holds.
    pub fn clear(self) {
        if !self.0.read_untracked().is_empty() {
            self.0.set(Vec::new());
        }
    }

    pub fn say(self, text: String) {
        self.0.update(|notices| {
            notices.retain(|(_, said)| *said != text);
            let number = notices.last().map_or(0, |(number, _)| number + 1);
            notices.push((number, text));
            if notices.len() > NOTICES_MAX {
                notices.remove(0);
            }
        });
    }
}

pub fn use_notices() -> Notices {
    expect_context()
}

#[component]
pub fn NoticeBoard() -> impl IntoView {
    let notices = use_notices().0;
    let dismiss = move |number| notices.update(|all| all.retain(|notice| notice.0 != number));
    view! {
        <div class="notices" role="alert">
            <For each=move || notices.get() key=|notice| notice.0 let((number, text))>
                <p class="notice">
                    <span>{text}</span>
                    <IconButton
                        icon="x"
                        label=texts().words.close
                        on_press=Callback::new(move |()| dismiss(number))
                    />
                </p>
            </For>
        </div>
    }
}
