//! Assessments, scorecards and significant customers of a case.

use super::{field::*, number as show, table::word};
use analytics::{
    reason::{Found, Reason},
    strategy::{
        fraction::Fraction,
        idic,
        maturity::{Area, Item, Terms, Unanswered, maturity as assess},
        scorecard::{Better, Figure, Light, roll_up},
        significant::{Account, Label, Rules, significance},
    },
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

fn fraction(object: &Value, name: &str) -> Found<Option<Fraction>> {
    maybe(object, name).map(|value| Fraction::decimal(&word(value))).transpose()
}

fn exact(found: Found<Fraction>) -> Value {
    show(found.map(Fraction::to_f64))
}

fn item(item: &Value, one: Fraction) -> Found<Item> {
    let said = |name: &str| maybe(item, name).is_some_and(|value| value == &json!(true));
    let left_out = said("not_applicable")
        || maybe(item, "applicable").is_some_and(|value| value == &json!(false))
        || maybe(item, "score").is_some_and(|score| score == "n/a" || score == "not_applicable");
    let has_evidence = match maybe(item, "evidence") {
        None | Some(Value::Bool(false)) => false,
        Some(Value::String(text)) => !text.trim().is_empty(),
        Some(Value::Array(pieces)) => !pieces.is_empty(),
        Some(_) => true,
    };
    let score = if left_out { None } else { fraction(item, "score")? };
    let weight = fraction(item, "weight")?.unwrap_or(one);
    Ok(Item { weight, score, applicable: !left_out, has_evidence })
}

pub fn maturity(input: &Value) -> Found<Value> {
    let one = Fraction::new(1, 1)?;
    let unanswered = match maybe(input, "unanswered").map(as_text).transpose()? {
        None | Some("exclude") => Unanswered::Nothing,
        Some("zero") => Unanswered::Zero,
        Some(_) => return Err(Reason::Malformed),
    };
    let asks = maybe(input, "evidence_required").map_or(Ok(false), as_flag)?;
    let cap = fraction(input, "cap_without_evidence")?;
    let terms = Terms {
        scale_max: fraction(input, "scale_max")?.ok_or(Reason::Malformed)?,
        unanswered,
        cap_without_evidence: cap.filter(|_| asks),
        bands: each(input, "bands", |band| {
            Ok((text(band, "name")?, fraction(band, "from")?.ok_or(Reason::Malformed)?))
        })?,
    };
    let areas = each(input, "areas", |area| {
        let items = each(area, "items", |one_item| item(one_item, one))?;
        let weight = fraction(area, "weight")?.unwrap_or(one);
        Ok(Area { id: text(area, "id")?, weight, items })
    })?;
    let found = assess(&areas, &terms)?;
    let shown = areas.iter().zip(&found.areas).map(|(area, score)| {
        let score = json!({
            "score": exact(score.score),
            "answered": score.answered,
            "applicable": score.applicable,
        });
        (area.id.to_owned(), score)
    });
    Ok(json!({
        "areas": shown.collect::<Map<_, _>>(),
        "overall": exact(found.overall),
        "level": found.level,
        "coverage": exact(found.coverage),
        "weakest": found.weakest,
    }))
}

pub fn idic(input: &Value) -> Found<Value> {
    let needed = each(input, "needed_fields", as_text)?;
    let customers = each(input, "customers", |one| {
        let filled =
            |value: Option<&Value>| value.is_some_and(|value| !word(value).trim().is_empty());
        let fields = one.get("fields").unwrap_or(&Value::Null);
        let some = |name: &str| Ok(maybe_number(one, name)?.unwrap_or(0.0) >= 1.0);
        Ok([
            needed.iter().all(|name| filled(maybe(fields, name)))
                && maybe(one, "duplicate_of").is_none(),
            filled(maybe(one, "value_tier")) && filled(maybe(one, "need_segment")),
            some("inbound_365d")? && some("outbound_365d")?,
            some("tailored_offers_365d")?,
        ])
    })?;
    let found = idic::idic(&customers);
    let by_step = |values: [Value; 4]| {
        let steps = idic::STEPS.iter().map(|step| (*step).to_owned());
        Value::Object(steps.zip(values).collect())
    };
    Ok(json!({
        "customers": customers.len(),
        "coverage": by_step(found.coverage.map(show)),
        "chain": by_step(found.chain.map(|count| json!(count))),
        "end_to_end": show(found.end_to_end),
        "weakest": found.weakest,
    }))
}

pub fn scorecard(input: &Value) -> Found<Value> {
    let period = text(input, "period")?;
    let figures = each(input, "kpis", |kpi| {
        let better = match text(kpi, "better")? {
            "higher" => Better::Higher,
            "lower" => Better::Lower,
            _ => return Err(Reason::Malformed),
        };
        Ok(Figure {
            perspective: text(kpi, "perspective")?,
            better,
            target: number(kpi, "target")?,
            threshold: number(kpi, "threshold")?,
            actual: maybe_number(kpi, "actual")?,
            stale: maybe(kpi, "actual_period").is_some_and(|of| of != period),
            weight: maybe_number(kpi, "weight")?.unwrap_or(1.0),
        })
    })?;
    let weights = members(input, "perspective_weights")?;
    let weights = weights.map(|(name, weight)| Ok((name, as_number(weight)?)));
    let cap = maybe_number(input, "cap")?.unwrap_or(f64::MAX);
    let rolled = roll_up(&figures, &weights.collect::<Found<Vec<_>>>()?, cap)?;
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    let mut kpis = Vec::new();
    for (kpi, figure) in list(input, "kpis")?.iter().zip(&figures) {
        let light = match figure.light() {
            Light::Green => "green",
            Light::Amber => "amber",
            Light::Red => "red",
            Light::NoData => "no_data",
        };
        *counts.entry(light).or_default() += 1;
        let owner = maybe(kpi, "owner").map(word).unwrap_or_default();
        kpis.push(json!({
            "id": text(kpi, "id")?,
            "status": light,
            "attainment": show(figure.attainment()),
            "stale": figure.stale,
            "owner_missing": owner.trim().is_empty(),
        }));
    }
    Ok(json!({
        "kpis": kpis,
        "perspectives": rolled.perspectives.into_iter().collect::<BTreeMap<_, _>>(),
        "overall": show(rolled.overall),
        "counts": counts,
    }))
}

pub fn ssc(input: &Value) -> Found<Value> {
    let rules = maybe(input, "rules").ok_or(Reason::Malformed)?;
    let rules = Rules {
        lifetime_top_percent: number(rules, "lifetime_top_percent")?,
        benchmark_followers: whole(rules, "benchmark_followers")?,
        inspiration_ideas: whole(rules, "inspiration_ideas")?,
        inspiration_savings_minor: whole(rules, "inspiration_savings_minor")?,
        magnet_share_percent: number(rules, "magnet_share_percent")?,
    };
    let accounts = each(input, "accounts", |account| {
        let counted = |name: &str| Ok(maybe_whole(account, name)?.unwrap_or(0));
        Ok(Account {
            id: text(account, "id")?,
            revenue_minor: whole(account, "revenue_minor")?,
            variable_cost_minor: maybe_whole(account, "variable_cost_minor")?,
            cost_to_serve_minor: maybe_whole(account, "cost_to_serve_minor")?,
            volume_units: counted("volume_units")?,
            clv_minor: maybe_whole(account, "clv_minor")?,
            followers_won: counted("followers_won")?,
            ideas_adopted: counted("ideas_adopted")?,
            savings_minor: counted("savings_minor")?,
        })
    })?;
    let found = significance(&accounts, whole(input, "fixed_cost_minor")?, &rules)?;
    let labels = [
        (Label::LifetimeValue, "lifetime_value"),
        (Label::Benchmark, "benchmark"),
        (Label::Inspiration, "inspiration"),
        (Label::CostMagnet, "cost_magnet"),
    ];
    let mut shown = Map::new();
    for (account, one) in accounts.iter().zip(&found) {
        let own = labels.iter().filter(|(label, _)| one.labels.contains(label));
        let one = json!({
            "labels": own.map(|(_, name)| *name).collect::<Vec<_>>(),
            "contribution_minor": one.contribution_minor,
            "fixed_cost_absorbed_minor": show(one.fixed_cost_absorbed_minor),
            "loss_making": one.loss_making,
        });
        shown.insert(account.id.to_owned(), one);
    }
    let counted = labels.iter().map(|(label, name)| {
        let count = found.iter().filter(|one| one.labels.contains(label)).count();
        ((*name).to_owned(), json!(count))
    });
    let significant = found.iter().filter(|one| !one.labels.is_empty()).count();
    let share = analytics::reason::quotient(significant as f64, accounts.len() as f64);
    Ok(json!({
        "accounts": shown,
        "counts": counted.collect::<Map<_, _>>(),
        "significant": significant,
        "significant_share": show(share),
    }))
}
