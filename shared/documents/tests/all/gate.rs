//! What the gate lets in and what it does not.

use crate::samples::*;
use automerge::{
    ActorId, Automerge, ObjType, ROOT, ReadDoc, ScalarValue, TextEncoding,
    transaction::{CommitOptions, Transactable, Transaction},
};
use documents::{
    class::Class,
    document::Document,
    gate::{DOCUMENT_OPERATIONS_MAX, Rejection, judge},
    genesis,
};
use domain::{
    edit::{AccountEdit, Edit, NoteEdit},
    note::Splice,
};

/// Writes straight to Automerge what no edit of ours would write, on top of the sample account.
fn crafted(actor: ActorId, time: i64, write: impl FnOnce(&mut Transaction<'_>)) -> Vec<u8> {
    let mut automerge = Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint);
    automerge.load_incremental(Class::Account.layouts()[0].bytes).unwrap();
    bytes(&account()).iter().for_each(|change| {
        automerge.load_incremental(change).unwrap();
    });
    automerge.set_actor(actor);
    let mut transaction = automerge.transaction();
    write(&mut transaction);
    let (hash, _) = transaction.commit_with(CommitOptions::default().with_time(time));
    automerge.get_change_by_hash(&hash.unwrap()).unwrap().raw_bytes().to_vec()
}

/// Judges one crafted change between two honest ones: those pass whatever becomes of it.
fn check(change: Vec<u8>, expected: Result<(), Rejection>) {
    let base = account();
    let mut honest = base.clone();
    let edit = |edit| [Edit::Account(edit)];
    let first = honest.author(actor(2, 9), later(1), &edit(AccountEdit::Archive)).unwrap();
    let last = honest.author(actor(2, 9), later(2), &edit(AccountEdit::Restore)).unwrap();
    let batch = [first.bytes, change, last.bytes];
    let (after, verdicts) = judge(&base, person(2), &batch).unwrap();
    assert_eq!(verdicts, [Ok(()), expected, Ok(())]);
    assert!(after.account().is_ok());
    assert_eq!(after.changes().len(), if expected.is_ok() { 4 } else { 3 });
}

fn actor_two() -> ActorId {
    actor(2, 7).to_bytes().into()
}

