//! A row of accounts: a party, its profile, tags and note.

use crate::{
    context::Context,
    field,
    form::Form,
    number,
    reading::Reading,
    reason::{Fault, Reason},
};
use domain::{
    account::{LifecycleStage, NewAccount, PartyType, ProfileField},
    money::Currency,
};
use std::collections::BTreeMap;

/// A row of accounts. Its stage is told by its purchases where the file has none.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountRow {
    pub account: NewAccount,
    pub stage_told: bool,
    pub archived: bool,
    pub note: Option<String>,
}

/// What life-cycle stages are called in files.
pub const STAGES: [(&str, LifecycleStage); 9] = [
    ("lead", LifecycleStage::Lead),
    ("qualified", LifecycleStage::Qualified),
    ("buying", LifecycleStage::Buying),
    ("customer", LifecycleStage::Customer),
    ("repeat_customer", LifecycleStage::RepeatCustomer),
    ("advocate", LifecycleStage::Advocate),
    ("at_risk", LifecycleStage::AtRisk),
    ("dormant", LifecycleStage::Dormant),
    ("closed", LifecycleStage::Closed),
];

/// What party types are called in files.
pub const PARTIES: [(&str, PartyType); 4] = [
    ("organisation", PartyType::Organisation),
    ("person", PartyType::Person),
    ("household", PartyType::Household),
    ("public_body", PartyType::PublicBody),
];

type Check = fn(&str, &Form) -> Result<String, Reason>;

/// The columns that are fields of the profile as they stand.
const PROFILE: [(&str, ProfileField, Check); 10] = [
    ("domain", ProfileField::Website, line),
    ("industry", ProfileField::Industry, line),
    ("country", ProfileField::Country, country),
    ("city", ProfileField::City, line),
    ("time_zone", ProfileField::TimeZone, line),
    ("currency", ProfileField::Currency, currency),
    ("employees", ProfileField::Employees, whole),
    ("annual_revenue", ProfileField::AnnualRevenue, number::plain),
    ("source", ProfileField::Source, line),
    ("parent_account_id", ProfileField::ParentExternalId, line),
];

/// Reads a row of accounts.
pub fn read(reading: &mut Reading<'_>, context: &Context) -> Result<AccountRow, Fault> {
    let external = reading.needed("account_id", field::line)?;
    let name = reading.needed("name", field::line)?;
    let created_at = reading.needed_timestamp("created_at")?;
    let form = reading.form();
    let mut profile = BTreeMap::new();
    let is_ours = external.parse::<domain::id::AccountId>().is_ok();
    for (column, of, check) in PROFILE {
        // What a person typed into Tessera was taken there, so that it is taken back as well.
        let check = if is_ours { line } else { check };
        if let Some(value) = reading.optional(column, |text| check(text, &form)) {
            profile.insert(of, value);
        }
    }
    if reading.optional("is_reference", field::yes_or_no) == Some(true) {
        profile.insert(ProfileField::Reference, "true".to_owned());
    }
    let external = reading.optional("external_id", field::line).or((!is_ours).then_some(external));
    if let Some(external) = external {
        profile.insert(ProfileField::ExternalId, external);
    }
    let stage = reading.optional("stage", |text| field::code(text, &STAGES));
    let party = reading.optional("party", |text| field::code(text, &PARTIES));
    let owner = reading.optional("owner", |name| context.person(name));
    let account = NewAccount {
        name,
        party: party.unwrap_or(PartyType::Organisation),
        created_at,
        stage: stage.unwrap_or(LifecycleStage::Customer),
        owner,
        territory: territory(reading, &profile),
        profile,
        tags: tags(reading),
    };
    let archived = reading.optional("archived", field::yes_or_no) == Some(true);
    let note = reading.prose("notes").map(str::to_owned);
    Ok(AccountRow { account, stage_told: stage.is_some(), archived, note })
}

/// Writes tags into one cell; a bar within a tag is escaped.
pub fn join_tags<'t>(tags: impl IntoIterator<Item = &'t String>) -> String {
    let escaped = tags.into_iter().map(|tag| tag.replace('\\', r"\\").replace('|', r"\|"));
    escaped.collect::<Vec<_>>().join("|")
}

fn tags(reading: &mut Reading<'_>) -> Vec<String> {
    let mut tags = Vec::new();
    for tag in split_tags(reading.text("tags").unwrap_or_default()) {
        match field::line(&tag) {
            Ok(tag) => tags.push(tag),
            Err(_) if tag.trim().is_empty() => {}
            Err(reason) => reading.leave_out("tags", reason),
        }
    }
    tags
}

fn split_tags(text: &str) -> Vec<String> {
    let mut tags = vec![String::new()];
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let last = tags.last_mut().expect("there is one from the beginning");
        match letter {
            '|' => tags.push(String::new()),
            '\\' => last.push(letters.next_if(|next| "|\\".contains(*next)).unwrap_or('\\')),
            _ => last.push(letter),
        }
    }
    tags
}

fn territory(
    reading: &mut Reading<'_>,
    profile: &BTreeMap<ProfileField, String>,
) -> Option<String> {
    let told = reading.optional("territory", field::line);
    told.or_else(|| profile.get(&ProfileField::Country).cloned())
}

fn line(text: &str, _: &Form) -> Result<String, Reason> {
    field::line(text)
}

fn country(text: &str, _: &Form) -> Result<String, Reason> {
    field::country(text)
}

fn currency(text: &str, _: &Form) -> Result<String, Reason> {
    let currency: Currency = text.to_ascii_uppercase().parse().map_err(Reason::Money)?;
    Ok(currency.code().to_owned())
}

fn whole(text: &str, _: &Form) -> Result<String, Reason> {
    field::whole(text).map(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_with_a_bar_comes_back_whole() {
        let tags = ["a|b".to_owned(), r"c\d".to_owned(), r"e\".to_owned()];
        assert_eq!(split_tags(&join_tags(&tags)), tags);
        assert_eq!(split_tags("vip|опт"), ["vip", "опт"]);
        assert_eq!(split_tags(r"a\b"), [r"a\b"]);
    }
}
