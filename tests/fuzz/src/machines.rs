//! Frames before the machines of `sync`, which take whatever arrives.

use std::collections::{BTreeMap, VecDeque};
use sync::{
    frame,
    id::*,
    input::Input,
    output::Output,
    relay::{
        Relay, Start,
        input::{Connection, Loaded, Principal, RelayInput},
        output::{Query, RelayOutput},
    },
    replica::{self, Replica},
};

const NOW: Time = Time(1_767_571_200_000);
const PERSON: PersonId = PersonId([7; 16]);
const EPOCH: Epoch = Epoch([9; 16]);
/// The most outputs one attempt may ask for: what asks for more asks for ever.
const OUTPUTS_MAX: usize = 100_000;

/// Hands frames to a relay whose gate lets everything in and whose storage has nothing.
///
/// # Panics
///
/// When the relay goes on asking for ever.
pub fn relay(frames: &[&[u8]]) {
    let classes = BTreeMap::from([(Class(2), Vec::new())]);
    let mut relay = Relay::new(Start::empty(EPOCH, 1, classes));
    let connection = Connection(1);
    let principal = Principal { person: PERSON, device: None };
    let mut inputs = VecDeque::from([RelayInput::Opened { connection, principal }]);
    for frame in frames {
        let bytes = versioned(frame);
        inputs.push_back(RelayInput::Frame { connection, bytes });
    }
    let mut asked = 0;
    while let Some(input) = inputs.pop_front() {
        for output in relay.handle(NOW, input) {
            asked += 1;
            assert!(asked < OUTPUTS_MAX, "the relay asks for ever");
            inputs.extend(answer(output));
        }
    }
}

fn answer(output: RelayOutput) -> Option<RelayInput> {
    Some(match output {
        RelayOutput::Load { load, query } => {
            let loaded = match query {
                Query::Causality { .. } => {
                    let (known, actors) = (Vec::new(), Vec::new());
                    Loaded::Causality { document: None, known, actors, tail: 0 }
                }
                Query::Rows { .. } => Loaded::Rows { rows: Vec::new(), end: true },
                Query::Changes { .. } => {
                    let (changes, begins) = (Vec::new(), Sequence(0));
                    Loaded::Changes { class: None, changes, end: true, begins }
                }
            };
            RelayInput::Loaded { load, loaded }
        }
        RelayOutput::Judge { judgement, changes, .. } => {
            let verdicts = vec![Ok(()); changes.len()];
            RelayInput::Judged { judgement, verdicts, row: vec![1], version: 1 }
        }
        RelayOutput::Commit(commit) => RelayInput::Committed(commit.commit),
        RelayOutput::Send { connection, bytes } => {
            RelayInput::Drained { connection, bytes: bytes.len() }
        }
        RelayOutput::Snapshot { .. }
        | RelayOutput::Forget(_)
        | RelayOutput::Close { .. }
        | RelayOutput::WakeAt(_) => return None,
    })
}

/// Hands frames to a replica on a device whose storage takes everything.
///
/// # Panics
///
/// When the replica goes on asking for ever.
pub fn replica(frames: &[&[u8]]) {
    let mut replica = Replica::new(replica::Start {
        device: DeviceId([1; 16]),
        person: PERSON,
        tab: 1,
        seed: 1,
        schema: 1,
        pin_bytes: 1 << 20,
        lead: None,
        position: None,
        rows: Vec::new(),
        pending: Vec::new(),
    });
    let mut asked = 0;
    for (number, frame) in (0..).zip(frames) {
        let mut inputs = VecDeque::from([Input::Frame(versioned(frame))]);
        if number == 0 {
            inputs.push_front(Input::Connected);
        }
        while let Some(input) = inputs.pop_front() {
            for output in replica.handle(Time(NOW.0 + number), input) {
                asked += 1;
                assert!(asked < OUTPUTS_MAX, "the replica asks for ever");
                match output {
                    Output::Store { ticket, .. } => inputs.push_back(Input::Stored(ticket)),
                    Output::Rebuild { rebuild, document, .. } => {
                        let authored = Vec::new();
                        inputs.push_back(Input::Rebuilt { rebuild, document, authored });
                    }
                    Output::Offer { document, .. } => {
                        let changes = Some(Vec::new());
                        inputs.push_back(Input::Offered { document, changes });
                    }
                    _ => (),
                }
            }
        }
    }
}

/// Puts the version before a frame, so that a fuzzer need not find it.
fn versioned(frame: &[u8]) -> Vec<u8> {
    [&[frame::PROTOCOL_VERSION], frame].concat()
}
