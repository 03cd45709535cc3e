//! Purchases of a case, from a list or from a file, with their customers in order.

use super::{
    field::*,
    table::{Table, hundredths, word},
};
use analytics::{
    customers::purchase::Purchase,
    reason::{Found, Reason},
};
use domain::time::Day;
use serde_json::Value;
use std::{collections::BTreeMap, path::Path};

/// Purchases whose customers are places among the names: by number where all are numbers.
pub struct Purchases {
    pub names: Vec<String>,
    pub rows: Vec<Purchase<usize>>,
}

impl Purchases {
    pub fn of(input: &Value, data: &Path) -> Found<Self> {
        let rows = if maybe(input, "file").is_some() {
            let table = Table::of(input, data)?;
            let names = table.named(input, "customer")?.zip(table.named(input, "date")?);
            let rows = names.zip(table.named(input, "amount")?).map(|((name, day), amount)| {
                let day: Day = day.parse().map_err(|_| Reason::Malformed)?;
                Ok((name.to_owned(), day, hundredths(amount)?))
            });
            rows.collect::<Found<Vec<_>>>()?
        } else {
            each(input, "transactions", |row| {
                let name = maybe(row, "customer").map(word).ok_or(Reason::Malformed)?;
                Ok((name, day(row, "date")?, amount(row)?))
            })?
        };
        let mut names: Vec<_> = rows.iter().map(|(name, _, _)| name.clone()).collect();
        let numbers = names.iter().all(|name| name.parse::<u64>().is_ok());
        names.sort_by_key(|name| (name.parse::<u64>().ok().filter(|_| numbers), name.clone()));
        names.dedup();
        let places: BTreeMap<_, _> = names.iter().zip(0_usize..).collect();
        let place = |name: &String| places.get(name).copied().ok_or(Reason::Malformed);
        let rows = rows
            .iter()
            .map(|(name, day, minor)| {
                Ok(Purchase { customer: place(name)?, day: *day, minor: *minor })
            })
            .collect::<Found<_>>()?;
        Ok(Self { names, rows })
    }
}

/// Reads an amount in minor units, or a decimal one; none at all is nothing paid.
fn amount(row: &Value) -> Found<i64> {
    for name in ["amount_cents", "amount_minor"] {
        if let Some(minor) = maybe_whole(row, name)? {
            return Ok(minor);
        }
    }
    maybe(row, "amount").map_or(Ok(0), |decimal| hundredths(&word(decimal)))
}
