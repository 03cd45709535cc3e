//! Small changes that mean to be large: legal by Automerge's rules, a few hundred bytes on the
//! wire, millions of operations or gigabytes once unpacked.

use super::chunk::{CHANGE, Chunk, body, prefixed, sealed, signed, unsigned};
use documents::{class::Class, genesis};
use flate2::{Compression, write::DeflateEncoder};
use std::io::Write;

/// Columns of a change, by specification.
pub mod column {
    pub const OBJECT_ACTOR: u64 = 1;
    pub const OBJECT_COUNTER: u64 = 2;
    pub const KEY_ACTOR: u64 = 17;
    pub const KEY_COUNTER: u64 = 19;
    pub const KEY_TEXT: u64 = 21;
    pub const INSERT: u64 = 52;
    pub const ACTION: u64 = 66;
    pub const VALUE_LENGTH: u64 = 86;
    pub const VALUE: u64 = 87;
    pub const PREDECESSORS: u64 = 112;
    pub const PREDECESSOR_ACTOR: u64 = 113;
    pub const PREDECESSOR_COUNTER: u64 = 115;
    pub const EXPAND: u64 = 148;
    pub const MARK_NAME: u64 = 165;
}
use column::*;

const PUT: u64 = 1;
const DELETE: u64 = 3;

/// Makes a bomb of so many operations in the name of an actor.
pub type Bomb = fn(&[u8; 32], u64) -> Vec<u8>;

/// Every kind of bomb.
pub const KINDS: [Bomb; 9] = [
    inserts,
    puts_of_one_key,
    long_key,
    long_value,
    many_predecessors,
    deletes,
    marks,
    compressed_column,
    compressed_chunk,
];

/// Characters typed one after another, packed into a few runs.
pub fn inserts(actor: &[u8; 32], count: u64) -> Vec<u8> {
    let mut chunk = empty(Class::Note, actor);
    on_genesis(&mut chunk, count, 1);
    let start = chunk.start;
    let count = count.max(3);
    *chunk.column(KEY_ACTOR) = [null_run(1), run(count - 1, 0)].concat();
    let mut counters = literal(&[0, start as i64]);
    signed(&mut counters, count as i64 - 2);
    signed(&mut counters, 1);
    *chunk.column(KEY_COUNTER) = counters;
    let mut inserted = Vec::new();
    unsigned(&mut inserted, 0);
    unsigned(&mut inserted, count);
    *chunk.column(INSERT) = inserted;
    *chunk.column(ACTION) = run(count, PUT);
    *chunk.column(VALUE_LENGTH) = run(count, 0);
    *chunk.column(PREDECESSORS) = run(count, 0);
    chunk.bytes()
}

/// One field set against itself over and over.
pub fn puts_of_one_key(actor: &[u8; 32], count: u64) -> Vec<u8> {
    puts(actor, count, b"stage", 0).bytes()
}

/// The same, under a key that is long once for every operation.
pub fn long_key(actor: &[u8; 32], count: u64) -> Vec<u8> {
    puts(actor, count.min(20_000), &[b'k'; 100_000], 0).bytes()
}

/// Values said to be long, with nothing behind them.
pub fn long_value(actor: &[u8; 32], count: u64) -> Vec<u8> {
    let long = (100_000 << 4) | 6;
    let mut chunk = puts(actor, count.min(20_000), b"name", long);
    *chunk.column(VALUE) = vec![b'v'; 1000];
    chunk.bytes()
}

/// Each operation replaces thousands of others.
pub fn many_predecessors(actor: &[u8; 32], count: u64) -> Vec<u8> {
    let mut chunk = puts(actor, count.min(20_000), b"name", 0);
    let count = count.min(20_000);
    *chunk.column(PREDECESSORS) = run(count, 70_000);
    *chunk.column(PREDECESSOR_ACTOR) = run(count * 70_000, 0);
    *chunk.column(PREDECESSOR_COUNTER) = run(count * 70_000, 1);
    chunk.bytes()
}

