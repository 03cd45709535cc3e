//! Points of a case.

use super::{field::*, number as show};
use analytics::{
    loyalty::{
        ledger::{Entry, Kind, Ledger},
        programme::{Member, programme},
    },
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
        "expiring_soon": ledger.expiring_within(as_of, soon.clamp(0, 1_000_000) as i32),
        "lots": lots,
    }))
}

/// The tiers of a case, the lowest first.
const TIERS: [&str; 4] = ["none", "silver", "gold", "platinum"];

pub fn loyalty_kpi(input: &Value) -> Found<Value> {
    let tier = |member: &Value, name: &str| {
        let tier = text(member, name)?;
        TIERS.iter().position(|known| *known == tier).ok_or(Reason::Malformed)
    };
    let members = each(input, "members", |member| {
        Ok(Member {
            earned: whole(member, "earned")?,
            burned: whole(member, "burned")?,
            expired: whole(member, "expired")?,
            balance: whole(member, "balance")?,
            tier_before: tier(member, "tier_before")?,
            tier_after: tier(member, "tier_after")?,
        })
    })?;
    let (value, broken) =
        (number(input, "point_value_minor")?, number(input, "expected_breakage")?);
    let found = programme(&members, TIERS.len(), value, broken)?;
    let row = |after: &Vec<u64>| {
        let cells = TIERS.iter().zip(after).map(|(tier, count)| ((*tier).to_owned(), json!(count)));
        Value::Object(cells.collect())
    };
    let matrix =
        TIERS.iter().zip(&found.tiers).map(|(tier, after)| ((*tier).to_owned(), row(after)));
    Ok(json!({
        "members": members.len(),
        "earned": found.earned,
        "burned": found.burned,
        "expired": found.expired,
        "outstanding": found.outstanding,
        "redemption_rate": show(found.redemption_rate),
        "breakage_rate": show(found.breakage_rate),
        "active_rate": show(found.active_rate),
        "redeemer_rate": show(found.redeemer_rate),
        "liability_minor": show(found.liability_minor),
        "tier_up": found.tier_up,
        "tier_down": found.tier_down,
        "tier_same": found.tier_same,
        "tier_matrix": Value::Object(matrix.collect()),
    }))
}
