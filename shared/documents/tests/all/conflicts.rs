//! Guarded fields: nothing is lost, the same is shown everywhere, choosing settles everywhere.

use crate::{pairs::meet, samples::*};
use documents::document::Document;
use domain::{
    account::LifecycleStage, conflict::GuardedField, edit::AccountEdit as E, id::StageEventId,
    time::Day,
};

/// Two people set the field at once: both values are told; choosing either, on either tablet,
/// settles it on both.
fn check(field: GuardedField, left: E, right: E) {
    for choice in [0, 1] {
        let (mut here, mut there) = meet(&left, &right);
        let account = here.account().unwrap();
        assert_eq!(account, there.account().unwrap());
        let [conflict] = &account.conflicts[..] else { panic!("one conflict in {account:#?}") };
        assert_eq!(conflict.field, field);
        assert_eq!(conflict.others.len(), 1);
        assert_eq!((conflict.shown.by, conflict.others[0].by), (person(2), person(1)));
        assert!(conflict.shown.at > conflict.others[0].at);
        let shown = [&right, &left][choice];
        let candidate = [&conflict.shown, &conflict.others[0]][choice].clone();
        let edit = conflict.choose(&candidate).unwrap();
        write(&mut here, actor(1, 2), later(10), &[edit]);
        there.take_in(bytes(&here)).unwrap();
        assert_eq!(here.account(), there.account());
        let settled = there.account().unwrap();
        assert!(settled.conflicts.is_empty(), "{settled:#?}");
        let mut alone = account_with(shown).account().unwrap();
        alone.conflicts.clear();
        let value = |account: &domain::account::Account| {
            let deal = &account.deals[&DEAL];
            let consent = account.contacts[&CONTACT].consent;
            let of_deal = (deal.amount, deal.close, deal.owner, deal.stage().cloned());
            (account.stage, account.owner, consent, of_deal)
        };
        assert_eq!(value(&settled), value(&alone));
    }
}

fn account_with(edit: &E) -> Document {
    let mut document = account();
    write(&mut document, actor(1, 2), later(1), std::slice::from_ref(edit));
    document
}

#[test]
fn a_collision_on_any_guarded_field_is_told_and_settled_by_choosing() {
    use GuardedField as Field;
    check(Field::Stage, E::SetStage(LifecycleStage::Customer), E::SetStage(LifecycleStage::Closed));
    check(Field::Owner, E::SetOwner(Some(person(5))), E::SetOwner(None));
    check(
        Field::Consent(CONTACT),
        E::SetConsent(CONTACT, Some(true)),
        E::SetConsent(CONTACT, Some(false)),
    );
    check(
        Field::DealStage(DEAL),
        E::MoveDeal(DEAL, StageEventId([11; 16]), event("proposal")),
        E::MoveDeal(DEAL, StageEventId([10; 16]), event("lost")),
    );
    check(
        Field::DealAmount(DEAL),
        E::SetDealAmount(DEAL, Some(euros(1))),
        E::SetDealAmount(DEAL, Some(euros(2))),
    );
    check(Field::DealClose(DEAL), E::SetDealClose(DEAL, Some(Day(1))), E::SetDealClose(DEAL, None));
    check(
        Field::DealOwner(DEAL),
        E::SetDealOwner(DEAL, Some(person(3))),
        E::SetDealOwner(DEAL, Some(person(4))),
    );
}

#[test]
fn two_people_choosing_differently_at_once_are_in_conflict_again() {
    let set = |number| E::SetDealAmount(DEAL, Some(euros(number)));
    let (mut here, mut there) = meet(&set(1), &set(2));
    write(&mut here, actor(1, 2), later(10), &[set(1)]);
    write(&mut there, actor(2, 3), later(11), &[set(2)]);
    here.take_in(bytes(&there)).unwrap();
    there.take_in(bytes(&here)).unwrap();
    let account = here.account().unwrap();
    assert_eq!(account, there.account().unwrap());
    let [conflict] = &account.conflicts[..] else { panic!("one conflict in {account:#?}") };
    assert_eq!(conflict.shown.at.timestamp(), later(11));
    assert_eq!(conflict.others[0].at.timestamp(), later(10));
}

#[test]
fn the_same_value_set_twice_at_once_is_no_conflict() {
    let edit = E::SetStage(LifecycleStage::Customer);
    assert!(meet(&edit, &edit).0.account().unwrap().conflicts.is_empty());
    let left = E::MoveDeal(DEAL, StageEventId([11; 16]), event("proposal"));
    let right = E::MoveDeal(DEAL, StageEventId([10; 16]), event("proposal"));
    let account = meet(&left, &right).0.account().unwrap();
    assert!(account.conflicts.is_empty());
    assert_eq!(account.deals[&DEAL].events.len(), 3);
    assert_eq!(account.deals[&DEAL].stage_event, StageEventId([10; 16]));
}

#[test]
fn the_latest_is_shown_even_where_the_other_wrote_more() {
    let mut here = account();
    let mut there = here.clone();
    for minute in 0..20 {
        let name = format!("Name {minute}");
        write(&mut here, actor(1, 2), later(minute), &[E::SetOwner(None), E::Rename(name)]);
    }
    write(&mut here, actor(1, 2), later(21), &[E::SetOwner(Some(person(5)))]);
    write(&mut there, actor(2, 3), later(30), &[E::SetOwner(Some(person(6)))]);
    write(&mut there, actor(2, 3), later(30), &[E::Rename("Latest".to_owned())]);
    here.take_in(bytes(&there)).unwrap();
    there.take_in(bytes(&here)).unwrap();
    let account = here.account().unwrap();
    assert_eq!(account.owner, Some(person(6)));
    assert_eq!(account.name, "Latest");
    assert_eq!(account, there.account().unwrap());
}

#[test]
fn three_people_in_conflict_are_all_told_latest_first() {
    let base = account();
    let mut copies: Vec<_> = (1..=3).map(|number| (number, base.clone())).collect();
    for (number, copy) in &mut copies {
        let edit = E::SetDealAmount(DEAL, Some(euros(i64::from(*number))));
        write(copy, actor(*number, 50), later(i64::from(*number)), &[edit]);
    }
    let mut merged = base;
    copies.iter().for_each(|(_, copy)| merged.take_in(bytes(copy)).unwrap());
    let account = merged.account().unwrap();
    let conflict = &account.conflicts[0];
    assert_eq!(conflict.shown.by, person(3));
    let others: Vec<_> = conflict.others.iter().map(|candidate| candidate.by).collect();
    assert_eq!(others, [person(2), person(1)]);
}

#[test]
fn a_tag_stays_where_one_tags_and_another_untags_at_once() {
    let mut here = account();
    write(&mut here, actor(1, 2), later(1), &[E::Untag("key".to_owned())]);
    let mut there = here.clone();
    write(&mut here, actor(1, 2), later(2), &[E::Tag("key".to_owned())]);
    write(
        &mut there,
        actor(2, 3),
        later(3),
        &[E::Tag("key".to_owned()), E::Untag("key".to_owned())],
    );
    here.take_in(bytes(&there)).unwrap();
    assert!(here.account().unwrap().tags.contains("key"));
}
