//! Calendars, tickets and incidents of a case.

use super::{field::*, number as show, table::Table};
use analytics::{
    reason::{Found, Reason},
    service::{
        business_time::{Calendar, Window},
        desk::{attainment, desk},
        incident::{Incident, incidents},
        ticket::{Clock, Event, Reading, State, Targets, Ticket},
        zone::Zone,
    },
};
use domain::time::Timestamp;
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, path::Path};

const SECOND_MS: f64 = 1000.0;
/// Rules of zones are read up to here; nobody promises a ticket later.
const ZONE_END: i64 = 4_102_444_800_000;

/// Reads a zone's offsets from the zone data this program carries.
fn zone(name: &str) -> Found<Zone> {
    let zone = jiff::tz::TimeZone::get(name).map_err(|_| Reason::Malformed)?;
    let first = zone.to_offset(jiff::Timestamp::MIN).seconds();
    let changes = zone
        .following(jiff::Timestamp::MIN)
        .map(|change| (Timestamp(change.timestamp().as_millisecond()), change.offset().seconds()));
    Zone::new(first, changes.take_while(|(at, _)| at.0 < ZONE_END).collect())
}

/// Reads a wall-clock time, 24:00 included, as milliseconds of the day.
fn clock_ms(value: &Value) -> Found<i64> {
    let mut parts = as_text(value)?.split(':').map(|part| part.parse::<i64>().ok());
    let part = |part: Option<Option<i64>>, most: i64| match part {
        None => Ok(0),
        Some(part) => part.filter(|part| (0..=most).contains(part)).ok_or(Reason::Malformed),
    };
    let (hours, minutes) = (parts.next(), parts.next());
    if minutes.is_none() {
        return Err(Reason::Malformed);
    }
    let seconds = part(hours, 24)? * 3600 + part(minutes, 59)? * 60 + part(parts.next(), 59)?;
    if parts.next().is_none() { Ok(seconds * 1000) } else { Err(Reason::Malformed) }
}

fn windows(value: &Value) -> Found<Vec<Window>> {
    let windows = value.as_array().ok_or(Reason::Malformed)?.iter().map(|window| {
        let ends = window.as_array().filter(|ends| ends.len() == 2).ok_or(Reason::Malformed)?;
        Ok(Window { from_ms: clock_ms(&ends[0])?, to_ms: clock_ms(&ends[1])? })
    });
    windows.collect()
}

fn calendar(input: &Value) -> Found<Calendar> {
    let calendar = maybe(input, "calendar").ok_or(Reason::Malformed)?;
    let mut weekly: [Vec<Window>; 7] = Default::default();
    for (day, open) in members(calendar, "weekly")? {
        let place: usize = day.parse().map_err(|_| Reason::Malformed)?;
        let day = place.checked_sub(1).and_then(|place| weekly.get_mut(place));
        *day.ok_or(Reason::OutOfRange)? = windows(open)?;
    }
    let mut dates = BTreeMap::new();
    if maybe(calendar, "dates").is_some() {
        for (day, open) in members(calendar, "dates")? {
            dates.insert(day.parse().map_err(|_| Reason::Malformed)?, windows(open)?);
        }
    }
    Calendar::new(zone(text(calendar, "time_zone")?)?, weekly, dates)
}

/// Shows an instant in UTC, whole seconds.
fn instant(at: Timestamp) -> Found<String> {
    let at = jiff::Timestamp::from_millisecond(at.0).map_err(|_| Reason::OutOfRange)?;
    Ok(at.to_string())
}

pub fn business_time(input: &Value) -> Found<Value> {
    let calendar = calendar(input)?;
    let mut answer = Map::new();
    if maybe(input, "spans").is_some() {
        let seconds = each(input, "spans", |span| {
            Ok(calendar.spent_ms(time(span, "from")?, time(span, "to")?) / 1000)
        })?;
        answer.insert("seconds".to_owned(), json!(seconds));
    }
    if maybe(input, "dues").is_some() {
        let due = each(input, "dues", |due| {
            let target = number(due, "seconds")? * SECOND_MS;
            match calendar.due(time(due, "from")?, target as i64) {
                Err(Reason::NotReached) => Ok(None),
                found => instant(found?).map(Some),
            }
        })?;
        answer.insert("due".to_owned(), json!(due));
    }
    Ok(Value::Object(answer))
}

fn event(kind: &str) -> Option<Event> {
    match kind {
        "agent_reply" => Some(Event::AgentReply),
        "wait_customer" => Some(Event::WaitCustomer),
        "customer_reply" => Some(Event::CustomerReply),
        "resolved" => Some(Event::Resolved),
        "reopened" => Some(Event::Reopened),
        // Closing changes no clock, and what is not known fits no state.
        _ => None,
    }
}

fn ticket(input: &Value, ticket: &Value) -> Found<Ticket> {
    let targets = maybe(&input["targets"], text(ticket, "priority")?).map(|targets| {
        let ms = |name| Ok((number(targets, name)? * SECOND_MS) as i64);
        Ok(Targets { response_ms: ms("response_s")?, resolve_ms: ms("resolve_s")? })
    });
    let events = each(ticket, "events", |one| Ok((event(text(one, "kind")?), time(one, "at")?)))?;
    let known = |(event, at): (Option<Event>, Timestamp)| Some((event?, at));
    Ok(Ticket {
        created_at: time(ticket, "created_at")?,
        events: events.into_iter().filter_map(known).collect(),
        targets: targets.transpose()?,
    })
}

