//! Experiments of a case.

use super::{
    field::*,
    number as show,
    voice::{high, low},
};
use analytics::{
    experiment::{
        adjust,
        arms::{self, Comparison},
        split,
    },
    proportion::Share,
    reason::{Found, Reason},
};
use serde_json::{Value, json};

fn arm(input: &Value, name: &str) -> Found<Share> {
    let arm = maybe(input, name).ok_or(Reason::Malformed)?;
    Share::new(whole(arm, "conversions")?, whole(arm, "n")?)
}

fn shown(found: Found<Comparison>) -> Value {
    match found {
        Err(reason) => json!({
            "status": reason.status().word(),
            "reason": reason.to_string(),
            "rate_control": null,
            "rate_treatment": null,
            "diff": null,
            "relative_lift": null,
            "z": null,
            "p": null,
            "ci_low": null,
            "ci_high": null,
        }),
        Ok(found) => json!({
            "status": "ok",
            "rate_control": found.rate_control,
            "rate_treatment": found.rate_treatment,
            "diff": found.diff,
            "relative_lift": show(found.relative_lift),
            "z": show(found.z),
            "p": show(found.p),
            "ci_low": found.interval.low,
            "ci_high": found.interval.high,
        }),
    }
}

pub fn ab_test(input: &Value) -> Found<Value> {
    let arms = arm(input, "control").and_then(|one| Ok((one, arm(input, "treatment")?)));
    let confidence = confidence(input);
    Ok(shown(arms.and_then(|(control, other)| arms::compare(control, other, confidence?))))
}

pub fn srm(input: &Value) -> Found<Value> {
    let alpha = maybe_number(input, "alpha")?.unwrap_or(split::ALPHA);
    let counts = each(input, "counts", as_whole)?;
    let found = split::split(&counts, &each(input, "planned", as_number)?, alpha)?;
    Ok(json!({
        "chi2": found.chi_square,
        "df": found.df,
        "p": found.p,
        "mismatch": found.mismatch,
    }))
}

pub fn ab_sample_size(input: &Value) -> Found<Value> {
    let heads = each(input, "rows", |row| {
        let alpha = maybe_number(row, "alpha")?.unwrap_or(0.05);
        let power = maybe_number(row, "power")?.unwrap_or(0.8);
        Ok(arms::heads_per_arm(number(row, "base")?, number(row, "target")?, alpha, power).ok())
    })?;
    Ok(json!({ "per_arm": heads }))
}

pub fn holdout_uplift(input: &Value) -> Found<Value> {
    let treated = each(input, "treated_cents", as_whole)?;
    let holdout = each(input, "holdout_cents", as_whole)?;
    let found = arms::uplift(&treated, &holdout, confidence(input)?)?;
    Ok(json!({
        "conversion": shown(found.conversion),
        "incremental_conversions": show(found.incremental_conversions),
        "revenue_per_head_diff": show(found.revenue_per_head_diff),
        "incremental_revenue": show(found.incremental_revenue),
        "welch_t": show(found.welch.map(|welch| welch.t)),
        "welch_df": show(found.welch.map(|welch| welch.df)),
        "welch_p": show(found.welch.map(|welch| welch.p)),
        "ci_low": low(found.welch.map(|welch| welch.interval)),
        "ci_high": high(found.welch.map(|welch| welch.interval)),
    }))
}

pub fn p_adjust(input: &Value) -> Found<Value> {
    let found = adjust::adjust(&each(input, "p", as_number)?)?;
    Ok(json!({ "holm": found.holm, "bh": found.benjamini_hochberg }))
}
