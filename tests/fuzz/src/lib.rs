//! What is tried with bytes a fuzzer has found: the gate with changes, the relay's machine and the
//! replica with frames. Nothing may panic, and what the gate lets in has to open again.
//!
//! The first byte says which, the rest is cut into pieces, each after its length in two bytes. A
//! change is given the header and checksum it needs, so that a fuzzer gets past them.

pub mod gate;
pub mod machines;
pub mod pieces;
pub mod seeds;

/// Tries some bytes.
pub fn attempt(bytes: &[u8]) {
    let Some((target, rest)) = bytes.split_first() else { return };
    let pieces = pieces::cut(rest);
    match target % 3 {
        0 => drop(gate::judge(&pieces)),
        1 => machines::relay(&pieces),
        _ => machines::replica(&pieces),
    }
}
