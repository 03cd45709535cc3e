//! Each refusal, and the case that earns it.

use super::Known;
use crate::{
    account::{Address, LifecycleStage, NewAccount, PartyType, ProfileField},
    activity::{Activity, ActivityKind, Direction},
    configuration::{Configuration, Person},
    contact::{ContactField, NewContact},
    deal::StageEvent,
    edit::{AccountEdit as E, ConfigurationEdit},
    id::*,
    note::Splice,
    pipeline::StageId,
    refusal::Refusal,
    time::Timestamp,
};

const CONTACT: ContactId = ContactId([1; 16]);
const DEAL: DealId = DealId([2; 16]);
const EVENT: StageEventId = StageEventId([3; 16]);

/// An account that holds one of each under the ids above.
struct Open(bool);

impl Known for Open {
    fn is_open(&self) -> bool {
        self.0
    }
    fn has_contact(&self, contact: ContactId) -> bool {
        contact == CONTACT
    }
    fn has_task(&self, task: TaskId) -> bool {
        task == TaskId([1; 16])
    }
    fn has_deal(&self, deal: DealId) -> bool {
        deal == DEAL
    }
    fn has_stage_event(&self, deal: DealId, event: StageEventId) -> bool {
        (deal, event) == (DEAL, EVENT)
    }
    fn has_activity(&self, activity: ActivityId) -> bool {
        activity == ActivityId([1; 16])
    }
    fn has_purchase(&self, _: PurchaseId) -> bool {
        false
    }
    fn has_enquiry(&self, _: EnquiryId) -> bool {
        false
    }
}

