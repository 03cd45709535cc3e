//! Customers under contract, and lists of profits.

use super::{field::*, number as show, refused, status};
use analytics::{
    reason::{Found, Reason},
    value::{
        contract::{self, Contract, First},
        sbg,
    },
};
use serde_json::{Value, json};

fn first(object: &Value, name: &str) -> Found<First> {
    match maybe(object, name).map(as_text).transpose()? {
        None | Some("end") => Ok(First::End),
        Some("now" | "start" | "begin" | "beginning") => Ok(First::Now),
        Some(_) => Err(Reason::Malformed),
    }
}

pub fn clv_margin(input: &Value) -> Found<Value> {
    let value = |row: &Value| {
        let periods = maybe_whole(row, "periods")?.map(u32::try_from).transpose();
        Contract {
            margin: number(row, "margin")?,
            retention: number(row, "retention")?,
            discount: number(row, "discount")?,
            growth: maybe_number(row, "growth")?.unwrap_or(0.0),
            periods: periods.map_err(|_| Reason::Negative)?,
            first: first(row, "first")?,
            acquisition_cost: maybe_number(row, "acquisition_cost")?.unwrap_or(0.0),
        }
        .value()
    };
    let rows = list(input, "rows")?.iter().map(|row| {
        let found = value(row);
        json!({ "clv": show(found), "status": status(&found) })
    });
    Ok(json!({ "rows": rows.collect::<Vec<_>>() }))
}

pub fn clv_present_value(input: &Value) -> Found<Value> {
    let value = contract::present_value(
        &each(input, "profits", as_number)?,
        number(input, "annual_discount")?,
        maybe_number(input, "periods_per_year")?.unwrap_or(1.0),
        first(input, "timing")?,
    )?;
    Ok(json!({ "present_value": value }))
}

pub fn sbg_fit(input: &Value) -> Found<Value> {
    let alive = each(input, "alive", as_number);
    let found = match alive.and_then(|alive| sbg::fit(&alive)) {
        Ok(found) => found,
        Err(reason) => {
            let mut answer = refused(reason);
            for name in ["params", "log_likelihood", "survival"] {
                answer.insert(name.to_owned(), Value::Null);
            }
            return Ok(Value::Object(answer));
        }
    };
    let sbg::Parameters { alpha, beta } = found.parameters;
    let until = maybe(input, "project_to").map(|_| steps(input, "project_to")).transpose()?;
    let survival: Vec<_> = (0..=until.unwrap_or(0)).map(|t| found.parameters.survival(t)).collect();
    Ok(json!({
        "status": "ok",
        "params": { "alpha": alpha, "beta": beta },
        "log_likelihood": found.log_likelihood,
        "survival": survival,
    }))
}

pub fn sbg_value(input: &Value) -> Found<Value> {
    let params = maybe(input, "params").ok_or(Reason::Malformed)?;
    let (alpha, beta) = (number(params, "alpha")?, number(params, "beta")?);
    let p = sbg::Parameters { alpha, beta }.checked()?;
    let mut answer = serde_json::Map::new();
    if maybe(input, "periods").is_some() {
        let rates: Vec<_> = (1..=steps(input, "periods")?).map(|t| p.retention(t)).collect();
        answer.insert("retention".to_owned(), json!(rates));
    }
    if let Some(discount) = maybe_number(input, "discount")? {
        let from = if maybe(input, "renewal").is_some() { steps(input, "renewal")? } else { 1 };
        answer.insert("residual_lifetime".to_owned(), show(p.residual_lifetime(from, discount)));
    }
    Ok(Value::Object(answer))
}
