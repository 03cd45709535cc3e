//! A device of the first release before this relay, and this device before a relay of the first
//! release: frozen shapes on one side, today's machines on the other.

use crate::golden;
use minicbor::{Decode, Encode, bytes::ByteVec};
use sync::{
    frame::{self, Up},
    id::*,
    input::Input,
    output::{EditState, Line, Output, Shown, Write},
    record::{PendingRecord, PendingState, Position, RowRecord},
    replica::{Replica, Start},
    verdict::Verdict,
};

const DEVICE: &str = include_str!("../released/device-1.txt");
const RELAY: &str = include_str!("../released/relay-1.txt");
const NOW: Time = Time(1_764_000_100_000);

/// What a device of the first release could say, as its relay reads it.
mod first {
    use super::*;

    #[derive(Debug, PartialEq, Encode, Decode)]
    pub enum Up {
        #[n(0)]
        Hello {
            #[n(0)]
            device: DeviceId,
            #[n(1)]
            epoch: Option<Epoch>,
            #[n(2)]
            cursor: Sequence,
            #[n(3)]
            digest: Digest,
            #[n(4)]
            clock: Time,
            #[n(5)]
            unsent: u32,
            #[n(6)]
            schema: u16,
        },
        #[n(1)]
        Push {
            #[n(0)]
            batch: u64,
            #[n(1)]
            items: Vec<Item>,
        },
        #[n(2)]
        Pull {
            #[n(0)]
            wants: Vec<Want>,
        },
        #[n(3)]
        More {
            #[n(0)]
            cursor: Sequence,
        },
        #[n(4)]
        Ping,
    }

    #[derive(Debug, PartialEq, Encode, Decode)]
    #[cbor(map)]
    pub struct Item {
        #[n(0)]
        pub document: DocumentId,
        #[n(1)]
        pub class: Class,
        #[n(2)]
        pub change: ByteVec,
        #[n(3)]
        pub edit: ByteVec,
        #[n(4)]
        pub device_time: Time,
    }

    #[derive(Debug, PartialEq, Encode, Decode)]
    pub struct Want {
        #[n(0)]
        pub document: DocumentId,
        #[n(1)]
        pub after: Sequence,
    }

    /// Reads a frame as the first release does.
    pub fn read(bytes: &[u8]) -> Up {
        assert_eq!(bytes[0], 1);
        golden::decoded(&bytes[1..])
    }
}

