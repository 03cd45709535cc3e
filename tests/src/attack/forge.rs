//! Lies inside a change that was honest: one part of it altered, the rest and the checksum right.

use super::{
    bombs,
    chunk::{self, Chunk},
};
use crate::world::dice::Dice;
use documents::genesis;

/// The specifications columns have, and some they do not.
const SPECIFICATIONS: [u64; 18] =
    [0, 1, 2, 17, 19, 21, 52, 66, 74, 86, 87, 95, 112, 113, 115, 148, 165, 9999];

/// Returns the change with one to three lies in it.
pub fn lie(dice: &mut Dice, change: &[u8]) -> Vec<u8> {
    if dice.chance(3_500) {
        return scrambled(dice, change);
    }
    let Some(mut chunk) = Chunk::parse(change) else { return change.to_vec() };
    for _ in 0..=dice.below(3) {
        match dice.below(10) {
            0 => dependencies(dice, &mut chunk),
            1 => actors(dice, &mut chunk),
            2 => numbers(dice, &mut chunk),
            3 => rarely_used(dice, &mut chunk),
            4 => shape(dice, &mut chunk),
            _ => column(dice, &mut chunk),
        }
    }
    if dice.chance(200) {
        return bombs::disguised(&chunk.bytes(), [0, 2, 3, 4, 255][dice.below(5) as usize]);
    }
    chunk.bytes()
}

/// Flips, changes, takes out, puts in or copies bytes, and puts length and checksum right.
pub fn scrambled(dice: &mut Dice, change: &[u8]) -> Vec<u8> {
    let Some(body) = chunk::body(change) else { return change.to_vec() };
    let mut body = body.to_vec();
    for _ in 0..=dice.below(4) {
        scramble(dice, &mut body);
    }
    chunk::sealed(chunk::CHANGE, &body)
}

fn scramble(dice: &mut Dice, bytes: &mut Vec<u8>) {
    if bytes.is_empty() {
        bytes.push(dice.roll() as u8);
        return;
    }
    let place = dice.below(bytes.len() as u64) as usize;
    match dice.below(5) {
        0 => bytes[place] ^= 1 << dice.below(8),
        1 => bytes[place] = dice.roll() as u8,
        2 => drop(bytes.remove(place)),
        3 => bytes.insert(place, dice.roll() as u8),
        _ => {
            let length = 1 + dice.below(8) as usize;
            let copy: Vec<_> = bytes[place..].iter().copied().take(length).collect();
            let to = dice.below(bytes.len() as u64) as usize;
            bytes.splice(to..to, copy);
        }
    }
}

fn dependencies(dice: &mut Dice, chunk: &mut Chunk) {
    let foreign = [dice.id(), dice.id()].concat();
    match dice.below(6) {
        0 => chunk.dependencies.clear(),
        1 => chunk.dependencies.push(foreign),
        2 => chunk.dependencies = vec![foreign],
        3 => chunk.dependencies.extend_from_within(..),
        4 => chunk.dependencies = vec![foreign; dice.below(100) as usize],
        _ => chunk.dependencies.reverse(),
    }
}

fn actors(dice: &mut Dice, chunk: &mut Chunk) {
    let own = chunk.actor.clone();
    match dice.below(8) {
        0 => chunk.actor = genesis::ACTOR.to_vec(),
        // A colleague's name with a life of one's own.
        1 => chunk.actor[..16.min(own.len())].fill(1),
        2 => chunk.actor.clear(),
        3 => chunk.actor = vec![7; [1, 16, 31, 33, 64, 65, 5000][dice.below(7) as usize]],
        4 => chunk.others.push(own),
        5 => chunk.others.reverse(),
        6 => chunk.others.clear(),
        _ => chunk.others.extend((0..dice.below(80)).map(|_| dice.id().to_vec())),
    }
}

fn numbers(dice: &mut Dice, chunk: &mut Chunk) {
    let strange =
        [0, 1, 2, 127, 128, 1 << 31, u64::from(u32::MAX), 1 << 40, i64::MAX as u64, u64::MAX];
    let number = strange[dice.below(10) as usize];
    match dice.below(6) {
        0 => chunk.sequence = number,
        1 => chunk.start = number,
        2 => chunk.time = [0, -1, i64::MIN, i64::MAX, 1 << 62][dice.below(5) as usize],
        3 => chunk.sequence = chunk.sequence.wrapping_add(dice.below(3)),
        4 => chunk.start = chunk.start.wrapping_add(dice.below(5)).wrapping_sub(2),
        _ => chunk.sequence = chunk.sequence.wrapping_sub(1),
    }
}

fn rarely_used(dice: &mut Dice, chunk: &mut Chunk) {
    match dice.below(3) {
        0 => chunk.message = vec![b'm'; [1, 256, 257, 100_000][dice.below(4) as usize]],
        1 => chunk.rest = vec![0; [1, 8, 100_000][dice.below(3) as usize]],
        _ => chunk.message = vec![0xff, 0xfe],
    }
}

fn shape(dice: &mut Dice, chunk: &mut Chunk) {
    let count = chunk.columns.len() as u64;
    if count == 0 {
        return;
    }
    let (one, other) = (dice.below(count) as usize, dice.below(count) as usize);
    let specification = SPECIFICATIONS[dice.below(18) as usize];
    match dice.below(6) {
        0 => drop(chunk.columns.remove(one)),
        1 => chunk.columns.swap(one, other),
        2 => chunk.columns[one].0 = specification,
        3 => chunk.columns.push((specification, vec![1; dice.below(20) as usize])),
        4 => chunk.columns[one].0 |= 8,
        _ => chunk.columns[one].1 = chunk.columns[other].1.clone(),
    }
}

fn column(dice: &mut Dice, chunk: &mut Chunk) {
    let count = chunk.columns.len() as u64;
    if count == 0 {
        return;
    }
    let place = dice.below(count) as usize;
    let column = &mut chunk.columns[place].1;
    match dice.below(8) {
        0 => column.clear(),
        1 => *column = bombs::run(1 + dice.below(40), dice.below(300)),
        2 => *column = bombs::run([19_999, 20_001, 3_000_000, 1 << 40][dice.below(4) as usize], 1),
        3 => column.extend(bombs::run(1 + dice.below(4), dice.below(4))),
        4 => column.extend_from_within(..),
        _ => scramble(dice, column),
    }
}
