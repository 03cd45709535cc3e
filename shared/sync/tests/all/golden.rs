//! Holding what is encoded today against the bytes that were released, one a line: a name, and the
//! bytes in hexadecimal digits.
//!
//! A released line never changes and never goes. What a later release writes differently gets a
//! line of its own, and the old one is then only read.

use minicbor::{Decode, Encode};
use std::fmt::Debug;

/// Reads the released lines.
pub fn lines(text: &str) -> Vec<(&str, Vec<u8>)> {
    let lines = text.lines().filter_map(|line| line.split_once(' '));
    lines.map(|(name, digits)| (name, bytes(digits))).collect()
}

/// Checks that all values are encoded as they were released, under their names and in that order.
pub fn check(released: &str, made: &[(&str, Vec<u8>)]) {
    let made: Vec<_> =
        made.iter().map(|(name, bytes)| format!("{name} {}\n", hex(bytes))).collect();
    let made = made.concat();
    assert!(made == released, "what is encoded now is not what was released:\n{made}");
}

/// Reads a value from all of the bytes.
pub fn decoded<T: for<'b> Decode<'b, ()> + Encode<()> + Debug>(bytes: &[u8]) -> T {
    let mut decoder = minicbor::Decoder::new(bytes);
    let value = decoder.decode().unwrap();
    assert_eq!(decoder.position(), bytes.len(), "{value:?}");
    value
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(digits: &str) -> Vec<u8> {
    let pairs = (0..digits.len()).step_by(2).map(|at| &digits[at..at + 2]);
    pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}
