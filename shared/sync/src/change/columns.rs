//! Counting what the run-length columns of a change stand for, without unrolling them.

use super::{OPERATIONS_MAX, Unfit, reader::Reader};

/// Kinds of column, as the low three bits of its specification say.
const GROUP: u32 = 0;
const BOOLEAN: u32 = 4;
const STRING: u32 = 5;
const VALUE: u32 = 7;
const DELTA: u32 = 3;
const COMPRESSED: u32 = 8;

/// The columns a change may have, by specification, in order.
const KNOWN: [u32; 14] = [1, 2, 17, 19, 21, 52, 66, 86, 87, 112, 113, 115, 148, 165];
const ACTION: u32 = 66;
/// Each operation replaces at most a few values; a change that says more is lying.
const PREDECESSORS_MAX: u64 = 4 * OPERATIONS_MAX;

/// Returns how many operations the columns hold. Nothing may follow them.
pub fn count(mut reader: Reader<'_>) -> Result<u64, Unfit> {
    let columns = reader.unsigned_up_to(KNOWN.len() as u64)?;
    let mut found = Vec::new();
    let mut before = None;
    for _ in 0..columns {
        let specification = reader.unsigned()?;
        let length = reader.unsigned()?;
        let known = KNOWN.into_iter().find(|known| u64::from(*known) == specification);
        let specification = known.ok_or(Unfit::Malformed)?;
        if before.is_some_and(|before| before >= specification) {
            return Err(Unfit::Malformed);
        }
        before = Some(specification);
        found.push((specification, usize::try_from(length).map_err(|_| Unfit::Malformed)?));
    }
    let mut operations = 0;
    for (specification, length) in found {
        debug_assert_eq!(specification & COMPRESSED, 0);
        let values = values(specification, Reader::new(reader.take(length)?))?;
        if specification == ACTION {
            operations = values;
        }
    }
    if reader.is_empty() { Ok(operations) } else { Err(Unfit::Malformed) }
}

/// Returns how many values a column holds, or that they are too many.
fn values(specification: u32, column: Reader<'_>) -> Result<u64, Unfit> {
    match specification & 7 {
        VALUE => Ok(0),
        BOOLEAN => booleans(column),
        STRING => runs(column, OPERATIONS_MAX, |reader| {
            let length = usize::try_from(reader.unsigned()?).map_err(|_| Unfit::Malformed)?;
            reader.take(length).map(|_| 0)
        }),
        DELTA => runs(column, PREDECESSORS_MAX, |reader| reader.signed().map(|_| 0)),
        GROUP => runs(column, OPERATIONS_MAX, |reader| reader.unsigned()),
        _ => runs(column, PREDECESSORS_MAX, |reader| reader.unsigned().map(|_| 0)),
    }
}

fn booleans(mut column: Reader<'_>) -> Result<u64, Unfit> {
    let mut total = 0;
    while !column.is_empty() {
        total = add(total, column.unsigned()?, OPERATIONS_MAX)?;
    }
    Ok(total)
}

/// Counts the values of a column of runs. `value` reads one and returns how many members it stands
/// for; those are limited too.
fn runs(
    mut column: Reader<'_>,
    limit: u64,
    value: impl for<'b> Fn(&mut Reader<'b>) -> Result<u64, Unfit>,
) -> Result<u64, Unfit> {
    let (mut total, mut members) = (0, 0);
    while !column.is_empty() {
        let run = column.signed()?;
        let length = run.unsigned_abs();
        match run {
            1.. => {
                total = add(total, length, limit)?;
                let each = value(&mut column)?;
                members = add(members, each.saturating_mul(length), PREDECESSORS_MAX)?;
            }
            0 => total = add(total, column.unsigned()?, limit)?,
            _ => {
                total = add(total, length, limit)?;
                for _ in 0..length {
                    members = add(members, value(&mut column)?, PREDECESSORS_MAX)?;
                }
            }
        }
    }
    Ok(total)
}

fn add(total: u64, more: u64, limit: u64) -> Result<u64, Unfit> {
    let total = total.saturating_add(more);
    if total > limit { Err(Unfit::TooLarge) } else { Ok(total) }
}
