//! Frames of protocol version 1: one of every kind, with every verdict, reason and farewell.

use crate::golden;
use sync::{
    frame::{self, ByeReason, Down, Form, PushItem, RowItem, Up, VerdictItem, Want},
    id::*,
    verdict::{Reason, Verdict},
};

const RELEASED: &str = include_str!("../released/frames-1.txt");

fn document(number: u8) -> DocumentId {
    DocumentId([number; 16])
}

fn ups() -> Vec<(&'static str, Up)> {
    let hello = |epoch, lineages| Up::Hello {
        device: DeviceId([1; 16]),
        epoch,
        cursor: Sequence(300),
        digest: Digest([2; 16]),
        clock: Time(1_764_000_000_000),
        unsent: 3,
        schema: 2,
        lineages,
    };
    let item = PushItem {
        document: document(4),
        class: Class(1),
        change: b"a change".to_vec().into(),
        edit: b"an edit".to_vec().into(),
        device_time: Time(-1),
    };
    let push = |author| Up::Push { batch: 70_000, items: vec![item.clone()], author };
    let pull = |after, form, begins| {
        let after = Sequence(after);
        Up::Pull { wants: vec![Want { document: document(5), after, form, begins }] }
    };
    vec![
        ("hello-first", hello(None, None)),
        ("hello", hello(Some(Epoch([3; 16])), None)),
        ("hello-lineages", hello(Some(Epoch([3; 16])), Some(true))),
        ("push", push(None)),
        ("push-for-another", push(Some(PersonId([6; 16])))),
        ("pull", pull(24, None, None)),
        ("pull-changes", pull(24, Some(Form::Changes), None)),
        ("pull-snapshot", pull(0, Some(Form::Snapshot), None)),
        ("pull-begun-anew", pull(24, Some(Form::Changes), Some(Sequence(12)))),
        ("more", Up::More { cursor: Sequence(256) }),
        ("ping", Up::Ping),
    ]
}

const REASONS: [Reason; 12] = [
    Reason::Malformed,
    Reason::TooLarge,
    Reason::MissingDependency,
    Reason::DependencyRefused,
    Reason::ActorMismatch,
    Reason::NotPermitted,
    Reason::Poison,
    Reason::RuleBroken,
    Reason::NewerSchema,
    Reason::Rate,
    Reason::NotStored,
    Reason::Unreadable,
];

fn downs() -> Vec<(&'static str, Down)> {
    let welcome = |shared| Down::Welcome {
        epoch: Epoch([3; 16]),
        head: Sequence(400),
        clock: Time(1_764_000_000_000),
        digest: Digest([2; 16]),
        person: PersonId([6; 16]),
        documents: 12,
        shared,
    };
    let row = |begins| RowItem {
        document: document(4),
        class: Class(1),
        sequence: Sequence(399),
        version: 2,
        row: b"a row".to_vec().into(),
        begins,
    };
    let rows = |more, digest, begins| {
        let (from, to, items) = (Sequence(300), Sequence(400), vec![row(begins)]);
        Down::Rows { from, to, more, items, digest }
    };
    let changes = |begins| Down::Changes {
        document: document(4),
        class: Class(1),
        after: Sequence(0),
        to: Sequence(399),
        changes: vec![b"a change".to_vec().into()],
        last: true,
        begins,
    };
    let item = |verdict, after| VerdictItem { hash: ChangeHash([7; 32]), verdict, after };
    let mut items = vec![item(Verdict::Received(Sequence(400)), Some(Sequence(399)))];
    items.extend(REASONS.map(|reason| item(Verdict::Refused(reason), None)));
    items.push(item(Verdict::Held(Reason::NotPermitted), None));
    items.push(item(Verdict::NotYet(Reason::Rate), None));
    let bye = |reason| Down::Bye { reason };
    vec![
        ("welcome", welcome(None)),
        ("welcome-after-a-backup", welcome(Some(Sequence(350)))),
        ("rows", rows(true, None, None)),
        ("rows-to-the-head", rows(false, Some(Digest([2; 16])), None)),
        ("rows-begun-anew", rows(true, None, Some(Sequence(390)))),
        ("changes", changes(None)),
        ("changes-begun-anew", changes(Some(Sequence(390)))),
        ("verdicts", Down::Verdicts { batch: 70_000, items }),
        ("pong", Down::Pong),
        ("bye-malformed", bye(ByeReason::Malformed)),
        ("bye-unknown-version", bye(ByeReason::UnknownVersion)),
        ("bye-too-large", bye(ByeReason::TooLarge)),
        ("bye-out-of-turn", bye(ByeReason::OutOfTurn)),
        ("bye-too-slow", bye(ByeReason::TooSlow)),
        ("bye-signed-out", bye(ByeReason::SignedOut)),
        ("bye-shutting-down", bye(ByeReason::ShuttingDown)),
    ]
}

#[test]
fn frames_of_version_1_are_written_as_they_were_released() {
    let ups = ups().into_iter().map(|(name, up)| (name, frame::encode(&up)));
    let downs = downs().into_iter().map(|(name, down)| (name, frame::encode(&down)));
    golden::check(RELEASED, &ups.chain(downs).collect::<Vec<_>>());
}

#[test]
fn frames_of_version_1_are_read_as_they_were_meant() {
    let released = golden::lines(RELEASED);
    let (ups, downs) = (ups(), downs());
    assert_eq!(released.len(), ups.len() + downs.len());
    let (sent, received) = released.split_at(ups.len());
    for ((name, bytes), (_, meant)) in sent.iter().zip(ups) {
        assert_eq!(frame::decode(bytes), Ok(meant), "{name}");
    }
    for ((name, bytes), (_, meant)) in received.iter().zip(downs) {
        assert_eq!(frame::decode(bytes), Ok(meant), "{name}");
    }
}
