//! What lasts how long, and what foretells an outcome.

use super::{
    field::*,
    number as show, refused,
    table::{Table, word},
    voice::{high, low},
};
use analytics::{
    outcome::{auc, logistic},
    reason::{Found, Reason},
    survival::{Subject, curve::Curve, logrank},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, path::Path};

fn subject(one: &Value) -> Found<Subject> {
    let event = maybe(one, "event").ok_or(Reason::Malformed)?;
    Ok(Subject {
        duration: number(one, "duration")?,
        event: as_flag(event)?,
        entry: maybe_number(one, "entry")?,
    })
}

fn of_file(input: &Value, table: &Table) -> Found<Vec<Subject>> {
    let columns = input.get("columns").unwrap_or(&Value::Null);
    let yes = maybe(columns, "event_true").map_or_else(|| "true".to_owned(), word);
    let entries: Vec<Option<f64>> = match maybe(columns, "entry") {
        None => vec![None; table.len()],
        Some(name) => {
            let column = table.column(as_text(name)?)?;
            column.map(|text| read_number(text).map(Some)).collect::<Found<_>>()?
        }
    };
    let durations = table.named(input, "duration")?.zip(table.named(input, "event")?);
    durations
        .zip(entries)
        .map(|((duration, event), entry)| {
            Ok(Subject { duration: read_number(duration)?, event: event == yes, entry })
        })
        .collect()
}

pub fn kaplan_meier(input: &Value, data: &Path) -> Found<Value> {
    let subjects = if maybe(input, "file").is_some() {
        of_file(input, &Table::of(input, data)?)?
    } else {
        each(input, "subjects", subject)?
    };
    let (confidence, times) = (confidence(input)?, list(input, "at")?);
    let curve = Curve::of(&subjects);
    if let Err(reason) = &curve
        && *reason != Reason::NoRows
    {
        return Err(*reason);
    }
    let curve = || curve.as_ref().map_err(|reason| *reason);
    let at = times.iter().map(|t| {
        let time = as_number(t)?;
        let point = curve().and_then(|curve| curve.at(time, confidence));
        let interval = point.and_then(|point| point.interval);
        Ok(json!({
            "t": t,
            "survival": show(point.map(|point| point.survival)),
            "var": show(point.map(|point| point.variance)),
            "ci_low": low(interval),
            "ci_high": high(interval),
        }))
    });
    let at = at.collect::<Found<Vec<_>>>()?;
    let mean = match maybe_number(input, "tau")? {
        None => Err(Reason::NotReached),
        Some(tau) => curve().and_then(|curve| curve.restricted_mean(tau)),
    };
    let mut answer = curve().err().map(refused).unwrap_or_default();
    answer.extend([
        ("n".to_owned(), json!(subjects.len())),
        ("events".to_owned(), json!(subjects.iter().filter(|one| one.event).count())),
        ("at".to_owned(), json!(at)),
        ("median".to_owned(), show(curve().and_then(Curve::median))),
        ("rmst".to_owned(), show(mean)),
    ]);
    Ok(Value::Object(answer))
}

pub fn logrank(input: &Value, data: &Path) -> Found<Value> {
    let mut groups: BTreeMap<String, Vec<Subject>> = BTreeMap::new();
    if maybe(input, "file").is_some() {
        let table = Table::of(input, data)?;
        let columns = input.get("columns").unwrap_or(&Value::Null);
        let group = maybe(input, "group").or_else(|| maybe(input, "group_by"));
        let group = group.or_else(|| maybe(columns, "group")).ok_or(Reason::Malformed)?;
        let name = maybe(group, "column").unwrap_or(group);
        let wanted = maybe(group, "values").and_then(Value::as_array);
        let wanted: Option<Vec<_>> = wanted.map(|values| values.iter().map(word).collect());
        for (name, one) in table.column(as_text(name)?)?.zip(of_file(input, &table)?) {
            if wanted.as_ref().is_none_or(|wanted| wanted.iter().any(|one| one == name)) {
                groups.entry(name.to_owned()).or_default().push(one);
            }
        }
    } else {
        for (name, members) in members(input, "groups")? {
            let members = members.as_array().ok_or(Reason::Malformed)?;
            groups.insert(name.to_owned(), members.iter().map(subject).collect::<Found<_>>()?);
        }
    }
    let found = logrank::logrank(&groups.into_values().collect::<Vec<_>>())?;
    Ok(json!({ "chi2": found.chi_square, "df": found.df, "p": found.p }))
}

