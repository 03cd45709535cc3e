//! Documents written by every release still open, to the same value.

use crate::samples::*;
use documents::{class::Class, document::Document, genesis};

const ACCOUNT_1: &[u8] = include_bytes!("../released/account-1.bin");
const ROW_1: &[u8] = include_bytes!("../released/account-1.row");

/// Returns the account the files were made from: everything the first layout can hold, with a
/// conflict open.
fn first_layout() -> Document {
    let mut here = account();
    let mut there = here.clone();
    write(&mut here, actor(1, 2), later(1), &edits(2));
    write(&mut there, actor(2, 3), later(2), &edits(3));
    here.take_in(there.changes().into_iter().map(|change| change.bytes)).unwrap();
    here
}

#[test]
fn an_account_of_the_first_layout_still_reads_as_it_did() {
    let document = Document::unpack(Class::Account, ACCOUNT.0, ACCOUNT_1).unwrap();
    let account = document.account().unwrap();
    assert_eq!(account.conflicts.len(), 6);
    assert_eq!(account.deals.len(), 3);
    assert_eq!(document.row().unwrap(), ROW_1);
}

#[test]
fn todays_layout_is_among_the_released() {
    assert_eq!(genesis::SCHEMA, 1, "a new layout needs its own files here");
    assert_eq!(first_layout().pack(), ACCOUNT_1);
}
