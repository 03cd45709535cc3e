//! A document with a long history is begun anew, and nobody who reads it can tell.

use crate::{pairs::meet, samples::*, settings};
use documents::{
    actor::{Actor, RELAY},
    class::Class,
    document::Document,
    gate,
    succession::{self, Beginning, NotBegun},
};
use domain::{
    conflict::GuardedField,
    edit::{AccountEdit as E, ConfigurationEdit, Edit, NoteEdit},
    id::ContactId,
    note::Splice,
    setting::{Setting, Subject},
    time::HybridTime,
};

/// Begins a document anew and sees that it reads the same, from its changes alone too, and that the
/// gate takes each of them.
fn begun(stands: &Document) -> Beginning {
    let begun = succession::begin(stands, [7; 16], later(1_000)).unwrap();
    assert!(stands.reads_as(&begun.document).unwrap());
    assert_eq!(begun.document.row(), stands.row());
    assert_eq!(begun.document.heads().len(), 1);
    let mut shadow = Document::new(stands.class(), stands.id());
    for (person, change) in &begun.changes {
        let judged = gate::judge(&shadow, *person, std::slice::from_ref(&change.bytes));
        let (document, verdicts) = judged.unwrap();
        assert_eq!(verdicts, [Ok(())]);
        shadow = document;
    }
    assert_eq!(shadow.heads(), begun.document.heads());
    begun
}

#[test]
fn h2_a_new_beginning_reads_the_same_conflicts_and_all() {
    let busy = busy();
    assert!(busy.account().unwrap().conflicts.len() > 5);
    begun(&busy);
    for left in edits(2) {
        for right in edits(3) {
            let (met, _) = meet(&left, &right);
            succession::begin(&met, [7; 16], later(100)).unwrap();
        }
    }
}

#[test]
fn h2_an_open_conflict_goes_over_with_every_value_and_is_settled_by_choosing() {
    for choice in [0, 1] {
        let set = |number| E::SetDealAmount(DEAL, Some(euros(number)));
        let (met, _) = meet(&set(1), &set(2));
        let mut document = begun(&met).document;
        let conflict = document.account().unwrap().conflicts.remove(0);
        assert_eq!(conflict.field, GuardedField::DealAmount(DEAL));
        assert_eq!((conflict.shown.by, conflict.others[0].by), (person(2), person(1)));
        assert_eq!(conflict.others[0].at.timestamp(), later(1));
        let candidate = [&conflict.shown, &conflict.others[0]][choice].clone();
        let edit = conflict.choose(&candidate).unwrap();
        write(&mut document, actor(1, 9), later(200), &[edit]);
        let account = document.account().unwrap();
        assert!(account.conflicts.is_empty());
        let amount = [euros(2), euros(1)][choice];
        assert_eq!(account.deals[&DEAL].amount, Some(amount));
    }
}

#[test]
fn h2_a_thing_added_twice_at_once_is_one_thing_after_it() {
    let add = |name| E::AddContact(ContactId([77; 16]), contact(name));
    let (met, _) = meet(&add("Grace"), &add("Gracia"));
    let mut document = begun(&met).document;
    let contact = E::SetConsent(ContactId([77; 16]), Some(true));
    write(&mut document, actor(1, 9), later(200), &[contact]);
    assert_eq!(document.account().unwrap().contacts[&ContactId([77; 16])].consent, Some(true));
}

#[test]
fn h2_it_is_made_of_few_changes_and_later_ones_are_later() {
    let mut long = account();
    for minute in 0..500 {
        write(&mut long, actor(1, 2), later(minute), &[E::Rename(format!("Name {minute}"))]);
    }
    let begun = begun(&long);
    assert!(begun.changes.len() <= 2 && begun.document.operations() < 100);
    assert!(begun.changes.iter().all(|(person, _)| *person == RELAY));
    let mut document = begun.document;
    write(&mut document, actor(1, 9), later(10), &[E::Rename("Later".to_owned())]);
    assert!(document.latest() > long.latest());
    assert_eq!(document.account().unwrap().name, "Later");
    // What a wrong clock stamped in the future does not push everybody else's stamps there.
    let far = later(60 * 24 * 4_000);
    write(&mut long, actor(2, 3), far, &[E::Rename("Future".to_owned())]);
    let begun = succession::begin(&long, [7; 16], later(600)).unwrap();
    assert!(begun.document.latest() < HybridTime::at(far));
}

#[test]
fn h2_settings_and_their_conflicts_go_over() {
    let (mut here, mut there) = (settings::configuration(), settings::configuration());
    let currency = |code| Setting::ReportingCurrency(domain::money::Currency(code));
    for (document, number, code) in [(&mut here, 1, *b"EUR"), (&mut there, 2, *b"USD")] {
        let edit = ConfigurationEdit::Set(Subject::Workspace, currency(code));
        let edit = Edit::Configuration(edit);
        document.author(actor(number, 20 + number), later(number.into()), &[edit]).unwrap();
    }
    here.take_in(bytes(&there)).unwrap();
    assert_eq!(here.configuration().unwrap().conflicts.len(), 1);
    begun(&here);
}

#[test]
fn h2_a_note_of_a_book_goes_over_in_changes_a_gate_takes() {
    let mut note = Document::new(Class::Note, ACCOUNT.note().0);
    let page = "Привет 世界 👋🏽. ".repeat(600);
    for number in 0..4 {
        let (at, insert) = (number * 10, page.clone());
        let edit = Edit::Note(NoteEdit::Splice(Splice { at, delete: 3, insert, cursor: None }));
        note.author(actor(1, 1), later(number.into()), &[edit]).unwrap();
    }
    let begun = begun(&note);
    assert!(begun.changes.len() > 4);
    assert!(begun.changes.iter().all(|(_, change)| change.bytes.len() < 256 << 10));
}

#[test]
fn h2_who_writes_on_it_is_told_from_who_wrote_before() {
    let begun = begun(&busy());
    let actors: Vec<_> = begun
        .changes
        .iter()
        .map(|(_, change)| automerge::Change::try_from(&change.bytes[..]).unwrap())
        .map(|change| Actor::from_bytes(change.actor_id().to_bytes()).unwrap())
        .collect();
    let old = [actor(1, 1), actor(1, 2), actor(2, 3)];
    assert!(actors.iter().all(|actor| !old.contains(actor)));
    assert!(begun.changes.iter().zip(&actors).all(|((person, _), actor)| *person == actor.person));
}

#[test]
fn h2_what_has_another_shape_than_documents_have_keeps_its_history() {
    let mut document = account();
    document.take_in([crate::unknown::list_in_a_contact()]).unwrap();
    let failure = succession::begin(&document, [7; 16], later(100)).err();
    assert_eq!(failure, Some(NotBegun::Shape("letters".to_owned())));
}