pub fn auc(input: &Value) -> Found<Value> {
    let labels = each(input, "labels", as_flag)?;
    let found = auc::auc(&labels, &each(input, "scores", as_number)?);
    if let Err(reason) = found
        && reason != Reason::OneClass
    {
        return Err(reason);
    }
    let mut answer = found.err().map(refused).unwrap_or_default();
    answer.extend([
        ("auc".to_owned(), show(found)),
        ("positives".to_owned(), json!(labels.iter().filter(|label| **label).count())),
        ("n".to_owned(), json!(labels.len())),
    ]);
    Ok(Value::Object(answer))
}

/// Reads a column as flags, where one value is asked for, else as numbers.
fn feature(column: &[String], asked: &Value) -> Found<Vec<f64>> {
    match maybe(asked, "equals").map(word) {
        Some(wanted) => Ok(column.iter().map(|one| f64::from(u8::from(*one == wanted))).collect()),
        None => column.iter().map(|one| read_number(one)).collect(),
    }
}

/// Returns a column of the case's file, or of the rows it holds itself.
fn column(input: &Value, table: Option<&Table>, name: &str) -> Found<Vec<String>> {
    match table {
        Some(table) => Ok(table.column(name)?.map(str::to_owned).collect()),
        None => each(input, "rows", |row| row.get(name).map(word).ok_or(Reason::Malformed)),
    }
}

fn labelled(input: &Value, data: &Path) -> Found<(Vec<bool>, Vec<Vec<f64>>)> {
    let rows_of = |name: &str| {
        each(input, name, |row| {
            row.as_array()
                .ok_or(Reason::Malformed)?
                .iter()
                .map(as_number)
                .collect::<Found<Vec<_>>>()
        })
    };
    let Some(label) = maybe(input, "label") else {
        if maybe(input, "x").is_some() {
            return Ok((each(input, "y", as_flag)?, rows_of("x")?));
        }
        if maybe(input, "labels").is_some() {
            let rows = if maybe(input, "features").is_some() { "features" } else { "rows" };
            return Ok((each(input, "labels", as_flag)?, rows_of(rows)?));
        }
        let flag = |row| maybe(row, "y").or_else(|| maybe(row, "label")).ok_or(Reason::Malformed);
        let labels = each(input, "rows", |row| as_flag(flag(row)?))?;
        let rows = each(input, "rows", |row| {
            let name = if maybe(row, "x").is_some() { "x" } else { "features" };
            each(row, name, as_number)
        })?;
        return Ok((labels, rows));
    };
    let table = maybe(input, "file").map(|_| Table::of(input, data)).transpose()?;
    let read = |asked: &Value| {
        let name = maybe(asked, "column").unwrap_or(asked);
        feature(&column(input, table.as_ref(), as_text(name)?)?, asked)
    };
    let labels: Vec<_> = read(label)?.into_iter().map(|label| label != 0.0).collect();
    let features = each(input, "features", read)?;
    let row = |place: usize| features.iter().map(|feature| feature[place]).collect();
    let rows = (0..labels.len()).map(row).collect();
    Ok((labels, rows))
}

pub fn logistic(input: &Value, data: &Path) -> Found<Value> {
    let (labels, rows) = labelled(input, data)?;
    let found = match logistic::logistic(&labels, &rows) {
        Ok(found) => found,
        Err(reason) => {
            let mut answer = refused(reason);
            answer.insert("n".to_owned(), json!(labels.len()));
            for name in NUMBERS {
                answer.insert(name.to_owned(), Value::Null);
            }
            return Ok(Value::Object(answer));
        }
    };
    Ok(json!({
        "status": "ok",
        "n": labels.len(),
        "coefficients": found.coefficients,
        "standard_errors": found.standard_errors,
        "log_likelihood": found.log_likelihood,
        "auc": show(found.auc),
        "brier": found.brier,
        "log_loss": found.log_loss,
    }))
}

/// What a fit tells beside how many rows it had.
const NUMBERS: [&str; 6] =
    ["coefficients", "standard_errors", "log_likelihood", "auc", "brier", "log_loss"];
