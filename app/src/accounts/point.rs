//! The ways to reach a person: as links, and in the dialog that changes them.

use crate::{
    accounts::choices::typed,
    language::{self, names, texts},
    ui::{
        icon::{Icon, IconButton},
        select::Select,
    },
    workspace::Workspace,
};
use domain::{
    contact::{Contact, ContactPoint, ContactPointKind},
    edit::AccountEdit,
    id::ContactPointId,
};
use leptos::prelude::*;

const KINDS: [ContactPointKind; 4] = [
    ContactPointKind::Email,
    ContactPointKind::Phone,
    ContactPointKind::Messenger,
    ContactPointKind::Web,
];

#[component]
pub fn PointLink(point: ContactPoint) -> impl IntoView {
    let (icon, address) = match point.kind {
        ContactPointKind::Email => ("mail", Some(format!("mailto:{}", point.value))),
        ContactPointKind::Phone => {
            let digits = point.value.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+');
            ("phone", Some(format!("tel:{}", digits.collect::<String>())))
        }
        ContactPointKind::Messenger => ("message-circle", None),
        ContactPointKind::Web => {
            let secure = point.value.starts_with("https://") || point.value.starts_with("http://");
            ("globe", secure.then(|| point.value.clone()))
        }
    };
    let text = view! { <Icon name=icon /><span>{point.value}</span> };
    let link = match address {
        Some(address) => view! { <a href=address rel="external noopener">{text}</a> }.into_any(),
        None => view! { <span>{text}</span> }.into_any(),
    };
    let label = point.label.map(|label| view! { <span class="quiet">{label}</span> });
    view! { <li class="point" title=names::point(point.kind)>{link}{label}</li> }.into_any()
}

/// A way to reach a person while it is being typed.
#[derive(Clone, Copy, PartialEq)]
pub struct DraftPoint {
    /// Nothing for one just added.
    id: Option<ContactPointId>,
    kind: RwSignal<String>,
    value: RwSignal<String>,
    removed: RwSignal<bool>,
}

impl DraftPoint {
    pub fn all_of(contact: &Contact) -> Vec<Self> {
        let kept = contact.points.iter().filter(|(_, point)| point.removed != Some(true));
        kept.map(|(id, point)| Self::new(Some(*id), point.kind, point.value.clone())).collect()
    }

    fn new(id: Option<ContactPointId>, kind: ContactPointKind, value: String) -> Self {
        Self {
            id,
            kind: RwSignal::new((kind as u8).to_string()),
            value: RwSignal::new(value),
            removed: RwSignal::new(false),
        }
    }

    /// Returns the edits that make the person's points what was typed.
    pub fn changes(drafts: &[Self], was: &Contact, workspace: Workspace) -> Vec<AccountEdit> {
        let change = |draft: &Self| {
            let old = draft.id.and_then(|id| was.points.get(&id));
            let value = typed(&draft.value.read_untracked());
            let removed = draft.removed.get_untracked() || value.is_none();
            if removed && old.is_none() {
                return None;
            }
            let kind = draft.kind.read_untracked();
            let new = ContactPoint {
                kind: KINDS.into_iter().find(|known| (*known as u8).to_string() == *kind)?,
                value: value.or_else(|| old.map(|old| old.value.clone()))?,
                label: old.and_then(|old| old.label.clone()),
                removed: removed.then_some(true),
            };
            let id = draft.id.unwrap_or_else(|| ContactPointId(workspace.fresh_id()));
            (old != Some(&new)).then_some(AccountEdit::SetContactPoint(was.id, id, new))
        };
        drafts.iter().filter_map(change).collect()
    }
}

#[component]
pub fn PointsEditor(points: RwSignal<Vec<DraftPoint>>) -> impl IntoView {
    let words = language::people();
    let kinds =
        KINDS.map(|kind| ((kind as u8).to_string(), names::point(kind).to_owned())).to_vec();
    let add = move |_| {
        let new = DraftPoint::new(None, ContactPointKind::Phone, String::new());
        points.update(|points| points.push(new));
    };
    let draw = move |draft: DraftPoint| {
        let kinds = kinds.clone();
        view! {
            <li class="point-editor" hidden=move || draft.removed.get()>
                <Select
                    label=words.kind
                    choices=Signal::derive(move || kinds.clone())
                    value=draft.kind
                    on_pick=Callback::new(move |kind| draft.kind.set(kind))
                />
                <input
                    aria-label=words.value
                    placeholder=words.value
                    prop:value=move || draft.value.get()
                    on:input=move |event| draft.value.set(event_target_value(&event))
                />
                <IconButton
                    icon="x"
                    label=texts().words.remove
                    on_press=Callback::new(move |()| draft.removed.set(true))
                />
            </li>
        }
    };
    let all = move || points.get().into_iter().enumerate().collect::<Vec<_>>();
    view! {
        <ul class="points-editor">
            <For each=all key=|(place, _)| *place children=move |(_, draft)| draw(draft) />
        </ul>
        <button type="button" class="button" on:click=add>
            <Icon name="plus" />
            <span>{words.add_point}</span>
        </button>
    }
    .into_any()
}
