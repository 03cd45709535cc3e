//! What was written is read back.

use crate::samples::*;
use documents::{class::Class, document::Document};
use domain::{
    account::{Account, LifecycleStage, ProfileField},
    configuration::{Configuration, Person},
    contact::ContactField,
    edit::{AccountEdit, ConfigurationEdit, Edit, NoteEdit},
    note::Splice,
    pipeline::{StageId, default_stages},
    refusal::Refusal,
    row::AccountRow,
    time::{HybridTime, SKEW_MS_MAX, Timestamp},
};

/// Makes the edit on the sample account, and looks at the account read from the changes alone.
fn check(edit: AccountEdit, holds: impl Fn(&Account) -> bool) {
    let mut document = account();
    write(&mut document, actor(9, 9), later(1), std::slice::from_ref(&edit));
    let changes: Vec<_> = document.changes().into_iter().map(|change| change.bytes).collect();
    let copy = Document::open(Class::Account, ACCOUNT.0, changes).unwrap();
    let read = copy.account().unwrap();
    assert_eq!(read, document.account().unwrap());
    assert!(read.conflicts.is_empty());
    assert!(holds(&read), "{edit:?} is not in {read:#?}");
    let unpacked = Document::unpack(Class::Account, ACCOUNT.0, &document.pack()).unwrap();
    assert_eq!(unpacked.row(), document.row());
    assert_eq!(unpacked.latest(), document.latest());
}

#[test]
fn every_edit_reads_back_as_written() {
    use AccountEdit as E;
    for edit in edits(8) {
        let told = edit.clone();
        check(edit, |account| match &told {
            E::Open(_) => unreachable!("the account is open"),
            E::Rename(name) => account.name == *name,
            E::SetStage(stage) => account.stage == *stage,
            E::SetOwner(owner) => account.owner == *owner,
            E::SetTerritory(code) => account.territory == *code,
            E::SetProfile(field, text) => account.profile.get(field) == text.as_ref(),
            E::Tag(tag) => account.tags.contains(tag),
            E::Untag(tag) => !account.tags.contains(tag),
            E::Archive => account.archived,
            E::Restore => !account.archived,
            E::AddContact(id, contact) => account.contacts[id].given_name == contact.given_name,
            E::SetContact(id, _, text) => account.contacts[id].job_title == *text,
            E::SetConsent(id, given) => account.contacts[id].consent == *given,
            E::ArchiveContact(id) => account.contacts[id].archived,
            E::SetContactPoint(id, point, value) => account.contacts[id].points[point] == *value,
            E::SetAddress(id, address) => account.addresses[id] == *address,
            E::LogActivity(id, activity) => account.activities[id] == *activity,
            E::AddTask(id, task) => account.tasks[id].title == task.title,
            E::RetitleTask(id, title) => account.tasks[id].title == *title,
            E::RescheduleTask(id, due) => account.tasks[id].due == *due,
            E::SetTaskKind(id, kind) => account.tasks[id].kind == kind.unwrap_or_default(),
            E::AssignTask(id, assignee) => account.tasks[id].assignee == *assignee,
            E::CompleteTask(id, done_at) => account.tasks[id].done_at == *done_at,
            E::AddDeal(id, deal, event_id, event) => {
                let found = &account.deals[id];
                found.amount == deal.amount && found.events[event_id] == *event
            }
            E::RenameDeal(id, name) => account.deals[id].name == *name,
            E::MoveDeal(id, event_id, event) => {
                let found = &account.deals[id];
                found.stage_event == *event_id && found.stage() == Some(&event.to)
            }
            E::SetDealAmount(id, amount) => account.deals[id].amount == *amount,
            E::SetDealClose(id, day) => account.deals[id].close == *day,
            E::SetDealOwner(id, owner) => account.deals[id].owner == *owner,
            E::RecordPurchase(id, purchase) => account.purchases[id] == *purchase,
            E::RecordEnquiry(id, enquiry) => account.enquiries[id] == *enquiry,
            E::SettleDealStage(id, event_id) => account.deals[id].stage_event == *event_id,
            E::SetDealNextStep(id, step) => account.deals[id].next_step == *step,
            E::SetDealContact(id, contact) => account.deals[id].contact == *contact,
            E::NoteImport(batch, ..) => account.imports.get(batch) == Some(&false),
            E::UndoImport(batch) => account.imports.get(batch) != Some(&false),
        });
    }
}

