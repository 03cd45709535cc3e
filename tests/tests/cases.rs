//! What `analytics` answers is what others found: every case kept here, by its own notes.

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tests::cases::{answer, run};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn inputs() -> Vec<PathBuf> {
    run::inputs(&fixtures().join("cases")).expect("a folder of cases")
}

#[test]
fn every_case_is_answered_as_others_found() {
    let inputs = inputs();
    assert!(inputs.len() >= 62);
    let wrong: Vec<_> = inputs
        .iter()
        .map(|input| run::run(input, &fixtures().join("case-data")).expect("a case"))
        .filter(|run| !run.differences.is_empty())
        .map(|run| format!("{}: {}", run.name, run.differences.join("; ")))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_case_that_is_none_is_refused_and_not_guessed() {
    for model in ["funnel", "pipeline", "channel", "forecast_error", "import_kpi", "nps", "none"] {
        let case = json!({ "model": model, "input": { "deals": 7, "rows": [{}] } });
        let answer = answer(&case, Path::new("."));
        assert_eq!(answer["status"], "invalid_input", "{model}: {answer}");
    }
}

/// Models that fit or generate: one answer takes too long to spoil each of many values.
const SLOW: [&str; 4] = ["import_kpi", "bgnbd_fit", "gammagamma_fit", "bgbb_fit"];
/// How many values of a case are spoiled, one at a time.
const SPOILED_MAX: usize = 60;
/// Answers are small; a case that reads a big file is not spoiled.
const INPUT_BYTES_MAX: usize = 20_000;

#[test]
fn a_case_with_any_value_spoiled_is_still_answered() {
    let spoils = [json!(null), json!([]), json!({}), json!(0), json!(-1), json!(1e300), json!("x")];
    for input in inputs() {
        let case = run::read(&input).expect("a case");
        let model = case["model"].as_str().unwrap_or_default();
        let big = case["input"].get("file").is_some() || case.to_string().len() > INPUT_BYTES_MAX;
        if SLOW.contains(&model) || big {
            continue;
        }
        let mut places = Vec::new();
        pointers(&case["input"], "/input".to_owned(), &mut places);
        for place in places.iter().take(SPOILED_MAX) {
            for spoil in &spoils {
                let mut spoiled = case.clone();
                *spoiled.pointer_mut(place).expect("a place just found") = spoil.clone();
                let found = answer(&spoiled, Path::new("."));
                assert!(found.is_object(), "{model} with {spoil} at {place}: {found}");
            }
        }
    }
}

/// Lists where every value within a value lies.
fn pointers(value: &Value, here: String, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                pointers(member, format!("{here}/{name}"), places);
            }
        }
        Value::Array(entries) => {
            for (place, entry) in entries.iter().enumerate() {
                pointers(entry, format!("{here}/{place}"), places);
            }
        }
        _ => {}
    }
    places.push(here);
}
