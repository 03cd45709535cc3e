//! Customers of a case: scores, habits, lapses, cohorts, what is left of the money.

use super::{field::*, number as show, purchases::Purchases, table::word};
use analytics::{
    calendar::Month,
    customers::{
        behaviour,
        cohort::cohorts,
        lapse::{self, Basis, Rules, Standing},
        purchase::Purchase,
        retention::{self, Ends},
        rfm::{self, Terms},
    },
    reason::{Found, Reason},
    value::occasion,
};
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, path::Path};

pub fn rfm(input: &Value, data: &Path) -> Found<Value> {
    let Purchases { names, rows } = Purchases::of(input, data)?;
    let unsigned = |number: i64| u32::try_from(number).map_err(|_| Reason::OutOfRange);
    let bins = unsigned(maybe_whole(input, "bins")?.unwrap_or(5))?;
    let window_days = maybe_whole(input, "window_days")?.map(unsigned).transpose()?;
    if window_days == Some(0) {
        return Err(Reason::OutOfRange);
    }
    let terms = Terms { as_of: day(input, "as_of")?, bins, window_days };
    let (mut customers, mut unscored) = (Map::new(), Vec::new());
    let mut cells: BTreeMap<String, u64> = BTreeMap::new();
    for (place, found) in rfm::rfm(&rows, terms)? {
        let name = names[place].clone();
        let Some(found) = found else {
            unscored.push(name);
            continue;
        };
        *cells.entry(format!("{}{}{}", found.r, found.f, found.m)).or_default() += 1;
        let shown = json!({
            "recency_days": found.recency_days,
            "frequency": found.frequency,
            "monetary_cents": found.monetary_minor,
            "r": found.r,
            "f": found.f,
            "m": found.m,
        });
        customers.insert(name, shown);
    }
    unscored.sort();
    Ok(json!({
        "scored": customers.len(),
        "unscored": unscored,
        "cells": cells,
        "customers": customers,
    }))
}

pub fn behaviour(input: &Value, data: &Path) -> Found<Value> {
    let Purchases { names, rows } = Purchases::of(input, data)?;
    let as_of = maybe(input, "as_of").map(as_day).transpose()?;
    let categories = each(input, "transactions", |row| text(row, "category"))?;
    let rows: Vec<(Purchase<usize>, &str)> = rows
        .into_iter()
        .zip(categories)
        .filter(|(row, _)| as_of.is_none_or(|as_of| row.day <= as_of))
        .collect();
    let shown = behaviour::behaviour(&rows).into_iter().map(|(place, found)| {
        let shown = json!({
            "what": {
                "top_category": found.top_category,
                "top_share": show(found.top_share),
                "categories": found.categories,
            },
            "when": {
                "weekday": found.weekday,
                "first": found.first.to_string(),
                "last": found.last.to_string(),
                "median_gap_days": show(found.median_gap_days),
            },
            "how_much": {
                "purchases": found.purchases,
                "total_cents": found.total_minor,
                "mean_cents": show(found.mean_minor),
                "median_cents": show(found.median_minor),
            },
        });
        (names[place].clone(), shown)
    });
    Ok(json!({ "customers": shown.collect::<Map<_, _>>() }))
}

pub fn lapse(input: &Value) -> Found<Value> {
    let rules = maybe(input, "rules").ok_or(Reason::Malformed)?;
    let rules = Rules {
        min_gaps: count(rules, "min_gaps")? as usize,
        floor_days: number(rules, "floor_days")?,
        default_days: number(rules, "default_days")?,
        due: number(rules, "due")?,
        at_risk: number(rules, "at_risk")?,
        lapsed: number(rules, "lapsed")?,
    };
    let (mut names, mut customers) = (Vec::new(), Vec::new());
    for (name, days) in members(input, "purchases")? {
        let days = days.as_array().ok_or(Reason::Malformed)?;
        names.push(name);
        customers.push(days.iter().map(as_day).collect::<Found<Vec<_>>>()?);
    }
    let (population, judged) = lapse::lapse(&customers, day(input, "as_of")?, &rules)?;
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    let mut shown = Map::new();
    for (name, found) in names.into_iter().zip(judged) {
        let standing = match found.standing {
            Standing::Active => "active",
            Standing::Due => "due",
            Standing::AtRisk => "at_risk",
            Standing::Lapsed => "lapsed",
            Standing::NeverBought => "never_bought",
        };
        *counts.entry(standing).or_default() += 1;
        let wait = found.wait;
        let basis = wait.map(|wait| match wait.basis {
            Basis::Own => "own",
            Basis::Population => "population",
        });
        let one = json!({
            "status": standing,
            "expected_days": wait.map(|wait| wait.expected_days),
            "days_since": wait.map(|wait| wait.days_since),
            "ratio": wait.map(|wait| wait.ratio),
            "basis": basis,
            "reactivated": found.reactivated,
        });
        shown.insert(name.to_owned(), one);
    }
    Ok(json!({ "population_expected_days": population, "customers": shown, "counts": counts }))
}