fn clock(clock: Option<Clock>) -> Option<&'static str> {
    clock.map(|clock| match clock {
        Clock::Met => "met",
        Clock::Breached => "breached",
        Clock::Running => "running",
        Clock::Paused => "paused",
    })
}

fn shown(reading: &Reading) -> Value {
    let state = match reading.state {
        State::Open => "open",
        State::Waiting => "waiting",
        State::Resolved => "resolved",
    };
    json!({
        "state": state,
        "first_response_s": reading.first_response_ms.map(|ms| ms / 1000),
        "worked_s": reading.worked_ms / 1000,
        "response": clock(reading.response),
        "resolve": clock(reading.resolve),
        "reopens": reading.reopens,
    })
}

fn seconds(found: Option<f64>) -> Value {
    json!(found.map(|ms| ms / SECOND_MS))
}

pub fn service(input: &Value) -> Found<Value> {
    let (calendar, as_of) = (calendar(input)?, time(input, "as_of")?);
    let mut rows: Vec<(&str, &str, Timestamp, Reading)> = Vec::new();
    for one in list(input, "tickets")? {
        let ticket = ticket(input, one)?;
        if let Some(reading) = ticket.read(&calendar, as_of) {
            rows.push((text(one, "id")?, text(one, "priority")?, ticket.created_at, reading));
        }
    }
    let tickets = rows.iter().map(|(id, _, _, reading)| ((*id).to_owned(), shown(reading)));
    let tickets: Map<_, _> = tickets.collect();
    let of: Vec<_> = rows.iter().map(|(_, _, created, reading)| (*created, *reading)).collect();
    let found = desk(&of, as_of);
    let mut promises = Map::new();
    for (priority, _) in members(input, "targets")? {
        let own = || rows.iter().filter(|row| row.1 == priority).map(|row| &row.3);
        let one = json!({
            "response": show(attainment(own().filter_map(|reading| reading.response))),
            "resolve": show(attainment(own().filter_map(|reading| reading.resolve))),
        });
        promises.insert(priority.to_owned(), one);
    }
    let ages = ["0-1", "1-3", "3-7", "7-30", "30+"].iter().zip(found.backlog_ages);
    let ages: Map<_, _> = ages.map(|(age, count)| ((*age).to_owned(), json!(count))).collect();
    Ok(json!({
        "tickets": tickets,
        "frt_median_s": seconds(found.responses.median()),
        "frt_mean_s": seconds(found.responses.mean()),
        "ttr_median_s": seconds(found.resolutions.median()),
        "ttr_mean_s": seconds(found.resolutions.mean()),
        "reopen_rate": show(found.reopen_rate),
        "fcr": show(found.first_contact_rate),
        "backlog": found.backlog,
        "backlog_age_days": ages,
        "sla": promises,
    }))
}

/// Reads `DD-MM-YYYY HH:MM`; a question mark is missing.
fn minute(text: &str) -> Found<Option<Timestamp>> {
    if text.is_empty() || text == "?" {
        return Ok(None);
    }
    let at =
        jiff::civil::DateTime::strptime("%d-%m-%Y %H:%M", text).map_err(|_| Reason::Malformed)?;
    let at = jiff::tz::TimeZone::UTC.to_timestamp(at).map_err(|_| Reason::OutOfRange)?;
    Ok(Some(Timestamp(at.as_millisecond())))
}

pub fn incident_log(input: &Value, data: &Path) -> Found<Value> {
    let table = Table::of(input, data)?;
    let mut found: BTreeMap<&str, Incident> = BTreeMap::new();
    let counts = table.column("reopen_count")?.zip(table.column("reassignment_count")?);
    let times = table.column("opened_at")?.zip(table.column("resolved_at")?);
    let states = table.column("incident_state")?.zip(table.column("made_sla")?);
    let rows = table.column("number")?.zip(counts).zip(times).zip(states);
    for (((number, counts), (opened, resolved)), (state, made_sla)) in rows {
        let whole = |text: &str| text.parse::<u64>().map_err(|_| Reason::Malformed);
        let waited = found.get(number).is_some_and(|one| one.ever_waited_for_user);
        let last = Incident {
            opened_at: minute(opened)?,
            resolved_at: minute(resolved)?,
            made_sla: made_sla.eq_ignore_ascii_case("true"),
            reopens: whole(counts.0)?,
            reassignments: whole(counts.1)?,
            ever_waited_for_user: waited || state == "Awaiting User Info",
        };
        found.insert(number, last);
    }
    let all: Vec<_> = found.into_values().collect();
    let told = incidents(&all);
    let hours = |ms: Option<f64>| json!(ms.map(|ms| ms / (3600.0 * SECOND_MS)));
    Ok(json!({
        "incidents": all.len(),
        "without_resolution_time": told.without_resolution,
        "ttr_mean_h": hours(told.resolutions.mean()),
        "ttr_median_h": hours(told.resolutions.median()),
        "made_sla": show(told.made_sla),
        "reopen_rate": show(told.reopen_rate),
        "no_reassignment": show(told.no_reassignment),
        "ever_waited_for_user": show(told.ever_waited_for_user),
    }))
}
