//! Rows, the position they belong to, and what lies over them.

use super::bench::{Bench, DOCUMENT, authored};
use crate::{
    frame::Down,
    id::*,
    input::Input,
    output::{Output, Write},
    verdict::Verdict,
};

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
fn f6_a_row_of_others_has_the_document_fetched_and_projected_with_the_edits_here() {
    let mut bench = Bench::without_room();
    bench.welcome(0);
    bench.hand_in(Input::Edited(authored(1)));
    bench.rows(0, 2, false, &[2]);
    assert_eq!(bench.pulled(), [(DOCUMENT, Sequence(0))]);
    assert_eq!(bench.row(), authored(1).row, "what was done here stays before the eyes");
    bench.changes(0, 2, &[vec![1]]);
    let projects = |output: &Output| matches!(output, Output::Project { .. });
    assert!(!bench.outputs.iter().any(projects), "not before it is stored");
    (0..4).for_each(|_| bench.store());
    assert!(bench.outputs.iter().any(projects));
    bench.hand_in(Input::Projected { document: DOCUMENT, row: vec![9; 8] });
    assert_eq!(bench.row(), [9; 8]);
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