pub fn cohort_retention(input: &Value, data: &Path) -> Found<Value> {
    if maybe(input, "grain").is_some_and(|grain| grain != "month") {
        return Err(Reason::Malformed);
    }
    let (rows, end) = (Purchases::of(input, data)?.rows, day(input, "observation_end")?);
    let shown = cohorts(&rows, end).into_iter().map(|cohort| {
        json!({
            "cohort": cohort.month.to_string(),
            "size": cohort.size(),
            "active": cohort.active,
            "retention": cohort.retention().collect::<Vec<_>>(),
        })
    });
    Ok(json!({
        "cohorts": shown.collect::<Vec<_>>(),
        "last_month_complete": Month::of(end).ends_on(end),
    }))
}

pub fn revenue_retention(input: &Value) -> Found<Value> {
    let rates: BTreeMap<_, _> = members(input, "fx")?.collect();
    let accounts = each(input, "accounts", |account| {
        let rate = rates.get(text(account, "currency")?).ok_or(Reason::NoRate)?;
        let rate = as_number(rate)?;
        let changed = |minor: Option<i64>| minor.unwrap_or(0) as f64 * rate;
        let open = changed(maybe_whole(account, "open_minor")?);
        Ok(Ends { open, close: changed(maybe_whole(account, "close_minor")?) })
    })?;
    let found = retention::retention(&accounts)?;
    Ok(json!({
        "opening": found.opening,
        "churned": found.churned,
        "contraction": found.contraction,
        "expansion": found.expansion,
        "new": found.new,
        "closing": found.closing,
        "grr": show(found.grr),
        "nrr": show(found.nrr),
        "logo_churn": show(found.logo_churn),
        "logo_retention": show(found.logo_churn.map(|churn| 1.0 - churn)),
        "opening_customers": found.opening_customers,
        "lost_customers": found.lost_customers,
        "new_customers": found.new_customers,
    }))
}

/// How many customers a summary shows.
const FIRST: usize = 12;

pub fn btyd_summary(input: &Value, data: &Path) -> Found<Value> {
    let Purchases { names, rows } = Purchases::of(input, data)?;
    let end = day(input, "observation_end")?;
    let found = occasion::occasions(&rows, end, number(input, "unit_days")?)?;
    let rows: Vec<_> = found.iter().collect();
    let sum = |part: &dyn Fn(&occasion::Occasions) -> f64| -> f64 {
        rows.iter().map(|(_, row)| part(row)).sum()
    };
    let repeaters = rows.iter().filter(|(_, row)| row.x > 0).count();
    let money = sum(&|row| row.mean_value_minor) / 100.0;
    let first = rows.iter().take(FIRST).map(|(place, row)| {
        json!({
            "customer": word(&json!(names[**place])),
            "x": row.x,
            "t_x": row.t_x,
            "T": row.t,
            "mean_value": row.mean_value_minor / 100.0,
        })
    });
    Ok(json!({
        "customers": rows.len(),
        "repeaters": repeaters,
        "sum_x": rows.iter().map(|(_, row)| row.x).sum::<u64>(),
        "sum_t_x": sum(&|row| row.t_x),
        "sum_T": sum(&|row| row.t),
        "mean_value_of_repeaters": show(analytics::reason::quotient(money, repeaters as f64)),
        "max_x": rows.iter().map(|(_, row)| row.x).max(),
        "first": first.collect::<Vec<_>>(),
    }))
}
