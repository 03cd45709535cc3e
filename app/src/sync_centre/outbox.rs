//! Edits the relay has not acknowledged, and those it refused, each in words.

use crate::{
    language::{self, format, names, sentence, texts, texts::fill},
    route::Route,
    sync_centre::more,
    ui::{edit_mark::code, icon::Token},
    workspace::{OutboxItem, Workspace, use_workspace},
};
use domain::{
    edit::Edit,
    id::{AccountId, NoteId},
};
use leptos::prelude::*;
use sync::output::EditState;

/// Lines drawn at most: a fortnight without a line can leave thousands.
const LINES_MAX: usize = 200;

#[component]
pub fn Unsent() -> impl IntoView {
    let words = language::centre();
    let workspace = use_workspace();
    let outbox = workspace.outbox();
    let unsent = Memo::new(move |_| {
        let outbox = outbox.read();
        outbox.iter().filter(|item| !is_refused(item)).cloned().collect::<Vec<_>>()
    });
    let oldest = move || {
        let at = unsent.read().iter().map(|item| item.at).min()?;
        Some(fill(words.oldest, &[&format::ago(at, workspace.now())]))
    };
    view! {
        <section class="panel unsent" aria-labelledby="unsent-title">
            <header class="panel-head">
                <h2 id="unsent-title">{words.unsent}</h2>
                <span class="quiet">{oldest}</span>
            </header>
            <ul class="outbox" data-unsent=move || unsent.read().len()>
                <For
                    each=move || unsent.get().into_iter().take(LINES_MAX)
                    key=|item| (item.key, code(item.state))
                    children=move |item| line(item, workspace)
                />
            </ul>
            {move || more(unsent.read().len(), LINES_MAX)}
            {move || {
                unsent.read().is_empty().then(|| view! { <p class="nothing">{words.nothing_unsent}</p> })
            }}
        </section>
    }
    .into_any()
}

#[component]
pub fn Refused() -> impl IntoView {
    let words = language::centre();
    let workspace = use_workspace();
    let outbox = workspace.outbox();
    let refused = Memo::new(move |_| {
        let outbox = outbox.read();
        outbox.iter().filter(|item| is_refused(item)).cloned().collect::<Vec<_>>()
    });
    let any = Memo::new(move |_| !refused.read().is_empty());
    move || {
        any.get().then(|| {
            view! {
                <section class="panel refused" aria-labelledby="refused-title">
                    <header class="panel-head"><h2 id="refused-title">{words.refused}</h2></header>
                    <p class="quiet">{words.refused_hint}</p>
                    <ul class="outbox" data-refused=move || refused.read().len()>
                        <For
                            each=move || refused.get()
                            key=|item| item.key
                            children=move |item| refused_line(item, workspace)
                        />
                    </ul>
                </section>
            }
        })
    }
}

fn is_refused(item: &OutboxItem) -> bool {
    matches!(item.state, EditState::Refused(_))
}

fn line(item: OutboxItem, workspace: Workspace) -> AnyView {
    let said = said(&item, workspace);
    view! {
        <li class="outbox-line" data-state=code(item.state)>
            <span class="edit-mark" data-state=code(item.state)><Token /></span>
            <div class="outbox-text">
                <p>{said}</p>
                <p class="quiet">
                    {account_link(&item, workspace)} " · " {names::edit_state(item.state)} " · "
                    <time title=format::moment(item.at)>
                        {move || format::ago(item.at, workspace.now())}
                    </time>
                </p>
            </div>
        </li>
    }
    .into_any()
}

fn refused_line(item: OutboxItem, workspace: Workspace) -> AnyView {
    let words = texts();
    let said = said(&item, workspace);
    let key = item.key;
    let copied = RwSignal::new(false);
    let sure = RwSignal::new(false);
    let copy = {
        let said = said.clone();
        move |_| {
            // The promise is not waited for: the text stays on screen whatever comes of it.
            let _ = window().navigator().clipboard().write_text(&said);
            copied.set(true);
        }
    };
    let discard = move |_| {
        if sure.get_untracked() { workspace.discard(key) } else { sure.set(true) }
    };
    view! {
        <li class="outbox-line" data-state=code(item.state)>
            <span class="edit-mark" data-state=code(item.state)><Token /></span>
            <div class="outbox-text">
                <p>{said}</p>
                <p class="quiet">
                    {account_link(&item, workspace)} " · " {names::edit_state(item.state)}
                </p>
            </div>
            <button type="button" class="button" on:click=copy>
                {move || if copied.get() { words.words.copied } else { words.words.copy }}
            </button>
            <button type="button" class="button danger" on:click=discard>
                {move || if sure.get() { language::centre().discard_sure } else { language::centre().discard }}
            </button>
        </li>
    }
    .into_any()
}

fn said(item: &OutboxItem, workspace: Workspace) -> String {
    let configuration = workspace.configuration().get_untracked();
    sentence::of(item.edit.as_ref(), &configuration, workspace.now())
}

/// The account an edit belongs to, as a link with its name.
fn account_link(item: &OutboxItem, workspace: Workspace) -> Option<impl IntoView> {
    let account = match &item.edit {
        Some(Edit::Account(_) | Edit::BringIn(_)) => AccountId(item.document.0),
        Some(Edit::Note(_)) => NoteId(item.document.0).account(),
        Some(Edit::Configuration(_) | Edit::Catalogue(_)) | None => return None,
    };
    let name = workspace
        .with_rows(|rows| rows.iter().find(|row| row.id == account).map(|row| row.name.clone()));
    let name = name.unwrap_or_else(|| language::centre().open_account.to_owned());
    Some(view! { <a href=Route::Account(account).path()>{name}</a> })
}
