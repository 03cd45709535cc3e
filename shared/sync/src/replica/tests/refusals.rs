//! What follows a refusal.

use super::bench::{self, Bench, DOCUMENT, authored};
use crate::{
    frame::Down,
    id::PendingKey,
    input::{Input, RebuildId},
    output::{EditState, Shown, Write},
    verdict::{Reason, Verdict},
};

#[test]
fn x1_a_refused_edit_stays_before_a_persons_eyes_until_let_go() {
    let mut bench = Bench::welcomed(0);
    bench.hand_in(Input::Edited(authored(1)));
    bench.store();
    bench.verdicts(1, vec![Verdict::Refused(Reason::NotPermitted)]);
    assert!(bench.shows(|shown| *shown == Shown::RowGone(DOCUMENT)));
    bench.store();
    let (record, state) = bench.replica.edits().next().expect("the refused edit");
    assert_eq!(state, EditState::Refused(Reason::NotPermitted));
    let key = record.key;
    bench.hand_in(Input::Discarded(key));
    assert_eq!(bench.replica.edits().count(), 0);
    assert!(bench.stores().concat().contains(&Write::RemovePending(key)));
}

#[test]
fn x1_an_edit_refused_and_let_go_of_in_another_tab_leaves_open_copies_too() {
    let mut other = Bench::with_pending(Vec::new());
    other.hand_in(Input::Edited(authored(1)));
    other.store();
    let gone = other.replica.edits().map(|(record, _)| record.key).collect();
    other.hand_in(Input::Reread { epoch: None, rows: Vec::new(), pending: Vec::new(), gone });
    assert_eq!(other.rebuilds(), [vec![]]);
}

#[test]
fn x2_what_only_built_on_a_refused_edit_is_made_again() {
    let mut bench = Bench::welcomed(0);
    for change in 1..3 {
        bench.hand_in(Input::Edited(authored(change)));
    }
    bench.store();
    bench.store();
    bench.pushes();
    let with_it = Verdict::Refused(Reason::DependencyRefused);
    bench.verdicts(1, vec![Verdict::Refused(Reason::NotPermitted)]);
    bench.verdicts(2, vec![with_it]);
    let edits = bench.rebuilds().pop().expect("a rebuild");
    assert_eq!(edits.len(), 1);
    let again = bench::fresh(7);
    let authored = vec![(edits[0].0, again.clone())];
    bench.store();
    bench.rebuilt(authored);
    assert!(bench.pushes().is_empty());
    bench.store();
    bench.store();
    assert_eq!(bench.pushes().len(), 1);
    assert!(bench.replica.edits().any(|(record, _)| record.hash == again.hash));
}

#[test]
fn x3_an_edit_made_meanwhile_on_the_old_copy_is_made_again_too() {
    let mut bench = Bench::welcomed(0);
    bench.hand_in(Input::Edited(authored(1)));
    bench.store();
    bench.verdicts(1, vec![Verdict::Refused(Reason::NotPermitted)]);
    assert_eq!(bench.rebuilds(), [vec![]]);
    bench.hand_in(Input::Edited(authored(2)));
    bench.store();
    bench.store();
    assert!(bench.pushes().len() == 1, "only the refused one was ever sent");
    bench.rebuilt(Vec::new());
    assert_eq!(bench.rebuilds().pop().map(|edits| edits.len()), Some(1));
}

#[test]
fn x4_an_edit_a_rule_refuses_when_made_again_is_refused() {
    let mut bench = Bench::welcomed(0);
    bench.hand_in(Input::Edited(authored(1)));
    bench.store();
    bench.verdicts(1, vec![Verdict::Refused(Reason::DependencyRefused)]);
    bench.rebuilds();
    bench.rebuilt(Vec::new());
    assert_eq!(bench.states().last(), Some(&EditState::Refused(Reason::RuleBroken)));
}

#[test]
fn x5_an_edit_that_goes_on_lacking_what_nobody_has_is_made_again_without_it() {
    let mut bench = Bench::welcomed(0);
    bench.hand_in(Input::Edited(authored(2)));
    bench.store();
    for _ in 0..3 {
        assert!(bench.rebuilds().is_empty());
        let (batch, _) = bench.pushes().pop().expect("offered again");
        bench.verdicts(batch, vec![Verdict::NotYet(Reason::MissingDependency)]);
        for _ in 0..2 {
            bench.pass_ms(10_000);
            bench.down(&Down::Pong);
        }
    }
    assert_eq!(bench.rebuilds().pop().map(|edits| edits.len()), Some(1));
}

