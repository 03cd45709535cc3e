//! One person at the customer: the card, and the dialog that adds or changes them.

use crate::{
    accounts::{
        OpenAccount, choices,
        choices::typed,
        point::{DraftPoint, PointLink, PointsEditor},
    },
    language::{self, names, texts, texts::fill},
    ui::{
        avatar::Avatar,
        dialog::{Dialog, DialogButtons},
        field::Field,
        icon::IconButton,
        select::SelectField,
    },
};
use domain::{
    contact::{Contact, ContactField, NewContact},
    edit::AccountEdit,
    id::ContactId,
};
use leptos::{ev, prelude::*};

#[component]
pub fn PersonCard(open: OpenAccount, id: ContactId) -> impl IntoView {
    let words = language::people();
    let contact = open.read(move |account| account.contacts.get(&id).cloned());
    let editing = RwSignal::new(false);
    let stop = Callback::new(move |()| editing.set(false));
    let name =
        Signal::derive(move || contact.read().as_ref().map(names::contact).unwrap_or_default());
    let line = move || {
        let contact = contact.read();
        let contact = contact.as_ref()?;
        let title = contact.job_title.clone().unwrap_or_default();
        let consent = contact.consent.map(|given| {
            view! {
                <span class="chip" data-consent=choices::consent_code(Some(given))>
                    {format!("{}: {}", words.consent, names::consent(Some(given)))}
                </span>
            }
        });
        Some(view! { <span>{title}</span>{consent} })
    };
    let points = move || {
        let points = contact.get().map(|contact| contact.points).unwrap_or_default();
        let kept = points.into_values().filter(|point| point.removed != Some(true));
        kept.map(|point| view! { <PointLink point /> }).collect_view()
    };
    view! {
        <li class="person">
            <Avatar name=name />
            <div class="person-text">
                <p class="person-name">{move || name.get()}</p>
                <p class="quiet person-line">{line}</p>
                <ul class="points">{points}</ul>
            </div>
            <IconButton
                icon="pencil"
                label=Signal::derive(move || fill(words.edit, &[&name.read()]))
                on_press=Callback::new(move |()| editing.set(true))
            />
            {move || editing.get().then(|| {
                view! { <PersonDialog open contact=contact.get_untracked() on_close=stop /> }
            })}
        </li>
    }
    .into_any()
}

/// Adds a person, or changes the one given: only what was changed is written.
#[component]
pub fn PersonDialog(
    open: OpenAccount,
    contact: Option<Contact>,
    on_close: Callback<()>,
) -> impl IntoView {
    let words = language::people();
    let was = contact.clone().unwrap_or_else(|| Contact {
        id: ContactId(open.workspace.fresh_id()),
        given_name: String::new(),
        family_name: String::new(),
        job_title: None,
        language: None,
        consent: None,
        archived: false,
        points: Default::default(),
    });
    let draft = Draft {
        given_name: RwSignal::new(was.given_name.clone()),
        family_name: RwSignal::new(was.family_name.clone()),
        job_title: RwSignal::new(was.job_title.clone().unwrap_or_default()),
        language: RwSignal::new(was.language.clone().unwrap_or_default()),
        consent: RwSignal::new(choices::consent_code(was.consent).to_owned()),
        points: RwSignal::new(DraftPoint::all_of(&was)),
    };
    let is_new = contact.is_none();
    let id = was.id;
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let edits = if is_new { draft.added(id) } else { draft.changed(&was) };
        let points = DraftPoint::changes(&draft.points.read_untracked(), &was, open.workspace);
        if open.edit_all(edits.into_iter().chain(points)) {
            on_close.run(());
        }
    };
    let archive = move |_| {
        if open.edit(AccountEdit::ArchiveContact(id)) {
            on_close.run(());
        }
    };
    let title = contact.as_ref().map(|was| fill(words.edit, &[&names::contact(was)]));
    view! {
        <Dialog title=title.unwrap_or_else(|| words.add.to_owned()) on_close>
            <form class="form" on:submit=submit>
                <div class="form-pair">
                    <Field label=words.given_name value=draft.given_name />
                    <Field label=words.family_name value=draft.family_name />
                    <Field label=words.job_title value=draft.job_title />
                    <Field label=words.language value=draft.language />
                </div>
                <SelectField
                    label=words.consent
                    choices=Signal::derive(choices::consent)
                    value=draft.consent
                />
                <PointsEditor points=draft.points />
                {(!is_new).then(|| view! {
                    <button type="button" class="button danger" on:click=archive>{words.archive}</button>
                })}
                <DialogButtons commit=texts().words.save on_cancel=on_close />
            </form>
        </Dialog>
    }
    .into_any()
}

/// What is being typed.
#[derive(Clone, Copy)]
struct Draft {
    given_name: RwSignal<String>,
    family_name: RwSignal<String>,
    job_title: RwSignal<String>,
    language: RwSignal<String>,
    consent: RwSignal<String>,
    points: RwSignal<Vec<DraftPoint>>,
}

impl Draft {
    fn added(self, id: ContactId) -> Vec<AccountEdit> {
        let new = NewContact {
            given_name: self.given_name.read_untracked().trim().to_owned(),
            family_name: self.family_name.read_untracked().trim().to_owned(),
            job_title: typed(&self.job_title.read_untracked()),
            language: typed(&self.language.read_untracked()),
            consent: choices::consent_from(&self.consent.read_untracked()),
        };
        vec![AccountEdit::AddContact(id, new)]
    }

    fn changed(self, was: &Contact) -> Vec<AccountEdit> {
        let mut edits = Vec::new();
        let fields = [
            (ContactField::GivenName, self.given_name, typed(&was.given_name)),
            (ContactField::FamilyName, self.family_name, typed(&was.family_name)),
            (ContactField::JobTitle, self.job_title, was.job_title.clone()),
            (ContactField::Language, self.language, was.language.clone()),
        ];
        for (field, text, was_text) in fields {
            let now = typed(&text.read_untracked());
            if now != was_text {
                edits.push(AccountEdit::SetContact(was.id, field, now));
            }
        }
        let consent = choices::consent_from(&self.consent.read_untracked());
        if consent != was.consent {
            edits.push(AccountEdit::SetConsent(was.id, consent));
        }
        edits
    }
}
