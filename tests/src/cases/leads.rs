//! Leads and touches of a case.

use super::{field::*, table::word};
use analytics::{
    leads::{
        attribution::{self, Conversion, Rule},
        score::{EventRule, ProfileRule, Rules},
    },
    reason::{Found, Reason},
};
use serde_json::{Map, Value, json};

fn rules(rules: &Value) -> Found<(Vec<&str>, Rules<'_>)> {
    let profile = each(rules, "profile", |rule| {
        let any_of = each(rule, "any_of", as_text)?;
        Ok(ProfileRule { field: text(rule, "field")?, any_of, points: number(rule, "points")? })
    })?;
    let events = each(rules, "behaviour", |rule| {
        let times_max = maybe(rule, "max_times").map(as_count).transpose()?;
        Ok(EventRule {
            event: text(rule, "event")?,
            points: number(rule, "points")?,
            half_life_days: maybe_number(rule, "half_life_days")?,
            times_max: times_max.map(|times| times as usize),
        })
    })?;
    let grades = each(rules, "grades", |one| Ok((text(one, "grade")?, number(one, "min")?)))?;
    let ids = |name| each(rules, name, |rule| text(rule, "id"));
    let (floor, ceiling) = (maybe_number(rules, "floor")?, maybe_number(rules, "ceiling")?);
    let names = [ids("profile")?, ids("behaviour")?].concat();
    Ok((names, Rules { profile, events, floor, ceiling, grades }.checked()?))
}

pub fn lead_score(input: &Value) -> Found<Value> {
    let (names, rules) = rules(maybe(input, "rules").ok_or(Reason::Malformed)?)?;
    let as_of = time(input, "as_of")?;
    let mut shown = Map::new();
    for lead in list(input, "leads")? {
        let mut profile: Vec<(&str, String)> = Vec::new();
        for (field, value) in members(lead, "profile")? {
            match value {
                Value::Null => {}
                Value::Array(values) => {
                    profile.extend(values.iter().map(|value| (field, word(value))));
                }
                value => profile.push((field, word(value))),
            }
        }
        let profile: Vec<_> =
            profile.iter().map(|(field, value)| (*field, value.as_str())).collect();
        let events = each(lead, "events", |event| Ok((text(event, "type")?, time(event, "at")?)))?;
        let found = rules.score(&profile, &events, as_of);
        let parts =
            names.iter().zip(&found.parts).map(|(id, part)| ((*id).to_owned(), json!(part)));
        let one = json!({
            "score": found.score,
            "parts": parts.collect::<Map<_, _>>(),
            "grade": found.grade,
        });
        shown.insert(text(lead, "id")?.to_owned(), one);
    }
    Ok(json!({ "leads": shown }))
}

pub fn attribution(input: &Value) -> Found<Value> {
    let rule = match text(input, "rule")? {
        "first" => Rule::First,
        "last" => Rule::Last,
        "linear" => Rule::Linear,
        "position" => Rule::Position,
        "time_decay" => Rule::TimeDecay { half_life_days: number(input, "half_life_days")? },
        _ => return Err(Reason::Malformed),
    };
    let conversions = each(input, "conversions", |one| {
        let touches =
            each(one, "touches", |touch| Ok((text(touch, "channel")?, time(touch, "at")?)))?;
        Ok(Conversion { at: time(one, "at")?, value_minor: number(one, "value_minor")?, touches })
    })?;
    let credit = attribution::attribute(&conversions, rule, number(input, "lookback_days")?)?;
    Ok(json!({ "channels": credit.channels, "unattributed": credit.unattributed }))
}
