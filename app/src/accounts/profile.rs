//! The plain fields of an account, each edited where it stands; those not set are folded away.

use crate::{
    accounts::OpenAccount,
    language::{self, format, names},
    ui::editable_text::EditableText,
};
use domain::{account::ProfileField, edit::AccountEdit};
use leptos::prelude::*;

const FIELDS: [ProfileField; 12] = [
    ProfileField::Industry,
    ProfileField::Website,
    ProfileField::City,
    ProfileField::Country,
    ProfileField::TimeZone,
    ProfileField::Currency,
    ProfileField::Employees,
    ProfileField::AnnualRevenue,
    ProfileField::Source,
    ProfileField::Reference,
    ProfileField::ExternalId,
    ProfileField::ParentExternalId,
];

#[component]
pub fn ProfileSection(open: OpenAccount) -> impl IntoView {
    let words = language::account();
    let set = open.read(|account| {
        let set = FIELDS.into_iter().filter(|field| account.profile.contains_key(field));
        set.collect::<Vec<_>>()
    });
    let unset = move || {
        let set = set.get();
        FIELDS.into_iter().filter(|field| !set.contains(field)).collect::<Vec<_>>()
    };
    view! {
        <section class="panel" aria-labelledby="profile-title">
            <header class="panel-head">
                <h2 id="profile-title">{words.profile}</h2>
            </header>
            <dl class="profile">
                <For each=move || set.get() key=|field| *field let(field)>
                    <ProfileLine open field />
                </For>
            </dl>
            <details class="profile-more">
                <summary>{words.more_fields}</summary>
                <dl class="profile">
                    <For each=unset key=|field| *field let(field)>
                        <ProfileLine open field />
                    </For>
                </dl>
            </details>
        </section>
    }
    .into_any()
}

#[component]
fn ProfileLine(open: OpenAccount, field: ProfileField) -> impl IntoView {
    let value = open.read(move |account| account.profile.get(&field).cloned().unwrap_or_default());
    let shown = Signal::derive(move || match value.get() {
        code if field == ProfileField::Country && !code.is_empty() => format::country(&code),
        text if matches!(field, ProfileField::Employees | ProfileField::AnnualRevenue) => {
            format::exact(&text)
        }
        text => text,
    });
    let commit = Callback::new(move |text: String| {
        let text = text.trim();
        let text = (!text.is_empty()).then(|| text.to_owned());
        open.edit(AccountEdit::SetProfile(field, text))
    });
    view! {
        <div class="profile-line" data-profile=(field as u8).to_string()>
            <dt>{names::field(field)}</dt>
            <dd>
                <EditableText label=names::field(field) value shown on_commit=commit />
            </dd>
        </div>
    }
    .into_any()
}
