//! The rules of the relay, by number.

mod bench;
mod put_back;
mod snapshots;
mod succession;

use super::{input::*, output::CommitId, *};
use crate::verdict::{Reason, Verdict};
use bench::{Bench, author, other};

fn received(sequence: u64) -> Verdict {
    Verdict::Received(Sequence(sequence))
}

#[test]
fn g1_a_change_pushed_again_keeps_its_place() {
    let mut bench = Bench::greeted(1);
    let changes = author(1, 2);
    bench.push(1, &changes);
    assert_eq!(bench.commit(), vec![(1, vec![received(1), received(2)])]);
    bench.push(1, &changes);
    assert_eq!(bench.verdicts(), vec![(1, vec![received(1), received(2)])]);
    assert_eq!(bench.entries.len(), 2);
}

#[test]
fn g2_a_change_without_its_dependency_is_not_yet_taken() {
    let mut bench = Bench::greeted(1);
    bench.push(1, &author(1, 2)[1..]);
    let missing = Verdict::NotYet(Reason::MissingDependency);
    assert_eq!(bench.verdicts(), vec![(1, vec![missing])]);
}

#[test]
fn g3_what_builds_on_a_refused_change_goes_with_it() {
    let mut bench = Bench::greeted(1);
    bench.dislikes = vec![0];
    bench.push(1, &author(1, 3));
    let refused = Verdict::Refused(Reason::NotPermitted);
    let with_it = Verdict::Refused(Reason::DependencyRefused);
    assert_eq!(bench.verdicts(), vec![(1, vec![refused, with_it.clone(), with_it])]);
    assert!(bench.entries.is_empty());
}

#[test]
fn g4_an_actor_belongs_to_who_used_it_first() {
    let mut bench = Bench::greeted(1);
    bench.greet(2);
    let changes = author(1, 2);
    bench.push(1, &changes[..1]);
    bench.commit();
    bench.push(2, &changes[1..]);
    let mismatch = Verdict::Refused(Reason::ActorMismatch);
    assert_eq!(bench.verdicts(), vec![(2, vec![mismatch.clone()])]);
    bench.push(1, &other(1));
    assert_eq!(bench.verdicts(), vec![(1, vec![mismatch])]);
}

#[test]
fn g5_what_the_driver_says_no_to_is_refused_and_never_stored() {
    let mut bench = Bench::greeted(1);
    let changes = author(1, 2);
    bench.push(1, &changes[..1]);
    bench.commit();
    bench.dislikes = vec![0];
    bench.push(1, &changes[1..]);
    let refused = Verdict::Refused(Reason::NotPermitted);
    assert_eq!(bench.commit(), vec![(1, vec![refused])]);
    assert_eq!(bench.entries.len(), 1);
}

#[test]
fn g6_a_newer_schema_waits_for_a_newer_relay() {
    let mut bench = Bench::new();
    bench.open(1);
    bench.hello(1, None, 0, 99);
    bench.push(1, &author(1, 1));
    assert_eq!(bench.verdicts(), vec![(1, vec![Verdict::NotYet(Reason::NewerSchema)])]);
}

#[test]
fn g9_what_the_driver_did_not_come_to_is_not_yet_taken() {
    let mut bench = Bench::greeted(1);
    let changes = author(1, 2);
    bench.unsettled = vec![1];
    bench.push(1, &changes);
    let not_yet = Verdict::NotYet(Reason::Rate);
    assert_eq!(bench.commit(), vec![(1, vec![received(1), not_yet])]);
    bench.unsettled.clear();
    bench.push(1, &changes);
    assert_eq!(bench.commit(), vec![(1, vec![received(1), received(2)])]);
}

#[test]
fn g10_changes_to_a_document_nobody_can_read_wait_until_it_is_mended() {
    let mut bench = Bench::greeted(1);
    let changes = author(1, 2);
    bench.unreadable = vec![0, 1];
    bench.push(1, &changes);
    let [(1, verdicts)] = &bench.verdicts()[..] else { panic!("one answer") };
    assert_eq!(verdicts[0], Verdict::NotYet(Reason::Unreadable));
    assert!(bench.entries.is_empty());
    bench.unreadable.clear();
    bench.push(1, &changes);
    assert_eq!(bench.commit(), vec![(1, vec![received(1), received(2)])]);
}

