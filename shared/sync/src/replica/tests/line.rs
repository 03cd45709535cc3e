//! The connection: another log, silence, clocks.

use super::bench::{Bench, DOCUMENT, EPOCH, PERSON, authored};
use crate::{
    digest,
    frame::{Down, Up},
    id::*,
    input::Input,
    output::{CloseReason, Output},
    replica::link,
    verdict::Verdict,
};

#[test]
fn c4_another_epoch_sends_everything_again_and_offers_what_was_promised() {
    let mut bench = Bench::welcomed(3);
    bench.rows(0, 3, false, &[3]);
    bench.store();
    bench.hand_in(Input::Edited(authored(1)));
    bench.store();
    assert_eq!(bench.pushes(), [(1, 1)]);
    bench.verdicts(1, vec![Verdict::Received(Sequence(4))]);
    bench.store();
    bench.hand_in(Input::Closed);
    bench.hand_in(Input::Connected);
    let (epoch, person) = (Epoch([8; 16]), PERSON);
    let (digest, clock) = (digest::EMPTY, Time(0));
    bench.down(&Down::Welcome {
        epoch,
        head: Sequence(1),
        clock,
        digest,
        person,
        documents: 0,
        shared: None,
    });
    assert_eq!(bench.replica.position().cursor, Sequence(0));
    bench.store();
    bench.store();
    bench.hand_in(Input::Offered { document: DOCUMENT, changes: Some(Vec::new()) });
    assert_eq!(bench.pushes(), [(2, 1)]);
}

#[test]
fn c5_a_silent_relay_is_gone() {
    let mut bench = Bench::welcomed(0);
    bench.pass_ms(link::PING_MS);
    assert!(bench.sent.contains(&Up::Ping));
    bench.pass_ms(link::PING_MS);
    assert!(bench.outputs.contains(&Output::Close(CloseReason::Silent)));
    bench.pass_ms(60_000);
    assert!(bench.outputs.contains(&Output::Connect));
}

#[test]
fn c7_a_clock_set_back_by_years_does_not_stop_the_heart() {
    let mut bench = Bench::welcomed(0);
    bench.pass_ms(-300_000_000_000);
    bench.sent.clear();
    bench.pass_ms(link::PING_MS);
    assert!(bench.sent.contains(&Up::Ping));
}

#[test]
fn c8_a_connection_in_the_name_of_somebody_else_is_ended_before_anything_is_said() {
    let mut bench = Bench::with_pending(Vec::new());
    bench.hand_in(Input::Edited(authored(1)));
    bench.store();
    bench.welcome_as(PersonId([9; 16]), 3);
    assert!(bench.outputs.contains(&Output::Close(CloseReason::OtherPerson)));
    bench.rows(0, 3, false, &[3]);
    assert!(bench.pushes().is_empty());
    assert_eq!(bench.replica.rows().count(), 1, "the row of the edit made here, and no other");
    assert_eq!(bench.replica.position().epoch, None);
    bench.welcome(0);
    assert_eq!(bench.pushes(), [(1, 1)]);
}

#[test]
fn c9_the_relays_clock_says_how_far_this_one_is_off() {
    let mut bench = Bench::with_pending(Vec::new());
    assert_eq!(bench.replica.clock_behind_ms(), None);
    bench.hand_in(Input::Connected);
    bench.now += 2_000;
    let (digest, clock) = (digest::EMPTY, Time(bench.now + 3_599_000));
    let (epoch, head, person) = (EPOCH, Sequence(0), PERSON);
    bench.down(&Down::Welcome { epoch, head, clock, digest, person, documents: 0, shared: None });
    assert_eq!(bench.replica.clock_behind_ms(), Some(3_600_000), "half the way counts as time");
    bench.pass_ms(-600_000);
    assert_eq!(bench.replica.clock_behind_ms(), Some(4_200_000), "set back, it is further behind");
}
