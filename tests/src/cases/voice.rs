//! Answers of surveys.

use super::{field::*, number as show};
use analytics::{proportion::Interval, reason::Found, voice};
use serde_json::{Value, json};

pub fn low(interval: Found<Interval>) -> Value {
    show(interval.map(|interval| interval.low))
}

pub fn high(interval: Found<Interval>) -> Value {
    show(interval.map(|interval| interval.high))
}

pub fn nps(input: &Value) -> Found<Value> {
    let scores = each(input, "scores", as_whole)?;
    let found = voice::nps(&scores, confidence(input)?)?;
    Ok(json!({
        "n": scores.len(),
        "promoters": found.promoters,
        "passives": found.passives,
        "detractors": found.detractors,
        "nps": show(found.nps),
        "se": show(found.standard_error),
        "ci_low": low(found.interval),
        "ci_high": high(found.interval),
    }))
}

pub fn csat(input: &Value) -> Found<Value> {
    let scores = each(input, "scores", as_whole)?;
    let found = voice::csat(&scores, whole(input, "satisfied_from")?, whole(input, "scale_max")?)?;
    Ok(json!({
        "n": scores.len(),
        "satisfied": found.satisfied,
        "csat": show(found.csat),
        "ci_low": low(found.interval),
        "ci_high": high(found.interval),
        "mean": show(found.mean),
    }))
}

pub fn ces(input: &Value) -> Found<Value> {
    let scores = each(input, "scores", as_number)?;
    let found = voice::ces(&scores, confidence(input)?)?;
    Ok(json!({
        "n": scores.len(),
        "mean": show(found.mean),
        "sd": show(found.standard_deviation),
        "ci_low": low(found.interval),
        "ci_high": high(found.interval),
    }))
}