#[test]
fn g7_rubbish_among_good_changes_is_answered_in_its_place() {
    let mut bench = Bench::greeted(1);
    let mut changes = author(1, 2);
    changes.insert(1, vec![0; 40]);
    bench.push(1, &changes);
    let malformed = Verdict::Refused(Reason::Malformed);
    assert_eq!(bench.commit(), vec![(1, vec![received(1), malformed, received(2)])]);
}

#[test]
fn l1_places_have_no_gaps_and_follow_the_order_of_committing() {
    let mut bench = Bench::greeted(1);
    bench.greet(2);
    bench.push(1, &author(1, 2));
    bench.fail();
    bench.dislikes = vec![1];
    bench.push(2, &author(2, 2));
    bench.dislikes.clear();
    bench.push(1, &author(1, 2));
    bench.commit();
    let places: Vec<_> =
        bench.entries.iter().map(|entry| (entry.document.0[0], entry.sequence.0)).collect();
    assert_eq!(places, [(2, 1), (1, 2), (1, 3)]);
}

#[test]
fn l2_nothing_leaves_before_the_commit_and_rows_leave_after_the_verdict() {
    let mut bench = Bench::greeted(1);
    bench.greet(2);
    bench.push(1, &author(1, 1));
    assert!(bench.sent.is_empty());
    bench.commit_raw();
    let kinds: Vec<_> = bench.sent.drain(..).map(|(to, down)| (to, bench::kind(&down))).collect();
    assert_eq!(kinds, [(1, "verdicts"), (1, "rows"), (2, "rows")]);
}

#[test]
fn l3_a_failed_commit_takes_everything_after_it_along() {
    let mut bench = Bench::greeted(1);
    let changes = author(1, 2);
    bench.push(1, &changes[..1]);
    bench.push(1, &changes[1..]);
    let before = bench.relay.log.durable();
    bench.fail();
    let not_stored = || vec![Verdict::NotYet(Reason::NotStored)];
    assert_eq!(bench.verdicts(), vec![(1, not_stored()), (1, not_stored())]);
    assert_eq!((bench.relay.log.durable(), bench.relay.log.tail()), (before, before));
    bench.push(1, &changes);
    assert_eq!(bench.commit(), vec![(1, vec![received(1), received(2)])]);
}

#[test]
fn l4_a_change_offered_while_it_is_being_committed_waits_for_that() {
    let mut bench = Bench::greeted(1);
    let changes = author(1, 1);
    bench.push(1, &changes);
    bench.push(1, &changes);
    assert!(bench.verdicts().is_empty());
    assert_eq!(bench.commit(), vec![(1, vec![received(1)]), (1, vec![received(1)])]);
}

#[test]
fn d2_the_digest_told_is_the_sum_over_the_rows() {
    let mut bench = Bench::greeted(1);
    for person in 1..4 {
        bench.push(1, &author(person, 2));
        bench.commit();
    }
    let sum = bench
        .rows
        .values()
        .fold(digest::EMPTY, |sum, row| sum.with(row.document, row.sequence, &row.row));
    assert_eq!(bench.relay.log.durable().digest, sum);
}

#[test]
fn c1_nothing_is_taken_before_hello() {
    let mut bench = Bench::new();
    bench.open(1);
    bench.frame(1, &Up::Ping);
    assert_eq!(bench.closed, [(1, Some(ByeReason::OutOfTurn))]);
}

#[test]
fn c2_a_malformed_frame_ends_only_its_own_connection() {
    let mut bench = Bench::greeted(1);
    bench.greet(2);
    bench.hear(RelayInput::Frame { connection: Connection(1), bytes: vec![1, 0xff, 0xff] });
    assert_eq!(bench.closed, [(1, Some(ByeReason::Malformed))]);
    bench.push(2, &author(2, 1));
    assert_eq!(bench.commit(), vec![(2, vec![received(1)])]);
}

