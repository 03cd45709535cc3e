//! Deals and channels of a case as the tables of `analytics::sales`.

use super::{field::*, number as show};
use analytics::{
    measure::{Measure, Period},
    reason::{Found, Reason},
    sales::{
        channel::Channel,
        deal::{Closing, Deal, Move, Outcome},
        forecast,
        funnel::Funnel,
        outlook::Outlook,
        pipeline::Terms,
    },
};
use serde_json::{Map, Value, json};

fn deals(input: &Value, stages: &[&str]) -> Found<Vec<Deal>> {
    each(input, "deals", |deal| {
        let moves = each(deal, "history", |one| {
            let stage = text(one, "stage")?;
            let place = stages.iter().position(|known| *known == stage);
            Ok(Move { stage: place.map(|place| place as u16), at: time(one, "at")? })
        })?;
        let outcome = match maybe(deal, "outcome").map(as_text).transpose()? {
            None => None,
            Some("won") => Some(Outcome::Won),
            Some("lost") => Some(Outcome::Lost),
            Some(_) => return Err(Reason::Malformed),
        };
        let closing = match outcome {
            None => None,
            Some(outcome) => Some(Closing { outcome, at: time(deal, "closed_at")? }),
        };
        Ok(Deal {
            amount_minor: maybe_whole(deal, "amount_minor")?,
            created_at: time(deal, "created_at")?,
            moves,
            closing,
        })
    })
}

fn value(measure: &Measure) -> Value {
    show(measure.value)
}

pub fn funnel(input: &Value) -> Found<Value> {
    let stages = each(input, "stages", as_text)?;
    let funnel = Funnel::of(&deals(input, &stages)?, stages.len(), time(input, "as_of")?);
    let shown = funnel.stages.iter().zip(&stages).enumerate().map(|(place, (step, name))| {
        json!({
            "stage": name,
            "reached": step.reached,
            "moved_on": step.moved_on,
            "open_here": step.open_here,
            "lost_here": step.lost_here,
            "conversion": value(&funnel.conversion(place)),
            "conversion_settled": value(&funnel.conversion_settled(place)),
            "median_days": value(&funnel.median_days(place)),
        })
    });
    Ok(json!({
        "stages": shown.collect::<Vec<_>>(),
        "entered": funnel.entered,
        "won": funnel.won,
        "overall": value(&funnel.overall()),
        "skips": funnel.skips,
        "regressions": funnel.regressions,
    }))
}

pub fn pipeline(input: &Value) -> Found<Value> {
    let odds = input.get("probability").and_then(Value::as_object).ok_or(Reason::Malformed)?;
    let stages: Vec<_> = odds.keys().map(String::as_str).collect();
    let probability: Vec<_> =
        odds.values().map(|value| as_number(value).map(Some)).collect::<Found<_>>()?;
    if probability.iter().flatten().any(|odds| !(0.0..=1.0).contains(odds)) {
        return Err(Reason::OutOfRange);
    }
    let period = Period { from: time(input, "from")?, to: time(input, "to")? };
    let terms = Terms { period, probability, quota_minor: maybe_whole(input, "quota_minor")? };
    let found = Outlook::explained(&deals(input, &stages)?, &terms);
    let whole = |measure: &Measure| measure.number().map_or(Value::Null, |one| json!(one as i64));
    Ok(json!({
        "won": whole(&found.won),
        "lost": whole(&found.lost),
        "won_minor": whole(&found.won_minor),
        "win_rate": value(&found.win_rate),
        "win_rate_value": value(&found.win_rate_value),
        "average_won_minor": value(&found.average_won_minor),
        "cycle_mean_days": value(&found.cycle_mean_days),
        "cycle_median_days": value(&found.cycle_median_days),
        "open": whole(&found.open),
        "open_minor": whole(&found.open_minor),
        "weighted_minor": value(&found.weighted_minor),
        "forecast_minor": value(&found.forecast_minor),
        "velocity_minor_per_day": value(&found.velocity_minor_per_day),
        "quota_left_minor": whole(&found.quota_left_minor),
        "coverage": value(&found.coverage),
        "attainment": value(&found.attainment),
    }))
}

pub fn channel(input: &Value) -> Found<Value> {
    let margin = number(input, "margin")?;
    let mut channels = Map::new();
    for row in list(input, "rows")? {
        let channel = Channel {
            leads: whole(row, "leads")?,
            qualified: whole(row, "qualified")?,
            customers: whole(row, "customers")?,
            cost_minor: whole(row, "cost_minor")?,
            revenue_minor: whole(row, "revenue_minor")?,
        };
        let figures = channel.figures(margin)?;
        let shown = json!({
            "qualified_rate": value(&figures.qualified_rate),
            "customer_rate": value(&figures.customer_rate),
            "ci_low": show(figures.interval.map(|interval| interval.low)),
            "ci_high": show(figures.interval.map(|interval| interval.high)),
            "cost_per_lead_minor": value(&figures.cost_per_lead_minor),
            "cac_minor": value(&figures.cac_minor),
            "romi": value(&figures.romi),
        });
        channels.insert(text(row, "channel")?.to_owned(), shown);
    }
    Ok(json!({ "channels": channels }))
}

pub fn forecast_error(input: &Value) -> Found<Value> {
    let forecast = each(input, "forecast", as_number)?;
    let error = forecast::forecast_error(&forecast, &each(input, "actual", as_number)?)?;
    Ok(json!({
        "n": error.n,
        "bias": show(error.bias),
        "mae": show(error.mae),
        "rmse": show(error.rmse),
        "wape": show(error.wape),
        "mape": show(error.mape),
        "mape_n": error.mape_n,
        "bias_percent": show(error.bias_percent),
    }))
}
