//! A document the relay has begun anew, on a device that kept its past.

use super::*;
use crate::{
    frame::Up,
    output::{Output, Write},
};
use bench::fresh;

/// Returns a device that keeps a document up to its second entry.
fn keeper() -> Bench {
    let mut bench = Bench::welcomed(0);
    bench.rows(0, 2, false, &[2]);
    bench.changes(0, 2, &[authored(1).change, authored(2).change]);
    (0..3).for_each(|_| bench.store());
    bench.pulled();
    bench.stores();
    bench.outputs.clear();
    bench
}

/// The relay begins the document anew with its third entry, and tells of it.
fn begin(bench: &mut Bench) {
    bench.begins = Some(Sequence(3));
    bench.rows(2, 3, false, &[3]);
}

fn refused_for_the_past(bench: &mut Bench, batch: u64) {
    let verdict = Verdict::Refused(Reason::DependencyRefused);
    let item = VerdictItem { hash: ChangeHash([0; 32]), verdict, after: Some(Sequence(3)) };
    bench.down(&Down::Verdicts { batch, items: vec![item] });
}

#[test]
fn h3_the_new_beginning_takes_the_place_of_the_past_in_one_transaction() {
    let mut bench = keeper();
    begin(&mut bench);
    let wants = bench.sent.drain(..).find_map(|up| match up {
        Up::Pull { wants } => wants.first().map(|want| (want.after, want.begins)),
        _ => None,
    });
    assert_eq!(wants, Some((Sequence(2), Some(Sequence(0)))));
    bench.store();
    bench.stores();
    bench.outputs.clear();
    bench.changes(2, 3, &[fresh(9).change]);
    let writes = bench.stores().concat();
    let place = |write: &Write| writes.iter().position(|one| one == write);
    let changes = Write::Changes { document: DOCUMENT, changes: vec![fresh(9).change] };
    assert!(place(&Write::Evict(DOCUMENT)).unwrap() < place(&changes).unwrap());
    let record = writes.iter().find_map(|write| match write {
        Write::Row(row) => Some((row.held, row.begins)),
        _ => None,
    });
    assert_eq!(record, Some((Some(Sequence(3)), Some(Sequence(3)))));
    assert!(bench.rebuilds().is_empty(), "not before it is stored");
    bench.store();
    assert_eq!(bench.rebuilds(), [vec![]], "open copies are loaded again");
    assert!(!bench.shows(|shown| matches!(shown, Shown::Changes { .. })));
    assert!(bench.replica.is_here(DOCUMENT));
}

#[test]
fn h3_another_tab_loads_its_open_copy_again() {
    let mut follower = Bench::with_pending(Vec::new());
    let record = |sequence, begins| crate::record::RowRecord {
        document: DOCUMENT,
        class: Class(1),
        sequence: Sequence(sequence),
        version: 1,
        row: vec![1].into(),
        held: Some(Sequence(sequence)),
        held_bytes: Some(9),
        begins,
    };
    for (row, rebuilds) in [(record(2, None), 0), (record(3, Some(Sequence(3))), 1)] {
        let (rows, pending, gone) = (vec![row], Vec::new(), Vec::new());
        follower.hand_in(Input::Reread { epoch: None, rows, pending, gone });
        assert_eq!(follower.rebuilds().len(), rebuilds);
    }
}

#[test]
fn h5_an_edit_on_the_past_is_made_again_once_the_new_beginning_is_here() {
    let mut bench = keeper();
    bench.hand_in(Input::Edited(authored(3)));
    bench.store();
    assert_eq!(bench.pushes(), [(1, 1)]);
    refused_for_the_past(&mut bench, 1);
    assert_eq!(bench.pulled(), [(DOCUMENT, Sequence(2))]);
    assert!(bench.rebuilds().is_empty(), "there is nothing to make it on yet");
    begin(&mut bench);
    bench.changes(2, 3, &[fresh(9).change]);
    (0..2).for_each(|_| bench.store());
    assert_eq!(bench.rebuilds(), [vec![]]);
    bench.rebuilt(Vec::new());
    let made = bench.rebuilds();
    let [edits] = &made[..] else { panic!("one rebuild, not {made:?}") };
    assert_eq!(edits[0].1, [3]);
    let again = Authored { edit: vec![3], ..fresh(8) };
    let key = edits[0].0;
    bench.rebuilt(vec![(key, again)]);
    (0..3).for_each(|_| bench.store());
    assert_eq!(bench.pushes(), [(2, 1)]);
    assert_eq!(bench.states().last(), Some(&EditState::OnThisTablet));
}

#[test]
fn h5_what_was_received_of_the_past_is_not_kept_beside_the_new_beginning() {
    let mut bench = keeper();
    bench.hand_in(Input::Edited(authored(3)));
    bench.store();
    begin(&mut bench);
    bench.changes(2, 3, &[fresh(9).change]);
    (0..3).for_each(|_| bench.store());
    bench.stores();
    bench.rebuilds();
    bench.verdicts(1, vec![Verdict::Received(Sequence(2))]);
    let kept = |write: &Write| matches!(write, Write::Changes { .. });
    assert!(!bench.stores().concat().iter().any(kept));
    bench.store();
    assert_eq!(bench.replica.edits().count(), 0, "the row has it");
    assert_eq!(bench.rebuilds(), [vec![]], "an open copy had it too");
}

#[test]
fn h6_what_a_relay_put_back_may_lack_is_offered_before_it_gives_way() {
    let mut bench = keeper();
    begin(&mut bench);
    bench.changes(2, 3, &[fresh(9).change]);
    (0..3).for_each(|_| bench.store());
    bench.hand_in(Input::Closed);
    bench.hand_in(Input::Connected);
    let (epoch, head, clock) = (Epoch([8; 16]), Sequence(2), Time(0));
    let (digest, person, shared) = (crate::digest::EMPTY, bench::PERSON, Some(Sequence(2)));
    bench.stores();
    bench.down(&Down::Welcome { epoch, head, clock, digest, person, documents: 1, shared });
    let offers = |output: &Output| matches!(output, Output::Offer { .. });
    assert!(bench.outputs.iter().any(offers));
    // The relay has begun it otherwise, in a life before: what is here is not let go of yet.
    bench.begins = Some(Sequence(1));
    bench.rows(0, 2, false, &[2]);
    bench.changes(0, 2, &[fresh(7).change]);
    assert!(!bench.stores().concat().contains(&Write::Evict(DOCUMENT)));
    let changes = Some(vec![(PersonId([0; 16]), fresh(9).change)]);
    bench.hand_in(Input::Offered { document: DOCUMENT, changes });
    let [(batch, 1)] = bench.pushes()[..] else { panic!("it is offered") };
    bench.verdicts(batch, vec![Verdict::Received(Sequence(3))]);
    (0..6).for_each(|_| bench.store());
    bench.changes(0, 3, &[fresh(7).change, fresh(9).change]);
    (0..3).for_each(|_| bench.store());
    assert!(bench.stores().concat().contains(&Write::Evict(DOCUMENT)));
}
