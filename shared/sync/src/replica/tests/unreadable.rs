//! What is kept of a document and does not open (rule K5).

use super::bench::{Bench, DOCUMENT, authored};
use crate::{
    frame::{Form, Up},
    id::*,
    input::Input,
    output::{Output, Shown, Write},
};

/// Returns a device that keeps what a snapshot brought, up to the fourth entry.
fn keeper() -> Bench {
    let mut bench = Bench::welcomed(0);
    bench.rows(0, 4, false, &[4]);
    bench.changes(0, 4, &[vec![1]]);
    (0..4).for_each(|_| bench.store());
    assert_eq!(wants(&mut bench), [(Sequence(0), Some(Form::Snapshot))]);
    bench.stores();
    bench
}

/// Takes what was asked for: from where, and in which form.
fn wants(bench: &mut Bench) -> Vec<(Sequence, Option<Form>)> {
    let sent = std::mem::take(&mut bench.sent).into_iter();
    let pulls = sent.filter_map(|up| match up {
        Up::Pull { wants } => Some(wants),
        _ => None,
    });
    pulls.flatten().map(|want| (want.after, want.form)).collect()
}

#[test]
fn k5_what_does_not_open_is_forgotten_and_fetched_by_its_changes() {
    let mut bench = keeper();
    bench.hand_in(Input::Unreadable(DOCUMENT));
    assert_eq!(wants(&mut bench), [(Sequence(0), Some(Form::Changes))]);
    let writes = bench.stores().concat();
    assert!(writes.contains(&Write::Evict(DOCUMENT)));
    let held = writes.iter().find_map(|write| match write {
        Write::Row(row) => Some(row.held),
        _ => None,
    });
    assert_eq!(held, Some(None), "after a crash it is not taken for kept");
    bench.store();
    bench.outputs.clear();
    bench.changes(0, 4, &[vec![1], vec![2]]);
    (0..2).for_each(|_| bench.store());
    assert!(bench.outputs.contains(&Output::Show(Shown::Here(DOCUMENT))));
}

#[test]
fn k5_it_is_fetched_anew_once_and_not_for_ever() {
    let mut bench = keeper();
    bench.hand_in(Input::Unreadable(DOCUMENT));
    assert_eq!(wants(&mut bench).len(), 1);
    bench.store();
    bench.changes(0, 4, &[vec![1]]);
    (0..2).for_each(|_| bench.store());
    bench.stores();
    bench.hand_in(Input::Unreadable(DOCUMENT));
    assert_eq!((wants(&mut bench), bench.stores()), (Vec::new(), Vec::new()));
}

#[test]
fn k5_with_no_line_nothing_is_forgotten_until_there_is_one() {
    let mut bench = keeper();
    bench.hand_in(Input::Closed);
    bench.hand_in(Input::Unreadable(DOCUMENT));
    assert_eq!(bench.stores().concat(), []);
    bench.welcome(4);
    assert!(wants(&mut bench).contains(&(Sequence(0), Some(Form::Changes))));
}

#[test]
fn k5_what_a_person_did_to_it_and_was_not_sent_stays() {
    let mut bench = keeper();
    bench.hand_in(Input::Edited(authored(1)));
    bench.stores();
    bench.hand_in(Input::Unreadable(DOCUMENT));
    let let_go = |write: &Write| matches!(write, Write::RemovePending(_));
    assert!(!bench.stores().concat().iter().any(let_go));
    assert_eq!(bench.replica.edits().count(), 1);
}
