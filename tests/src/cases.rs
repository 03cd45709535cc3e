//! A case is a question put to `analytics` in JSON, with the answer others found.
//!
//! [`answer`] translates a case's input to the tables the measures run on, and their results back;
//! one file a family. [`field`] reads JSON, [`table`] the CSV files a case may name, [`compare`]
//! tells whether an answer is the expected one, [`run`] goes through a folder of cases.

mod analyse;
pub mod compare;
mod contract;
mod customers;
mod experiments;
mod field;
mod import_kpi;
mod leads;
mod loyalty;
mod outcomes;
mod purchases;
mod rates;
pub mod run;
mod sales;
mod service;
mod strategy;
mod table;
mod value;
mod voice;

use analytics::reason::{Found, Reason};
use serde_json::{Map, Value, json};
use std::path::Path;

/// Answers a case, whose files lie below the folder `data`. A case that cannot be answered is
/// answered with a status and its reason.
pub fn answer(case: &Value, data: &Path) -> Value {
    let model = case.get("model").and_then(Value::as_str).unwrap_or_default();
    let input = case.get("input").unwrap_or(&Value::Null);
    match analyse::analyse(model, input, data) {
        Ok(Value::Object(mut answer)) => {
            answer.entry("status").or_insert_with(|| json!("ok"));
            Value::Object(answer)
        }
        Ok(other) => other,
        Err(reason) => Value::Object(refused(reason)),
    }
}

/// Returns the members that say why there is no answer.
fn refused(reason: Reason) -> Map<String, Value> {
    let mut answer = Map::new();
    answer.insert("status".to_owned(), json!(reason.status().word()));
    answer.insert("reason".to_owned(), json!(reason.to_string()));
    answer
}

/// Returns a number, or null where there is none.
fn number(found: Found<f64>) -> Value {
    found.map_or(Value::Null, |number| json!(number))
}

/// Returns the word for how a result stands.
fn status<T>(found: &Found<T>) -> &'static str {
    found.as_ref().map_or_else(|reason| reason.status().word(), |_| "ok")
}
