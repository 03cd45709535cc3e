//! One account → its rows in every file.

mod contacts;
mod deals;

use crate::{
    kind::Kind,
    names::{Names, code, time},
    noun::{
        account::{PARTIES, STAGES, join_tags},
        activity::DIRECTIONS,
        lead::STATUSES,
    },
    sheets::{SheetFailure, Sheets},
};
use domain::{
    account::{Account, ProfileField},
    money::Money,
};
use std::io::Write;

/// Writes everything known of an account.
pub fn write(
    sheets: &mut Sheets<impl Write>,
    names: &Names,
    account: &Account,
    note: &str,
) -> Result<(), SheetFailure> {
    write_account(sheets, names, account, note)?;
    contacts::write(sheets, account)?;
    write_addresses(sheets, account)?;
    write_enquiries(sheets, account)?;
    deals::write(sheets, names, account)?;
    write_activities(sheets, names, account)?;
    write_tasks(sheets, names, account)?;
    write_purchases(sheets, account)
}

fn write_account(
    sheets: &mut Sheets<impl Write>,
    names: &Names,
    account: &Account,
    note: &str,
) -> Result<(), SheetFailure> {
    let field = |field| account.profile.get(&field).cloned().unwrap_or_default();
    let reference = field(ProfileField::Reference) == "true";
    let cells = [
        account.id.to_string(),
        account.name.clone(),
        field(ProfileField::Website),
        field(ProfileField::Industry),
        field(ProfileField::Country),
        field(ProfileField::City),
        field(ProfileField::TimeZone),
        field(ProfileField::Currency),
        field(ProfileField::Employees),
        field(ProfileField::AnnualRevenue),
        time(account.created_at),
        names.person(account.owner),
        field(ProfileField::Source),
        field(ProfileField::ParentExternalId),
        reference.to_string(),
        join_tags(&account.tags),
        note.to_owned(),
        field(ProfileField::ExternalId),
        code(account.stage, &STAGES).to_owned(),
        code(account.party, &PARTIES).to_owned(),
        account.territory.clone().unwrap_or_default(),
        account.archived.to_string(),
    ];
    sheets.write(Kind::Accounts, cells)
}

fn write_addresses(sheets: &mut Sheets<impl Write>, account: &Account) -> Result<(), SheetFailure> {
    for (id, address) in &account.addresses {
        if address.removed == Some(true) {
            continue;
        }
        let cells = [
            id.to_string(),
            account.id.to_string(),
            address.lines.join("\n"),
            address.city.clone(),
            text(&address.region),
            text(&address.postal_code),
            text(&address.country),
        ];
        sheets.write(Kind::Addresses, cells)?;
    }
    Ok(())
}

fn write_enquiries(sheets: &mut Sheets<impl Write>, account: &Account) -> Result<(), SheetFailure> {
    for (id, enquiry) in &account.enquiries {
        let cells = [
            id.to_string(),
            time(enquiry.at),
            account.name.clone(),
            account.profile.get(&ProfileField::Country).cloned().unwrap_or_default(),
            text(&enquiry.source),
            code(enquiry.status, &STATUSES).to_owned(),
            enquiry.converted_at.map(time).unwrap_or_default(),
            account.id.to_string(),
            amount(enquiry.cost),
            currency(enquiry.cost),
        ];
        sheets.write(Kind::Leads, cells)?;
    }
    Ok(())
}

fn write_activities(
    sheets: &mut Sheets<impl Write>,
    names: &Names,
    account: &Account,
) -> Result<(), SheetFailure> {
    for (id, activity) in &account.activities {
        let cells = [
            id.to_string(),
            account.id.to_string(),
            text(&activity.contact),
            text(&activity.deal),
            activity.code().to_owned(),
            code(activity.direction, &DIRECTIONS).to_owned(),
            time(activity.at),
            text(&activity.minutes),
            activity.subject.clone(),
            text(&activity.body),
            names.person(activity.by),
        ];
        sheets.write(Kind::Activities, cells)?;
    }
    Ok(())
}

fn write_tasks(
    sheets: &mut Sheets<impl Write>,
    names: &Names,
    account: &Account,
) -> Result<(), SheetFailure> {
    for (id, task) in &account.tasks {
        let cells = [
            id.to_string(),
            account.id.to_string(),
            task.title.clone(),
            text(&task.due),
            names.person(task.assignee),
            task.done_at.map(time).unwrap_or_default(),
        ];
        sheets.write(Kind::Tasks, cells)?;
    }
    Ok(())
}

fn write_purchases(sheets: &mut Sheets<impl Write>, account: &Account) -> Result<(), SheetFailure> {
    for (id, purchase) in &account.purchases {
        let cells = [
            id.to_string(),
            account.id.to_string(),
            time(purchase.at),
            purchase.amount.currency.code().to_owned(),
            purchase.amount.decimal(),
            amount(purchase.cost),
            text(&purchase.category),
            text(&purchase.quantity),
            text(&purchase.channel),
            text(&purchase.refund_of),
        ];
        sheets.write(Kind::Purchases, cells)?;
    }
    Ok(())
}

fn text<T: ToString>(value: &Option<T>) -> String {
    value.as_ref().map(T::to_string).unwrap_or_default()
}

fn amount(money: Option<Money>) -> String {
    money.map(Money::decimal).unwrap_or_default()
}

fn currency(money: Option<Money>) -> String {
    money.map(|money| money.currency.code().to_owned()).unwrap_or_default()
}
