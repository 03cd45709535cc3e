mod bench;

use super::*;
use crate::{
    frame::{Up, VerdictItem},
    input::Authored,
    output::{CloseReason, EditState, Shown, Write},
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
fn f4_rows_and_position_are_one_transaction_and_the_next_waits_for_it() {
    let mut bench = Bench::welcomed(9);
    bench.rows(0, 3, true, &[3]);
    let first = bench.stores();
    assert!(matches!(&first[..], [writes] if
        writes.iter().any(|write| matches!(write, Write::Position(at) if at.cursor == Sequence(3)))
        && writes.iter().any(|write| matches!(write, Write::Row(_)))));
    bench.rows(3, 5, true, &[5]);
    assert!(bench.stores().is_empty());
    assert!(bench.asked_for_more().is_empty());
    bench.store();
    assert_eq!(bench.stores().len(), 1);
    bench.store();
    assert_eq!(bench.asked_for_more(), [Sequence(5)]);
}

#[test]
fn f3_a_page_of_another_place_in_the_log_is_left_alone() {
    let mut bench = Bench::welcomed(9);
    bench.rows(7, 9, false, &[9]);
    assert_eq!(bench.replica.position().cursor, Sequence(0));
}

#[test]
fn f5_a_list_shows_the_edit_until_the_relays_row_has_reached_it() {
    let mut bench = Bench::welcomed(0);
    bench.hand_in(Input::Edited(authored(1)));
    bench.store();
    bench.verdicts(1, vec![Verdict::Received(Sequence(2))]);
    bench.rows(0, 1, false, &[1]);
    assert_eq!(bench.row(), authored(1).row);
    bench.rows(1, 2, false, &[2]);
    assert_eq!(bench.row(), [2; 8]);
    bench.store();
    assert_eq!(bench.replica.edits().count(), 0);
}

#[test]
fn d2_a_sum_that_differs_has_every_row_sent_again_and_keeps_edits() {
    let mut bench = Bench::welcomed(3);
    bench.hand_in(Input::Edited(authored(1)));
    bench.store();
    bench.down(&Down::Rows {
        from: Sequence(0),
        to: Sequence(3),
        more: false,
        items: Vec::new(),
        digest: Some(Digest([1; 16])),
    });
    assert!(bench.stores().iter().flatten().any(|write| *write == Write::ForgetRows));
    bench.store();
    assert_eq!(bench.asked_for_more(), [Sequence(0)]);
    assert_eq!(bench.replica.edits().count(), 1);
    // Once a connection is enough: it would never end with a relay that cannot add.
    bench.rows_with(0, 3, Some(Digest([1; 16])));
    bench.store();
    assert!(bench.asked_for_more().is_empty());
}

#[test]
fn c4_another_epoch_sends_everything_again_and_offers_what_was_promised() {
    let mut bench = Bench::welcomed(3);
    bench.rows(0, 3, false, &[3]);
    bench.store();
    bench.hand_in(Input::Edited(authored(1)));
    bench.store();
    assert_eq!(bench.pushes(), [(1, 1)]);
    bench.verdicts(1, vec![Verdict::Received(Sequence(4))]);
    bench.store();
    bench.hand_in(Input::Closed);
    bench.hand_in(Input::Connected);
    let (epoch, person) = (Epoch([8; 16]), PersonId([1; 16]));
    let (digest, clock) = (digest::EMPTY, Time(0));
    bench.down(&Down::Welcome { epoch, head: Sequence(1), clock, digest, person, documents: 0 });
    assert_eq!(bench.replica.position().cursor, Sequence(0));
    bench.store();
    assert_eq!(bench.pushes(), [(2, 1)]);
}

#[test]
fn c5_a_silent_relay_is_gone() {
    let mut bench = Bench::welcomed(0);
    bench.pass_ms(link::PING_MS);
    assert!(bench.sent.contains(&Up::Ping));
    bench.pass_ms(link::PING_MS);
    assert!(bench.outputs.contains(&Output::Close(CloseReason::Silent)));
    bench.pass_ms(60_000);
    assert!(bench.outputs.contains(&Output::Connect));
}

#[test]
fn c7_a_clock_set_back_by_years_does_not_stop_the_heart() {
    let mut bench = Bench::welcomed(0);
    bench.pass_ms(-300_000_000_000);
    bench.sent.clear();
    bench.pass_ms(link::PING_MS);
    assert!(bench.sent.contains(&Up::Ping));
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
    bench.hand_in(Input::Rebuilt { document: DOCUMENT, authored });
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
    bench.hand_in(Input::Rebuilt { document: DOCUMENT, authored: Vec::new() });
    assert_eq!(bench.rebuilds().pop().map(|edits| edits.len()), Some(1));
}

#[test]
fn x4_an_edit_a_rule_refuses_when_made_again_is_refused() {
    let mut bench = Bench::welcomed(0);
    bench.hand_in(Input::Edited(authored(1)));
    bench.store();
    bench.verdicts(1, vec![Verdict::Refused(Reason::DependencyRefused)]);
    bench.rebuilds();
    bench.hand_in(Input::Rebuilt { document: DOCUMENT, authored: Vec::new() });
    assert_eq!(bench.states().last(), Some(&EditState::Refused(Reason::RuleBroken)));
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
    leader.hand_in(Input::Reread { rows, pending, gone: Vec::new() });
    assert_eq!(leader.pushes().len(), 1);
    let mut received = record;
    received[0].state = PendingState::Received(Sequence(1));
    let rows = Vec::new();
    other.hand_in(Input::Reread { rows, pending: received, gone: Vec::new() });
    assert_eq!(other.states().last(), Some(&EditState::Received));
}

#[test]
fn s4_a_failed_transaction_is_tried_again_with_what_has_come_since() {
    let mut bench = Bench::welcomed(9);
    bench.rows(0, 3, true, &[3]);
    bench.rows(3, 5, true, &[5]);
    bench.fail();
    assert!(bench.asked_for_more().is_empty());
    bench.stores();
    bench.pass_ms(2_000);
    let stored = bench.stores();
    let rows = stored.iter().flatten().filter(|write| matches!(write, Write::Row(_))).count();
    assert_eq!((stored.len(), rows), (1, 1), "one document, its latest row");
}
