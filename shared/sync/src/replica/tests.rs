//! The rules of the replica, by number.

mod bench;
mod deposed;
mod line;
mod put_back;
mod refusals;
mod rows;
mod succession;
mod unreadable;

use super::*;
use crate::{
    frame::VerdictItem,
    input::Authored,
    output::{EditState, Shown},
    record::PendingState,
    verdict::{Reason, Verdict},
};
use bench::{Bench, DOCUMENT, authored};

#[test]
fn s1_an_edit_is_sent_only_once_it_is_stored() {
    let mut bench = Bench::welcomed(0);
    bench.hand_in(Input::Edited(authored(1)));
    assert_eq!(bench.states(), [EditState::Saving]);
    assert!(bench.pushes().is_empty());
    bench.store();
    assert_eq!(bench.states(), [EditState::OnThisTablet]);
    assert_eq!(bench.pushes(), [(1, 1)]);
}

#[test]
fn s2_an_edit_that_could_not_be_stored_says_so_and_is_tried_again() {
    let mut bench = Bench::welcomed(0);
    bench.hand_in(Input::Edited(authored(1)));
    bench.fail();
    assert_eq!(bench.states(), [EditState::Saving, EditState::NotSaved]);
    assert!(bench.pushes().is_empty());
    bench.pass_ms(2_000);
    bench.store();
    assert_eq!(bench.states(), [EditState::OnThisTablet]);
    assert_eq!(bench.pushes(), [(1, 1)]);
}

#[test]
fn s2_an_edit_that_could_not_be_stored_outlives_everything_being_read_again() {
    let mut bench = Bench::with_pending(Vec::new());
    bench.hand_in(Input::Edited(authored(1)));
    bench.fail();
    let gone = bench.replica.edits().map(|(record, _)| record.key).collect();
    bench.hand_in(Input::Reread { epoch: None, rows: Vec::new(), pending: Vec::new(), gone });
    assert_eq!(bench.replica.edits().count(), 1);
    bench.welcome(0);
    bench.pass_ms(2_000);
    while bench.states().last() != Some(&EditState::OnThisTablet) {
        bench.store();
    }
    assert_eq!(bench.pushes(), [(1, 1)]);
}

#[test]
fn s3_other_tabs_are_told_what_is_stored_and_nothing_else() {
    let mut bench = Bench::welcomed(0);
    bench.hand_in(Input::Edited(authored(1)));
    assert!(bench.told().is_empty());
    bench.store();
    assert_eq!(bench.told().len(), 1);
}

#[test]
fn s3_edits_found_in_storage_are_told_of_for_a_tab_that_died_before_it_could() {
    let mut bench = Bench::welcomed(0);
    bench.hand_in(Input::Edited(authored(1)));
    let record = bench.replica.edits().map(|(record, _)| record.clone()).collect();
    let mut again = Bench::with_pending(record);
    again.hand_in(Input::Tick);
    assert_eq!(again.told().len(), 1);
}

#[test]
fn u1_two_pushes_are_on_their_way_and_no_more() {
    let mut bench = Bench::welcomed(0);
    for change in 1..6 {
        bench.hand_in(Input::Edited(authored(change)));
        bench.store();
    }
    assert_eq!(bench.pushes(), [(1, 1), (2, 1)]);
    bench.verdicts(1, vec![Verdict::Received(Sequence(1))]);
    assert_eq!(bench.pushes(), [(3, 3)]);
}

#[test]
fn u2_what_was_on_its_way_when_the_line_went_is_pushed_again() {
    let mut bench = Bench::welcomed(0);
    bench.hand_in(Input::Edited(authored(1)));
    bench.store();
    assert_eq!(bench.pushes().len(), 1);
    bench.hand_in(Input::Closed);
    bench.welcome(0);
    assert_eq!(bench.pushes().len(), 1);
}