/// The same character deleted over and over.
pub fn deletes(actor: &[u8; 32], count: u64) -> Vec<u8> {
    let mut chunk = empty(Class::Note, actor);
    on_genesis(&mut chunk, count, 1);
    *chunk.column(KEY_ACTOR) = run(count, 1);
    *chunk.column(KEY_COUNTER) = [literal(&[1]), signed_run(count - 1, 0)].concat();
    let mut kept = Vec::new();
    unsigned(&mut kept, count);
    *chunk.column(INSERT) = kept;
    *chunk.column(ACTION) = run(count, DELETE);
    *chunk.column(VALUE_LENGTH) = run(count, 0);
    *chunk.column(PREDECESSORS) = run(count, 1);
    *chunk.column(PREDECESSOR_ACTOR) = run(count, 1);
    *chunk.column(PREDECESSOR_COUNTER) = [literal(&[1]), signed_run(count - 1, 0)].concat();
    chunk.bytes()
}

/// Marks of formatting with a long name.
pub fn marks(actor: &[u8; 32], count: u64) -> Vec<u8> {
    let mut chunk = puts(actor, count, b"name", 0);
    let mut names = Vec::new();
    signed(&mut names, count as i64);
    prefixed(&mut names, &[b'm'; 50_000]);
    *chunk.column(MARK_NAME) = names;
    *chunk.column(EXPAND) = [0xff, 0xff, 0x7f].to_vec();
    chunk.bytes()
}

/// A column that inflates to more than a machine has.
pub fn compressed_column(actor: &[u8; 32], count: u64) -> Vec<u8> {
    let mut chunk = puts(actor, 3, b"name", 0);
    let place = chunk.columns.iter().position(|(found, _)| *found == ACTION).unwrap_or(0);
    chunk.columns[place] = (ACTION | 8, deflated(count as usize * 16));
    chunk.bytes()
}

/// A whole change that inflates to more than a machine has.
pub fn compressed_chunk(_: &[u8; 32], count: u64) -> Vec<u8> {
    sealed(2, &deflated(count as usize * 16))
}

fn deflated(zeroes: usize) -> Vec<u8> {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory cannot fail; what is written is what matters.
    let _ = packed.write_all(&vec![0; zeroes.min(4 << 20)]);
    packed.finish().unwrap_or_default()
}

/// A change that puts a value at one key of the account, `count` times.
pub fn puts(actor: &[u8; 32], count: u64, key: &[u8], value_length: u64) -> Chunk {
    let mut chunk = empty(Class::Account, actor);
    chunk.others.clear();
    let mut keys = Vec::new();
    signed(&mut keys, count as i64);
    prefixed(&mut keys, key);
    *chunk.column(KEY_TEXT) = keys;
    let mut kept = Vec::new();
    unsigned(&mut kept, count);
    *chunk.column(INSERT) = kept;
    *chunk.column(ACTION) = run(count, PUT);
    *chunk.column(VALUE_LENGTH) = run(count, value_length);
    *chunk.column(PREDECESSORS) = run(count, 0);
    chunk
}

/// A change that builds on genesis and does nothing yet.
pub fn empty(class: Class, actor: &[u8; 32]) -> Chunk {
    let operations = class.collections().len() as u64;
    Chunk {
        kind: CHANGE,
        dependencies: vec![class.genesis_hash().to_vec()],
        actor: actor.to_vec(),
        sequence: 1,
        start: operations + 1,
        time: 1,
        message: Vec::new(),
        others: vec![genesis::ACTOR.to_vec()],
        columns: Vec::new(),
        rest: Vec::new(),
    }
}

/// Has every operation write in the collection genesis made at `counter`.
fn on_genesis(chunk: &mut Chunk, count: u64, counter: u64) {
    *chunk.column(OBJECT_ACTOR) = run(count, 1);
    *chunk.column(OBJECT_COUNTER) = run(count, counter);
}

/// One value, so many times.
pub fn run(count: u64, value: u64) -> Vec<u8> {
    let mut out = Vec::new();
    signed(&mut out, count as i64);
    unsigned(&mut out, value);
    out
}

fn signed_run(count: u64, value: i64) -> Vec<u8> {
    let mut out = Vec::new();
    signed(&mut out, count as i64);
    signed(&mut out, value);
    out
}

fn null_run(count: u64) -> Vec<u8> {
    let mut out = vec![0];
    unsigned(&mut out, count);
    out
}

fn literal(values: &[i64]) -> Vec<u8> {
    let mut out = Vec::new();
    signed(&mut out, -(values.len() as i64));
    values.iter().for_each(|value| signed(&mut out, *value));
    out
}

/// Returns a change cut out of its chunk and sealed as another kind of chunk.
pub fn disguised(change: &[u8], kind: u8) -> Vec<u8> {
    sealed(kind, body(change).unwrap_or_default())
}
