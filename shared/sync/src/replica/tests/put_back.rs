//! A relay put back from a backup, and a tab that takes over.

use super::bench::{Bench, DOCUMENT, EPOCH, PERSON, authored};
use crate::{
    frame::{Down, Up},
    id::*,
    input::Input,
    output::{Output, Write},
    record::{Position, RowRecord},
    verdict::{Reason, Verdict},
};

const OTHER: PersonId = PersonId([8; 16]);

/// Returns a replica that holds the document up to 5, and meets a relay that has 3 of that.
fn put_back() -> Bench {
    let mut bench = Bench::welcomed(0);
    bench.rows(0, 5, false, &[5]);
    bench.store();
    bench.changes(0, 5, &[vec![1], vec![2]]);
    bench.store();
    bench.hand_in(Input::Closed);
    bench.hand_in(Input::Connected);
    bench.down(&Down::Welcome {
        epoch: Epoch([9; 16]),
        head: Sequence(3),
        clock: Time(0),
        digest: crate::digest::EMPTY,
        person: PERSON,
        documents: 1,
        shared: Some(Sequence(3)),
    });
    bench
}

fn offers(bench: &mut Bench) -> usize {
    let before = bench.outputs.len();
    bench.outputs.retain(|output| !matches!(output, Output::Offer { .. }));
    before - bench.outputs.len()
}

fn authors(bench: &Bench) -> Vec<Option<PersonId>> {
    let pushes = bench.sent.iter().filter_map(|up| match up {
        Up::Push { author, .. } => Some(*author),
        _ => None,
    });
    pushes.collect()
}

#[test]
fn r2_what_came_after_the_backup_is_offered_under_who_made_it() {
    let mut bench = put_back();
    assert_eq!(offers(&mut bench), 1);
    let to_offer = bench.replica.position().to_offer.clone();
    assert!(to_offer.is_some_and(|listed| listed.contains_key(&DOCUMENT)));
    let changes = [(OTHER, authored(1).change), (PERSON, authored(2).change)];
    bench.hand_in(Input::Offered { document: DOCUMENT, changes: Some(changes.to_vec()) });
    assert_eq!(authors(&bench), [Some(OTHER)]);
    bench.verdicts(1, vec![Verdict::Received(Sequence(4))]);
    assert_eq!(authors(&bench), [Some(OTHER), Some(PERSON)]);
    bench.verdicts(2, vec![Verdict::Received(Sequence(5))]);
    assert!(bench.replica.position().to_offer.is_some(), "its row has not come yet");
    bench.rows(0, 5, false, &[5]);
    assert_eq!(bench.replica.position().to_offer, None);
}

#[test]
fn r2_what_the_relay_put_off_is_offered_again_later() {
    let mut bench = put_back();
    let changes = Some(vec![(OTHER, authored(1).change)]);
    bench.hand_in(Input::Offered { document: DOCUMENT, changes });
    bench.verdicts(1, vec![Verdict::NotYet(Reason::NotStored)]);
    offers(&mut bench);
    bench.pass_ms(1_000);
    assert_eq!(offers(&mut bench), 1);
}

#[test]
fn r5_edits_wait_for_what_they_build_on() {
    let mut bench = put_back();
    bench.hand_in(Input::Edited(authored(2)));
    bench.stores();
    while bench.replica.edits().any(|(_, state)| state == crate::output::EditState::Saving) {
        bench.store();
    }
    assert!(bench.pushes().is_empty());
    let changes = Some(vec![(PERSON, authored(1).change)]);
    bench.hand_in(Input::Offered { document: DOCUMENT, changes });
    assert_eq!(bench.pushes(), [(1, 1)]);
    bench.verdicts(1, vec![Verdict::Received(Sequence(4))]);
    assert_eq!(bench.pushes(), [(2, 1)]);
}

fn row(sequence: u64) -> RowRecord {
    RowRecord {
        document: DOCUMENT,
        class: Class(1),
        sequence: Sequence(sequence),
        version: 1,
        row: vec![sequence as u8; 8].into(),
        held: None,
        begins: None,
        held_bytes: None,
    }
}

fn written(bench: &mut Bench) -> Vec<Sequence> {
    let writes = bench.stores().into_iter().flatten();
    let rows = writes.filter_map(|write| match write {
        Write::Row(row) => Some(row.sequence),
        _ => None,
    });
    rows.collect()
}

fn promote(bench: &mut Bench, rows: Vec<RowRecord>) {
    let position = Position { epoch: Some(EPOCH), cursor: Sequence(6), ..Position::nowhere() };
    let (pending, gone) = (Vec::new(), Vec::new());
    let (lead, position) = (Some(Lead(1)), Some(position));
    bench.hand_in(Input::Promoted { lead, position, rows, pending, gone });
}

#[test]
fn s5_a_tab_that_takes_over_writes_again_what_storage_lacks() {
    for (stored, wanted) in [(None, vec![5]), (Some(4), vec![5]), (Some(6), vec![])] {
        let mut follower = Bench::with_pending(Vec::new());
        let (rows, pending, gone) = (vec![row(5)], Vec::new(), Vec::new());
        follower.hand_in(Input::Reread { epoch: Some(EPOCH), rows, pending, gone });
        promote(&mut follower, stored.map(row).into_iter().collect());
        let wanted: Vec<_> = wanted.into_iter().map(Sequence).collect();
        assert_eq!(written(&mut follower), wanted);
        assert_eq!(follower.replica.position().cursor, Sequence(6));
    }
}

#[test]
fn r6_a_tab_that_follows_takes_the_rows_of_the_other_log() {
    let mut follower = Bench::with_pending(Vec::new());
    for (epoch, sequence) in [(1, 9), (2, 3)] {
        let epoch = Some(Epoch([epoch; 16]));
        let (rows, pending, gone) = (vec![row(sequence)], Vec::new(), Vec::new());
        follower.hand_in(Input::Reread { epoch, rows, pending, gone });
    }
    assert_eq!(follower.row(), [3; 8]);
}
