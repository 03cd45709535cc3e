//! A document begun anew: its place in the log, and who is sent what.

use super::*;
use crate::{
    frame::Want,
    relay::{input::Succession, output::StoredRow},
};

const DOCUMENT: DocumentId = DocumentId([1; 16]);
/// Whose changes a new beginning mostly is.
const NOBODY: PersonId = PersonId([0; 16]);

/// Returns changes that build on nothing, as a new beginning.
fn beginning() -> Vec<(PersonId, Vec<u8>)> {
    author(0, 2).into_iter().map(|change| (NOBODY, change)).collect()
}

/// Returns a relay whose one document has two changes, with who wrote them at connection 1.
fn lived() -> Bench {
    let mut bench = Bench::greeted(1);
    bench.push(1, &author(1, 2));
    bench.commit();
    bench
}

fn begin(bench: &mut Bench) {
    let row = bench.rows[&DOCUMENT].clone();
    bench.hear(RelayInput::Begun(Succession { row, changes: beginning() }));
}

/// Greets as a device of this release does.
fn greet(bench: &mut Bench, connection: u64) {
    bench.open(connection);
    let hello = Up::Hello {
        device: DeviceId([connection as u8; 16]),
        epoch: None,
        cursor: Sequence(0),
        digest: digest::EMPTY,
        clock: Time(0),
        unsent: 0,
        schema: 1,
        lineages: Some(true),
    };
    bench.frame(connection, &hello);
    bench.sent.clear();
}

/// Pulls the document, and returns what comes: after where, to where, how many, from which beginning.
fn pull(
    bench: &mut Bench,
    connection: u64,
    after: u64,
    begins: Option<u64>,
) -> (u64, usize, Option<u64>) {
    let (after, begins) = (Sequence(after), begins.map(Sequence));
    let want = Want { document: DOCUMENT, after, form: None, begins };
    bench.frame(connection, &Up::Pull { wants: vec![want] });
    let page = bench.sent.drain(..).find_map(|(to, down)| match down {
        Down::Changes { to: end, changes, begins, .. } if to == connection => {
            Some((end.0, changes.len(), begins.map(|begins| begins.0)))
        }
        _ => None,
    });
    page.expect("a page")
}

#[test]
fn h1_a_new_beginning_takes_its_places_in_the_log_and_is_told_like_anything() {
    let mut bench = lived();
    let before = bench.rows[&DOCUMENT].clone();
    begin(&mut bench);
    assert!(bench.sent.is_empty(), "nothing before it is durable");
    bench.commit_raw();
    let row = StoredRow { sequence: Sequence(4), begins: Sequence(3), ..before };
    assert_eq!(bench.rows[&DOCUMENT], row);
    let told = bench.sent.iter().find_map(|(_, down)| match down {
        Down::Rows { items, .. } => items.first().map(|item| (item.sequence, item.begins)),
        _ => None,
    });
    assert_eq!(told, Some((Sequence(4), Some(Sequence(3)))));
    let sum = digest::EMPTY.with(row.document, row.sequence, &row.row);
    assert_eq!(bench.relay.log.durable().digest, sum);
    assert_eq!(bench.entries.len(), 4, "what was before is kept");
    let later = author(2, 1);
    bench.push(1, &later);
    bench.commit();
}

#[test]
fn h1_what_did_not_become_durable_has_begun_nothing() {
    let mut bench = lived();
    begin(&mut bench);
    bench.fail();
    let changes = author(1, 3);
    bench.push(1, &changes[2..]);
    assert_eq!(bench.commit(), vec![(1, vec![received(3)])]);
    assert_eq!(bench.rows[&DOCUMENT].begins, Sequence(0));
}

#[test]
fn h1_a_document_that_goes_on_meanwhile_is_begun_anew_another_time() {
    let mut bench = lived();
    bench.push(1, &author(1, 3)[2..]);
    begin(&mut bench);
    bench.commit();
    assert_eq!((bench.entries.len(), bench.rows[&DOCUMENT].begins), (3, Sequence(0)));
}

#[test]
fn h6_a_relay_that_was_put_back_begins_nothing_anew() {
    let mut bench = Bench::put_back();
    bench.greet(1);
    bench.push(1, &author(1, 2));
    bench.commit();
    begin(&mut bench);
    assert!(bench.open.is_empty());
}

#[test]
fn h3_who_keeps_the_past_is_sent_the_new_beginning_and_who_keeps_that_what_follows() {
    let mut bench = lived();
    begin(&mut bench);
    bench.commit();
    greet(&mut bench, 2);
    assert_eq!(pull(&mut bench, 2, 2, Some(0)), (4, 2, Some(3)));
    assert_eq!(pull(&mut bench, 2, 0, Some(0)), (4, 2, Some(3)));
    assert_eq!(pull(&mut bench, 2, 3, Some(3)), (4, 1, Some(3)));
    assert_eq!(pull(&mut bench, 2, 4, Some(3)), (4, 0, Some(3)));
}

#[test]
fn h4_an_older_release_keeps_what_it_has_and_waits_for_its_update() {
    let mut bench = lived();
    begin(&mut bench);
    bench.commit();
    bench.push(1, &author(1, 3)[2..]);
    assert_eq!(bench.commit(), vec![(1, vec![Verdict::NotYet(Reason::NewerSchema)])]);
    assert_eq!(pull(&mut bench, 1, 2, None), (4, 0, Some(3)), "and asks no further");
    // One that keeps nothing begins where the document does.
    assert_eq!(pull(&mut bench, 1, 0, None), (4, 2, Some(3)));
}

#[test]
fn h5_an_edit_on_the_past_is_to_be_made_again_and_one_that_was_received_stays() {
    let mut bench = lived();
    begin(&mut bench);
    bench.commit();
    greet(&mut bench, 1);
    let late = author(1, 4);
    bench.push(1, &late[1..]);
    let refused = Verdict::Refused(Reason::DependencyRefused);
    let items = bench.sent.drain(..).find_map(|(_, down)| match down {
        Down::Verdicts { items, .. } => Some(items),
        _ => None,
    });
    let told: Vec<_> = items.unwrap().into_iter().map(|item| (item.verdict, item.after)).collect();
    let begins = Some(Sequence(3));
    assert_eq!(told, [(received(2), None), (refused.clone(), begins), (refused, begins)]);
}
