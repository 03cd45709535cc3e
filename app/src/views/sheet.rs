//! What one does with views: keeps what is shown under a name, renames, removes.

use crate::{
    accounts::{book::use_book, told},
    language::{texts, texts::fill},
    ui::{
        dialog::Dialog,
        editable_text::EditableText,
        field::Field,
        icon::IconButton,
        notice::{Notices, use_notices},
        select::SelectField,
    },
    workspace::{Workspace, use_workspace},
};
use domain::{
    id::ViewId,
    setting::{Setting, Subject},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

#[component]
pub fn ViewSheet(on_close: Callback<()>) -> impl IntoView {
    let words = &texts().views;
    let workspace = use_workspace();
    workspace.hold_settings();
    let (configuration, me) = (workspace.configuration(), workspace.person());
    let views = Memo::new(move |_| {
        let configuration = configuration.read();
        configuration.views_for(me).into_iter().map(|(id, _)| id).collect::<Vec<_>>()
    });
    let any = move || !views.read().is_empty();
    view! {
        <Dialog title=words.title on_close>
            <NewView />
            {move || any().then(|| view! { <h3 class="views-head">{words.kept}</h3> })}
            <ul class="views-kept">
                <For each=move || views.get() key=|id| *id let(id)><KeptView id /></For>
            </ul>
        </Dialog>
    }
    .into_any()
}

/// Keeps what is looked for now.
#[component]
fn NewView() -> impl IntoView {
    let words = &texts().views;
    let (workspace, notices) = (use_workspace(), use_notices());
    let me = workspace.person();
    let filter = use_book().filter;
    let (name, whose) = (RwSignal::new(String::new()), RwSignal::new("mine".to_owned()));
    let choices = [("mine", words.mine), ("all", words.everybody)];
    let choices = choices.map(|(code, words)| (code.to_owned(), words.to_owned())).to_vec();
    let keep = move |event: SubmitEvent| {
        event.prevent_default();
        let of = (whose.get_untracked() == "mine").then_some(me);
        let mut kept = filter.get_untracked();
        kept.text = kept.text.trim().to_owned();
        // With its filter it is whole and begins to be offered, so that comes last.
        let settings =
            [Setting::Name(name.get_untracked()), Setting::Of(of), Setting::Filter(Some(kept))];
        set((workspace, notices), ViewId(workspace.fresh_id()), settings.into());
        name.set(String::new());
    };
    let nothing = move || filter.read().is_empty();
    view! {
        <form class="view-new" on:submit=keep>
            <p class="quiet">{move || if nothing() { words.nothing_set } else { words.hint }}</p>
            <Field label=words.name value=name />
            <SelectField label=words.whose choices=Signal::stored(choices) value=whose />
            <button
                type="submit"
                class="button primary"
                disabled=move || nothing() || name.read().trim().is_empty()
            >
                {words.keep}
            </button>
        </form>
    }
    .into_any()
}

#[component]
fn KeptView(id: ViewId) -> impl IntoView {
    let words = &texts().views;
    let with = (use_workspace(), use_notices());
    let configuration = with.0.configuration();
    let name = Memo::new(move |_| {
        let configuration = configuration.read();
        configuration.views.get(&id).map(|view| view.name.clone()).unwrap_or_default()
    });
    let mine = Memo::new(move |_| {
        configuration.read().views.get(&id).is_some_and(|view| view.of.is_some())
    });
    let rename = Callback::new(move |name: String| {
        let named = !name.trim().is_empty();
        if named {
            set(with, id, vec![Setting::Name(name)]);
        }
        named
    });
    let remove = Callback::new(move |()| set(with, id, vec![Setting::Archived(true)]));
    view! {
        <li class="view-kept" data-view=id.to_string()>
            <EditableText label=words.name value=name on_commit=rename />
            <span class="quiet">{move || if mine.get() { words.mine } else { words.everybody }}</span>
            <IconButton
                icon="x"
                label=Signal::derive(move || fill(words.remove, &[&name.read()]))
                on_press=remove
            />
        </li>
    }
    .into_any()
}

/// Sets one thing after the other, up to the first that is refused.
fn set((workspace, notices): (Workspace, Notices), id: ViewId, settings: Vec<Setting>) {
    spawn_local(async move {
        for setting in settings {
            if !told(notices, workspace.set(Subject::View(id), setting).await) {
                break;
            }
        }
    });
}
