//! Lies around changes: frames that are cut, nested, counted wrong, out of turn or out of date.

use crate::world::dice::Dice;
use sync::{
    digest,
    frame::{self, Form, PROTOCOL_VERSION, PushItem, Up, Want},
    id::*,
};

/// Returns a frame nobody honest sends. It may end the connection it comes on.
pub fn hostile(dice: &mut Dice, item: PushItem) -> Vec<u8> {
    let honest =
        frame::encode(&Up::Push { batch: dice.roll(), items: vec![item.clone()], author: None });
    match dice.below(14) {
        0 => Vec::new(),
        1 => (0..dice.below(300)).map(|_| dice.roll() as u8).collect(),
        2 => versioned((0..dice.below(300)).map(|_| dice.roll() as u8)),
        3 => honest[..dice.below(honest.len() as u64) as usize].to_vec(),
        4 => {
            let mut bytes = honest;
            for _ in 0..=dice.below(4) {
                let place = dice.below(bytes.len() as u64) as usize;
                bytes[place] ^= 1 << dice.below(8);
            }
            bytes
        }
        // A list said to be longer than memory; a text said to be longer than the frame.
        5 => versioned([
            0x82, 0x01, 0x82, 0x00, 0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        ]),
        6 => versioned([0x82, 0x01, 0x82, 0x00, 0x81, 0xa1, 0x02, 0x5b, 0x7f, 0, 0, 0, 0, 0, 0, 0]),
        // Lists in lists, lists without an end, tags on tags.
        7 => versioned(std::iter::repeat_n(0x81, 200_000)),
        8 => versioned(
            [0x82, 0x01, 0x82, 0x00].into_iter().chain(std::iter::repeat_n(0x9f, 200_000)),
        ),
        9 => versioned(std::iter::repeat_n(0xc1, 200_000)),
        10 => {
            let (document, after) = (item.document, Sequence(dice.below(3)));
            let form = [None, Some(Form::Changes), Some(Form::Snapshot)][dice.below(3) as usize];
            let wants = vec![
                Want { document, after, form, begins: None };
                [1, 64, 4096, 4097][dice.below(4) as usize]
            ];
            frame::encode(&Up::Pull { wants })
        }
        11 => frame::encode(&Up::More { cursor: Sequence(dice.roll()) }),
        12 => frame::encode(&hello(DeviceId(dice.id()), u16::MAX)),
        _ => {
            let items = vec![item; [0, 2, 256, 257][dice.below(4) as usize]];
            frame::encode(&Up::Push { batch: 0, items, author: None })
        }
    }
}

/// Returns the first frame of a device that has nothing yet.
pub fn hello(device: DeviceId, schema: u16) -> Up {
    let (cursor, digest, clock) = (Sequence(0), digest::EMPTY, Time(0));
    Up::Hello { device, epoch: None, cursor, digest, clock, unsent: 0, schema, lineages: None }
}

fn versioned(bytes: impl IntoIterator<Item = u8>) -> Vec<u8> {
    std::iter::once(PROTOCOL_VERSION).chain(bytes).collect()
}