fn refused(write: impl FnOnce(&mut Transaction<'_>), rejection: Rejection) {
    check(crafted(actor_two(), later(3).0 << 16, write), Err(rejection));
}

#[test]
fn honest_work_passes_as_one_batch() {
    let base = Document::new(Class::Account, ACCOUNT.0);
    let mut document = base.clone();
    write(&mut document, actor(1, 1), NOW, &beginning());
    for (minute, edit) in edits(4).into_iter().enumerate() {
        write(&mut document, actor(1, 1), later(minute as i64), &[edit.clone(), edit_again(edit)]);
    }
    let (after, verdicts) = judge(&base, person(1), &bytes(&document)).unwrap();
    assert!(verdicts.iter().all(Result::is_ok), "{verdicts:?}");
    assert_eq!(after.heads(), document.heads());
    assert_eq!(after.row(), document.row());
    let (again, verdicts) = judge(&after, person(1), &bytes(&document)).unwrap();
    assert!(verdicts.iter().all(Result::is_ok));
    assert_eq!(again.heads(), document.heads());
}

/// Returns an edit that may follow `edit` in the same change.
fn edit_again(edit: AccountEdit) -> AccountEdit {
    match edit {
        AccountEdit::SetStage(_) => edit,
        _ => AccountEdit::Rename("Again".to_owned()),
    }
}

/// Nothing against something, set at once: whichever Automerge prefers, setting either settles it
/// in a way the gate lets in.
#[test]
fn settling_nothing_against_something_passes_the_gate() {
    let amount = |minor: Option<i64>| AccountEdit::SetDealAmount(DEAL, minor.map(euros));
    for (life, choice) in [(3, None), (3, Some(1)), (9, None), (9, Some(1))] {
        let mut relay = account();
        let mut other = account();
        write(&mut relay, actor(1, 4), later(1), &[amount(None)]);
        write(&mut other, actor(1, life), later(1), &[amount(Some(1))]);
        relay.take_in(bytes(&other)).unwrap();
        assert_eq!(relay.account().unwrap().conflicts.len(), 1);
        let mut settled = relay.clone();
        write(&mut settled, actor(1, 5), later(2), &[amount(choice)]);
        let (after, verdicts) = judge(&relay, person(1), &bytes(&settled)).unwrap();
        assert!(verdicts.iter().all(Result::is_ok), "{verdicts:?}");
        assert!(after.account().unwrap().conflicts.is_empty());
        assert_eq!(after.account().unwrap().deals[&DEAL].amount, choice.map(euros));
    }
}

#[test]
fn a_forged_actor_is_refused() {
    let forged = actor(1, 7).to_bytes().into();
    let rename = |transaction: &mut Transaction<'_>| transaction.put(ROOT, "name", "x").unwrap();
    check(crafted(forged, 0, rename), Err(Rejection::ActorMismatch));
    check(crafted(genesis::ACTOR.into(), 0, rename), Err(Rejection::ActorMismatch));
    check(crafted(ActorId::from([2; 16]), 0, rename), Err(Rejection::ActorMismatch));
    let prefix: [u8; 16] = genesis::ACTOR[..16].try_into().unwrap();
    let closed = [crafted(genesis::ACTOR.into(), 0, rename)];
    let (_, verdicts) = judge(&account(), domain::id::PersonId(prefix), &closed).unwrap();
    assert_eq!(verdicts, [Err(Rejection::ActorMismatch)]);
}

#[test]
fn a_path_nobody_knows_is_refused() {
    let no = Rejection::NotPermitted;
    let collection = |place: u64| automerge::ObjId::Id(place, genesis::ACTOR.into(), 0);
    refused(|pen| pen.put(ROOT, "salary", 1).unwrap(), no);
    refused(|pen| pen.put(ROOT, "contacts", 1).unwrap(), no);
    refused(|pen| pen.put(ROOT, "schema", 2).unwrap(), no);
    refused(|pen| drop(pen.put_object(ROOT, "contacts", ObjType::Map).unwrap()), no);
    refused(|pen| drop(pen.put_object(ROOT, "name", ObjType::Text).unwrap()), no);
    refused(|pen| pen.put(collection(3), "x", 1).unwrap(), no);
    refused(|pen| drop(pen.put_object(collection(3), "x", ObjType::List).unwrap()), no);
    refused(|pen| pen.put(ROOT, "name", ScalarValue::counter(1)).unwrap(), no);
}

#[test]
fn a_guarded_field_cannot_be_deleted_nor_history_written_over() {
    let no = Rejection::NotPermitted;
    let contacts = automerge::ObjId::Id(3, genesis::ACTOR.into(), 0);
    refused(|pen| pen.delete(ROOT, "stage").unwrap(), no);
    refused(|pen| pen.delete(&contacts, CONTACT.to_string()).unwrap(), no);
    let events = automerge::ObjId::Id(9, genesis::ACTOR.into(), 0);
    let key = format!("{DEAL}/{FIRST_EVENT}");
    refused(|pen| pen.put(&events, key, vec![0_u8]).unwrap(), no);
}

#[test]
fn a_field_is_not_set_against_itself_within_one_change() {
    let twice = crafted(actor_two(), 0, |pen| {
        pen.put(ROOT, "name", "one").unwrap();
        pen.put(ROOT, "name", "two").unwrap();
    });
    check(twice.clone(), Ok(()));
    let change = automerge::Change::from_bytes(twice).unwrap();
    let mut expanded = change.decode();
    let name = expanded.operations[0].pred.clone();
    expanded.operations[1].pred = name;
    let forged = automerge::Change::from(expanded).raw_bytes().to_vec();
    check(forged, Err(Rejection::NotPermitted));
}

#[test]
fn a_document_grows_to_its_bound_and_no_further() {
    let mut note = Document::new(Class::Note, [8; 16]);
    let mut whole = Document::new(Class::Note, [8; 16]);
    let type_in = |note: &mut Document, characters: usize| {
        let insert = "n".repeat(characters);
        let splice = Splice { at: 0, delete: 0, insert, cursor: None };
        note.author(actor(2, 7), NOW, &[Edit::Note(NoteEdit::Splice(splice))]).unwrap().bytes
    };
    for _ in 0..DOCUMENT_OPERATIONS_MAX / 20_000 - 1 {
        whole.take_in([type_in(&mut note, 20_000)]).unwrap();
    }
    let batch = [type_in(&mut note, 19_000), type_in(&mut note, 2_000)];
    let (after, verdicts) = judge(&whole, person(2), &batch).unwrap();
    assert_eq!(verdicts, [Ok(()), Err(Rejection::TooLarge)]);
    assert!(after.operations() <= DOCUMENT_OPERATIONS_MAX);
}

#[test]
fn a_search_that_takes_too_long_leaves_the_rest_for_later_and_settles_something_each_time() {
    let base = account();
    let mut batch = Vec::new();
    for number in 0..256_i64 {
        let life = actor(2, number as u8).to_bytes();
        let poison = |pen: &mut Transaction<'_>| pen.put(ROOT, "stage", 999).unwrap();
        batch.push(crafted(life.into(), number, poison));
    }
    let mut pushes = 0;
    while !batch.is_empty() {
        let (_, verdicts) = judge(&base, person(2), &batch).unwrap();
        let mut verdicts = verdicts.into_iter();
        let before = batch.len();
        batch.retain(|_| verdicts.next() == Some(Err(Rejection::Unsettled)));
        assert!(batch.len() < before, "nothing was settled");
        pushes += 1;
    }
    assert!(pushes > 1, "the search was not bounded");
}

#[test]
fn a_change_after_which_the_account_cannot_be_read_is_poison() {
    refused(|pen| pen.put(ROOT, "stage", 999).unwrap(), Rejection::Poison);
    refused(|pen| pen.put(ROOT, "name", ()).unwrap(), Rejection::Poison);
    let base = Document::new(Class::Account, [9; 16]);
    let change = crafted(actor_two(), 0, |pen| pen.put(ROOT, "archived", true).unwrap());
    let (after, verdicts) = judge(&base, person(2), &[change]).unwrap();
    assert_eq!(verdicts, [Err(Rejection::MissingDependency)]);
    assert!(after.changes().is_empty());
}

#[test]
fn what_builds_on_a_refused_change_is_refused_for_that() {
    let base = account();
    let mut document = base.clone();
    write(&mut document, actor(1, 3), later(1), &[AccountEdit::Archive]);
    let forged = document.changes().pop().unwrap().bytes;
    write(&mut document, actor(2, 3), later(2), &[AccountEdit::Restore]);
    let dependent = document.changes().pop().unwrap().bytes;
    let (_, verdicts) = judge(&base, person(2), &[forged, dependent]).unwrap();
    assert_eq!(verdicts, [Err(Rejection::ActorMismatch), Err(Rejection::MissingDependency)]);
}

#[test]
fn bytes_that_are_cut_or_flipped_are_refused_and_stop_nothing_else() {
    let good = crafted(actor_two(), 0, |pen| pen.put(ROOT, "name", "Good").unwrap());
    for length in 0..good.len() {
        check(good[..length].to_vec(), Err(Rejection::Malformed));
    }
    for place in 0..good.len() {
        let mut flipped = good.clone();
        flipped[place] ^= 1 << (place % 8);
        check(flipped, Err(Rejection::Malformed));
    }
    check(good, Ok(()));
}

#[test]
fn a_batch_with_nothing_sound_in_it_is_judged_to_its_end() {
    let broken = Document::new(Class::Account, [9; 16]);
    for batch in [vec![], vec![vec![1, 2, 3]], vec![vec![]; 3]] {
        let (after, verdicts) = judge(&broken, person(2), &batch).unwrap();
        assert!(verdicts.iter().all(|verdict| *verdict == Err(Rejection::Malformed)));
        assert!(after.changes().is_empty());
    }
}

#[test]
fn a_compressed_change_is_not_written_the_canonical_way() {
    let long = "long ".repeat(90);
    let raw = crafted(actor_two(), 0, |pen| pen.put(ROOT, "name", long).unwrap());
    let mut change = automerge::Change::try_from(&raw[..]).unwrap();
    let compressed = change.bytes().into_owned();
    assert!(compressed.len() < raw.len());
    check(compressed, Err(Rejection::NotCanonical));
}
