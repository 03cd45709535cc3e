//! What is written out comes back the same, and is safe to open in a spreadsheet.

use crate::book::{Brought, bring, bring_into, fixture, fresh_folder, read_csv, write_book};
use domain::{
    account::{Address, LifecycleStage, NewAccount, PartyType, ProfileField},
    activity::{Activity, ActivityKind, Direction},
    contact::{ContactPoint, ContactPointKind, NewContact},
    deal::{NewDeal, StageEvent},
    edit::AccountEdit,
    id::*,
    pipeline::StageId,
    task::NewTask,
    time::{Day, Timestamp},
};
use server::export;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

fn write_out(brought: &Brought) -> PathBuf {
    let folder = fresh_folder();
    export::write_out(&brought.store, &folder).unwrap();
    folder
}

fn check_round_trip(mut brought: Brought) {
    let folder = write_out(&brought);
    let again = bring(&folder);
    assert_eq!(again.troubled(), Vec::<Vec<String>>::new());
    assert_eq!(again.accounts(), brought.accounts());
    assert_eq!(again.notes(), brought.notes());
    let back = bring_into(&mut brought.store, &folder);
    assert_eq!(back.documents, 0, "an export adds nothing where it came from");
    check_cells(&folder);
}

/// Sees that no cell begins with what a spreadsheet takes for a formula.
fn check_cells(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && !path.ends_with("tickets.csv") {
            for cell in read_csv(&path).1.into_iter().flatten() {
                let number = cell.parse::<f64>().is_ok();
                assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
            }
        }
    }
}

#[test]
fn a_book_written_out_comes_back_the_same() {
    check_round_trip(bring(&fixture("book-20-plain")));
}

#[test]
fn a_dirty_book_written_out_comes_back_the_same() {
    let brought = bring(&fixture("book-60-dirty"));
    let folder = write_out(&brought);
    let again = bring(&folder);
    assert_eq!(again.accounts(), brought.accounts());
    assert_eq!(again.notes(), brought.notes());
    check_cells(&folder);
}

#[test]
fn what_people_entered_comes_back_the_same() {
    let mut brought = bring(&write_book(&[("tickets.csv", "ticket_id\n=1+1\n")]));
    brought.edit(AccountId([1; 16]), &entered());
    brought.edit(AccountId([2; 16]), &[AccountEdit::Open(named("'=quoted")), AccountEdit::Archive]);
    assert_eq!(brought.accounts().len(), 2);
    let folder = write_out(&brought);
    assert_eq!(fs::read_to_string(folder.join("tickets.csv")).unwrap(), "ticket_id\n=1+1\n");
    check_round_trip(brought);
}

fn named(name: &str) -> NewAccount {
    NewAccount {
        name: name.to_owned(),
        party: PartyType::Household,
        created_at: Timestamp(1_700_000_000_123),
        stage: LifecycleStage::AtRisk,
        owner: Some(PersonId([9; 16])),
        territory: Some("north-west".to_owned()),
        profile: BTreeMap::from([(ProfileField::Employees, "about 12".to_owned())]),
        tags: vec!["a|b".to_owned(), r"c\d".to_owned()],
    }
}

fn entered() -> Vec<AccountEdit> {
    let contact = ContactId([3; 16]);
    let person = NewContact { given_name: "+Ann".to_owned(), ..NewContact::default() };
    let point = |kind, value: &str, label: Option<&str>| ContactPoint {
        kind,
        value: value.to_owned(),
        label: label.map(str::to_owned),
        removed: None,
    };
    let address = Address {
        lines: vec!["1 Oak Way".to_owned(), "=Floor 2".to_owned()],
        city: "Leeds".to_owned(),
        region: None,
        postal_code: Some("LS1".to_owned()),
        country: Some("GB".to_owned()),
        removed: None,
    };
    let (email, phone) = (ContactPointKind::Email, ContactPointKind::Phone);
    let points = [
        point(email, "not an address", None),
        point(email, "ann@oak.example", None),
        point(phone, "+7 000 000-00-01", Some("mobile")),
        point(phone, "+7 000 000-00-02", None),
        point(ContactPointKind::Messenger, "@ann", None),
    ];
    let points = points.into_iter().zip(20..).map(|(point, number)| {
        AccountEdit::SetContactPoint(contact, ContactPointId([number; 16]), point)
    });
    let task =
        NewTask { title: "=SUM(1)".to_owned(), due: Some(Day(19_000)), assignee: None, kind: None };
    let mut edits =
        vec![AccountEdit::Open(named("=1+1")), AccountEdit::AddContact(contact, person)];
    edits.extend(points);
    edits.extend(walk(DealId([4; 16])));
    edits.extend([
        AccountEdit::SetAddress(AddressId([5; 16]), address),
        AccountEdit::AddTask(TaskId([6; 16]), task.clone()),
        AccountEdit::AddTask(TaskId([7; 16]), task),
        AccountEdit::CompleteTask(TaskId([7; 16]), Some(Timestamp(1_700_000_000_001))),
        AccountEdit::LogActivity(ActivityId([8; 16]), visit(contact)),
    ]);
    edits
}

/// A deal that was won, then found to be lost before: the earlier event holds.
fn walk(deal: DealId) -> Vec<AccountEdit> {
    let event = |to: &str, at, reason: Option<&str>| StageEvent {
        from: None,
        to: StageId(to.to_owned()),
        at: Timestamp(at),
        by: Some(PersonId([9; 16])),
        reason: reason.map(str::to_owned),
        category: None,
    };
    let new = NewDeal {
        name: "Ovens".to_owned(),
        created_at: Timestamp(1),
        contact: None,
        amount: None,
        close: None,
        owner: None,
    };
    let id = |number| StageEventId([number; 16]);
    vec![
        AccountEdit::AddDeal(deal, new, id(41), event("new", 5, None)),
        AccountEdit::MoveDeal(deal, id(42), event("lost", 60_000, Some("-price"))),
        AccountEdit::MoveDeal(deal, id(43), event("won", 70_000, None)),
        AccountEdit::SettleDealStage(deal, id(42)),
    ]
}

fn visit(contact: ContactId) -> Activity {
    Activity {
        kind: ActivityKind::Visit,
        direction: Direction::Internal,
        at: Timestamp(1_700_000_000_999),
        minutes: Some(30),
        subject: String::new(),
        body: Some("  =two\n+lines ".to_owned()),
        contact: Some(contact),
        deal: Some(DealId([4; 16])),
        by: Some(PersonId([9; 16])),
        kind_code: None,
    }
}
