//! An edit in words: what the outbox says a person did, made from its code and ids.

use super::{format, names, texts};
use crate::language::{self, texts::fill};
use domain::{
    account::{Address, ProfileField},
    configuration::Configuration,
    contact::{ContactField, ContactPoint, full_name},
    edit::{AccountEdit, ConfigurationEdit, Edit, NoteEdit},
    time::{Day, Timestamp},
};

/// Returns what an edit did; an edit this release does not know is said to be one.
pub fn of(edit: Option<&Edit>, configuration: &Configuration, now: Timestamp) -> String {
    let words = language::edits();
    match edit {
        Some(Edit::Account(edit)) => of_account(edit, configuration, now),
        Some(Edit::Note(NoteEdit::Splice(splice))) if splice.insert.is_empty() => {
            words.erased.to_owned()
        }
        Some(Edit::Note(NoteEdit::Splice(splice))) => {
            let start: String = splice.insert.chars().take(80).collect();
            fill(words.wrote, &[&start])
        }
        Some(Edit::Configuration(edit)) => match edit {
            ConfigurationEdit::SetPerson(_, person) => fill(words.person, &[&person.name]),
            ConfigurationEdit::SetTerritory(_, name) => fill(words.territory, &[name]),
            ConfigurationEdit::SetStage(stage) => {
                fill(words.stage, &[&names::deal_stage(configuration, &stage.id)])
            }
            ConfigurationEdit::Set(subject, _) => {
                fill(words.setting, &[&names::subject(configuration, subject)])
            }
        },
        Some(Edit::BringIn(edits)) => match edits.first() {
            Some(AccountEdit::Open(new)) => fill(words.brought_in, &[&new.name]),
            _ => words.brought_more.to_owned(),
        },
        Some(Edit::Catalogue(_)) => words.product.to_owned(),
        None => words.unknown.to_owned(),
    }
}

fn of_account(edit: &AccountEdit, configuration: &Configuration, now: Timestamp) -> String {
    use AccountEdit as Edit;
    let words = language::edits();
    let not_set = texts().words.not_set;
    let person = |id| names::person(configuration, id);
    let day =
        |day: Option<Day>| day.map_or_else(|| not_set.to_owned(), |day| format::day(day, now));
    match edit {
        Edit::Open(new) => fill(words.open, &[&new.name]),
        Edit::Rename(name) => fill(words.rename, &[name]),
        Edit::SetStage(stage) => fill(words.set_stage, &[names::stage(*stage)]),
        Edit::SetOwner(owner) => fill(words.set_owner, &[&person(*owner)]),
        Edit::SetTerritory(None) => fill(words.set_territory, &[not_set]),
        Edit::SetTerritory(Some(code)) => {
            fill(words.set_territory, &[&names::territory(configuration, code)])
        }
        Edit::SetProfile(field, None) => fill(words.clear_profile, &[names::field(*field)]),
        Edit::SetProfile(ProfileField::Country, Some(code)) => {
            fill(words.set_profile, &[names::field(ProfileField::Country), &format::country(code)])
        }
        Edit::SetProfile(field, Some(text)) => {
            fill(words.set_profile, &[names::field(*field), text])
        }
        Edit::Tag(tag) => fill(words.tag, &[tag]),
        Edit::Untag(tag) => fill(words.untag, &[tag]),
        Edit::Archive => words.archive.to_owned(),
        Edit::Restore => words.restore.to_owned(),
        Edit::AddContact(_, new) => {
            fill(words.add_contact, &[&full_name(&new.given_name, &new.family_name)])
        }
        Edit::SetContact(_, field, text) => {
            fill(words.set_contact, &[contact_field(*field), text.as_deref().unwrap_or(not_set)])
        }
        Edit::SetConsent(_, given) => fill(words.set_consent, &[names::consent(*given)]),
        Edit::ArchiveContact(_) => words.archive_contact.to_owned(),
        Edit::SetContactPoint(_, _, ContactPoint { kind, value, removed, .. }) => {
            let pattern = if *removed == Some(true) { words.remove_point } else { words.set_point };
            fill(pattern, &[names::point(*kind), value])
        }
        Edit::SetAddress(_, address) => {
            let pattern = if address.removed == Some(true) {
                words.remove_address
            } else {
                words.set_address
            };
            fill(pattern, &[&self::address(address)])
        }
        Edit::LogActivity(_, activity) => {
            let kind = names::activity_term(configuration, activity.code());
            fill(words.log_activity, &[&kind, &activity.subject])
        }
        Edit::AddTask(_, task) => fill(words.add_task, &[&task.title]),
        Edit::RetitleTask(_, title) => fill(words.retitle_task, &[title]),
        Edit::RescheduleTask(_, due) => fill(words.reschedule_task, &[&day(*due)]),
        Edit::SetTaskKind(_, kind) => {
            let kind = language::tasks().kinds[kind.unwrap_or_default() as usize];
            fill(words.set_task_kind, &[kind])
        }
        Edit::AssignTask(_, assignee) => fill(words.assign_task, &[&person(*assignee)]),
        Edit::CompleteTask(_, Some(_)) => words.complete_task.to_owned(),
        Edit::CompleteTask(_, None) => words.reopen_task.to_owned(),
        Edit::AddDeal(_, new, ..) => fill(words.add_deal, &[&new.name]),
        Edit::RenameDeal(_, name) => fill(words.rename_deal, &[name]),
        Edit::MoveDeal(_, _, event) => {
            fill(words.move_deal, &[&names::deal_stage(configuration, &event.to)])
        }
        Edit::SetDealAmount(_, amount) => {
            let amount = amount.map_or_else(|| not_set.to_owned(), format::money);
            fill(words.set_amount, &[&amount])
        }
        Edit::SetDealClose(_, close) => fill(words.set_close, &[&day(*close)]),
        Edit::SetDealNextStep(_, step) => {
            fill(words.set_next_step, &[step.as_ref().map_or(not_set, |step| &step.text)])
        }
        Edit::SetDealContact(..) => words.set_deal_contact.to_owned(),
        Edit::SetDealOwner(_, owner) => fill(words.set_deal_owner, &[&person(*owner)]),
        Edit::RecordPurchase(_, purchase) => {
            fill(words.purchase, &[&format::money(purchase.amount)])
        }
        Edit::RecordEnquiry(..) => words.enquiry.to_owned(),
        Edit::SettleDealStage(..) => words.settle.to_owned(),
        Edit::NoteImport(..) => words.note_import.to_owned(),
        Edit::UndoImport(_) => words.undo_import.to_owned(),
    }
}

/// Returns an address on one line.
pub fn address(address: &Address) -> String {
    let country = address.country.as_deref().map(format::country);
    let parts = address.lines.iter().map(String::as_str);
    let parts = parts.chain([address.city.as_str()]);
    let parts = parts
        .chain([&address.region, &address.postal_code].into_iter().flatten().map(String::as_str));
    let parts: Vec<_> = parts.chain(country.as_deref()).filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

fn contact_field(field: ContactField) -> &'static str {
    let words = language::people();
    match field {
        ContactField::GivenName => words.given_name,
        ContactField::FamilyName => words.family_name,
        ContactField::JobTitle => words.job_title,
        ContactField::Language => words.language,
    }
}