fn check(edit: &E, expected: Result<E, Refusal>) {
    assert_eq!(edit.admit(&Open(true)), expected, "{edit:?}");
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn new_account(name: &str) -> NewAccount {
    NewAccount {
        name: name.to_owned(),
        party: PartyType::Organisation,
        created_at: Timestamp(0),
        stage: LifecycleStage::Lead,
        owner: None,
        territory: text(" north "),
        profile: [(ProfileField::City, " ".to_owned()), (ProfileField::Source, " fair".to_owned())]
            .into(),
        tags: vec![" key ".to_owned()],
    }
}

fn event(to: &str, reason: Option<&str>) -> StageEvent {
    let (to, reason) = (StageId(to.to_owned()), reason.map(str::to_owned));
    StageEvent { from: None, to, at: Timestamp(0), by: None, reason, category: None }
}

#[test]
fn an_account_is_opened_once_and_before_all_else() {
    let open = E::Open(new_account("Acme"));
    check(&open, Err(Refusal::AlreadyOpen));
    assert!(open.admit(&Open(false)).is_ok());
    assert_eq!(E::Archive.admit(&Open(false)), Err(Refusal::NoSuchAccount));
}

#[test]
fn white_space_around_a_text_is_nobodys_wish() {
    let Ok(E::Open(account)) = E::Open(new_account("  Acme ")).admit(&Open(false)) else {
        panic!("the account is admitted")
    };
    assert_eq!((account.name.as_str(), account.territory), ("Acme", text("north")));
    assert_eq!(account.profile, [(ProfileField::Source, "fair".to_owned())].into());
    assert_eq!(account.tags, ["key"]);
    check(&E::SetTerritory(text("  ")), Ok(E::SetTerritory(None)));
    check(&E::Rename(" A  b ".to_owned()), Ok(E::Rename("A  b".to_owned())));
}

#[test]
fn a_text_that_is_no_line_is_refused() {
    check(&E::Rename(String::new()), Err(Refusal::Empty));
    check(&E::Tag("a\tb".to_owned()), Err(Refusal::NotOneLine));
    let characters_max = 500;
    check(&E::Rename("ж".repeat(501)), Err(Refusal::TooLong { characters_max }));
    check(&E::Rename("ж".repeat(500)), Ok(E::Rename("ж".repeat(500))));
}

#[test]
fn a_contact_has_a_name_of_some_kind() {
    let nobody = NewContact::default();
    check(&E::AddContact(ContactId([9; 16]), nobody.clone()), Err(Refusal::Empty));
    let ada = NewContact { family_name: "Lovelace".to_owned(), ..nobody };
    check(
        &E::AddContact(ContactId([9; 16]), ada.clone()),
        Ok(E::AddContact(ContactId([9; 16]), ada.clone())),
    );
    check(&E::AddContact(CONTACT, ada), Err(Refusal::TakenId));
    let cleared = E::SetContact(CONTACT, ContactField::GivenName, text(""));
    check(&E::SetContact(CONTACT, ContactField::GivenName, None), Ok(cleared));
    let title = E::SetContact(CONTACT, ContactField::JobTitle, None);
    check(&E::SetContact(CONTACT, ContactField::JobTitle, text(" ")), Ok(title));
}

#[test]
fn what_an_edit_is_about_must_be_there() {
    check(&E::ArchiveContact(ContactId([9; 16])), Err(Refusal::NoSuchContact));
    check(&E::RetitleTask(TaskId([9; 16]), "x".to_owned()), Err(Refusal::NoSuchTask));
    check(&E::SetDealAmount(DealId([9; 16]), None), Err(Refusal::NoSuchDeal));
    check(&E::SettleDealStage(DEAL, StageEventId([9; 16])), Err(Refusal::NoSuchStage));
    check(&E::SettleDealStage(DEAL, EVENT), Ok(E::SettleDealStage(DEAL, EVENT)));
    check(&E::MoveDeal(DEAL, EVENT, event("won", None)), Err(Refusal::TakenId));
}

#[test]
fn a_deal_is_not_lost_without_a_reason() {
    let new = StageEventId([9; 16]);
    check(&E::MoveDeal(DEAL, new, event("lost", Some(" "))), Err(Refusal::ReasonNeeded));
    check(&E::MoveDeal(DEAL, new, event(" lost ", None)), Err(Refusal::ReasonNeeded));
    let told = E::MoveDeal(DEAL, new, event("lost", Some("price")));
    check(&E::MoveDeal(DEAL, new, event("lost", Some(" price "))), Ok(told));
    assert!(E::MoveDeal(DEAL, new, event("won", None)).admit(&Open(true)).is_ok());
}

#[test]
fn an_address_is_somewhere_until_it_is_taken_away() {
    let lines = vec![String::new(), " ".to_owned()];
    let (city, country) = (String::new(), None);
    let nowhere = Address { lines, city, region: None, postal_code: None, country, removed: None };
    check(&E::SetAddress(AddressId([1; 16]), nowhere.clone()), Err(Refusal::Empty));
    let gone = Address { removed: Some(true), ..nowhere };
    assert!(E::SetAddress(AddressId([1; 16]), gone).admit(&Open(true)).is_ok());
}

#[test]
fn an_activity_may_be_wordless_but_not_endless() {
    let call = Activity {
        kind: ActivityKind::Call,
        direction: Direction::Outbound,
        at: Timestamp(0),
        minutes: None,
        subject: String::new(),
        body: text("a\nb"),
        contact: None,
        deal: None,
        by: None,
        kind_code: None,
    };
    let new = ActivityId([9; 16]);
    check(&E::LogActivity(new, call.clone()), Ok(E::LogActivity(new, call.clone())));
    check(&E::LogActivity(ActivityId([1; 16]), call.clone()), Err(Refusal::TakenId));
    let endless = Activity { body: text(&"x".repeat(20_001)), ..call };
    let characters_max = 20_000;
    check(&E::LogActivity(new, endless), Err(Refusal::TooLong { characters_max }));
}

#[test]
fn a_splice_fits_in_one_change() {
    let splice = |delete, insert: &str| {
        Splice { at: 0, delete, insert: insert.to_owned(), cursor: None }.admit()
    };
    assert_eq!(splice(19_999, "a"), Ok(()));
    assert_eq!(splice(20_000, "a"), Err(Refusal::TooLong { characters_max: 20_000 }));
    assert_eq!(splice(u32::MAX, ""), Err(Refusal::TooLong { characters_max: 20_000 }));
}

#[test]
fn a_colleague_has_a_name() {
    let set = |name: &str| {
        let person = Person { name: name.to_owned(), ..Person::default() };
        ConfigurationEdit::SetPerson(PersonId([1; 16]), person)
    };
    assert_eq!(set("").admit(&Configuration::beginning()), Err(Refusal::Empty));
    assert_eq!(set(" Ada ").admit(&Configuration::beginning()), Ok(set("Ada")));
}
