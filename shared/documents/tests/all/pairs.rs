//! Every pair of edits, made at once on two tablets, merges both ways to one readable account.

use crate::samples::*;
use documents::{class::Class, document::Document};
use domain::edit::AccountEdit;

/// Makes two edits apart, brings the tablets together both ways, and returns the two copies.
pub fn meet(left: &AccountEdit, right: &AccountEdit) -> (Document, Document) {
    let mut here = account();
    let mut there = here.clone();
    write(&mut here, actor(1, 2), later(1), std::slice::from_ref(left));
    write(&mut there, actor(2, 3), later(2), std::slice::from_ref(right));
    let (from_here, from_there) = (bytes(&here), bytes(&there));
    here.take_in(from_there).expect("the other's changes are whole");
    there.take_in(from_here).expect("the other's changes are whole");
    (here, there)
}

#[test]
fn every_pair_of_edits_converges_and_reads() {
    for left in edits(2) {
        for right in edits(3) {
            let (here, there) = meet(&left, &right);
            let account = here.account().expect("the account reads after any merge");
            assert_eq!(Ok(&account), there.account().as_ref(), "{left:?} and {right:?}");
            assert_eq!(here.heads(), there.heads());
            assert_eq!(here.row(), there.row());
            let again = Document::unpack(Class::Account, ACCOUNT.0, &here.pack()).unwrap();
            assert_eq!(again.account().as_ref(), Ok(&account));
            assert!(account.conflicts.len() <= 1, "{left:?} and {right:?}");
            let same_field = std::mem::discriminant(&left) == std::mem::discriminant(&right);
            let settles = |edit: &AccountEdit| {
                matches!(edit, AccountEdit::MoveDeal(..) | AccountEdit::SettleDealStage(..))
            };
            let related = same_field || (settles(&left) && settles(&right));
            assert!(related || account.conflicts.is_empty(), "{left:?} and {right:?}");
        }
    }
}

#[test]
fn a_field_nobody_touched_never_wins() {
    let (here, _) = meet(&edits(2)[0], &edits(3)[3]);
    let account = here.account().unwrap();
    assert_eq!(account.name, "Acme 2");
    assert_eq!(account.territory.as_deref(), Some("south 3"));
}

#[test]
fn the_same_thing_added_twice_at_once_is_one_thing_that_can_still_be_edited() {
    let add = AccountEdit::AddContact(domain::id::ContactId([77; 16]), contact("Grace"));
    let (mut here, mut there) = meet(&add, &add);
    let account = here.account().unwrap();
    assert_eq!((account.contacts.len(), account.conflicts.len()), (2, 0));
    let consent = AccountEdit::SetConsent(domain::id::ContactId([77; 16]), Some(true));
    write(&mut here, actor(1, 2), later(5), &[consent]);
    there.take_in(bytes(&here)).unwrap();
    let account = there.account().unwrap();
    assert_eq!(account.contacts[&domain::id::ContactId([77; 16])].consent, Some(true));
    assert!(account.conflicts.is_empty());
}
