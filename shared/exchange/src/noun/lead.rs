//! A row of leads: an enquiry, and the party that made it where that is no account yet.

use super::{
    contact::{self, ContactRow},
    currency,
};
use crate::{
    context::Context,
    field, number,
    reading::Reading,
    reason::{Fault, Reason},
};
use domain::{
    account::{LifecycleStage, NewAccount, PartyType, ProfileField},
    contact::NewContact,
    enquiry::{Enquiry, EnquiryStatus},
    id::{AccountId, ContactId, EnquiryId},
    money::Currency,
};
use std::collections::BTreeMap;

/// What the states of an enquiry are called in files.
pub const STATUSES: [(&str, EnquiryStatus); 5] = [
    ("new", EnquiryStatus::New),
    ("working", EnquiryStatus::Working),
    ("qualified", EnquiryStatus::Qualified),
    ("disqualified", EnquiryStatus::Disqualified),
    ("converted", EnquiryStatus::Converted),
];

/// The party of a lead that is no account yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Prospect {
    pub account: NewAccount,
    pub contact: Option<ContactRow>,
}

/// Returns the account a lead's row belongs to: the one it names, or one of its own.
pub fn account_of(reading: &Reading<'_>, context: &Context) -> Result<AccountId, Fault> {
    match reading.text("account_id") {
        Some(named) => Ok(AccountId(context.identity.id("account", named))),
        None => {
            let lead = reading.needed("lead_id", field::line)?;
            Ok(AccountId(context.identity.id("lead", &lead)))
        }
    }
}

/// Reads the enquiry of a row of leads; `spends` is the currency of its account, where known.
pub fn read_enquiry(
    reading: &mut Reading<'_>,
    context: &Context,
    spends: Option<Currency>,
) -> Result<(EnquiryId, Enquiry), Fault> {
    let form = reading.form();
    let external = reading.needed("lead_id", field::line)?;
    let at = reading.needed_timestamp("created_at")?;
    let status = reading.needed("status", |text| field::code(text, &STATUSES))?;
    let told = reading.optional("currency", |text| {
        text.to_ascii_uppercase().parse::<Currency>().map_err(Reason::Money)
    });
    let country = reading.text("country").and_then(|text| field::country(text).ok());
    let spent = told.or(spends).or_else(|| currency::of_country(&country?));
    let enquiry = Enquiry {
        at,
        source: reading.optional("source", field::line),
        status,
        converted_at: reading.optional_timestamp("converted_at"),
        cost: reading.optional("cost", |text| {
            let spent = spent.ok_or(Reason::CurrencyUnknown)?;
            number::money(text, spent, &form)
        }),
    };
    Ok((EnquiryId(context.identity.id("enquiry", &external)), enquiry))
}

/// Reads the party of a row of leads that names no account.
pub fn read_prospect(reading: &mut Reading<'_>, context: &Context) -> Result<Prospect, Fault> {
    let external = reading.needed("lead_id", field::line)?;
    let created_at = reading.needed_timestamp("created_at")?;
    let status = reading.needed("status", |text| field::code(text, &STATUSES))?;
    let stage = stage_of(status)
        .ok_or_else(|| reading.fault("account_id", Reason::ConvertedWithoutAccount))?;
    let person = NewContact {
        given_name: reading.optional("first_name", field::line).unwrap_or_default(),
        family_name: reading.optional("last_name", field::line).unwrap_or_default(),
        ..NewContact::default()
    };
    let person_name = format!("{} {}", person.given_name, person.family_name).trim().to_owned();
    let (party, name) = match reading.text("company") {
        Some(_) => (PartyType::Organisation, reading.needed("company", field::line)?),
        None if !person_name.is_empty() => (PartyType::Person, person_name.clone()),
        None => return Err(reading.fault("company", Reason::Missing)),
    };
    let mut profile = BTreeMap::new();
    profile.insert(ProfileField::ExternalId, external.clone());
    if let Some(country) = reading.optional("country", field::country) {
        profile.insert(ProfileField::Country, country);
    }
    if let Some(source) = reading.text("source").and_then(|text| field::line(text).ok()) {
        profile.insert(ProfileField::Source, source);
    }
    let id = ContactId(context.identity.derive("lead's contact", &external));
    let points = contact::points(reading, &context.identity, id);
    let known = !person_name.is_empty() || !points.is_empty();
    let account = NewAccount {
        name,
        party,
        created_at,
        stage,
        owner: None,
        territory: profile.get(&ProfileField::Country).cloned(),
        profile,
        tags: Vec::new(),
    };
    let contact = ContactRow { id, contact: person, points, archived: false };
    Ok(Prospect { account, contact: known.then_some(contact) })
}

/// Returns the stage a party stands at when all that is known of it is an enquiry.
fn stage_of(status: EnquiryStatus) -> Option<LifecycleStage> {
    match status {
        EnquiryStatus::New | EnquiryStatus::Working => Some(LifecycleStage::Lead),
        EnquiryStatus::Qualified => Some(LifecycleStage::Qualified),
        EnquiryStatus::Disqualified => Some(LifecycleStage::Closed),
        EnquiryStatus::Converted => None,
    }
}