#[test]
fn u3_not_yet_is_tried_again_later() {
    let mut bench = Bench::welcomed(0);
    bench.hand_in(Input::Edited(authored(1)));
    bench.store();
    bench.pushes();
    bench.verdicts(1, vec![Verdict::NotYet(Reason::Rate)]);
    assert!(bench.pushes().is_empty());
    assert_eq!(bench.states().last(), Some(&EditState::Waiting(Reason::Rate)));
    bench.pass_ms(5_000);
    assert_eq!(bench.pushes().len(), 1);
}

#[test]
fn u5_what_no_relay_would_look_at_is_refused_here() {
    let mut bench = Bench::welcomed(0);
    let rubbish = Authored { change: vec![0; 99], ..authored(1) };
    bench.hand_in(Input::Edited(rubbish));
    bench.store();
    assert_eq!(bench.states().last(), Some(&EditState::Refused(Reason::Malformed)));
    assert!(bench.pushes().is_empty());
}

#[test]
fn k1_documents_are_fetched_when_wanted_and_followed_when_kept() {
    let mut bench = Bench::without_room();
    bench.welcome(5);
    bench.rows(0, 4, true, &[4]);
    assert!(bench.pulled().is_empty());
    bench.hand_in(Input::Wanted(DOCUMENT));
    assert_eq!(bench.pulled(), [(DOCUMENT, Sequence(0))], "wanted before the rows are all here");
    bench.changes(0, 4, &[vec![1]]);
    bench.rows(4, 5, false, &[5]);
    assert_eq!(bench.pulled(), [(DOCUMENT, Sequence(4))], "kept, so it follows without room");
}

#[test]
fn k1_within_the_byte_budget_everything_is_fetched_once_the_rows_are_here() {
    let mut bench = Bench::welcomed(5);
    bench.rows(0, 4, true, &[4]);
    assert!(bench.pulled().is_empty());
    bench.store();
    bench.rows(4, 5, false, &[5]);
    assert_eq!(bench.pulled(), [(DOCUMENT, Sequence(0))]);
}

#[test]
fn k2_k3_changes_are_shown_once_stored_and_held_as_far_as_they_reach() {
    let mut bench = Bench::welcomed(0);
    bench.rows(0, 5, false, &[5]);
    assert_eq!(bench.pulled(), [(DOCUMENT, Sequence(0))]);
    bench.changes(0, 5, &[vec![1], vec![2]]);
    assert!(!bench.shows(|shown| matches!(shown, Shown::Changes { .. } | Shown::Here(_))));
    bench.store();
    bench.store();
    assert!(
        bench.shows(|shown| matches!(shown, Shown::Changes { changes, .. } if changes.len() == 2))
    );
    assert!(bench.replica.is_here(DOCUMENT));
}

#[test]
fn k4_an_acknowledgement_that_follows_on_what_is_held_is_held() {
    let mut bench = Bench::welcomed(0);
    bench.hand_in(Input::Edited(authored(1)));
    bench.store();
    let hash = authored(1).hash;
    let item =
        VerdictItem { hash, verdict: Verdict::Received(Sequence(1)), after: Some(Sequence(0)) };
    bench.down(&Down::Verdicts { batch: 1, items: vec![item] });
    bench.rows(0, 1, false, &[1]);
    bench.store();
    assert!(bench.pulled().is_empty());
    assert!(bench.replica.is_here(DOCUMENT));
}

#[test]
fn u4_a_tab_without_the_connection_stores_and_leaves_sending_to_the_other() {
    let mut other = Bench::with_pending(Vec::new());
    other.hand_in(Input::Edited(authored(1)));
    other.store();
    assert!(other.sent.is_empty());
    let record = other.replica.edits().map(|(record, _)| record.clone()).collect::<Vec<_>>();
    let mut leader = Bench::welcomed(0);
    let (rows, pending) = (Vec::new(), record.clone());
    leader.hand_in(Input::Reread { epoch: None, rows, pending, gone: Vec::new() });
    assert_eq!(leader.pushes().len(), 1);
    let mut received = record;
    received[0].state = PendingState::Received(Sequence(1));
    let rows = Vec::new();
    other.hand_in(Input::Reread { epoch: None, rows, pending: received, gone: Vec::new() });
    assert_eq!(other.states().last(), Some(&EditState::Received));
}
