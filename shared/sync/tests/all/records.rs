//! What a device keeps: where it stands, rows, and edits in every state, alone and in the lists
//! storage packs them in.

use crate::golden;
use minicbor::bytes::ByteVec;
use std::collections::BTreeMap;
use sync::{
    id::*,
    record::{PendingRecord, PendingState, Position, RowRecord},
    verdict::Reason,
};

const RELEASED: &str = include_str!("../released/records-1.txt");

fn position(to_offer: Option<BTreeMap<DocumentId, Class>>) -> Position {
    let (epoch, digest) = (Some(Epoch([3; 16])), Digest([2; 16]));
    Position { epoch, cursor: Sequence(300), digest, to_offer }
}

fn row(held: Option<u64>, begins: Option<u64>) -> RowRecord {
    RowRecord {
        document: DocumentId([4; 16]),
        class: Class(1),
        sequence: Sequence(299),
        version: 2,
        row: b"a row".to_vec().into(),
        held: held.map(Sequence),
        held_bytes: held.map(|_| 1_000),
        begins: begins.map(Sequence),
    }
}

fn pending(state: PendingState) -> PendingRecord {
    PendingRecord {
        key: PendingKey { tab: u64::MAX, number: 24 },
        document: DocumentId([4; 16]),
        class: Class(1),
        hash: ChangeHash([7; 32]),
        change: b"a change".to_vec().into(),
        edit: b"an edit".to_vec().into(),
        at: Time(1_764_000_000_000),
        row: b"a row".to_vec().into(),
        state,
    }
}

fn positions() -> [(&'static str, Position); 3] {
    let offered = BTreeMap::from([(DocumentId([4; 16]), Class(1))]);
    [
        ("position-nowhere", Position::nowhere()),
        ("position", position(None)),
        ("position-offering", position(Some(offered))),
    ]
}

fn pages() -> [(&'static str, Vec<RowRecord>); 2] {
    [
        ("page", vec![row(None, None), row(Some(299), None)]),
        ("page-begun-anew", vec![row(Some(299), Some(290))]),
    ]
}

fn edits() -> [(&'static str, PendingRecord); 4] {
    [
        ("edit-unsent", pending(PendingState::Unsent)),
        ("edit-received", pending(PendingState::Received(Sequence(400)))),
        ("edit-refused", pending(PendingState::Refused(Reason::RuleBroken))),
        ("edit-held", pending(PendingState::Held(Reason::NotPermitted))),
    ]
}

fn packs() -> [(&'static str, Vec<ByteVec>); 1] {
    [("changes", vec![b"a change".to_vec().into(), b"another".to_vec().into()])]
}

#[test]
fn what_a_device_keeps_is_written_as_it_was_released() {
    fn made<T: minicbor::Encode<()>>(
        values: impl IntoIterator<Item = (&'static str, T)>,
    ) -> Vec<(&'static str, Vec<u8>)> {
        let values = values.into_iter();
        values.map(|(name, value)| (name, minicbor::to_vec(value).unwrap())).collect()
    }
    let made = [made(positions()), made(pages()), made(edits()), made(packs())];
    golden::check(RELEASED, &made.concat());
}

#[test]
fn what_a_device_keeps_is_read_as_it_was_meant() {
    let mut released = golden::lines(RELEASED).into_iter();
    let mut next = || released.next().unwrap().1;
    positions().into_iter().for_each(|(_, meant)| {
        assert_eq!(golden::decoded::<Position>(&next()), meant);
    });
    pages().into_iter().for_each(|(_, meant)| {
        assert_eq!(golden::decoded::<Vec<RowRecord>>(&next()), meant);
    });
    edits().into_iter().for_each(|(_, meant)| {
        assert_eq!(golden::decoded::<PendingRecord>(&next()), meant);
    });
    packs().into_iter().for_each(|(_, meant)| {
        assert_eq!(golden::decoded::<Vec<ByteVec>>(&next()), meant);
    });
    assert_eq!(released.next(), None);
}