/// Returns a replica that asked for an edit to be made again, lost the connection, and asked anew,
/// with both askings and the key of the edit.
fn asked_twice() -> (Bench, [RebuildId; 2], PendingKey) {
    let mut bench = Bench::welcomed(0);
    bench.hand_in(Input::Edited(authored(1)));
    bench.store();
    bench.verdicts(1, vec![Verdict::Refused(Reason::DependencyRefused)]);
    let first = bench.rebuild;
    let (key, _) = bench.rebuilds()[0][0];
    bench.hand_in(Input::Closed);
    bench.welcome(0);
    assert_eq!(bench.rebuilds().len(), 1);
    let second = bench.rebuild;
    (bench, [first, second], key)
}

#[test]
fn x6_a_late_answer_takes_nothing_from_open_copies() {
    let (mut bench, [first, second], key) = asked_twice();
    let again = bench::fresh(7);
    bench.answer(second, vec![(key, again.clone())]);
    assert!(bench.rebuilds().is_empty());
    // It put another making of the edit into open copies, and took the one that counts from them.
    bench.answer(first, vec![(key, bench::fresh(8))]);
    assert_eq!(bench.rebuilds(), [vec![]]);
    assert!(bench.replica.edits().all(|(record, _)| record.hash == again.hash));
    bench.rebuilt(Vec::new());
    assert!(bench.rebuilds().is_empty());
}

#[test]
fn x6_a_late_answer_refuses_nothing_it_was_not_asked_about() {
    let (mut bench, [first, second], key) = asked_twice();
    bench.answer(first, Vec::new());
    assert!(!bench.states().contains(&EditState::Refused(Reason::RuleBroken)));
    assert!(bench.rebuilds().is_empty(), "the answer waited for puts open copies right");
    bench.answer(second, vec![(key, bench::fresh(7))]);
    assert!(bench.replica.edits().all(|(record, _)| record.hash == bench::fresh(7).hash));
}

#[test]
fn x6_what_was_done_meanwhile_on_a_copy_of_a_late_answer_is_made_again() {
    let (mut bench, [first, second], key) = asked_twice();
    bench.answer(second, vec![(key, bench::fresh(7))]);
    bench.answer(first, vec![(key, authored(2))]);
    bench.rebuilds();
    bench.hand_in(Input::Edited(authored(3)));
    bench.rebuilt(Vec::new());
    assert_eq!(bench.rebuilds().pop().map(|edits| edits.len()), Some(1));
}

#[test]
fn s1_an_edit_made_again_is_not_stored_by_the_transaction_before() {
    let mut bench = Bench::welcomed(0);
    bench.hand_in(Input::Edited(authored(1)));
    bench.store();
    assert_eq!(bench.pushes(), [(1, 1)]);
    bench.hand_in(Input::Edited(authored(2)));
    bench.verdicts(1, vec![Verdict::Refused(Reason::NotPermitted)]);
    let rebuilds = bench.rebuilds();
    let (key, _) = rebuilds[0][0].clone();
    bench.rebuilt(vec![(key, bench::fresh(9))]);
    bench.store();
    assert!(bench.pushes().is_empty(), "only the first making is in storage");
    bench.store();
    bench.store();
    assert_eq!(bench.pushes(), [(2, 1)]);
}

#[test]
fn x6_a_tab_that_does_not_lead_asks_anew_for_what_came_to_nothing() {
    let mut follower = Bench::with_pending(Vec::new());
    let authored = [1, 2, 3].map(bench::fresh);
    authored.iter().for_each(|one| follower.hand_in(Input::Edited(one.clone())));
    (0..3).for_each(|_| follower.store());
    let keys: Vec<_> = follower.replica.edits().map(|(record, _)| record.key).collect();
    let gone = |follower: &mut Bench, gone: &[PendingKey]| {
        let gone = gone.to_vec();
        follower.hand_in(Input::Reread { epoch: None, rows: vec![], pending: vec![], gone });
        follower.rebuilds().len()
    };
    assert_eq!(gone(&mut follower, &keys[..2]), 1, "once for what is heard at once");
    // The document could not be loaded then, and nobody answered.
    assert_eq!(gone(&mut follower, &keys[2..]), 1);
}
