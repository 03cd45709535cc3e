//! An account with something of everything, and one edit of every kind.

use documents::{actor::Actor, class::Class, document::Document};
use domain::{
    account::{Address, LifecycleStage, NewAccount, PartyType, ProfileField},
    activity::{Activity, ActivityKind, Direction},
    contact::{ContactField, ContactPoint, ContactPointKind, NewContact},
    deal::{NewDeal, NextStep, StageEvent},
    edit::{AccountEdit, Edit},
    enquiry::{Enquiry, EnquiryStatus},
    id::*,
    money::{Currency, Money},
    pipeline::StageId,
    purchase::Purchase,
    task::{NewTask, TaskKind},
    time::{Day, Timestamp},
};

pub const ACCOUNT: AccountId = AccountId([1; 16]);
pub const CONTACT: ContactId = ContactId([2; 16]);
pub const DEAL: DealId = DealId([3; 16]);
pub const TASK: TaskId = TaskId([4; 16]);
pub const FIRST_EVENT: StageEventId = StageEventId([5; 16]);
pub const POINT: ContactPointId = ContactPointId([6; 16]);
pub const ADDRESS: AddressId = AddressId([7; 16]);
pub const NOW: Timestamp = Timestamp(1_764_000_000_000);

/// A colleague, told apart by a number.
pub fn person(number: u8) -> PersonId {
    PersonId([number; 16])
}

pub fn actor(number: u8, life: u8) -> Actor {
    Actor { person: person(number), life: [life; 16] }
}

pub fn later(minutes: i64) -> Timestamp {
    Timestamp(NOW.0 + minutes * 60_000)
}

pub fn euros(minor: i64) -> Money {
    Money { minor, currency: Currency(*b"EUR") }
}

pub fn event(to: &str) -> StageEvent {
    StageEvent {
        from: Some(StageId("new".to_owned())),
        to: StageId(to.to_owned()),
        at: NOW,
        by: Some(person(1)),
        reason: (to == "lost").then(|| "price".to_owned()),
        category: None,
    }
}

pub fn write(document: &mut Document, actor: Actor, at: Timestamp, edits: &[AccountEdit]) {
    let edits: Vec<_> = edits.iter().cloned().map(Edit::Account).collect();
    document.author(actor, at, &edits).expect("the edits are admitted");
}

/// Returns an account that has a contact, a task, a deal, an address and a tag.
pub fn account() -> Document {
    let mut document = Document::new(Class::Account, ACCOUNT.0);
    write(&mut document, actor(1, 1), NOW, &beginning());
    document
}

pub fn beginning() -> Vec<AccountEdit> {
    use AccountEdit as E;
    vec![
        E::Open(NewAccount {
            name: "Acme".to_owned(),
            party: PartyType::Organisation,
            created_at: NOW,
            stage: LifecycleStage::Lead,
            owner: Some(person(1)),
            territory: Some("north".to_owned()),
            profile: [(ProfileField::City, "Oslo".to_owned())].into(),
            tags: vec!["key".to_owned()],
        }),
        E::AddContact(CONTACT, contact("Ada")),
        E::SetContactPoint(CONTACT, POINT, point("ada@example.org")),
        E::SetAddress(ADDRESS, address("Oslo")),
        E::AddTask(TASK, task("Call back")),
        E::AddDeal(DEAL, deal("Pumps"), FIRST_EVENT, StageEvent { from: None, ..event("new") }),
    ]
}

