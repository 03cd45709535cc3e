//! What a newer release wrote, and what a merge left hanging, hurts nobody.

use crate::samples::*;
use automerge::{
    ActorId, Automerge, ObjId, ObjType, ROOT, ReadDoc, TextEncoding,
    transaction::{CommitOptions, Transactable, Transaction},
};
use documents::{class::Class, document::Document, genesis};
use domain::{edit::AccountEdit, id::StageEventId};

/// Returns the sample account after somebody wrote straight to Automerge.
fn written(write: impl FnOnce(&mut Transaction<'_>)) -> (Document, Vec<u8>) {
    let base: Vec<_> = account().changes().into_iter().map(|change| change.bytes).collect();
    let mut automerge = Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint);
    automerge.load_incremental(Class::Account.layouts()[0].bytes).unwrap();
    for change in &base {
        automerge.load_incremental(change).unwrap();
    }
    automerge.set_actor(ActorId::from(actor(9, 9).to_bytes()));
    let mut transaction = automerge.transaction();
    write(&mut transaction);
    let options = CommitOptions::default().with_time(later(1).0 << 16);
    let hash = transaction.commit_with(options).0.unwrap();
    let change = automerge.get_change_by_hash(&hash).unwrap().raw_bytes().to_vec();
    let mut document = account();
    document.take_in([&change]).unwrap();
    (document, change)
}

/// Returns a change on the sample account that puts a list where no release has one.
pub fn list_in_a_contact() -> Vec<u8> {
    let list = written(|pen| {
        let contact = pen.get(collection("contacts"), CONTACT.to_string()).unwrap().unwrap().1;
        pen.put_object(contact, "letters", ObjType::List).unwrap();
    });
    list.1
}

fn collection(name: &str) -> ObjId {
    let place =
        Class::Account.layouts()[0].collections.iter().position(|known| *known == name).unwrap();
    ObjId::Id(place as u64 + 1, genesis::ACTOR.into(), 0)
}

#[test]
fn what_this_release_does_not_know_is_left_alone() {
    let (mut document, _) = written(|pen| {
        pen.put(ROOT, "nickname", "Ac").unwrap();
        pen.put(collection("profile"), "shoe_size", "44").unwrap();
        let contact = pen.get(collection("contacts"), CONTACT.to_string()).unwrap().unwrap().1;
        pen.put(contact, "pronoun", "she").unwrap();
        pen.put(collection("activities"), "0".repeat(32), vec![0xff_u8]).unwrap();
        pen.put(collection("activities"), "not an id", 1).unwrap();
        pen.put_object(collection("deals"), "f".repeat(32), ObjType::List).unwrap();
        pen.put_object(collection("tasks"), "f".repeat(32), ObjType::Map).unwrap();
    });
    let account = document.account().unwrap();
    assert!(account.activities.is_empty());
    assert_eq!((account.deals.len(), account.tasks.len()), (1, 2));
    write(&mut document, actor(1, 2), later(2), &edits(2));
    let packed = Automerge::load(&document.pack()).unwrap();
    assert_eq!(packed.get(ROOT, "nickname").unwrap().unwrap().0.as_str(), Some("Ac"));
}

#[test]
fn what_hangs_in_the_air_is_left_out() {
    let (document, _) = written(|pen| {
        let nobody = format!("{}/{}", "a".repeat(32), "b".repeat(32));
        pen.put(collection("contact_points"), nobody.clone(), 1).unwrap();
        pen.put(collection("stage_events"), nobody, 1).unwrap();
        let deal = pen.get(collection("deals"), DEAL.to_string()).unwrap().unwrap().1;
        pen.put(&deal, "stage", vec![8_u8; 16]).unwrap();
        pen.put(&deal, "name", 7).unwrap();
    });
    let account = document.account().unwrap();
    assert_eq!(account.deals[&DEAL].stage_event, FIRST_EVENT, "the last move that is there holds");
    assert_eq!(account.deals[&DEAL].name, "");
}

#[test]
fn a_value_nobody_can_read_does_not_hide_one_that_can_be_read() {
    let (mut document, unreadable) = written(|pen| pen.put(ROOT, "stage", 999).unwrap());
    assert!(document.account().is_err());
    assert!(document.row().is_err());
    let mut other = account();
    let stage = domain::account::LifecycleStage::Customer;
    write(&mut other, actor(1, 2), later(0), &[AccountEdit::SetStage(stage)]);
    other.take_in([&unreadable]).unwrap();
    assert_eq!(other.account().unwrap().stage, stage);
    assert!(other.account().unwrap().conflicts.is_empty());
    write(&mut document, actor(1, 2), later(3), &[AccountEdit::SetStage(stage)]);
    assert_eq!(document.account().unwrap().stage, stage);
}

#[test]
fn a_deal_whose_moves_are_all_missing_still_reads() {
    let (document, _) = written(|pen| {
        pen.put_object(collection("deals"), "e".repeat(32), ObjType::Map).unwrap();
    });
    let account = document.account().unwrap();
    let deal = &account.deals[&"e".repeat(32).parse().unwrap()];
    assert_eq!((deal.stage(), deal.stage_event), (None, StageEventId([0; 16])));
    assert!(document.row().is_ok());
}
