//! What the relay refuses before Automerge has seen a byte of it.

use automerge::Change;
use std::path::PathBuf;
use sync::{
    change::{self, OPERATIONS_MAX, Unfit},
    frame::{self, Down, PushItem, Up},
    id::*,
    relay::input::Connection,
    verdict::{Reason, Verdict},
};
use tests::attack::{block, block::Memory, bombs, chunk::Chunk, node::Node};

const ACTOR: [u8; 32] = [3; 32];
const MILLION: u64 = 1_000_000;

/// Pushes changes to a real relay, as somebody signed in.
fn push(name: &str, changes: Vec<Vec<u8>>) -> (Vec<Verdict>, u64) {
    let folder = std::env::temp_dir().join(format!("tessera-gate-{}-{name}", std::process::id()));
    let mut node = Node::new(&folder).expect("a workspace");
    node.open(Connection(3), 3);
    let item = |change: Vec<u8>| PushItem {
        document: DocumentId([9; 16]),
        class: Class(2),
        change: change.into(),
        edit: vec![0].into(),
        device_time: Time(0),
    };
    let items = changes.into_iter().map(item).collect();
    let sent =
        node.frame(Connection(3), frame::encode(&Up::Push { batch: 1, items, author: None }));
    let verdicts = sent.into_iter().find_map(|(_, down)| match down {
        Down::Verdicts { items, .. } => Some(items.into_iter().map(|one| one.verdict).collect()),
        _ => None,
    });
    (verdicts.expect("an answer"), node.judged)
}

/// Holds that a change is refused by the scan alone: the judge is never asked.
fn refused_unseen(name: &str, change: Vec<u8>, expected: Unfit) {
    assert_eq!(change::scan(&change), Err(expected), "{name}");
    let reason = match expected {
        Unfit::TooLarge => Reason::TooLarge,
        Unfit::Malformed => Reason::Malformed,
    };
    assert_eq!(push(name, vec![change]), (vec![Verdict::Refused(reason)], 0), "{name}");
}

#[test]
fn p3_a_hundred_bytes_that_are_a_million_legal_operations_are_refused_unseen() {
    let bomb = bombs::inserts(&ACTOR, MILLION);
    assert!(bomb.len() < 200, "{} bytes", bomb.len());
    let unpacked = Change::from_bytes(bomb.clone()).expect("Automerge calls it legal");
    assert_eq!(unpacked.len() as u64, MILLION);
    refused_unseen("inserts", bomb, Unfit::TooLarge);
    refused_unseen("three million", bombs::inserts(&ACTOR, 3 * MILLION), Unfit::TooLarge);
    refused_unseen("deletes", bombs::deletes(&ACTOR, MILLION), Unfit::TooLarge);
    refused_unseen("one key", bombs::puts_of_one_key(&ACTOR, MILLION), Unfit::TooLarge);
}

#[test]
fn p3_runs_that_unroll_to_gigabytes_are_refused_unseen() {
    refused_unseen("key", bombs::long_key(&ACTOR, OPERATIONS_MAX), Unfit::TooLarge);
    refused_unseen("value", bombs::long_value(&ACTOR, OPERATIONS_MAX), Unfit::TooLarge);
    refused_unseen("few values", bombs::long_value(&ACTOR, 2), Unfit::Malformed);
    refused_unseen("replaced", bombs::many_predecessors(&ACTOR, OPERATIONS_MAX), Unfit::TooLarge);
    refused_unseen("marks", bombs::marks(&ACTOR, OPERATIONS_MAX), Unfit::TooLarge);
}

#[test]
fn p2_whatever_would_inflate_is_refused_unseen() {
    refused_unseen("chunk", bombs::compressed_chunk(&ACTOR, MILLION), Unfit::Malformed);
    refused_unseen("column", bombs::compressed_column(&ACTOR, MILLION), Unfit::Malformed);
    let change = bombs::inserts(&ACTOR, 10);
    assert!(change::scan(&change).is_ok());
    for kind in [0, 2, 3, 4, 255] {
        refused_unseen("kind", bombs::disguised(&change, kind), Unfit::Malformed);
    }
}

#[test]
fn p3_dependencies_actors_and_messages_have_bounds() {
    let base = Chunk::parse(&bombs::inserts(&ACTOR, 10)).expect("a change");
    assert_eq!(base.bytes(), bombs::inserts(&ACTOR, 10));
    let altered = |alter: fn(&mut Chunk)| {
        let mut chunk = base.clone();
        alter(&mut chunk);
        chunk.bytes()
    };
    let dependencies = altered(|chunk| chunk.dependencies = vec![vec![1; 32]; 65]);
    refused_unseen("dependencies", dependencies, Unfit::TooLarge);
    refused_unseen("others", altered(|chunk| chunk.others = vec![vec![1]; 65]), Unfit::TooLarge);
    refused_unseen("actor", altered(|chunk| chunk.actor = vec![1; 65]), Unfit::TooLarge);
    refused_unseen("message", altered(|chunk| chunk.message = vec![b'm'; 257]), Unfit::TooLarge);
    refused_unseen("sequence", altered(|chunk| chunk.sequence = 0), Unfit::Malformed);
    refused_unseen("start", altered(|chunk| chunk.start = u64::MAX), Unfit::Malformed);
    refused_unseen("time", altered(|chunk| chunk.time = i64::MIN), Unfit::Malformed);
    refused_unseen("rest", altered(|chunk| chunk.rest = vec![0]), Unfit::Malformed);
}

#[test]
fn g8_many_changes_of_one_push_do_no_more_than_one_change_may() {
    let change = |number: u8| bombs::inserts(&[number; 32], OPERATIONS_MAX);
    let (verdicts, judged) = push("many", (0..200).map(change).collect());
    let (later, first): (Vec<_>, Vec<_>) =
        verdicts.iter().partition(|one| **one == Verdict::NotYet(Reason::Rate));
    assert_eq!((later.len(), first.len(), judged), (199, 1, 1));
}

struct Unmeasured;

impl Memory for Unmeasured {
    fn begin(&self) {}
    fn peak_mib(&self) -> f64 {
        0.0
    }
    fn panics(&self) -> u64 {
        0
    }
}

#[test]
fn a_thousand_hostile_frames_break_nothing_and_stop_no_honest_work() {
    let folder: PathBuf =
        std::env::temp_dir().join(format!("tessera-attack-{}", std::process::id()));
    let report = block::play(7, 0, 1_000, &folder, &Unmeasured);
    assert!(report.is_sound(64.0), "{}\n{}", report.to_json(), report.troubles.join("\n"));
    assert!(report.honest > 50 && report.judged > 200, "{}", report.to_json());
}
