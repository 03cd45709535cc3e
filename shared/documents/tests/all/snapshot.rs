//! A snapshot stands for the changes it was made from, or is not believed.

use crate::samples::*;
use documents::{
    class::Class,
    document::Document,
    snapshot::{self, Unsound},
};
use domain::edit::AccountEdit;
use std::collections::BTreeSet;

fn open(chunks: &[Vec<u8>]) -> Document {
    Document::open(Class::Account, ACCOUNT.0, chunks).unwrap()
}

/// Checks that two copies are one document, conflicts, stamps and changes too.
fn check(one: &Document, other: &Document) {
    assert_eq!(one.heads(), other.heads());
    assert_eq!(one.row(), other.row());
    assert_eq!(one.account(), other.account());
    let changes = |document| bytes(document).into_iter().collect::<BTreeSet<_>>();
    assert!(changes(one) == changes(other));
    assert_eq!(one.latest(), other.latest());
}

#[test]
fn a_snapshot_stands_for_the_changes_it_was_made_from() {
    let busy = busy();
    let packed = snapshot::make(&busy).unwrap();
    assert!(snapshot::is_one(&packed) && !snapshot::is_one(&bytes(&busy)[0]));
    check(&open(&[packed]), &busy);
}

#[test]
fn a_snapshot_and_what_follows_it_join_in_any_order_and_any_number() {
    let mut busy = busy();
    let packed = snapshot::make(&busy).unwrap();
    let before = bytes(&busy).len();
    write(&mut busy, actor(1, 2), later(3), &[AccountEdit::Rename("Acme & Sons".to_owned())]);
    write(&mut busy, actor(1, 2), later(4), &[AccountEdit::Tag("late".to_owned())]);
    let tail = bytes(&busy)[before..].to_vec();
    let both = |chunks: &[&[Vec<u8>]]| open(&chunks.concat());
    let packed = [packed];
    check(&both(&[&packed, &tail]), &busy);
    check(&both(&[&tail, &packed]), &busy);
    check(&both(&[&bytes(&busy), &packed, &packed]), &busy);
    // Somebody who wrote meanwhile, with no line, takes it in like anybody's changes.
    let mut apart = account();
    write(&mut apart, actor(3, 4), later(5), &[AccountEdit::Rename("Apart".to_owned())]);
    let unsent = bytes(&apart);
    apart.take_in(packed.iter().chain(&tail)).unwrap();
    check(&apart, &both(&[&packed, &tail, &unsent]));
}

#[test]
fn what_comes_before_the_snapshot_it_builds_on_waits_for_it() {
    let mut busy = busy();
    let packed = snapshot::make(&busy).unwrap();
    write(&mut busy, actor(1, 2), later(3), &[AccountEdit::Rename("Acme & Sons".to_owned())]);
    let last = bytes(&busy).pop().unwrap();
    let mut late = Document::new(Class::Account, ACCOUNT.0);
    assert!(late.take_in([&last]).is_err());
    late.take_in([&packed]).unwrap();
    check(&late, &busy);
}

#[test]
fn a_snapshot_of_anything_else_is_not_believed() {
    let busy = busy();
    let others = snapshot::make(&account()).unwrap();
    assert_eq!(snapshot::verify(&busy, &others), Err(Unsound::OtherHeads));
    let note = Document::new(Class::Note, ACCOUNT.0).pack();
    assert!(matches!(snapshot::verify(&busy, &note), Err(Unsound::Unreadable(_))));
}

#[test]
fn a_snapshot_damaged_anywhere_is_not_believed() {
    let busy = busy();
    let packed = snapshot::make(&busy).unwrap();
    for at in (0..packed.len()).step_by(7) {
        let mut damaged = packed.clone();
        damaged[at] ^= 0x10;
        assert!(snapshot::verify(&busy, &damaged).is_err(), "byte {at}");
    }
    assert!(snapshot::verify(&busy, &packed[..packed.len() - 1]).is_err());
}
