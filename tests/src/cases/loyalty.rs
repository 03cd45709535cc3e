//! Points of a case.

use super::field::*;
use analytics::{
    loyalty::ledger::{Entry, Kind, Ledger},
    reason::{Found, Reason},
};
use serde_json::{Value, json};

/// Reads a number of months; null is without end.
fn months(value: &Value) -> Found<Option<u32>> {
    if value.is_null() {
        return Ok(None);
    }
    u32::try_from(as_whole(value)?).map(Some).map_err(|_| Reason::Negative)
}

pub fn points_ledger(input: &Value) -> Found<Value> {
    let usual = months(input.get("validity_months").unwrap_or(&Value::Null))?;
    let entries = each(input, "events", |event| {
        let kind = match text(event, "type")? {
            "earn" => Kind::Earn {
                points: whole(event, "points")?,
                valid_months: event.get("valid_months").map_or(Ok(usual), months)?,
            },
            "burn" => Kind::Burn { points: whole(event, "points")? },
            "cancel_earn" => Kind::CancelEarn { of: text(event, "ref")? },
            "cancel_burn" => Kind::CancelBurn { of: text(event, "ref")? },
            _ => return Err(Reason::Malformed),
        };
        Ok(Entry { id: text(event, "id")?, day: day(event, "date")?, kind })
    })?;
    let as_of = day(input, "as_of")?;
    let soon = maybe_whole(input, "expiring_within_days")?.unwrap_or(0);
    let ledger = Ledger::play(&entries, as_of)?;
    let lots = ledger.live().into_iter().map(|lot| {
        let last = lot.expires_after.map(|last| last.to_string());
        json!({ "id": lot.id, "left": lot.left, "expires_after": last })
    });
    let lots: Vec<_> = lots.collect();
    Ok(json!({
        "balance": ledger.balance(),
        "debt": ledger.debt,
        "refused": ledger.refused,
        "earned": ledger.earned,
        "burned": ledger.burned,
        "restored": ledger.restored,
        "expired": ledger.expired,
        "clawed_back": ledger.clawed_back,
        "debt_paid": ledger.debt_paid,
        "expiring_soon": ledger.expiring_within(as_of, soon as i32),
        "lots": lots,
    }))
}
