//! What was done here since the page was opened, so that a slip of the finger can be taken back.

use crate::{
    accounts::told,
    language::{self, texts::fill},
    ui::notice::use_notices,
    workspace::use_workspace,
};
use domain::{edit::AccountEdit, id::AccountId};
use leptos::{prelude::*, task::spawn_local_scoped};

/// One thing that was done, and the edit that takes it back.
#[derive(Clone)]
struct Deed {
    number: usize,
    title: String,
    account: AccountId,
    undo: AccountEdit,
}

#[derive(Clone, Copy, Default)]
pub struct Done(RwSignal<Vec<Deed>>);

impl Done {
    pub fn is_empty(self) -> bool {
        self.0.read().is_empty()
    }

    /// Notes what was done; the newest stands on top.
    pub fn note(self, title: String, account: AccountId, undo: AccountEdit) {
        self.0.update(|deeds| {
            let number = deeds.first().map_or(0, |last| last.number + 1);
            deeds.insert(0, Deed { number, title, account, undo });
        });
    }
}

#[component]
pub fn DoneNow(done: Done) -> impl IntoView {
    let words = language::today();
    let (workspace, notices) = (use_workspace(), use_notices());
    let any = Memo::new(move |_| !done.is_empty());
    let take_back = move |deed: Deed| {
        spawn_local_scoped(async move {
            if told(notices, workspace.edit_unopened(deed.account, deed.undo).await) {
                done.0.update(|deeds| deeds.retain(|other| other.number != deed.number));
            }
        });
    };
    move || {
        any.get().then(|| {
            view! {
                <section class="panel done-now" aria-labelledby="done-title">
                    <header class="panel-head"><h2 id="done-title">{words.done}</h2></header>
                    <ul class="due-items">
                        <For each=move || done.0.get() key=|deed| deed.number let(deed)>
                            {
                                let label = fill(words.undo_of, &[&deed.title]);
                                let title = deed.title.clone();
                                view! {
                                    <li class="due-item done">
                                        <span class="due-text">{title}</span>
                                        <button
                                            type="button"
                                            class="button"
                                            aria-label=label
                                            on:click=move |_| take_back(deed.clone())
                                        >
                                            {words.undo}
                                        </button>
                                    </li>
                                }
                            }
                        </For>
                    </ul>
                </section>
            }
        })
    }
}