#[test]
fn c3_reconnecting_with_nothing_new_is_one_small_round_trip() {
    let mut bench = Bench::greeted(1);
    bench.push(1, &author(1, 1));
    bench.commit();
    bench.open(2);
    let before = bench.bytes_sent;
    bench.hello(2, Some(bench::EPOCH), 1, 1);
    assert_eq!(
        bench.sent.drain(..).map(|(_, down)| bench::kind(&down)).collect::<Vec<_>>(),
        ["welcome"]
    );
    assert!(bench.bytes_sent - before < 1_000);
}

#[test]
fn c7_a_device_that_takes_nothing_is_owed_no_more_than_a_window() {
    let mut bench = Bench::greeted(1);
    bench.greet(2);
    bench.row_bytes = 200_000;
    for person in 1..40 {
        bench.push(1, &author(person, 1));
        bench.commit();
        bench.drain(1);
    }
    let backlog = bench.relay.peers[&Connection(2)].backlog;
    assert!(backlog < peer::BACKLOG_BYTES_MAX, "{backlog}");
    // Once it takes what it was given, it comes to the head all the same.
    for _ in 0..100 {
        bench.drain(2);
    }
    let peer = bench.relay.peers[&Connection(2)].greeted.as_ref().map(|greeted| greeted.feed);
    assert!(matches!(peer, Some(Feed::Live(Sequence(39)) | Feed::Paused)));
}

#[test]
fn f2_who_has_caught_up_is_told_of_each_commit_the_sender_too() {
    let mut bench = Bench::greeted(1);
    bench.greet(2);
    for person in 1..3 {
        bench.push(1, &author(person, 1));
        bench.commit_raw();
        let rows = bench.sent.drain(..).filter(|(_, down)| bench::kind(down) == "rows");
        assert_eq!(rows.map(|(to, _)| to).collect::<Vec<_>>(), [1, 2]);
    }
}

#[test]
fn f2_what_became_durable_together_is_told_in_one_frame_with_each_row_once() {
    let mut bench = Bench::greeted(1);
    bench.greet(2);
    let changes = author(1, 2);
    bench.push(1, &changes[..1]);
    bench.push(2, &author(2, 1));
    bench.push(1, &changes[1..]);
    bench.commit_together();
    let told = bench.sent.drain(..).filter_map(|(to, down)| match down {
        Down::Rows { from, to: end, items, .. } if to == 2 => {
            let rows = items.iter().map(|item| (item.document.0[0], item.sequence.0));
            Some((from.0, end.0, rows.collect::<Vec<_>>()))
        }
        _ => None,
    });
    let told: Vec<_> = told.collect();
    assert_eq!(told, [(0, 3, vec![(2, 2), (1, 3)])]);
    bench.hear(RelayInput::Committed(CommitId(3)));
    assert!(bench.sent.is_empty(), "nothing new, nothing told");
}

#[test]
fn f1_a_page_ends_where_the_next_begins() {
    let mut bench = Bench::greeted(1);
    bench.row_bytes = 200_000;
    for person in 1..8 {
        bench.push(1, &author(person, 1));
        bench.commit();
        bench.drain(1);
    }
    bench.open(2);
    bench.hello(2, None, 0, 1);
    let (mut cursor, mut rows) = (Sequence(0), 0);
    loop {
        let page = bench.sent.iter().find_map(|(to, down)| match down {
            Down::Rows { from, to: end, more, items, digest } if *to == 2 => {
                Some((*from, *end, *more, items.len(), *digest))
            }
            _ => None,
        });
        let (from, end, more, items, digest) = page.expect("a page");
        bench.sent.clear();
        assert_eq!(from, cursor);
        (cursor, rows) = (end, rows + items);
        assert_eq!(digest.is_some(), !more);
        if !more {
            break;
        }
        bench.drain(2);
        bench.frame(2, &Up::More { cursor });
    }
    assert_eq!((cursor, rows), (Sequence(7), 7));
}
