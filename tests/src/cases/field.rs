//! Reading the members of a JSON object, each as what it must be.

use analytics::reason::{Found, Reason};
use domain::time::{Day, Timestamp};
use serde_json::Value;

/// Returns a member, or nothing when it is missing or null.
pub fn maybe<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    object.get(name).filter(|value| !value.is_null())
}

fn must<'a>(object: &'a Value, name: &str) -> Found<&'a Value> {
    maybe(object, name).ok_or(Reason::Malformed)
}

/// Returns a value as a number; exact decimals come as text.
pub fn as_number(value: &Value) -> Found<f64> {
    let number = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.filter(|number: &f64| number.is_finite()).ok_or(Reason::Malformed)
}

pub fn as_whole(value: &Value) -> Found<i64> {
    let whole = |number: f64| number.fract() == 0.0 && number.abs() < 9e15;
    match value.as_i64() {
        Some(number) => Ok(number),
        None => as_number(value)
            .ok()
            .filter(|one| whole(*one))
            .map(|one| one as i64)
            .ok_or(Reason::Malformed),
    }
}

pub fn as_text(value: &Value) -> Found<&str> {
    value.as_str().ok_or(Reason::Malformed)
}

pub fn as_time(value: &Value) -> Found<Timestamp> {
    let instant: jiff::Timestamp = as_text(value)?.parse().map_err(|_| Reason::Malformed)?;
    Ok(Timestamp(instant.as_millisecond()))
}

pub fn as_day(value: &Value) -> Found<Day> {
    as_text(value)?.parse().map_err(|_| Reason::Malformed)
}

pub fn number(object: &Value, name: &str) -> Found<f64> {
    as_number(must(object, name)?)
}

pub fn maybe_number(object: &Value, name: &str) -> Found<Option<f64>> {
    maybe(object, name).map(as_number).transpose()
}

pub fn whole(object: &Value, name: &str) -> Found<i64> {
    as_whole(must(object, name)?)
}

pub fn maybe_whole(object: &Value, name: &str) -> Found<Option<i64>> {
    maybe(object, name).map(as_whole).transpose()
}

pub fn text<'a>(object: &'a Value, name: &str) -> Found<&'a str> {
    as_text(must(object, name)?)
}

pub fn time(object: &Value, name: &str) -> Found<Timestamp> {
    as_time(must(object, name)?)
}

pub fn day(object: &Value, name: &str) -> Found<Day> {
    as_day(must(object, name)?)
}

pub fn list<'a>(object: &'a Value, name: &str) -> Found<&'a [Value]> {
    must(object, name)?.as_array().map(Vec::as_slice).ok_or(Reason::Malformed)
}

/// Returns a list read member by member.
pub fn each<'a, T>(
    object: &'a Value,
    name: &str,
    read: impl Fn(&'a Value) -> Found<T>,
) -> Found<Vec<T>> {
    list(object, name)?.iter().map(read).collect()
}

/// Returns the confidence asked for, or the usual one.
pub fn confidence(object: &Value) -> Found<f64> {
    let asked = maybe_number(object, "confidence")?;
    Ok(asked.unwrap_or(analytics::proportion::CONFIDENCE))
}

/// Returns a truth, also one told as 0 or 1.
pub fn as_flag(value: &Value) -> Found<bool> {
    match value.as_bool() {
        Some(flag) => Ok(flag),
        None => match as_whole(value)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Reason::Malformed),
        },
    }
}

/// Reads a count that cannot be negative.
pub fn as_count(value: &Value) -> Found<u64> {
    u64::try_from(as_whole(value)?).map_err(|_| Reason::Negative)
}

pub fn count(object: &Value, name: &str) -> Found<u64> {
    as_count(must(object, name)?)
}

pub fn read_number(text: &str) -> Found<f64> {
    let number: f64 = text.trim().parse().map_err(|_| Reason::Malformed)?;
    if number.is_finite() { Ok(number) } else { Err(Reason::Malformed) }
}

/// Returns the members of an object that maps names to values.
pub fn members<'a>(
    object: &'a Value,
    name: &str,
) -> Found<impl Iterator<Item = (&'a str, &'a Value)>> {
    let map = must(object, name)?.as_object().ok_or(Reason::Malformed)?;
    Ok(map.iter().map(|(name, value)| (name.as_str(), value)))
}

/// How many steps somebody may ask to be told one by one.
const STEPS_MAX: u64 = 10_000;

/// Reads a number of steps, few enough to be told one by one.
pub fn steps(object: &Value, name: &str) -> Found<u32> {
    let steps = count(object, name)?;
    if steps <= STEPS_MAX { Ok(steps as u32) } else { Err(Reason::OutOfRange) }
}
