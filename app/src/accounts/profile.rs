//! The plain fields of an account, each edited where it stands.

use crate::{
    accounts::OpenAccount,
    language::{format, names, texts},
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
    let fields = FIELDS.map(|field| view! { <ProfileLine open field /> });
    view! {
        <section class="panel" aria-labelledby="profile-title">
            <header class="panel-head">
                <h2 id="profile-title">{texts().account.profile}</h2>
            </header>
            <dl class="profile">{fields.into_iter().collect_view()}</dl>
        </section>
    }
    .into_any()
}

#[component]
fn ProfileLine(open: OpenAccount, field: ProfileField) -> impl IntoView {
    let value = open.read(move |account| account.profile.get(&field).cloned().unwrap_or_default());
    let commit = Callback::new(move |text: String| {
        let text = text.trim();
        let text = (!text.is_empty()).then(|| text.to_owned());
        open.edit(AccountEdit::SetProfile(field, text))
    });
    let country = move || {
        let code = value.get();
        let named = field == ProfileField::Country && !code.is_empty();
        named.then(|| view! { <span class="quiet">{format::country(&code)}</span> })
    };
    view! {
        <div class="profile-line" data-profile=(field as u8).to_string()>
            <dt>{names::field(field)}</dt>
            <dd>
                <EditableText label=names::field(field) value=value on_commit=commit />
                {country}
            </dd>
        </div>
    }
    .into_any()
}