#[test]
fn what_was_set_can_be_set_to_nothing() {
    use AccountEdit as E;
    check(E::SetOwner(None), |account| account.owner.is_none());
    check(E::SetTerritory(None), |account| account.territory.is_none());
    check(E::SetProfile(ProfileField::City, None), |account| account.profile.is_empty());
    check(E::SetConsent(CONTACT, None), |account| account.contacts[&CONTACT].consent.is_none());
    check(E::RescheduleTask(TASK, None), |account| account.tasks[&TASK].due.is_none());
    check(E::SetDealAmount(DEAL, None), |account| account.deals[&DEAL].amount.is_none());
    check(E::SetDealClose(DEAL, None), |account| account.deals[&DEAL].close.is_none());
    let field = ContactField::GivenName;
    check(E::SetContact(CONTACT, field, None), |account| {
        account.contacts[&CONTACT].given_name.is_empty()
    });
}

#[test]
fn a_refused_edit_changes_nothing() {
    let mut document = account();
    let before = (document.changes(), document.account().unwrap(), document.latest());
    let refuse = |document: &mut Document, edits: &[AccountEdit], refusal: Refusal| {
        let edits: Vec<_> = edits.iter().cloned().map(Edit::Account).collect();
        assert_eq!(document.author(actor(7, 7), later(1), &edits), Err(refusal));
    };
    use AccountEdit as E;
    let good = E::Rename("Better".to_owned());
    refuse(&mut document, &[good.clone(), E::Rename(" ".to_owned())], Refusal::Empty);
    refuse(&mut document, &[good.clone(), E::Rename("a\nb".to_owned())], Refusal::NotOneLine);
    refuse(&mut document, &[beginning()[0].clone()], Refusal::AlreadyOpen);
    refuse(&mut document, &[good.clone(), beginning()[1].clone()], Refusal::TakenId);
    refuse(
        &mut document,
        &[E::RenameDeal(domain::id::DealId([0; 16]), "x".into())],
        Refusal::NoSuchDeal,
    );
    let unexplained = domain::deal::StageEvent { reason: None, ..event("lost") };
    let lose = E::MoveDeal(DEAL, domain::id::StageEventId([9; 16]), unexplained);
    refuse(&mut document, &[good, lose], Refusal::ReasonNeeded);
    let foreign = [Edit::Note(NoteEdit::Splice(Splice {
        at: 0,
        delete: 0,
        insert: "x".into(),
        cursor: None,
    }))];
    assert_eq!(document.author(actor(7, 7), NOW, &foreign), Err(Refusal::WrongDocument));
    assert_eq!((document.changes(), document.account().unwrap(), document.latest()), before);
    let unopened = &mut Document::new(Class::Account, [1; 16]);
    refuse(unopened, &[E::Archive], Refusal::NoSuchAccount);
}

#[test]
fn work_goes_on_after_a_refusal() {
    let mut document = account();
    let base = document.clone();
    let refused = [AccountEdit::Archive, AccountEdit::Rename(String::new())].map(Edit::Account);
    for minute in 1..4 {
        assert_eq!(document.author(actor(7, 7), later(minute), &refused), Err(Refusal::Empty));
        write(&mut document, actor(7, 7), later(minute), &edits(minute as u8));
    }
    let mut other = base.clone();
    write(&mut other, actor(8, 8), later(1), &edits(5));
    assert_eq!(other.author(actor(9, 9), later(2), &refused), Err(Refusal::Empty));
    other.take_in(document.changes().into_iter().map(|change| change.bytes)).unwrap();
    document.take_in(other.changes().into_iter().map(|change| change.bytes)).unwrap();
    assert_eq!(other.account(), document.account());
    let own: Vec<_> = document.changes().into_iter().map(|change| change.bytes).collect();
    let (judged, _) = documents::gate::judge(&base, person(7), &own).unwrap();
    assert_eq!(judged.changes().len(), 4);
}

#[test]
fn an_edit_may_build_on_another_of_the_same_change() {
    let mut document = Document::new(Class::Account, ACCOUNT.0);
    let mut all = beginning();
    all.extend(edits(3));
    write(&mut document, actor(1, 1), NOW, &all);
    assert_eq!(document.changes().len(), 1);
    assert_eq!(document.account().unwrap().contacts.len(), 2);
}

