//! Shares with their intervals, and how unevenly money is spread.

use super::{
    field::*,
    number as show, refused,
    voice::{high, low},
};
use analytics::{
    customers::concentration::{self, concentration as measure, top_share},
    proportion::Share,
    reason::Found,
};
use serde_json::{Map, Value, json};

/// The top shares that are told, in percent.
const TOP_PERCENTS: [u8; 5] = [1, 5, 10, 20, 50];

pub fn proportion_ci(input: &Value) -> Found<Value> {
    let rows = list(input, "rows")?.iter().map(|row| {
        let share = Share::new(whole(row, "successes")?, whole(row, "n")?)?;
        let interval = share.wilson(confidence(row)?);
        Ok(json!({
            "estimate": show(share.estimate()),
            "low": low(interval),
            "high": high(interval),
        }))
    });
    Ok(json!({ "rows": each_or_refused(rows, &["estimate", "low", "high"]) }))
}

/// Shows rows; one that is refused has its members null and says why.
pub fn each_or_refused(rows: impl Iterator<Item = Found<Value>>, members: &[&str]) -> Vec<Value> {
    rows.map(|row| {
        row.unwrap_or_else(|reason| {
            let mut shown = refused(reason);
            shown.extend(members.iter().map(|name| ((*name).to_owned(), Value::Null)));
            Value::Object(shown)
        })
    })
    .collect()
}

pub fn concentration(input: &Value) -> Found<Value> {
    let values = each(input, "values_minor", as_whole)?;
    let mut shown = Map::new();
    shown.insert("n".to_owned(), json!(values.len()));
    shown.insert("total".to_owned(), json!(concentration::sum(&values) as i64));
    let top: Map<_, _> = TOP_PERCENTS
        .iter()
        .map(|percent| (percent.to_string(), show(top_share(&values, *percent))))
        .collect();
    shown.insert("top_share".to_owned(), json!(top));
    match measure(&values) {
        Err(reason) => {
            let pareto = json!({ "customers_for_80_percent": null, "share_of_customers": null });
            shown.extend(refused(reason));
            shown.insert("pareto".to_owned(), pareto);
            for name in ["gini", "gini_unbiased", "abc", "lorenz"] {
                shown.insert(name.to_owned(), Value::Null);
            }
        }
        Ok(found) => {
            let classes = ["A", "B", "C"].iter().zip(found.abc).map(|(name, class)| {
                let class = json!({ "count": class.count, "value": class.minor as i64 });
                ((*name).to_owned(), class)
            });
            shown.insert("status".to_owned(), json!("ok"));
            shown.insert("gini".to_owned(), json!(found.gini));
            shown.insert("gini_unbiased".to_owned(), show(found.gini_unbiased));
            shown.insert("abc".to_owned(), Value::Object(classes.collect()));
            shown.insert("lorenz".to_owned(), json!(found.lorenz));
            let pareto = json!({
                "customers_for_80_percent": found.pareto.customers,
                "share_of_customers": found.pareto.share_of_customers,
            });
            shown.insert("pareto".to_owned(), pareto);
        }
    }
    Ok(Value::Object(shown))
}
