//! The connection: another log, silence, clocks.

use super::bench::{Bench, authored};
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
    let (epoch, person) = (Epoch([8; 16]), PersonId([1; 16]));
    let (digest, clock) = (digest::EMPTY, Time(0));
    bench.down(&Down::Welcome { epoch, head: Sequence(1), clock, digest, person, documents: 0 });
    assert_eq!(bench.replica.position().cursor, Sequence(0));
    bench.store();
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
