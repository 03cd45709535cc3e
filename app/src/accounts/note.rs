//! The note of an account, which several people may type in at once.
//!
//! The browser's field holds what is being typed. Each input is sent as the stretch by which it
//! differs from the text the field and the note last agreed on; what others type is put into the
//! field without moving the caret from its words.

use crate::{
    accounts::{
        OpenAccount,
        text_difference::{Difference, code_points, utf16_units},
        told, why_unreadable,
    },
    language,
    ui::{edit_mark::EditMark, empty::Empty, notice::use_notices},
    workspace::{Opened, Workspace},
};
use domain::{
    edit::NoteEdit,
    id::NoteId,
    note::{Note, Splice},
};
use leptos::{html, prelude::*};
use web_sys::HtmlTextAreaElement;

#[component]
pub fn NoteSection(open: OpenAccount) -> impl IntoView {
    let words = language::account();
    let id = open.id.note();
    let opened = open.workspace.open_note(id);
    let state = open.workspace.edit_state(id.0);
    let here = Memo::new(move |_| match &*opened.read() {
        Opened::Loading => None,
        Opened::Here(_) => Some(true),
        Opened::NotHere | Opened::Malformed(_) => Some(false),
    });
    let content = move || match here.get() {
        None => ().into_any(),
        Some(true) => view! { <NoteField workspace=open.workspace id opened /> }.into_any(),
        Some(false) => not_here(open.workspace, id, opened),
    };
    view! {
        <section class="panel note" aria-labelledby="note-title">
            <header class="panel-head">
                <h2 id="note-title">{words.note}</h2>
                <EditMark state />
            </header>
            {content}
        </section>
    }
    .into_any()
}

fn not_here(workspace: Workspace, id: NoteId, opened: Signal<Opened<Note>>) -> AnyView {
    let words = language::account();
    if let Opened::Malformed(why) = &*opened.read_untracked() {
        return view! { <p class="malformed">{words.malformed_note} " " {why_unreadable(why)}</p> }
            .into_any();
    }
    view! {
        <Empty title=words.not_here_hint>
            <button type="button" class="button" on:click=move |_| workspace.fetch(id.0)>
                {words.fetch}
            </button>
        </Empty>
    }
    .into_any()
}

#[component]
fn NoteField(workspace: Workspace, id: NoteId, opened: Signal<Opened<Note>>) -> impl IntoView {
    let words = language::account();
    let notices = use_notices();
    let area = NodeRef::<html::Textarea>::new();
    // The text the field and the note last agreed on.
    let agreed = StoredValue::new(String::new());
    let text = move || match &*opened.read() {
        Opened::Here(note) => Some(note.text.clone()),
        _ => None,
    };
    let take_in = move || {
        if let (Some(area), Some(text)) = (area.get_untracked(), untrack(text)) {
            show(&area, &agreed.get_value(), &text);
            agreed.set_value(text);
        }
    };
    let composing = StoredValue::new(false);
    Effect::new(move |_| {
        area.track();
        opened.track();
        // Changing the text under an input method would throw away what it is composing.
        if !composing.get_value() {
            take_in();
        }
    });
    let send = move || {
        let Some(area) = area.get_untracked() else { return };
        let typed = area.value();
        let Some(difference) = Difference::between(&agreed.get_value(), &typed) else { return };
        // Others may have typed while an input method was composing here.
        let now = untrack(text).unwrap_or_default();
        let (at, end) = (difference.at, difference.at + difference.delete);
        let (at, end) = match Difference::between(&agreed.get_value(), &now) {
            Some(of_others) => (of_others.carry(at), of_others.carry(end)),
            None => (at, end),
        };
        let splice = Splice {
            at: at as u32,
            delete: (end - at) as u32,
            insert: difference.insert,
            cursor: workspace.cursor(id, at as u32),
        };
        // Agreed first: the edit comes back through the note, as everybody's do.
        let before = agreed.get_value();
        agreed.set_value(typed);
        if !told(notices, workspace.edit_note(id, NoteEdit::Splice(splice))) {
            agreed.set_value(before.clone());
            area.set_value(&before);
        }
    };
    let on_input = move |_| {
        if !composing.get_value() {
            send();
        }
    };
    let on_composed = move |_| {
        composing.set_value(false);
        send();
        take_in();
    };
    view! {
        <textarea
            class="note-text"
            node_ref=area
            rows="8"
            aria-label=words.note
            placeholder=words.note_placeholder
            on:compositionstart=move |_| composing.set_value(true)
            on:compositionend=on_composed
            on:input=on_input
        ></textarea>
    }
    .into_any()
}

/// Puts a text into the field, the selection staying with its words.
fn show(area: &HtmlTextAreaElement, agreed: &str, text: &str) {
    let Some(difference) = Difference::between(agreed, text) else { return };
    let place = |utf16: Option<u32>| {
        let before = code_points(agreed, utf16.unwrap_or_default());
        utf16_units(text, difference.carry(before))
    };
    let start = place(area.selection_start().ok().flatten());
    let end = place(area.selection_end().ok().flatten());
    area.set_value(text);
    let _ = area.set_selection_range(start, end);
}