#[test]
fn an_edit_that_changes_nothing_is_a_change_all_the_same() {
    let mut document = account();
    let before = document.account().unwrap();
    write(&mut document, actor(1, 1), later(1), &[AccountEdit::Rename("Acme".to_owned())]);
    write(&mut document, actor(1, 1), later(2), &[AccountEdit::Archive]);
    assert_eq!(document.changes().len(), 3);
    assert_eq!(document.account().unwrap(), Account { archived: true, ..before });
}

#[test]
fn changes_arrive_in_any_order_and_more_than_once() {
    let mut document = account();
    for (minute, edit) in edits(2).into_iter().enumerate() {
        write(&mut document, actor(1, 1), later(minute as i64), &[edit]);
    }
    let mut changes: Vec<_> = document.changes().into_iter().map(|change| change.bytes).collect();
    changes.reverse();
    changes.extend(changes.clone());
    let copy = Document::open(Class::Account, ACCOUNT.0, &changes).unwrap();
    assert_eq!(copy.account(), document.account());
    assert_eq!(copy.heads(), document.heads());
    let mut partial = Document::new(Class::Account, ACCOUNT.0);
    assert!(partial.take_in(&changes[..1]).is_err());
    partial.take_in(&changes[1..]).unwrap();
    assert_eq!(partial.account(), document.account());
}

#[test]
fn a_change_made_again_from_the_document_is_the_change_as_authored() {
    let mut document = account();
    let authored =
        document.author(actor(2, 2), later(1), &[Edit::Account(AccountEdit::Archive)]).unwrap();
    assert_eq!(document.changes().last(), Some(&authored));
}

#[test]
fn a_stamp_is_later_than_what_it_follows_but_not_drawn_into_the_future() {
    let mut document = account();
    write(&mut document, actor(1, 1), Timestamp(NOW.0 - 60_000), &[AccountEdit::Archive]);
    assert!(document.latest() > HybridTime::at(NOW));
    let wrong = Timestamp(NOW.0 + 100 * SKEW_MS_MAX);
    write(&mut document, actor(2, 2), wrong, &[AccountEdit::Restore]);
    let change = document.author(actor(1, 1), later(1), &[Edit::Account(AccountEdit::Archive)]);
    let change = automerge::Change::try_from(&change.unwrap().bytes[..]).unwrap();
    assert_eq!(HybridTime(change.timestamp()).timestamp(), later(1));
    assert!(document.account().unwrap().archived);
}

#[test]
fn the_row_says_what_lists_need() {
    let mut document = account();
    write(&mut document, actor(1, 1), later(1), &[AccountEdit::SetStage(LifecycleStage::Customer)]);
    let row = AccountRow::decode(&document.row().unwrap()).unwrap();
    assert_eq!((row.name.as_str(), row.stage), ("Acme", LifecycleStage::Customer));
    assert_eq!((row.city.as_deref(), row.open_tasks, row.conflicts), (Some("Oslo"), 1, 0));
    assert_eq!(row.people, ["Ada"]);
    assert_eq!(row.deals[0].stage, Some(StageId("new".to_owned())));
    assert_eq!(row.deals[0].since, Some(NOW));
    assert_eq!(row.next_due, Some(domain::time::Day(20_000)));
}

#[test]
fn the_configuration_reads_back_as_written() {
    let mut document = Document::new(Class::Configuration, documents::class::CONFIGURATION_ID);
    let ada = Person { name: "Ada".to_owned(), ..Person::default() };
    let mut edits = vec![
        Edit::Configuration(ConfigurationEdit::SetPerson(person(1), ada.clone())),
        Edit::Configuration(ConfigurationEdit::SetTerritory("no".into(), "Norway".into())),
    ];
    let stages = default_stages().into_iter();
    edits.extend(stages.map(|stage| Edit::Configuration(ConfigurationEdit::SetStage(stage))));
    document.author(actor(1, 1), NOW, &edits).unwrap();
    let configuration = document.configuration().unwrap();
    assert_eq!(configuration.people[&person(1)], ada);
    assert_eq!(configuration.territories["no"], "Norway");
    assert!(configuration.pipeline().into_iter().eq(default_stages().iter()));
    assert_eq!(Configuration::decode(&document.row().unwrap()), Some(configuration));
}
