//! Opens a new account, as a lead unless the person says otherwise.

use crate::{
    accounts::{choices, choices::typed, told},
    language::{self, names, texts},
    route::Route,
    ui::{
        dialog::{Dialog, DialogButtons},
        field::Field,
        notice::use_notices,
        select::SelectField,
    },
    workspace::{Workspace, use_workspace},
};
use domain::{
    account::{LifecycleStage, NewAccount, PartyType, ProfileField},
    contact::{ContactPoint, ContactPointKind, NewContact},
    edit::AccountEdit,
    id::{AccountId, ContactId, ContactPointId},
};
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;

const PARTIES: [PartyType; 4] =
    [PartyType::Organisation, PartyType::Person, PartyType::Household, PartyType::PublicBody];

/// What is being typed.
#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    party: RwSignal<String>,
    stage: RwSignal<String>,
    owner: RwSignal<String>,
    territory: RwSignal<String>,
    city: RwSignal<String>,
    given_name: RwSignal<String>,
    family_name: RwSignal<String>,
    phone: RwSignal<String>,
    email: RwSignal<String>,
}

#[component]
pub fn NewAccountDialog(on_close: Callback<()>) -> impl IntoView {
    let (words, people) = (&texts().accounts, language::people());
    let workspace = use_workspace();
    let notices = use_notices();
    let navigate = use_navigate();
    let text = || RwSignal::new(String::new());
    let draft = Draft {
        name: text(),
        party: RwSignal::new("0".to_owned()),
        stage: RwSignal::new(choices::stage_code(LifecycleStage::Lead)),
        owner: RwSignal::new(workspace.person().to_string()),
        territory: text(),
        city: text(),
        given_name: text(),
        family_name: text(),
        phone: text(),
        email: text(),
    };
    // Made once: pressing twice is not to open two accounts.
    let id = AccountId(workspace.fresh_id());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if draft.lacks_a_name() {
            return notices.say(people.name_needed.to_owned());
        }
        if told(notices, workspace.edit_all(id, draft.opened(workspace))) {
            on_close.run(());
            navigate(&Route::Account(id).path(), Default::default());
        }
    };
    let configuration = workspace.configuration();
    let parties =
        PARTIES.map(|party| ((party as u8).to_string(), names::party(party).to_owned())).to_vec();
    view! {
        <Dialog title=words.new_account on_close>
            <form class="form" on:submit=submit>
                <Field label=language::account().name value=draft.name />
                <div class="form-pair">
                    <SelectField
                        label=language::account().party
                        choices=Signal::derive(move || parties.clone())
                        value=draft.party
                    />
                    <SelectField
                        label=words.stage
                        choices=Signal::derive(choices::life_cycle)
                        value=draft.stage
                    />
                    <SelectField
                        label=words.owner
                        choices=Signal::derive(move || {
                            choices::people(&configuration.read(), texts().words.nobody, None)
                        })
                        value=draft.owner
                    />
                    <SelectField
                        label=words.territory
                        choices=Signal::derive(move || {
                            choices::territories(&configuration.read(), texts().words.not_set)
                        })
                        value=draft.territory
                    />
                </div>
                <Field label=people.city value=draft.city />
                <fieldset class="form-group">
                    <legend>{people.title}</legend>
                    <div class="form-pair">
                        <Field label=people.given_name value=draft.given_name />
                        <Field label=people.family_name value=draft.family_name />
                        <Field label=names::point(ContactPointKind::Phone) value=draft.phone kind="tel" />
                        <Field label=names::point(ContactPointKind::Email) value=draft.email kind="email" />
                    </div>
                </fieldset>
                <DialogButtons commit=words.create on_cancel=on_close />
            </form>
        </Dialog>
    }
    .into_any()
}

impl Draft {
    /// Returns the edits that open the account, with the person at the customer if one was named.
    fn opened(self, workspace: Workspace) -> Vec<AccountEdit> {
        let city = typed(&self.city.read_untracked());
        let party = self.party.read_untracked();
        let party = PARTIES.into_iter().find(|kind| (*kind as u8).to_string() == *party);
        let new = NewAccount {
            name: self.name.get_untracked(),
            party: party.unwrap_or(PartyType::Organisation),
            created_at: workspace.now(),
            stage: choices::stage_from(&self.stage.read_untracked())
                .unwrap_or(LifecycleStage::Lead),
            owner: choices::person_from(&self.owner.read_untracked()),
            territory: typed(&self.territory.read_untracked()),
            profile: city.map(|city| (ProfileField::City, city)).into_iter().collect(),
            tags: Vec::new(),
        };
        let contact = self.names_somebody().then(|| self.contact(workspace));
        [AccountEdit::Open(new)].into_iter().chain(contact.into_iter().flatten()).collect()
    }

    fn contact(self, workspace: Workspace) -> Vec<AccountEdit> {
        let contact = ContactId(workspace.fresh_id());
        let new = NewContact {
            given_name: self.given_name.read_untracked().trim().to_owned(),
            family_name: self.family_name.read_untracked().trim().to_owned(),
            ..NewContact::default()
        };
        let point = |(kind, text): (ContactPointKind, RwSignal<String>)| {
            let value = typed(&text.read_untracked())?;
            let point = ContactPoint { kind, value, label: None, removed: None };
            let id = ContactPointId(workspace.fresh_id());
            Some(AccountEdit::SetContactPoint(contact, id, point))
        };
        let points = [(ContactPointKind::Phone, self.phone), (ContactPointKind::Email, self.email)];
        let points = points.into_iter().filter_map(point);
        [AccountEdit::AddContact(contact, new)].into_iter().chain(points).collect()
    }

    fn names_somebody(self) -> bool {
        [self.given_name, self.family_name].iter().any(|name| is_typed(*name))
    }

    /// Returns whether there is a phone or an e-mail, but nobody it belongs to.
    fn lacks_a_name(self) -> bool {
        !self.names_somebody() && [self.phone, self.email].iter().any(|point| is_typed(*point))
    }
}

fn is_typed(text: RwSignal<String>) -> bool {
    typed(&text.read_untracked()).is_some()
}
