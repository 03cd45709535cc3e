//! What `analytics` answers is what others found: every case kept here, by its own notes.

use std::path::{Path, PathBuf};
use tests::cases::{answer, run};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

#[test]
fn every_case_is_answered_as_others_found() {
    let inputs = run::inputs(&fixtures().join("cases")).expect("a folder of cases");
    assert!(!inputs.is_empty());
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
        let case = serde_json::json!({ "model": model, "input": { "deals": 7, "rows": [{}] } });
        let answer = answer(&case, Path::new("."));
        assert_eq!(answer["status"], "invalid_input", "{model}: {answer}");
    }
}
