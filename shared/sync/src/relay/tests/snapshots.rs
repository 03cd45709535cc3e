//! When a snapshot is due, and who is sent one.

use super::*;
use crate::frame::{Form, Want};

#[test]
fn n1_a_snapshot_is_due_once_enough_changes_are_durable() {
    let mut bench = Bench::greeted(1);
    let changes = author(1, TAIL_MAX as u8);
    let (last, first) = changes.split_last().unwrap();
    bench.push(1, first);
    bench.commit();
    assert_eq!(bench.snapshots, []);
    bench.push(1, std::slice::from_ref(last));
    assert_eq!(bench.snapshots, []);
    assert_eq!(bench.commit(), vec![(1, vec![received(TAIL_MAX)])]);
    assert_eq!(bench.snapshots, [DocumentId([1; 16])]);
}

#[test]
fn n1_what_did_not_become_durable_makes_no_snapshot_due() {
    let mut bench = Bench::greeted(1);
    bench.push(1, &author(1, TAIL_MAX as u8));
    bench.fail();
    assert_eq!(bench.snapshots, []);
}

#[test]
fn n1_pushes_that_become_durable_together_make_one_snapshot_due() {
    let mut bench = Bench::greeted(1);
    let changes = author(1, TAIL_MAX as u8 + 2);
    bench.push(1, &changes[..TAIL_MAX as usize]);
    bench.commit_raw();
    bench.snapshots.clear();
    bench.push(1, &changes[TAIL_MAX as usize..][..1]);
    bench.push(1, &changes[TAIL_MAX as usize + 1..]);
    bench.commit_together();
    assert_eq!(bench.snapshots, [DocumentId([1; 16])]);
}

#[test]
fn n3_only_who_says_so_is_sent_a_snapshot() {
    for (form, asked) in [
        (None, Form::Changes),
        (Some(Form::Changes), Form::Changes),
        (Some(Form::Snapshot), Form::Snapshot),
    ] {
        let mut bench = Bench::greeted(1);
        let (document, after) = (DocumentId([1; 16]), Sequence(0));
        bench.frame(1, &Up::Pull { wants: vec![Want { document, after, form, begins: None }] });
        assert_eq!(bench.forms, [asked]);
    }
}
