//! Counting what the run-length columns of a change stand for, without unrolling them.

use super::{CHANGE_BYTES_MAX, OPERATIONS_MAX, Unfit, reader::Reader};

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
/// How long each value is, and the values one after another.
const VALUE_LENGTHS: u32 = 86;
const VALUES: u32 = 87;
/// Each operation replaces at most a few values; a change that says more is lying.
const PREDECESSORS_MAX: u64 = 4 * OPERATIONS_MAX;
/// What keys or values come to once unrolled: a run repeats its text for every operation.
const UNROLLED_BYTES_MAX: u64 = CHANGE_BYTES_MAX as u64;

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
    let (mut lengths, mut bytes) = (0, 0);
    for (specification, length) in found {
        debug_assert_eq!(specification & COMPRESSED, 0);
        let counted = values(specification, Reader::new(reader.take(length)?))?;
        match specification {
            ACTION => operations = counted.values,
            VALUE_LENGTHS => lengths = counted.weight,
            VALUES => bytes = length as u64,
            _ => (),
        }
    }
    if reader.is_empty() && lengths == bytes { Ok(operations) } else { Err(Unfit::Malformed) }
}

/// What a column stands for.
#[derive(Default)]
struct Counted {
    values: u64,
    /// Members of groups, or bytes of texts and values.
    weight: u64,
}

/// Counts what a column stands for, or says that it is too much.
fn values(specification: u32, column: Reader<'_>) -> Result<Counted, Unfit> {
    match specification & 7 {
        VALUE => Ok(Counted::default()),
        BOOLEAN => booleans(column),
        STRING => runs(column, (OPERATIONS_MAX, UNROLLED_BYTES_MAX), |reader| {
            let length = reader.unsigned_up_to(CHANGE_BYTES_MAX as u64)?;
            reader.take(length as usize).map(|_| length)
        }),
        DELTA => runs(column, (PREDECESSORS_MAX, 0), |reader| reader.signed().map(|_| 0)),
        GROUP => runs(column, (OPERATIONS_MAX, PREDECESSORS_MAX), |reader| reader.unsigned()),
        _ if specification == VALUE_LENGTHS => {
            runs(column, (OPERATIONS_MAX, UNROLLED_BYTES_MAX), |reader| Ok(reader.unsigned()? >> 4))
        }
        _ => runs(column, (PREDECESSORS_MAX, 0), |reader| reader.unsigned().map(|_| 0)),
    }
}

fn booleans(mut column: Reader<'_>) -> Result<Counted, Unfit> {
    let mut values = 0;
    while !column.is_empty() {
        values = add(values, column.unsigned()?, OPERATIONS_MAX)?;
    }
    Ok(Counted { values, weight: 0 })
}

/// Counts a column of runs. `value` reads one value and returns what it weighs; a run weighs that
/// as often as it is long. Values and weight have a limit each.
fn runs(
    mut column: Reader<'_>,
    (values_max, weight_max): (u64, u64),
    value: impl for<'b> Fn(&mut Reader<'b>) -> Result<u64, Unfit>,
) -> Result<Counted, Unfit> {
    let (mut values, mut weight) = (0, 0);
    while !column.is_empty() {
        let run = column.signed()?;
        let length = run.unsigned_abs();
        match run {
            1.. => {
                values = add(values, length, values_max)?;
                let each = value(&mut column)?;
                weight = add(weight, each.saturating_mul(length), weight_max)?;
            }
            0 => values = add(values, column.unsigned()?, values_max)?,
            _ => {
                values = add(values, length, values_max)?;
                for _ in 0..length {
                    weight = add(weight, value(&mut column)?, weight_max)?;
                }
            }
        }
    }
    Ok(Counted { values, weight })
}

fn add(total: u64, more: u64, limit: u64) -> Result<u64, Unfit> {
    let total = total.saturating_add(more);
    if total > limit { Err(Unfit::TooLarge) } else { Ok(total) }
}