fn line<'r>(released: &'r str, name: &str) -> Vec<u8> {
    let lines: Vec<(&'r str, _)> = golden::lines(released);
    lines.into_iter().find(|(known, _)| *known == name).unwrap().1
}

/// Starts on what a device of the first release left: where it stood, one row, two edits unsent.
fn started() -> Replica {
    let edits = ["edit-1", "edit-2"].map(|name| golden::decoded(&line(DEVICE, name)));
    Replica::new(Start {
        device: DeviceId([1; 16]),
        person: PersonId([6; 16]),
        tab: 77,
        seed: 5,
        schema: 2,
        pin_bytes: u64::MAX,
        lead: None,
        position: Some(golden::decoded::<Position>(&line(DEVICE, "position"))),
        rows: golden::decoded::<Vec<RowRecord>>(&line(DEVICE, "page")),
        pending: edits.into(),
    })
}

fn unsent(replica: &Replica) -> Vec<PendingRecord> {
    let unsent = replica.edits().filter(|(record, _)| record.state == PendingState::Unsent);
    unsent.map(|(record, _)| record.clone()).collect()
}

/// Says everything asked for is stored, until nothing more is; returns the frames that left.
fn settle(replica: &mut Replica, mut outputs: Vec<Output>) -> (Vec<Vec<u8>>, Vec<Shown>) {
    let (mut sent, mut shown) = (Vec::new(), Vec::new());
    while !outputs.is_empty() {
        for output in std::mem::take(&mut outputs) {
            match output {
                Output::Send(bytes) => sent.push(bytes),
                Output::Show(one) => shown.push(one),
                Output::Store { ticket, writes, .. } => {
                    assert!(!writes.contains(&Write::ForgetRows), "nothing is forgotten");
                    outputs.extend(replica.handle(NOW, Input::Stored(ticket)));
                }
                _ => {}
            }
        }
    }
    (sent, shown)
}

fn hear(replica: &mut Replica, name: &str) -> (Vec<Vec<u8>>, Vec<Shown>) {
    let outputs = replica.handle(NOW, Input::Frame(line(RELAY, name)));
    settle(replica, outputs)
}

/// Connects to the relay of the first release and hears its welcome; returns what was said.
fn welcomed(replica: &mut Replica) -> Vec<Vec<u8>> {
    let begun = replica.handle(NOW, Input::Tick);
    settle(replica, begun);
    let outputs = replica.handle(NOW, Input::Connected);
    let (mut said, _) = settle(replica, outputs);
    said.extend(hear(replica, "welcome").0);
    said
}

#[test]
fn c10_edits_a_first_release_left_unsent_leave_for_a_relay_of_that_release() {
    let mut replica = started();
    let edits = unsent(&replica);
    assert_eq!(edits.len(), 2);
    let said: Vec<_> = welcomed(&mut replica).iter().map(|bytes| first::read(bytes)).collect();
    assert!(matches!(said[0], first::Up::Hello { unsent: 2, .. }), "{said:?}");
    let pushed = said.iter().find_map(|up| match up {
        first::Up::Push { items, .. } => Some(items.iter().map(|one| one.change.clone()).collect()),
        _ => None,
    });
    let changes: Vec<_> = edits.iter().map(|edit| edit.change.clone()).collect();
    assert_eq!(pushed, Some(changes));
    let (_, shown) = hear(&mut replica, "verdicts");
    let received = |one: &&Shown| matches!(one, Shown::Edit { state: EditState::Received, .. });
    assert_eq!(shown.iter().filter(received).count(), 2);
    hear(&mut replica, "rows");
    assert_eq!((replica.edits().count(), replica.position().cursor), (0, Sequence(12)));
}

#[test]
fn c10_what_a_relay_of_the_first_release_sends_of_a_document_is_kept() {
    let mut replica = started();
    // Asked for with a word the first release does not know, and passes over.
    let said = welcomed(&mut replica);
    let wanted = said.iter().map(|bytes| first::read(bytes)).find_map(|up| match up {
        first::Up::Pull { wants } => Some(wants),
        _ => None,
    });
    let (document, after) = (DocumentId([4; 16]), Sequence(0));
    assert_eq!(wanted, Some(vec![first::Want { document, after }]));
    hear(&mut replica, "verdicts");
    hear(&mut replica, "rows");
    let (_, shown) = hear(&mut replica, "changes");
    assert!(shown.contains(&Shown::Here(document)), "{shown:?}");
    assert!(replica.is_here(document));
}

#[test]
fn c10_a_relay_of_another_version_is_told_of_and_costs_no_edit() {
    let newer = |mut bytes: Vec<u8>| {
        bytes[0] = 2;
        bytes
    };
    for frame in [line(RELAY, "bye-unknown-version"), newer(line(RELAY, "welcome"))] {
        let mut replica = started();
        let begun = replica.handle(NOW, Input::Tick);
        settle(&mut replica, begun);
        let connected = replica.handle(NOW, Input::Connected);
        settle(&mut replica, connected);
        let outputs = replica.handle(NOW, Input::Frame(frame));
        assert!(outputs.iter().any(|output| matches!(output, Output::Close(_))));
        let (_, shown) = settle(&mut replica, outputs);
        assert!(shown.contains(&Shown::Line(Line::OtherVersion)), "{shown:?}");
        assert_eq!(unsent(&replica).len(), 2);
        // It is tried again, and whoever answers in a version known here gets everything.
        let later = Time(NOW.0 + 600_000);
        let outputs = replica.handle(later, Input::Tick);
        assert!(outputs.contains(&Output::Connect), "{outputs:?}");
        let said = welcomed(&mut replica);
        let pushes =
            said.iter().filter(|bytes| matches!(first::read(bytes), first::Up::Push { .. }));
        assert_eq!(pushes.count(), 1);
    }
}

/// The recorded verdicts are about the recorded edits: a recording that is not of one piece shows
/// nothing.
#[test]
fn the_recordings_fit_each_other() {
    let Ok(frame::Down::Verdicts { items, .. }) = frame::decode(&line(RELAY, "verdicts")) else {
        panic!("not verdicts")
    };
    let edits = unsent(&started());
    for (item, edit) in items.iter().zip(&edits) {
        assert_eq!(item.hash, edit.hash);
        assert!(matches!(item.verdict, Verdict::Received(_)));
    }
    let pushed = frame::decode::<Up>(&line(DEVICE, "push")).unwrap();
    let Up::Push { items, .. } = pushed else { panic!("not a push") };
    assert!(items.iter().zip(&edits).all(|(item, edit)| item.change == edit.change));
}
