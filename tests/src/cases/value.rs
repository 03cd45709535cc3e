//! Customers without a contract: how often, how much, what they are worth.

use super::{field::*, number as show, purchases::Purchases, refused, table::Table};
use analytics::{
    reason::{Found, Reason},
    value::{
        bgbb, bgnbd,
        gamma_gamma::{self, Spending},
        lifetime::{self, Horizon},
        occasion::{Occasions, occasions},
    },
};
use serde_json::{Map, Value, json};
use std::path::Path;

/// Returns a fit's answer, or that it has none, with the members a fit has.
fn fitted(found: Found<Value>, counted: &[(&str, Value)]) -> Value {
    let mut answer = match found {
        Ok(Value::Object(answer)) => answer,
        Ok(_) => Map::new(),
        Err(reason) => {
            let mut answer = refused(reason);
            answer.insert("params".to_owned(), Value::Null);
            answer.insert("log_likelihood".to_owned(), Value::Null);
            answer
        }
    };
    answer.extend(counted.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    answer.entry("status").or_insert_with(|| json!("ok"));
    Value::Object(answer)
}

fn occasion(row: &Value) -> Found<Occasions> {
    let value = maybe_number(row, "mean_value")?.unwrap_or(0.0);
    Ok(Occasions {
        x: count(row, "x")?,
        t_x: number(row, "t_x")?,
        t: number(row, "T")?,
        mean_value_minor: value,
    })
}

/// Reads customers from a summary file, from rows, or from their purchases; each with its weight.
fn customers(input: &Value, data: &Path, names: [&str; 3]) -> Found<Vec<(Occasions, f64)>> {
    let weight = |row: &Value| Ok(maybe_number(row, "count")?.unwrap_or(1.0));
    if maybe(input, "rows").is_some() || maybe(input, "customers").is_some() {
        let name = if maybe(input, "rows").is_some() { "rows" } else { "customers" };
        let one = |row: &Value| {
            let mut full = row.as_object().ok_or(Reason::Malformed)?.clone();
            for name in names.iter().filter(|name| row.get(**name).is_none()) {
                full.insert((*name).to_owned(), json!(0));
            }
            Ok((occasion(&Value::Object(full))?, weight(row)?))
        };
        return each(input, name, one);
    }
    let of_purchases = input.get("columns").is_some_and(|columns| columns.get("date").is_some());
    if of_purchases || maybe(input, "transactions").is_some() {
        let rows = Purchases::of(input, data)?.rows;
        let unit = maybe_number(input, "unit_days")?.unwrap_or(1.0);
        let found = occasions(&rows, day(input, "observation_end")?, unit)?;
        let in_whole = |row: Occasions| {
            (Occasions { mean_value_minor: row.mean_value_minor / 100.0, ..row }, 1.0)
        };
        return Ok(found.into_values().map(in_whole).collect());
    }
    let table = Table::of(input, data)?;
    let column = |name: &str| -> Found<Vec<f64>> {
        if names.contains(&name) && input["columns"].get(name).is_none() {
            return Ok(vec![0.0; table.len()]);
        }
        table.named(input, name)?.map(read_number).collect()
    };
    let (x, t_x, t, value) = (column("x")?, column("t_x")?, column("T")?, column("mean_value")?);
    let one = |place: usize| {
        if x[place] < 0.0 || x[place].fract() != 0.0 {
            return Err(Reason::OutOfRange);
        }
        let (t_x, t) = (t_x[place], t[place]);
        Ok((Occasions { x: x[place] as u64, t_x, t, mean_value_minor: value[place] }, 1.0))
    };
    (0..table.len()).map(one).collect()
}

pub fn bgnbd_fit(input: &Value, data: &Path) -> Found<Value> {
    let rows = customers(input, data, ["mean_value", "mean_value", "mean_value"]);
    let found = rows.and_then(|rows| bgnbd::fit(&rows)).map(|fit| {
        let bgnbd::Parameters { r, alpha, a, b } = fit.parameters;
        json!({
            "params": { "r": r, "alpha": alpha, "a": a, "b": b },
            "log_likelihood": fit.log_likelihood,
        })
    });
    Ok(fitted(found, &[]))
}

fn bgnbd_parameters(params: &Value) -> Found<bgnbd::Parameters> {
    let (r, alpha) = (number(params, "r")?, number(params, "alpha")?);
    bgnbd::Parameters { r, alpha, a: number(params, "a")?, b: number(params, "b")? }.checked()
}

pub fn bgnbd_predict(input: &Value) -> Found<Value> {
    let p = bgnbd_parameters(maybe(input, "params").ok_or(Reason::Malformed)?)?;
    let mut answer = Map::new();
    if let Some(times) = maybe(input, "t").and_then(Value::as_array) {
        let ahead = times
            .iter()
            .map(|t| Ok(json!({ "t": t, "value": p.purchases_of_new(as_number(t)?)? })));
        let ahead = ahead.collect::<Found<Vec<_>>>()?;
        answer.insert("expected_repeat_purchases".to_owned(), json!(ahead));
    }
    if let Some(asked) = maybe(input, "pmf") {
        let (t, most) = (number(asked, "t")?, steps(asked, "max")?);
        let chances =
            (0..=most).map(|x| p.probability_of(u64::from(x), t)).collect::<Found<Vec<_>>>()?;
        answer.insert(format!("pmf_{}", asked["t"]), json!(chances));
    }
    if maybe(input, "customers").is_some() {
        let shown = each(input, "customers", |row| {
            let customer = occasion(row)?;
            customer.require_sound()?;
            let ahead = maybe_number(row, "t")?.ok_or(Reason::Malformed);
            Ok(json!({
                "p_alive": p.p_alive(&customer),
                "expected_purchases": show(ahead.and_then(|t| p.purchases_ahead(&customer, t))),
            }))
        })?;
        answer.insert("customers".to_owned(), json!(shown));
    }
    Ok(Value::Object(answer))
}

pub fn gammagamma_fit(input: &Value, data: &Path) -> Found<Value> {
    let rows = customers(input, data, ["t_x", "T", "T"]);
    let spending = rows.map(|rows| {
        let one = |(row, _): &(Occasions, f64)| Spending {
            x: row.x as f64,
            mean_value: row.mean_value_minor,
        };
        rows.iter().map(one).collect::<Vec<_>>()
    });
    let enters = |row: &&Spending| row.x > 0.0 && row.mean_value > 0.0;
    let used = spending.as_ref().map(|rows| rows.iter().filter(enters).count()).ok();
    let found = spending.and_then(|rows| gamma_gamma::fit(&rows)).map(|fit| {
        let gamma_gamma::Parameters { p, q, v } = fit.parameters;
        json!({ "params": { "p": p, "q": q, "v": v }, "log_likelihood": fit.log_likelihood })
    });
    Ok(fitted(found, &[("customers_used", json!(used))]))
}

fn gammagamma_parameters(params: &Value) -> Found<gamma_gamma::Parameters> {
    let (p, q) = (number(params, "p")?, number(params, "q")?);
    gamma_gamma::Parameters { p, q, v: number(params, "v")? }.checked()
}

pub fn gammagamma_predict(input: &Value) -> Found<Value> {
    let p = gammagamma_parameters(maybe(input, "params").ok_or(Reason::Malformed)?)?;
    let expected = each(input, "customers", |row| {
        let mean_value = maybe_number(row, "mean_value")?.unwrap_or(0.0);
        match p.expected_value(&Spending { x: number(row, "x")?, mean_value }) {
            Err(Reason::Negative) => Err(Reason::Negative),
            found => Ok(show(found)),
        }
    })?;
    Ok(json!({ "population_mean": show(p.population_mean()), "expected_value": expected }))
}

pub fn bgbb_fit(input: &Value, data: &Path) -> Found<Value> {
    let whole = |number: f64| {
        let sound = number >= 0.0 && number.fract() == 0.0 && number < 1e9;
        if sound { Ok(number as u32) } else { Err(Reason::OutOfRange) }
    };
    let pattern = |[x, t_x, n, count]: [f64; 4]| {
        let count = u64::from(whole(count)?);
        Ok(bgbb::Pattern { x: whole(x)?, t_x: whole(t_x)?, n: whole(n)?, count })
    };
    let patterns: Found<Vec<_>> = if maybe(input, "rows").is_some() {
        each(input, "rows", |row| {
            let weight = maybe_number(row, "count")?.unwrap_or(1.0);
            pattern([number(row, "x")?, number(row, "t_x")?, number(row, "n")?, weight])
        })
    } else {
        let table = Table::of(input, data)?;
        let column = |name: &str| -> Found<Vec<f64>> {
            table.named(input, name)?.map(read_number).collect()
        };
        let columns = [column("x")?, column("t_x")?, column("n")?, column("count")?];
        (0..table.len())
            .map(|row| pattern([0, 1, 2, 3].map(|one: usize| columns[one][row])))
            .collect()
    };
    let people = patterns.as_ref().map(|rows| rows.iter().map(|one| one.count).sum::<u64>()).ok();
    let found = patterns.and_then(|rows| bgbb::fit(&rows)).map(|fit| {
        json!({
            "params": {
                "alpha": fit.alpha,
                "beta": fit.beta,
                "gamma": fit.gamma,
                "delta": fit.delta,
            },
            "log_likelihood": fit.log_likelihood,
        })
    });
    Ok(fitted(found, &[("people", json!(people))]))
}

pub fn clv_noncontractual(input: &Value) -> Found<Value> {
    let part = |name: &str| maybe(input, name).ok_or(Reason::Malformed);
    let often = bgnbd_parameters(part("bgnbd")?)?;
    let much = gammagamma_parameters(part("gammagamma")?)?;
    let horizon = Horizon {
        margin: number(input, "margin")?,
        discount_per_period: number(input, "discount_per_period")?,
        period_length: number(input, "period_length_units")?,
        periods: steps(input, "periods")?,
    };
    let shown = each(input, "customers", |row| {
        let customer = occasion(row)?;
        match lifetime::lifetime(often, much, &customer, horizon) {
            Ok(found) => Ok(json!({
                "expected_value": found.expected_value,
                "expected_purchases": found.expected_purchases,
                "clv": found.clv,
            })),
            Err(Reason::NoMean) => {
                let t = f64::from(horizon.periods) * horizon.period_length;
                let ahead = show(often.purchases_ahead(&customer, t));
                Ok(json!({ "expected_value": null, "expected_purchases": ahead, "clv": null }))
            }
            Err(reason) => Err(reason),
        }
    })?;
    Ok(json!({ "customers": shown }))
}
