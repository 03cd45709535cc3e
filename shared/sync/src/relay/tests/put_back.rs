//! A relay put back from a backup.

use super::bench::{Bench, author};
use crate::{
    frame::Down,
    id::*,
    verdict::{Reason, Verdict},
};

#[test]
fn r1_a_device_of_an_earlier_life_hears_how_far_both_logs_are_one() {
    let mut bench = Bench::put_back();
    for (connection, life, wanted) in [(1, 1, Some(0)), (2, 2, Some(0)), (3, 9, None)] {
        bench.open(connection);
        bench.hello(connection, Some(Epoch([life; 16])), 9, 1);
        let Some((_, Down::Welcome { shared, .. })) = bench.sent.pop() else { panic!("a welcome") };
        assert_eq!(shared, wanted.map(Sequence));
    }
}

#[test]
fn r3_the_work_of_another_is_taken_under_their_name_by_a_relay_put_back() {
    let mut bench = Bench::put_back();
    bench.greet(2);
    bench.offer(2, 1, &author(1, 2));
    let received = [1, 2].map(|place| Verdict::Received(Sequence(place))).to_vec();
    assert_eq!(bench.commit(), vec![(2, received)]);
    assert!(bench.entries.iter().all(|entry| entry.person == PersonId([1; 16])));
}

#[test]
fn r3_any_other_relay_puts_the_work_of_another_off() {
    let mut bench = Bench::greeted(2);
    bench.offer(2, 1, &author(1, 1));
    assert_eq!(bench.verdicts(), vec![(2, vec![Verdict::NotYet(Reason::NotStored)])]);
    assert!(bench.entries.is_empty());
}

#[test]
fn r4_who_made_it_goes_on_under_the_same_actor_and_nobody_else_does() {
    let mut bench = Bench::put_back();
    for connection in [1, 2] {
        bench.greet(connection);
    }
    let changes = author(1, 3);
    bench.offer(2, 1, &changes[..1]);
    bench.commit();
    bench.push(2, &changes[1..2]);
    let mismatch = Verdict::Refused(Reason::ActorMismatch);
    assert_eq!(bench.verdicts(), vec![(2, vec![mismatch])]);
    bench.push(1, &changes[1..2]);
    assert_eq!(bench.commit(), vec![(1, vec![Verdict::Received(Sequence(2))])]);
    assert_eq!(bench.entries[1].device, DeviceId([1; 16]));
}
