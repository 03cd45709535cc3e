//! What people do in the world: real edits of the domain, to accounts and their notes.

use crate::world::dice::Dice;
use domain::{
    account::{Account, LifecycleStage, NewAccount, PartyType, ProfileField},
    activity::{Activity, ActivityKind, Direction},
    contact::{ContactField, NewContact},
    deal::{NewDeal, StageEvent},
    edit::{AccountEdit, Edit, NoteEdit},
    id::*,
    money::{Currency, Money},
    note::{Note, Splice},
    pipeline::StageId,
    purchase::Purchase,
    task::NewTask,
    time::{Day, Timestamp},
};

const STAGES: [&str; 6] = ["new", "qualified", "proposal", "negotiation", "won", "lost"];

/// Returns the edit that opens an account.
pub fn open(dice: &mut Dice, person: PersonId, now: Timestamp) -> Edit {
    Edit::Account(AccountEdit::Open(NewAccount {
        name: name(dice),
        party: PartyType::Organisation,
        created_at: now,
        stage: LifecycleStage::Lead,
        owner: Some(person),
        territory: Some("RU-MOW".to_owned()),
        profile: [(ProfileField::City, name(dice))].into(),
        tags: vec!["imported".to_owned()],
    }))
}

/// Returns something a person may do to an account as they see it.
pub fn of_account(dice: &mut Dice, account: &Account, person: PersonId, now: Timestamp) -> Edit {
    use AccountEdit as E;
    let contacts: Vec<_> = account.contacts.keys().copied().collect();
    let tasks: Vec<_> = account.tasks.keys().copied().collect();
    let deals: Vec<_> = account.deals.keys().copied().collect();
    let contact = dice.pick(&contacts).copied();
    let task = dice.pick(&tasks).copied();
    let deal = dice.pick(&deals).copied();
    Edit::Account(match (dice.below(24), contact, task, deal) {
        (0, ..) => E::Rename(name(dice)),
        (1 | 2, ..) => E::SetStage(stage(dice)),
        (3, ..) => E::SetOwner(Some(PersonId(dice.id()))),
        (4, ..) => E::SetTerritory(dice.chance(8_000).then(|| name(dice))),
        (5, ..) => E::SetProfile(ProfileField::City, dice.chance(8_000).then(|| name(dice))),
        (6, ..) => E::Tag(format!("tag {}", dice.below(5))),
        (7, ..) => E::Untag(format!("tag {}", dice.below(5))),
        (8, ..) if dice.chance(2_000) => E::Archive,
        (8, ..) => E::Restore,
        (9, Some(contact), ..) => E::SetContact(contact, ContactField::JobTitle, Some(name(dice))),
        (10, Some(contact), ..) => E::SetConsent(contact, dice.chance(7_000).then_some(true)),
        (9..=11, ..) => E::AddContact(ContactId(dice.id()), contact_named(dice)),
        (12, _, Some(task), _) => E::CompleteTask(task, dice.chance(7_000).then_some(now)),
        (13, _, Some(task), _) => E::RescheduleTask(task, Some(day(dice))),
        (12..=14, ..) => E::AddTask(TaskId(dice.id()), task_for(dice, person)),
        (15 | 16, _, _, Some(deal)) => {
            E::MoveDeal(deal, StageEventId(dice.id()), event(dice, account, deal, person, now))
        }
        (17, _, _, Some(deal)) => E::SetDealAmount(deal, dice.chance(8_000).then(|| money(dice))),
        (18, _, _, Some(deal)) => E::SetDealClose(deal, dice.chance(8_000).then(|| day(dice))),
        (15..=19, ..) if deals.len() < 4 => first_stage(dice, person, now),
        (20, ..) => E::RecordPurchase(PurchaseId(dice.id()), purchase(dice, now)),
        _ => match account.conflicts.first() {
            Some(conflict) if dice.chance(5_000) => {
                let chosen = dice.pick(&conflict.others).unwrap_or(&conflict.shown);
                conflict.choose(chosen).unwrap_or(E::Restore)
            }
            _ => E::LogActivity(ActivityId(dice.id()), activity(dice, person, now)),
        },
    })
}

/// Returns a stretch of typing in a note as a person sees it.
pub fn of_note(dice: &mut Dice, note: &Note, cursor: impl Fn(u32) -> Option<String>) -> Edit {
    let length = note.text.chars().count() as u32;
    let at = dice.below(u64::from(length) + 1) as u32;
    let delete = if dice.chance(3_000) { (length - at).min(dice.below(6) as u32) } else { 0 };
    let insert = format!("{} ", name(dice));
    Edit::Note(NoteEdit::Splice(Splice { at, delete, insert, cursor: cursor(at) }))
}

fn name(dice: &mut Dice) -> String {
    let names = ["Север", "Ладога", "东风", "Quay & Sons", "Мёд", "Ürün", "🚜 Farm", "Ivy"];
    format!("{} {}", dice.pick(&names).copied().unwrap_or_default(), dice.below(1_000))
}

fn stage(dice: &mut Dice) -> LifecycleStage {
    dice.pick(&LifecycleStage::ALL).copied().unwrap_or(LifecycleStage::Lead)
}

fn contact_named(dice: &mut Dice) -> NewContact {
    NewContact { given_name: name(dice), family_name: name(dice), ..NewContact::default() }
}

fn task_for(dice: &mut Dice, person: PersonId) -> NewTask {
    NewTask { title: name(dice), due: Some(day(dice)), assignee: Some(person), kind: None }
}

fn day(dice: &mut Dice) -> Day {
    Day(dice.between(20_000, 21_000) as i32)
}

fn money(dice: &mut Dice) -> Money {
    Money { minor: dice.between(100, 10_000_000), currency: Currency(*b"EUR") }
}

fn first_stage(dice: &mut Dice, person: PersonId, now: Timestamp) -> AccountEdit {
    let deal = NewDeal {
        name: name(dice),
        created_at: now,
        contact: None,
        amount: Some(money(dice)),
        close: Some(day(dice)),
        owner: Some(person),
    };
    let to = StageId("new".to_owned());
    let event =
        StageEvent { from: None, to, at: now, by: Some(person), reason: None, category: None };
    AccountEdit::AddDeal(DealId(dice.id()), deal, StageEventId(dice.id()), event)
}

fn event(
    dice: &mut Dice,
    account: &Account,
    deal: DealId,
    person: PersonId,
    now: Timestamp,
) -> StageEvent {
    let from = account.deals.get(&deal).and_then(|deal| deal.stage().cloned());
    let to = StageId(dice.pick(&STAGES).copied().unwrap_or("won").to_owned());
    StageEvent {
        from,
        to,
        at: now,
        by: Some(person),
        reason: Some("price".to_owned()),
        category: None,
    }
}

fn activity(dice: &mut Dice, person: PersonId, now: Timestamp) -> Activity {
    Activity {
        kind: ActivityKind::Visit,
        direction: Direction::Outbound,
        at: now,
        minutes: Some(dice.below(90) as u32),
        subject: name(dice),
        body: None,
        contact: None,
        deal: None,
        by: Some(person),
        kind_code: None,
    }
}

fn purchase(dice: &mut Dice, now: Timestamp) -> Purchase {
    Purchase {
        at: now,
        amount: money(dice),
        category: None,
        quantity: Some(1),
        channel: None,
        refund_of: None,
        cost: None,
    }
}