/// Returns one edit of every kind after `Open`, each possible on [`account`]. Two sets of another
/// `side` differ in every value and in the ids of what they add.
pub fn edits(side: u8) -> Vec<AccountEdit> {
    use AccountEdit as E;
    let text = |what: &str| format!("{what} {side}");
    let new = |mark: u8| [side.wrapping_mul(16).wrapping_add(mark); 16];
    vec![
        E::Rename(text("Acme")),
        E::SetStage(LifecycleStage::ALL[side as usize % 9]),
        E::SetOwner(Some(person(side))),
        E::SetTerritory(Some(text("south"))),
        E::SetProfile(ProfileField::Industry, Some(text("steel"))),
        E::Tag(text("tag")),
        E::Untag("key".to_owned()),
        E::Archive,
        E::Restore,
        E::AddContact(ContactId(new(1)), contact(&text("Grace"))),
        E::SetContact(CONTACT, ContactField::JobTitle, Some(text("Buyer"))),
        E::SetConsent(CONTACT, Some(side.is_multiple_of(2))),
        E::ArchiveContact(CONTACT),
        E::SetContactPoint(CONTACT, POINT, point(&text("+47"))),
        E::SetAddress(ADDRESS, address(&text("Bergen"))),
        E::LogActivity(ActivityId(new(2)), activity(&text("Call"))),
        E::AddTask(TaskId(new(3)), task(&text("Visit"))),
        E::RetitleTask(TASK, text("Write")),
        E::RescheduleTask(TASK, Some(Day(20_000 + i32::from(side)))),
        E::AssignTask(TASK, Some(person(side))),
        E::CompleteTask(TASK, Some(later(side.into()))),
        E::AddDeal(DealId(new(4)), deal(&text("Valves")), StageEventId(new(5)), event("new")),
        E::RenameDeal(DEAL, text("Pumps")),
        E::MoveDeal(DEAL, StageEventId(new(6)), event(&text("stage"))),
        E::SetDealAmount(DEAL, Some(euros(1_000 + i64::from(side)))),
        E::SetDealClose(DEAL, Some(Day(21_000 + i32::from(side)))),
        E::SetDealOwner(DEAL, Some(person(side))),
        E::RecordPurchase(PurchaseId(new(7)), purchase(i64::from(side))),
        E::RecordEnquiry(EnquiryId(new(8)), enquiry()),
        E::SettleDealStage(DEAL, FIRST_EVENT),
        E::SetDealNextStep(DEAL, Some(NextStep { text: text("Send"), day: Some(Day(20_500)) })),
        E::SetDealContact(DEAL, side.is_multiple_of(2).then_some(CONTACT)),
        E::SetTaskKind(TASK, Some([TaskKind::Call, TaskKind::Visit][usize::from(side % 2)])),
        E::NoteImport(BatchId(new(9)), 0, vec![BroughtId(new(1))]),
    ]
}

pub fn contact(given_name: &str) -> NewContact {
    NewContact { given_name: given_name.to_owned(), ..NewContact::default() }
}

pub fn point(value: &str) -> ContactPoint {
    let value = value.to_owned();
    ContactPoint { kind: ContactPointKind::Email, value, label: None, removed: None }
}

pub fn address(city: &str) -> Address {
    let (lines, city) = (vec!["Street 1".to_owned()], city.to_owned());
    Address { lines, city, region: None, postal_code: None, country: None, removed: None }
}

pub fn task(title: &str) -> NewTask {
    NewTask { title: title.to_owned(), due: Some(Day(20_000)), assignee: None, kind: None }
}

pub fn deal(name: &str) -> NewDeal {
    NewDeal {
        name: name.to_owned(),
        created_at: NOW,
        contact: Some(CONTACT),
        amount: Some(euros(900)),
        close: Some(Day(20_100)),
        owner: Some(person(1)),
    }
}

pub fn activity(subject: &str) -> Activity {
    Activity {
        kind: ActivityKind::Call,
        direction: Direction::Outbound,
        at: NOW,
        minutes: Some(10),
        subject: subject.to_owned(),
        body: None,
        contact: Some(CONTACT),
        deal: None,
        by: Some(person(1)),
        kind_code: None,
    }
}

pub fn purchase(minor: i64) -> Purchase {
    let (category, channel) = (Some("pumps".to_owned()), None);
    let amount = euros(minor);
    Purchase { at: NOW, amount, category, quantity: Some(1), channel, refund_of: None, cost: None }
}

pub fn enquiry() -> Enquiry {
    let source = Some("fair".to_owned());
    Enquiry { at: NOW, source, status: EnquiryStatus::New, converted_at: None, cost: None }
}

/// Returns an account two people worked on apart, with every conflict there can be.
pub fn busy() -> Document {
    let (mut here, mut there) = (account(), account());
    write(&mut here, actor(1, 2), later(1), &edits(2));
    write(&mut there, actor(2, 3), later(2), &edits(3));
    here.take_in(bytes(&there)).unwrap();
    here
}

/// Returns the changes of a document, oldest first.
pub fn bytes(document: &Document) -> Vec<Vec<u8>> {
    document.changes().into_iter().map(|change| change.bytes).collect()
}
